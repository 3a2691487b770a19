"""A matter that was played through the real steps, kept as rows from which true copies can be made.

It is played with numbers far above all others, and taken back. Whatever is its own - numbers, hashes, times,
addresses - is known, so that in a copy each is replaced wherever it stands, also within the bytes that are hashed.
"""

import json
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction

from bench.of_desk.branch import NOW, Branch
from bench.of_desk.matters import AUTHOR, MOST_READERS, READER, Scene, scene
from folkmoot.archive.marks import contact_mark
from folkmoot.archive.models import Account, Contact, Platform, Post
from folkmoot.casefile.models import Case, Duty, Event, FoundLater, Grant, Paper, PaperText, Sought
from folkmoot.casefile.record import access_mark
from folkmoot.kernel.times import stamp
from folkmoot.outbox.models import Attempt, Dispatch, Item, Task
from folkmoot.outbox.promise import letter_mark

OWN: tuple[type[models.Model], ...] = (
    Grant, Contact, PaperText, Paper, Dispatch, Event, Case, Duty, Attempt, Task, Item, Sought, FoundLater,
)  # fmt: skip
"""Whose rows a matter has, in the order in which their hashes need one another."""
_SCENE: tuple[type[models.Model], ...] = (Platform, Account, Post)
_FIRST, _ROOM = 1_000_000_000, 50_000_000  # the numbers of a pattern: below 2**31, and of each table its own
_AHEAD = timedelta(days=2)  # nothing of a copy is due before, so that the worker leaves it alone


@dataclass(frozen=True)
class Plan:
    """How to copy one row: what stays, and where numbers, times and words of the matter's own stand."""

    row: Any
    base: list[Any]
    places: dict[str, int]  # of columns, by attribute
    numbers: list[tuple[int, int]]  # place, number
    times: list[tuple[int, datetime]]
    parts: dict[str, list[bytes]]  # of columns in which words stand: every second part is one of them
    kind: str = ""  # of a text: that of its paper
    mark: str = ""  # of a text: its commitment


@dataclass(frozen=True)
class Pattern:
    """A matter's rows, table by table, what in them is its own, and by how many days a copy may be moved."""

    uid: str
    scene: Scene
    plans: list[tuple[type[models.Model], list[Plan]]]
    times: frozenset[datetime]
    days: tuple[int, int]


def recorded(branch: Branch, play: Callable[[Scene], Case], number: int) -> Pattern:
    """Play a matter, read all of its rows, and take it back."""
    with transaction.atomic():
        _count_from_far_up()
        place = Platform.objects.create(org=branch.org, slug=f"scene{number}", name="Scene", created_at=NOW)
        of = scene(branch, place, number)
        case = play(of)
        rows = {model: list(found) for model, found in _rows(case).items()}
        marks = _marks(rows)
        transaction.set_rollback(True)
    times = frozenset(_times(rows))
    numbers = {row.pk for found in rows.values() for row in found} | {of.place.pk, of.post.pk, of.post.account_id or 0}
    tokens = _tokens(rows, numbers, marks, times)
    papers = {paper.pk: paper for paper in rows[Paper]}
    plans = [(model, [_plan(row, numbers, tokens, papers) for row in found]) for model, found in rows.items()]
    return Pattern(rows[Case][0].uid, of, plans, times, _days(rows))


def count_on() -> None:
    """Let new rows be numbered after those that are there: on PostgreSQL that is not taken back by itself."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [*OWN, *_SCENE]):
            cursor.execute(statement)


def _count_from_far_up() -> None:
    with connection.cursor() as cursor:
        for place, model in enumerate((*OWN, *_SCENE)):
            table, first = model._meta.db_table, _FIRST + place * _ROOM
            if connection.vendor == "postgresql":
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, first])
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, first])


def _rows(case: Case) -> dict[type[models.Model], Iterable[Any]]:
    letters = Dispatch.objects.filter(case=case).order_by("pk")
    account = case.post.account if case.post else None
    own: dict[type[models.Model], Iterable[Any]] = {
        Case: Case.objects.filter(pk=case.pk),
        Contact: Contact.objects.filter(account=account).order_by("pk"),
        PaperText: PaperText.objects.filter(paper__case=case).order_by("pk"),
        Dispatch: letters,
        Attempt: Attempt.objects.filter(dispatch__in=letters.values("pk")).order_by("pk"),
        Item: Item.objects.filter(post=case.post_id),
        Sought: Sought.objects.filter(root=case),
        FoundLater: FoundLater.objects.filter(root=case),
    }
    return {
        model: own[model] if model in own else model._default_manager.filter(case=case).order_by("pk") for model in OWN
    }


def _plan(row: Any, numbers: set[int], tokens: "re.Pattern[bytes]", papers: dict[int, Paper]) -> Plan:
    fields = row._meta.concrete_fields
    values = {field.attname: getattr(row, field.attname) for field in fields}
    places = {name: place for place, name in enumerate(values)}
    said = {
        name: value.encode() if isinstance(value, str) else bytes(value)
        for name, value in values.items()
        if _says(value)
    }
    parts = {name: found for name, value in said.items() if len(found := tokens.split(value)) > 1}
    paper = papers[row.paper_id] if isinstance(row, PaperText) else None
    return Plan(
        row=row,
        base=[field.get_db_prep_save(values[field.attname], connection) for field in fields],
        places=places,
        numbers=[(places[name], one) for name, one in values.items() if type(one) is int and one in numbers],
        times=[(places[name], one) for name, one in values.items() if isinstance(one, datetime)],
        parts=parts,
        kind=paper.kind if paper else "",
        mark=_commitments(paper)[row.field] if paper else "",
    )


def _says(value: Any) -> bool:
    return isinstance(value, str | bytes | memoryview)


def _marks(rows: dict[type[models.Model], list[Any]]) -> set[str]:
    """Return the hashes by which events know rows."""
    return {*map(access_mark, rows[Grant]), *map(letter_mark, rows[Dispatch]), *map(contact_mark, rows[Contact])}


def _times(rows: dict[type[models.Model], list[Any]]) -> Iterable[datetime]:
    for model, found in rows.items():
        columns = [field.attname for field in model._meta.concrete_fields if isinstance(field, models.DateTimeField)]
        for row in found:
            yield from (at for at in (getattr(row, column) for column in columns) if at is not None)


def _days(rows: dict[type[models.Model], list[Any]]) -> tuple[int, int]:
    """Return by how many days a copy may be moved, at least and at most: all has happened, and nothing is due soon."""
    case = rows[Case][0]
    latest = max([*(event.at for event in rows[Event]), *(one.found_at for one in rows[FoundLater])])
    waits = [case.due_at, case.settles_at, *(task.lapses_at for task in rows[Task])]
    waits += [duty.due_at for duty in rows[Duty] if duty.met_at is None and duty.lapsed_at is None]
    waits += [letter.serves_at for letter in rows[Dispatch]]
    due = min((at for at in waits if at is not None and at > latest), default=None)
    most = -math.ceil((latest - NOW) / timedelta(days=1))
    least = math.ceil((NOW + _AHEAD - due) / timedelta(days=1)) if due else most - 250
    if least > most:
        raise SystemExit(f"{case.stage}: it would be due before it has happened, {least} to {most} days on")
    return least, most


def _tokens(
    rows: dict[type[models.Model], list[Any]], numbers: set[int], marks: set[str], times: Iterable[datetime]
) -> "re.Pattern[bytes]":
    """Return what finds everything in texts that is the matter's own."""
    words = {rows[Case][0].uid, AUTHOR, *marks, *map(stamp, times), *map(READER.format, range(MOST_READERS))}
    for paper in rows[Paper]:
        words |= {paper.hash, *_commitments(paper).values()}
    words |= {event.hash for event in rows[Event]}
    words |= {word for grant in rows[Grant] for word in (grant.nonce, grant.code_hash) if word}
    words |= {letter.message_id for letter in rows[Dispatch]}
    every = sorted({*map(str, numbers), *words}, key=len, reverse=True)
    return re.compile(b"(" + b"|".join(re.escape(word.encode()) for word in every) + b")")


def _commitments(paper: Paper) -> dict[str, str]:
    """Return the commitments of a paper's texts, by field."""
    found: dict[str, str] = json.loads(bytes(paper.body))["texts"]
    return found
