"""Letters put into the case file and promised to the outbox. Each returns the notice paper for the step's event."""

from collections.abc import Sequence
from datetime import datetime

from folkmoot.archive.models import Contact
from folkmoot.casefile.models import Case, Grant, Paper
from folkmoot.casefile.record import SYSTEM, file_paper
from folkmoot.kernel.tokens import new_nonce
from folkmoot.members.models import Person
from folkmoot.notices import letters
from folkmoot.notices.letters import Letter
from folkmoot.outbox.marks import new_marker
from folkmoot.outbox.models import Task
from folkmoot.outbox.promise import ask_to_hand_over, may_send_news, promise_letter
from folkmoot.procedure.words import Role
from folkmoot.steps.choose_news import hears_of
from folkmoot.steps.offer_support import Hears
from folkmoot.steps.reporting import reports_of
from folkmoot.steps.standing import disowned_addresses, wrote_it


def open_to_author(case: Case, paper: Paper, *, at: datetime) -> Grant:
    """Return a new grant that opens the author's side of the case, about `paper`; the step's event tells of it."""
    return Grant.objects.create(org=case.org, case=case, party=Role.AUTHOR, paper=paper, nonce=new_nonce(), made_at=at)


def tell_author(case: Case, letter: Letter, *, grant: Grant, at: datetime, about: Paper) -> Paper:
    """File the author's letter and promise it by mail, or by hand where nobody has an address (Me, D28)."""
    notice = _file(case, letter, audience=Role.AUTHOR, about=about, at=at)
    address = author_address(case)
    if address:
        promise_letter(case, notice, kind=letter.kind, to=address, subject=letter.subject, marker=letter.marker, at=at)
    else:
        ask_to_hand_over(case, notice, grant, at=at)
    return notice


def acknowledge_author(case: Case, letter: Letter, *, about: Paper, at: datetime) -> Paper:
    """File the receipt of something the author has just sent, and mail it where there is an address.

    Nobody has to hand a receipt over: the author has read it on the page.
    """
    address = author_address(case)
    notice = _file(case, letter, audience=Role.AUTHOR, about=about, at=at, mailed=bool(address))
    if address:
        promise_letter(case, notice, kind=letter.kind, to=address, subject=letter.subject, marker=letter.marker, at=at)
    return notice


def tell_reporters(case: Case, *, about: Paper, at: datetime) -> list[Paper]:
    """File one "there is news" letter for each reporter who left an address; the words wait on their page.

    Whom it is about is warned where something may be seen again; and nobody is written to who wants no more (D44).
    """
    reports: dict[str, list[Paper]] = {}
    for report in reports_of(case):
        if hears_of(report) is not Hears.NOTHING:
            reports.setdefault(report.words.get("email", ""), []).append(report)
    back = _comes_back(case, at=at)
    return [
        _warn_target(case, address, about=about, at=at)
        if back and any(report.facts["affected"] for report in theirs)
        else _tell_news(case, address, about=about, at=at)
        for address, theirs in reports.items()
        if address
    ]


def tell_reporter(case: Case, report: Paper, *, about: Paper, at: datetime) -> list[Paper]:
    """File "there is news" for one reporter; nothing where they left no address."""
    address = report.words.get("email", "") if hears_of(report) is not Hears.NOTHING else ""
    return [_tell_news(case, address, about=about, at=at)] if address else []


def tell_reporter_received(case: Case, report: Paper, *, to: str, due: datetime | None, at: datetime) -> Paper:
    """File the mailed receipt of a report; `due` is `None` where the case has its answer already."""
    letter = letters.report_received(case.org, due=due, marker=new_marker())
    return _tell_unproven(case, letter, to=to, about=report, at=at)


def tell_reporter_extended(case: Case, report: Paper, *, until: datetime, about: Paper, at: datetime) -> list[Paper]:
    """File "it takes longer" for one reporter; nothing where they left no address: it stands on their page."""
    address = report.words.get("email", "")
    if not address or hears_of(report) is not Hears.EVERYTHING:
        return []
    letter = letters.extended(case.org, until=until, marker=new_marker())
    return [_tell_unproven(case, letter, to=address, about=about, at=at)]


def tell_people(
    case: Case, told: Sequence[tuple[Person, Letter]], *, role: Role, about: Paper | None, at: datetime
) -> list[Paper]:
    """File and promise letters to people who hold an office."""
    notices = []
    for person, letter in told:
        notice = _file(case, letter, audience=role, about=about, at=at, person=person)
        promise_letter(
            case,
            notice,
            kind=letter.kind,
            to=person.email,
            subject=letter.subject,
            marker=letter.marker,
            at=at,
        )
        notices.append(notice)
    return notices


def tell_nobody_free(case: Case, role: Role, *, due: datetime | None, about: Paper, at: datetime) -> list[Paper]:
    """File and promise letters to the administrators: nobody who holds `role` may act in the case.

    One who wrote the post is told only where there is no other: the letter tells when it was reported (D9).
    """
    holding = list(Person.objects.holding(case.org, Role.ADMINISTRATOR, at=at))
    people = [person for person in holding if not wrote_it(case, person)] or holding
    told = [
        (p, letters.nobody_free(case.org, case=case.pk, name=p.name, role=role, due=due, marker=new_marker()))
        for p in people
    ]
    return tell_people(case, told, role=Role.ADMINISTRATOR, about=about, at=at)


def author_address(case: Case) -> str:
    """Return the newest address known for the author, or an empty string."""
    contact = author_contact(case)
    return contact.address if contact else ""


def author_contact(case: Case) -> Contact | None:
    """Return what is known of where the author can be reached, the newest, or `None`."""
    account = case.account or (case.post.account if case.post else None)  # whose pattern it is, or who wrote the post
    if account is None:
        return None
    known = list(account.contacts.order_by("-added_at", "-pk"))
    wrong = disowned_addresses(case) if known else set()
    return next((contact for contact in known if contact.address.casefold() not in wrong), None)


def _comes_back(case: Case, *, at: datetime) -> bool:
    """Say whether this very step has asked for a post to be seen again."""
    asked = Task.objects.filter(case=case, made_at=at, state=Task.State.OPEN)
    return asked.filter(op__in=(Task.Op.RESTORE, Task.Op.UNHIDE, Task.Op.APPROVE)).exists()


def _warn_target(case: Case, address: str, *, about: Paper, at: datetime) -> Paper:
    letter = letters.target_told(case.org, coming_back=at, marker=new_marker())
    return _tell_unproven(case, letter, to=address, about=about, at=at)


def _tell_news(case: Case, address: str, *, about: Paper, at: datetime) -> Paper:
    letter = letters.reporter_news(case.org, marker=new_marker())
    return _tell_unproven(case, letter, to=address, about=about, at=at)


def _tell_unproven(case: Case, letter: Letter, *, to: str, about: Paper, at: datetime) -> Paper:
    mailed = may_send_news(case.org, to, at=at)
    notice = _file(case, letter, audience=Role.REPORTER, about=about, at=at, mailed=mailed)
    if mailed:
        promise_letter(case, notice, kind=letter.kind, to=to, subject=letter.subject, marker=letter.marker, at=at)
    return notice


def _file(
    case: Case,
    letter: Letter,
    *,
    audience: Role,
    about: Paper | None,
    at: datetime,
    person: Person | None = None,
    mailed: bool = True,
) -> Paper:
    return file_paper(
        case,
        Paper.Kind.NOTICE,
        by=SYSTEM,
        at=at,
        facts={
            "letter": letter.kind,
            "wording": letter.wording,
            "audience": audience,
            "person": person.pk if person else None,
            "mailed": mailed,
            "marker": letter.marker,
        },
        texts={"subject": letter.subject, "body": letter.body},
        answers=about,
    )
