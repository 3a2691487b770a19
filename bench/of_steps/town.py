"""A branch with as many cases as wanted: a few played through the real steps, and copied from there.

A copied case has all the rows of its pattern, with numbers, addresses and names of its own, so every table and every
index is as large as years of use would make it. Only its hashes are those of the pattern: nothing here is verified.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

from django.db import connection, models, transaction

from folkmoot.archive.models import Account, Contact, Platform, Post
from folkmoot.archive.worked_out import text_key
from folkmoot.casefile.models import Case, Duty, Event, Grant, Paper, PaperText
from folkmoot.casefile.record import SYSTEM
from folkmoot.members.models import Organisation, Person
from folkmoot.outbox.models import Attempt, Dispatch, Item, Task
from folkmoot.procedure.words import AimedAt, Outcome, ReportKind, Role
from folkmoot.steps.add_organisation import add_organisation
from folkmoot.steps.add_place import add_place
from folkmoot.steps.decide import decide
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.file_report import Report, file_report
from folkmoot.steps.finding import Decision
from folkmoot.steps.invite_person import invite_person
from folkmoot.steps.make_final import make_final
from folkmoot.steps.name_operator import name_operator
from folkmoot.steps.note_contact import note_contact
from folkmoot.steps.record_delivery import SERVED_AFTER, record_sent
from folkmoot.steps.record_served import record_served

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)  # of the story; the machine's own clock is never asked
FOUNDED = NOW - timedelta(days=400)
WORDS = "The harbour plan is a waste. Councillor Voss is a crook and always was."
REMOVE = Decision(
    outcome=Outcome.REMOVE,
    reasons="It calls a named person a crook, and gives no fact for it.",
    codes=["Sa"],
    passage="Councillor Voss is a crook",
    aimed_at=AimedAt.PERSON,
)
ROOM = 1_000_000  # numbers kept free between a pattern and its copies
HELD = {"moderator": 3, "secretary": 1, "executive": 4, "administrator": 1}


@dataclass(frozen=True)
class Town:
    """The branch: who decides, and where people write."""

    org: Organisation
    place: Platform
    moderators: list[Person]


def found() -> Town:
    """Found a branch with three moderators, a Secretary, four members of the Executive and an administrator."""
    org = add_organisation(name="Bench branch", by=SYSTEM, at=FOUNDED)
    people = {role: [_invite(org, role, number) for number in range(many)] for role, many in HELD.items()}
    place = add_place(
        org, name="Harbour page", kind=Platform.Kind.FACEBOOK_PAGE, is_public=True, url="", by=SYSTEM, at=FOUNDED
    )
    name_operator(place, people["moderator"][0], by=SYSTEM, at=FOUNDED)
    return Town(org, place, people["moderator"])


def reported(town: Town, *, days_ago: int) -> Case:
    """Let a post be reported whose author can be reached."""
    number = next(_numbers)
    account = Account.objects.create(
        org=town.org, platform=town.place, handle=f"writer{number}", name="Rowan Pike", first_seen_at=FOUNDED
    )
    note_contact(account, address=f"writer{number}@example.org", source="the list", by=town.moderators[0], at=FOUNDED)
    post = Post.objects.create(
        org=town.org,
        platform=town.place,
        native_id=str(number),
        account=account,
        url=f"https://example.org/posts/{number}",
        text=WORDS,
        text_key=text_key(WORDS),
        posted_at=NOW - timedelta(days=310),
        first_seen_at=NOW - timedelta(days=310),
    )
    report = Report(
        kind=ReportKind.ATTACK, words="Nobody should be called that.", post=post, email=f"reader{number}@example.org"
    )
    return file_report(town.org, report, at=NOW - timedelta(days=days_ago)).case


def ready(town: Town, *, days_ago: int) -> Case:
    """Let a post be reported, and the first moderator say that they have no interest."""
    case = reported(town, days_ago=days_ago)
    declare_interest(case.pk, interested=False, by=town.moderators[0], at=NOW - timedelta(days=days_ago))
    return case


def decided(town: Town, *, days_ago: int) -> Case:
    """Let a case be decided, and its letters leave and be served."""
    case, at = ready(town, days_ago=days_ago), NOW - timedelta(days=days_ago - 1)
    decide(case.pk, REMOVE, by=town.moderators[0], at=at)
    for letter in Dispatch.objects.filter(case=case).order_by("pk"):
        record_sent(letter.pk, at=at)
        record_served(letter.pk, at=at + SERVED_AFTER)
    return case


def closed(town: Town, *, days_ago: int) -> Case:
    """Let a case be decided and become final, since nobody appealed."""
    case = decided(town, days_ago=days_ago)
    make_final(case.pk, at=NOW)
    return case


class Copier:
    """Makes cases by copying patterns."""

    def __init__(self) -> None:
        self.made = 0

    def copy(self, pattern: Case, times: int, *, late: bool = False) -> None:
        """Make `times` more cases like `pattern`; those that are `late` should have been seen to yesterday."""
        for model, rows in _rows_of(pattern):
            self._copy(model, [row.pk for row in rows], times, late=late)
        self.made += times

    def _copy(self, model: type[models.Model], rows: list[int], times: int, *, late: bool) -> None:
        if not rows or not times:
            return
        fields = model._meta.concrete_fields
        columns = ", ".join(f'"{field.column}"' for field in fields)
        values = ", ".join(_value(model, field, late=late) for field in fields)
        yesterday = NOW - timedelta(days=1)
        moved = [field.get_db_prep_save(yesterday, connection) for field in fields if late and field.name in _LATE]
        marks = ", ".join("%s" for _ in rows)
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH RECURSIVE n(i) AS (SELECT CAST(%s AS bigint) UNION ALL SELECT i + 1 FROM n WHERE i < %s) "  # noqa: S608
                f'INSERT INTO "{model._meta.db_table}" ({columns}) '
                f'SELECT {values} FROM n CROSS JOIN "{model._meta.db_table}" t WHERE t.id IN ({marks})',
                [self.made + 1, self.made + times, *moved, *rows],
            )


def fill(work: Callable[[], None]) -> None:
    """Do `work` in one transaction without what the database checks of each row; then let it take stock."""
    with connection.cursor() as cursor:
        cursor.execute(_QUICKLY[connection.vendor])
        try:
            with transaction.atomic():
                work()
        finally:
            cursor.execute(_CAREFULLY[connection.vendor])
        if connection.vendor == "postgresql":  # as it does by itself after a while; SQLite never does
            cursor.execute("ANALYZE")


_numbers = count(1)
_QUICKLY = {"sqlite": "PRAGMA foreign_keys=OFF", "postgresql": "SET session_replication_role = replica"}
_CAREFULLY = {"sqlite": "PRAGMA foreign_keys=ON", "postgresql": "SET session_replication_role = origin"}
_COPIED = (Account, Contact, Post, Case, Paper, PaperText, Event, Duty, Grant, Dispatch, Attempt, Task, Item)
_NUMBER = {"sqlite": "printf('%%012d', n.i)", "postgresql": "lpad(n.i::text, 12, '0')"}
_LATE = ("due_at", "settles_at")
# What has to differ from copy to copy, as SQL over the pattern's row `t` and the copy's number.
_OWN = {
    (Account, "handle"): "t.handle || {number}",
    (Contact, "address"): "{number} || t.address",
    (Post, "native_id"): "t.native_id || '.' || {number}",
    (Post, "url"): "t.url || '.' || {number}",
    (Case, "uid"): "substr(t.uid, 1, 20) || {number}",
    (Grant, "nonce"): "substr(t.nonce, 1, 20) || {number}",
    (Grant, "code_hash"): "substr(t.code_hash, 1, 52) || {number}",
    (Paper, "form_key"): "t.form_key || {number}",
    (Dispatch, "message_id"): "{number} || t.message_id",
    (Dispatch, "to"): '{number} || t."to"',
}


def _invite(org: Organisation, role: str, number: int) -> Person:
    email = f"{role}{number}@{org.slug}.example"
    name = f"{role.capitalize()} {number + 1}"
    return invite_person(org, name=name, email=email, roles={Role(role)}, by=SYSTEM, at=FOUNDED).person


def _rows_of(case: Case) -> list[tuple[type[models.Model], list[models.Model]]]:
    account = case.post.account if case.post else None
    dispatches = Dispatch.objects.filter(case=case)
    own: dict[type[models.Model], models.QuerySet[models.Model]] = {
        Account: Account.objects.filter(pk=account.pk if account else None),
        Contact: Contact.objects.filter(account=account),
        Post: Post.objects.filter(pk=case.post_id),
        Case: Case.objects.filter(pk=case.pk),
        PaperText: PaperText.objects.filter(paper__case=case),
        Attempt: Attempt.objects.filter(dispatch__in=dispatches),
        Item: Item.objects.filter(post=case.post_id),
    }  # type: ignore[dict-item]
    return [
        (model, list(own[model] if model in own else model._default_manager.filter(case=case))) for model in _COPIED
    ]


def _value(model: type[models.Model], field: "models.Field[object, object]", *, late: bool) -> str:
    if late and field.name in _LATE:
        return f'CASE WHEN t."{field.column}" IS NULL THEN NULL ELSE %s END'
    number = _NUMBER[connection.vendor]
    if (model, field.name) in _OWN:
        return _OWN[model, field.name].format(number=number)
    moves = field.primary_key or field.related_model in _COPIED
    return f't."{field.column}" + n.i * {ROOM}' if moves else f't."{field.column}"'
