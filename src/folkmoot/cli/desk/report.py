"""A report from the command line: the public page's form, the same step, the same receipt."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from folkmoot.casefile.record import VISITOR, Visitor
from folkmoot.cli.asking import at_terminal
from folkmoot.cli.desk.filling import from_file, refused_by
from folkmoot.cli.target import find_place, only_organisation
from folkmoot.cli.words import answer, say
from folkmoot.config.clock import now
from folkmoot.config.readiness import require_current
from folkmoot.kernel.errors import BadInput
from folkmoot.kernel.tokens import new_nonce
from folkmoot.members.models import Organisation, Person
from folkmoot.procedure.words import ReportKind, Subject
from folkmoot.steps.file_report import Receipt, Report, file_report
from folkmoot.steps.pictures import MOST_BYTES, pictures
from folkmoot.web.kinds import KINDS
from folkmoot.web.look.moments import exact
from folkmoot.web.public.forms import ELSEWHERE, ReportForm


@dataclass(frozen=True)
class Told:
    """What was said by options."""

    kind: str
    words: str
    link: str
    quoted: str
    place: str
    subject: str
    account: str
    affected: bool
    files: Sequence[Path]
    name: str
    address: str


def run(org: str | None, email: str, told: Told) -> None:
    """File the report and print its receipt. Raises `BadInput` for what the page would refuse."""
    require_current()
    owner = only_organisation(org)
    timezone.activate(owner.zone)
    by = _reporter(owner, email)
    kind = ReportKind(told.kind) if told.kind else _ask_kind()
    subject = Subject(told.subject)
    form = _form(owner, told, kind, subject)
    if not form.is_valid():
        raise refused_by(form)
    given = form.cleaned_data
    report = Report(
        kind=kind,
        words=given["words"],
        subject=subject,
        link=given.get("link", ""),
        account=given.get("account", ""),
        quoted=given.get("quoted", ""),
        platform=form.platform,
        affected=told.affected,
        name=given["name"],
        email=given["email"],
        good_faith=True,  # D3: the help says what the page says above its button
        files=pictures(given.get("pictures") or [], field="file"),
    )
    _say(owner, file_report(owner, report, by=by, at=now(), form_key=new_nonce() * 2))


def _form(org: Organisation, told: Told, kind: ReportKind, subject: Subject) -> ReportForm:
    data, files = QueryDict(mutable=True), MultiValueDict[str, SimpleUploadedFile]()
    elsewhere = told.place in ("", ELSEWHERE)
    data.update(
        {
            "words": from_file(told.words, field="words"),
            "link": told.link,
            "quoted": from_file(told.quoted, field="quoted"),
            "account": told.account,
            "place": ELSEWHERE if elsewhere else str(find_place(org, told.place).pk),
            "affected": "yes" if told.affected else "no",
            "name": told.name,
            "email": told.address,
        }
    )
    files.setlist("pictures", [_picture(path) for path in told.files])
    form = ReportForm(data, files, org=org, kind=kind, subject=subject)
    for name, value in (
        ("quoted", told.quoted),
        ("pictures", told.files),
        ("link", told.link),
        ("account", told.account),
    ):
        if value and name not in form.fields:  # the page has no such field then, and nothing is left out unsaid
            option = "file" if name == "pictures" else name
            raise BadInput(f"A report of this kind takes no --{option}: see ./folkmoot report --help.", field=option)
    return form


def _picture(path: Path) -> SimpleUploadedFile:
    try:
        with path.open("rb") as file:
            return SimpleUploadedFile(path.name, file.read(MOST_BYTES + 1))
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {(error.strerror or str(error)).lower()}.", field="file") from None


def _reporter(org: Organisation, email: str) -> Person | Visitor:
    if not email:
        return VISITOR
    person = Person.objects.within(org).filter(email=email.strip().casefold()).select_related("org").first()
    if person is None:
        raise BadInput(f"{org.name} knows nobody with the address {email!r}. ./folkmoot user list.", field="as")
    return person


def _ask_kind() -> ReportKind:
    if not at_terminal():
        raise BadInput(f"What is it about? Say it with --kind: {', '.join(ReportKind)}.", field="kind")
    kinds = list(KINDS.items())
    click.echo("What is it about?")
    for number, (_kind, words) in enumerate(kinds, start=1):
        click.echo(f"  {number:>2}  {words.label}")
    return kinds[click.prompt("  The number", type=click.IntRange(1, len(kinds))) - 1][0]


def _say(org: Organisation, receipt: Receipt) -> None:
    code = " ".join(receipt.code[at : at + 4] for at in range(0, len(receipt.code), 4))
    follow = f"{settings.FOLKMOOT_URL}{reverse('public:track', kwargs={'org': org.slug})}"
    say(f"Your report is in. Its code: {code}")
    say(f"With the code you follow it at {follow}")
    if receipt.due_at:
        say(f"There is an answer by {exact(receipt.due_at)} at the latest.")
    answer(case=receipt.case.pk, code=receipt.code, follow_at=follow, due_at=receipt.due_at)
