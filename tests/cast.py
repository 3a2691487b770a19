"""A named cast and the matter that brings them together, played through the real steps at explicit times.

    people = branch()             an organisation with its people, place and one post
    matter = appealed(people)     that post reported, decided and appealed

Each builder plays everything that comes before it. Times are London days of one November; see `day`.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from folkmoot.archive.index_posts import note_changed
from folkmoot.archive.models import Account, AccountClaim, Contact, Platform, Post
from folkmoot.archive.worked_out import text_key
from folkmoot.casefile.audit import verify
from folkmoot.casefile.models import Case, Duty, Grant, Paper
from folkmoot.casefile.record import SYSTEM
from folkmoot.kernel.errors import FolkmootError
from folkmoot.members.models import Organisation, Person
from folkmoot.outbox.audit import verify_promises
from folkmoot.outbox.models import Dispatch, Task
from folkmoot.procedure.words import AimedAt, Answer, Outcome, ReportKind, Role, Vote
from folkmoot.steps.add_organisation import add_organisation
from folkmoot.steps.add_place import add_place
from folkmoot.steps.claim_account import claim_account
from folkmoot.steps.confirm_minute import confirm_minute
from folkmoot.steps.decide import decide
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.file_report import Receipt, Report, file_report
from folkmoot.steps.finding import Decision
from folkmoot.steps.invite_person import invite_person
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.name_operator import name_operator
from folkmoot.steps.note_contact import note_contact
from folkmoot.steps.put_to_executive import put_to_executive
from folkmoot.steps.reconsider import reconsider
from folkmoot.steps.record_delivery import SERVED_AFTER, record_sent
from folkmoot.steps.record_minute import Minute, record_minute
from folkmoot.steps.record_served import record_served
from tests.founded import once

RULES = Path(__file__).parent / "packs" / "harbour-rules"  # H1, H2 grounds; H3 advice; M1 procedure
FOUNDED = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
WORDS = "The harbour plan is a waste. Councillor Voss is a crook and always was."
PASSAGE = "Councillor Voss is a crook"
REASONS = "It calls a named councillor a crook and gives no fact for it."
APPEAL = "I meant the plan, not the person. Please read it again."
SUBMISSION = "Two members told me that they read it as being about the plan."
AUTHOR_ADDRESS = "rowan.pike@example.org"
REPORTER_ADDRESS = "wren.lacey@example.org"
REPORTER_NAME = "Wren Lacey"
REPORT_WORDS = "Calling somebody a crook is not how we talk to each other."


def day(number: int, hour: int = 10, minute: int = 0) -> datetime:
    """Return a time on a London day of the story: day 0 is Monday 2 November 2026, when the report comes."""
    return datetime(2026, 11, 2, hour, minute, tzinfo=UTC) + timedelta(days=number)


@dataclass
class Branch:
    """An organisation and its people. `author` is a member of it; `outsider` belongs to `elsewhere`."""

    org: Organisation
    place: Platform
    administrator: Person
    operator: Person  # the first moderator, who looks after the place
    moderator: Person | None  # the second; absent in a branch with one
    secretary: Person | None
    panel: list[Person]
    author: Person
    target: Person
    account: Account
    post: Post
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def deciders(self) -> list[Person]:
        """Return the moderators."""
        return [self.operator, *([self.moderator] if self.moderator else [])]


@dataclass
class Matter:
    """One case on its way. Whatever it returns is read anew."""

    branch: Branch
    receipt: Receipt

    @property
    def pk(self) -> int:
        """Return the case's number."""
        return self.receipt.case.pk

    @property
    def case(self) -> Case:
        """Return the case as it stands now."""
        return Case.objects.select_related("org", "post", "platform", "policy", "procedure_edition").get(pk=self.pk)

    @property
    def grant(self) -> Grant:
        """Return the author's newest grant."""
        return Grant.objects.select_related("case", "paper", "org").filter(case=self.pk, party=Role.AUTHOR).latest("pk")

    def papers(self, kind: Paper.Kind) -> list[Paper]:
        """Return the case's papers of one kind, in order."""
        return list(Paper.objects.filter(case=self.pk, kind=kind).order_by("number"))

    def letters(self, to: str | None = None) -> list[Dispatch]:
        """Return the letters promised in this case, to everybody or to one address."""
        found = Dispatch.objects.filter(case=self.pk).select_related("paper").order_by("pk")
        return list(found.filter(to=to) if to is not None else found)

    def tasks(self, *, state: Task.State = Task.State.OPEN) -> list[Task]:
        """Return the by-hand tasks in one state."""
        return list(Task.objects.filter(case=self.pk, state=state).order_by("pk"))

    def duties(self) -> list[tuple[str, str, datetime]]:
        """Return who owes an answer to which kind of paper until when, the open ones, oldest first."""
        rows = Duty.objects.filter(case=self.pk, met_at=None, lapsed_at=None).order_by("pk")
        return [(str(row.holder), str(row.owed), row.due_at) for row in rows]


def branch(
    name: str = "Harbour branch", *, moderators: int = 2, secretary: bool = True, panel: int = 4, contact: bool = True
) -> Branch:
    """Found an organisation with its people and one post. `contact`: the author's address is known."""
    roles = _roles(moderators, secretary=secretary, panel=panel)
    once((name, moderators, secretary, panel, contact), lambda: _found(name, roles, contact=contact))
    org = Organisation.objects.filter(name=name).latest("pk")
    people = {person.name: person for person in Person.objects.filter(org=org).select_related("org", "user")}
    place = Platform.objects.get(org=org)
    account = Account.objects.get(org=org)
    return Branch(
        org=org,
        place=place,
        administrator=people["Ada Quill"],
        operator=people["Mo Abara"],
        moderator=people.get("Nia Roe"),
        secretary=people.get("Sol Verity"),
        panel=[people[who] for who in roles if who in PANEL],
        author=people["Rowan Pike"],
        target=people["Tamsin Voss"],
        account=account,
        post=Post.objects.get(org=org),
        people={who: people[who] for who in roles},
    )


def _found(name: str, roles: dict[str, set[Role]], *, contact: bool) -> None:
    org = add_organisation(name=name, pack=RULES, by=SYSTEM, at=FOUNDED)
    people = {}
    for who, held in roles.items():
        address = f"{who.lower().replace(' ', '.')}@{org.slug}.example"
        people[who] = invite_person(org, name=who, email=address, roles=held, by=SYSTEM, at=FOUNDED).person
    place = add_place(
        org, name="Harbour page", kind=Platform.Kind.FACEBOOK_PAGE, is_public=True, url="", by=SYSTEM, at=FOUNDED
    )
    operator = people["Mo Abara"]
    name_operator(place, operator, by=SYSTEM, at=FOUNDED)
    account = Account.objects.create(
        org=org, platform=place, handle="rowan.pike", name="Rowan Pike", first_seen_at=FOUNDED
    )
    member(org, "Rowan Pike", AUTHOR_ADDRESS)
    member(org, "Tamsin Voss", "tamsin.voss@example.org")
    post(org, place, account=account)
    if contact:
        _write_contact(account, AUTHOR_ADDRESS, operator)


PANEL = ("Petra Oaks", "Quentin Marsh", "Rosa Thorn", "Silas Ford", "Una Beck", "Viktor Dale")


def outsider() -> Person:
    """Return a moderator, Secretary and Executive member of another organisation."""
    elsewhere = add_organisation(name="Valley branch", pack=RULES, by=SYSTEM, at=FOUNDED)
    roles = {Role.MODERATOR, Role.SECRETARY, Role.EXECUTIVE, Role.ADMINISTRATOR}
    link = invite_person(elsewhere, name="Ottoline Far", email="far@valley.example", roles=roles, by=SYSTEM, at=FOUNDED)
    return link.person


def member(org: Organisation, name: str, email: str) -> Person:
    """Return somebody known to the organisation who holds no role."""
    return Person.objects.create(org=org, name=name, email=email, created_at=FOUNDED)


def post(
    org: Organisation,
    place: Platform,
    *,
    text: str = WORDS,
    native_id: str = "100",
    account: Account | None = None,
    state: Post.State = Post.State.PUBLISHED,
    posted_at: datetime = FOUNDED,
) -> Post:
    """Return a post in the archive, at https://example.org/posts/<native_id>."""
    made = Post.objects.create(
        org=org,
        platform=place,
        native_id=native_id,
        account=account,
        url=f"https://example.org/posts/{native_id}",
        text=text,
        text_key=text_key(text),
        posted_at=posted_at,
        first_seen_at=posted_at,
        state=state,
    )
    note_changed({made.pk: posted_at})  # it was put there past the archive's own door
    return made


def a_report(people: Branch, **other: Any) -> Report:
    """Return the story's report, with whatever is `other` about it."""
    facts: dict[str, Any] = {
        "kind": ReportKind.ATTACK,
        "words": REPORT_WORDS,
        "post": people.post,
        "name": REPORTER_NAME,
        "email": REPORTER_ADDRESS,
    }
    return Report(**{**facts, **other})


def a_decision(outcome: Outcome = Outcome.REMOVE, **other: Any) -> Decision:
    """Return the story's decision, with whatever is `other` about it."""
    facts: dict[str, Any] = {"outcome": outcome, "reasons": REASONS, "codes": ["H1"], "aimed_at": AimedAt.PERSON}
    if outcome in {Outcome.REMOVE, Outcome.REJECT, Outcome.WARN}:
        facts["passage"] = PASSAGE
    return Decision(**{**facts, **other})


def reported(people: Branch | None = None, *, at: datetime | None = None, **other: Any) -> Matter:
    """Day 0: somebody reports the post."""
    people = people or branch()
    return Matter(people, file_report(people.org, a_report(people, **other), at=at or day(0)))


def decided(people: Branch | None = None, *, outcome: Outcome = Outcome.REMOVE, at: datetime | None = None) -> Matter:
    """Day 1: the first moderator says that they have no interest, and decides."""
    matter = reported(people)
    free(matter, matter.branch.operator, at=at or day(1))
    decide(matter.pk, a_decision(outcome), by=matter.branch.operator, at=at or day(1))
    return matter


def appealed(people: Branch | None = None, *, at: datetime | None = None) -> Matter:
    """Day 2: the author appeals."""
    matter = decided(people)
    lodge_appeal(matter.pk, words=APPEAL, by=matter.grant, at=at or day(2))
    return matter


def reconsidered(people: Branch | None = None, *, answer: Answer = Answer.STANDS, at: datetime | None = None) -> Matter:
    """Day 3: another moderator, or the only one, answers the appeal."""
    matter = appealed(people)
    by = matter.branch.deciders[-1]
    free(matter, by, at=at or day(3))
    reconsider(matter.pk, answer=answer, reasons=REASONS, by=by, at=at or day(3))
    return matter


def before_executive(people: Branch | None = None, *, at: datetime | None = None) -> Matter:
    """Day 4: the author puts the case to the Executive."""
    matter = reconsidered(people)
    put_to_executive(matter.pk, words=SUBMISSION, by=matter.grant, at=at or day(4))
    return matter


def minuted(people: Branch | None = None, *, overturned: bool = True, at: datetime | None = None) -> Matter:
    """Day 7: the Secretary writes down that three of the Executive voted."""
    matter = before_executive(people)
    secretary = matter.branch.secretary
    assert secretary is not None
    record_minute(matter.pk, a_minute(matter, overturned=overturned), by=secretary, at=at or day(7))
    return matter


def finalised(people: Branch | None = None, *, overturned: bool = True) -> Matter:
    """Day 8: all who sat confirm."""
    matter = minuted(people, overturned=overturned)
    confirm(matter, *matter.branch.panel[:3])
    return matter


def a_minute(matter: Matter, *, overturned: bool = True, **other: Any) -> Minute:
    """Return a minute of day 7 by which the first three of the Executive voted two to one."""
    two, one = (Vote.OVERTURNED, Vote.STANDS) if overturned else (Vote.STANDS, Vote.OVERTURNED)
    panel = matter.branch.panel
    facts: dict[str, Any] = {
        "met_on": day(7).date(),
        "votes": {person.pk: vote for person, vote in zip(panel, (two, two, one), strict=False)},
        "aside": [],
        "reasons": "We read the post as being about the plan, which may be called a waste.",
    }
    return Minute(**{**facts, **other})


def free(matter: Matter, *people: Person, at: datetime) -> None:
    """Let people say that they have no interest in the matter."""
    for person in people:
        declare_interest(matter.pk, interested=False, by=person, at=at)


def confirm(matter: Matter, *people: Person, at: datetime | None = None) -> None:
    """Let people who sat confirm the minute on day 8."""
    for person in people:
        confirm_minute(matter.pk, by=person, at=at or day(8))


def told(matter: Matter, *people: Person, at: datetime | None = None) -> None:
    """Let the letters that ask for confirmation leave on day 7, to those who sat or to these `people` only."""
    addresses = {person.email for person in people or matter.branch.panel}
    for letter in matter.letters():
        if letter.kind == "minute_to_confirm" and letter.to in addresses and letter.state == Dispatch.State.WAITING:
            record_sent(letter.pk, at=at or day(7))


def served(matter: Matter, *, at: datetime | None = None) -> Matter:
    """Let the author's letters leave when they are due, or at `at`, and not come back."""
    for letter in matter.letters():
        if letter.audience == Role.AUTHOR and letter.state == Dispatch.State.WAITING:
            left = at or letter.next_at
            record_sent(letter.pk, at=left)
            record_served(letter.pk, at=left + SERVED_AFTER)
    return matter


def own(people: Branch, person: Person) -> AccountClaim:
    """Let it be known that the post's account is this person's."""
    return claim_account(
        people.account, person, evidence="They told the Secretary.", by=people.administrator, at=FOUNDED
    )


def known_at(people: Branch, address: str) -> Contact:
    """Let the post's author be known to have this address."""
    return _write_contact(people.account, address, people.operator)


def _write_contact(account: Account, address: str, by: Person) -> Contact:
    return note_contact(account, address=address, source="the membership list", by=by, at=FOUNDED)


def unquoted(letter: str) -> str:
    """Return a letter's text without the signs before the lines that it quotes."""
    return re.sub(r"^> ?", "", letter, flags=re.MULTILINE)


def lay_open(org: Organisation) -> list[str]:
    """Return what the audit finds, as sentences with the name of the case."""
    return [f"{found.where}: {found.what}" for found in (*verify(org), *verify_promises(org))]


@contextmanager
def refused(kind: type[FolkmootError], says: str, *, field: str | None = None) -> Iterator[None]:
    """Expect a refusal that says `says` (at `field` of a form) and leaves every row as it was."""
    before = everything()
    with pytest.raises(kind) as info:
        yield
    assert says in str(info.value)
    if field is not None:
        assert getattr(info.value, "field", None) == field
    assert everything() == before


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table of ours, as the database gives it out."""
    found = {}
    with connection.cursor() as cursor:
        for app in ("members", "editions", "archive", "casefile", "outbox"):
            for model in apps.get_app_config(app).get_models():
                cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
                rows = (tuple(_plain(value) for value in row) for row in cursor.fetchall())
                found[model._meta.label] = sorted(rows, key=repr)
    return found


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def _roles(moderators: int, *, secretary: bool, panel: int) -> dict[str, set[Role]]:
    found = {"Ada Quill": {Role.ADMINISTRATOR}}
    found |= {who: {Role.MODERATOR} for who in ("Mo Abara", "Nia Roe", "Oz Lark")[:moderators]}
    if secretary:
        found["Sol Verity"] = {Role.SECRETARY}
    return found | {who: {Role.EXECUTIVE} for who in PANEL[:panel]}
