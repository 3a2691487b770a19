"""True copies of a pattern, many at once: other posts, words, people, days, and every hash made anew."""

import json
import os
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models
from django.db.models import Max

from bench.of_desk.branch import Branch
from bench.of_desk.matters import AUTHOR, MOST_READERS, READER
from bench.of_desk.patterns import OWN, Pattern, Plan
from folkmoot.archive.marks import contact_mark
from folkmoot.archive.models import Contact, Post
from folkmoot.casefile.models import Event, FoundLater, Grant, Paper, PaperText, Sought
from folkmoot.casefile.record import access_mark
from folkmoot.kernel.canonical import commitment, digest
from folkmoot.kernel.times import stamp
from folkmoot.kernel.tokens import new_nonce
from folkmoot.outbox.links import receipt_code, receipt_hash
from folkmoot.outbox.models import Dispatch
from folkmoot.outbox.promise import letter_mark

BATCH = 500  # cases whose rows are written together
Row = list[Any]


class Copier:
    """Makes cases out of patterns, each about a post of its own."""

    def __init__(self, branch: Branch, posts: Sequence[Post], spare: Sequence[int], says: Callable[[], str]) -> None:
        """Take the posts to be reported in turn; `spare` are others, and `says` gives words."""
        self._org, self._posts, self._spare, self._says = branch.org, iter(posts), spare, says
        self._chance = random.Random(len(posts))  # noqa: S311  no secret
        self._next = {model: _last(model) + 1 for model in OWN}
        self._writing: dict[type[models.Model], list[Row]] = {model: [] for model in OWN}
        self.made = 0

    def copy(self, patterns: Iterable[Pattern]) -> Iterator[int]:
        """Make one case of each of `patterns`; yield how many there are after each batch, which has been written."""
        for pattern in patterns:
            _Copy(self, pattern, next(self._posts)).write()
            self.made += 1
            if self.made % BATCH == 0:
                self._write()
                yield self.made
        self._write()
        yield self.made

    def number_for(self, model: type[models.Model]) -> int:
        """Return the next free number."""
        self._next[model] += 1
        return self._next[model] - 1

    def add(self, model: type[models.Model], row: Row) -> None:
        """Write a row with the others."""
        self._writing[model].append(row)

    def says(self) -> str:
        """Return what somebody might say."""
        return self._says()

    def spare(self) -> int:
        """Return the number of a post that nobody has reported."""
        return self._chance.choice(self._spare)

    def moved(self, pattern: Pattern) -> tuple[timedelta, timedelta]:
        """Return by how much a copy is moved: what ends with a day, and everything else."""
        least, most = pattern.days
        days = timedelta(days=self._chance.randint(least, most))
        return days, days - timedelta(minutes=self._chance.randrange(11 * 60))

    def _write(self) -> None:
        quoted = connection.ops.quote_name
        with connection.cursor() as cursor:
            for model, rows in self._writing.items():
                names = ", ".join(quoted(field.column) for field in model._meta.concrete_fields)
                into = f"{quoted(model._meta.db_table)} ({names})"
                if connection.vendor == "postgresql":
                    with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                        for row in rows:
                            copy.write_row(row)
                elif rows:
                    places = ", ".join(["%s"] * len(rows[0]))
                    cursor.executemany(f"INSERT INTO {into} VALUES ({places})", rows)  # noqa: S608
                rows.clear()


class _Copy:
    """One case in the making: what stands in place of each number, word and time of the pattern."""

    def __init__(self, copier: Copier, pattern: Pattern, post: Post) -> None:
        self._copier, self._pattern, self._post = copier, pattern, post
        of = pattern.scene
        self._numbers = {plan.row.pk: copier.number_for(model) for model, plans in pattern.plans for plan in plans}
        self._numbers |= {of.place.pk: post.platform_id, of.post.pk: post.pk, of.post.account_id: post.account_id}
        whole_days, other = copier.moved(pattern)
        self._times = {at: at + (whole_days if _ends_a_day(at) else other) for at in pattern.times}
        self._kept_times = {old: _kept(new) for old, new in self._times.items()}
        self._words = {str(old).encode(): str(new).encode() for old, new in self._numbers.items()}
        self._words |= {stamp(old).encode(): stamp(new).encode() for old, new in self._times.items()}
        mine = f"{copier.made}.{os.urandom(2).hex()}@"
        self._say(pattern.uid, os.urandom(16).hex())
        for address in (AUTHOR, *map(READER.format, range(MOST_READERS))):
            self._say(address, address.replace("@", mine))

    def write(self) -> None:
        """Make every row; the tables come in the order in which hashes need one another."""
        for model, plans in self._pattern.plans:
            how = _MAKERS.get(model, _Copy._add)
            for plan in plans:
                how(self, plan)

    def _grant(self, plan: Plan) -> None:
        nonce = new_nonce()
        self._say(plan.row.nonce, nonce)
        if plan.row.code_hash:
            self._say(plan.row.code_hash, receipt_hash(receipt_code(nonce)))
        self._marked(plan, access_mark)

    def _contact(self, plan: Plan) -> None:
        self._marked(plan, contact_mark)

    def _text(self, plan: Plan) -> None:
        told = self._own_words(plan)
        salt = os.urandom(16)
        self._say(plan.mark, commitment(salt, told))
        self._add(plan, text=told, salt=salt)

    def _own_words(self, plan: Plan) -> str:
        match plan.kind, plan.row.field:
            case Paper.Kind.SNAPSHOT, "text":
                return self._post.text
            case Paper.Kind.SNAPSHOT, "url":
                return self._post.url
            case Paper.Kind.DECISION | Paper.Kind.PROPOSAL, "passage":
                return " ".join(self._post.text.split()[:5])
            case Paper.Kind.REPORT | Paper.Kind.APPEAL, "words":
                return self._copier.says()
        return self._told(plan.parts["text"]).decode() if "text" in plan.parts else str(plan.row.text)

    def _letter(self, plan: Plan) -> None:
        self._say(plan.row.message_id, f"<{os.urandom(16).hex()}@localhost>")
        self._marked(plan, letter_mark)

    def _paper(self, plan: Plan) -> None:
        self._hashed(plan, "body")

    def _event(self, plan: Plan) -> None:
        self._hashed(plan, "payload")

    def _hashed(self, plan: Plan, column: str) -> None:
        told = self._told(plan.parts[column])
        self._say(plan.row.hash, digest(told))
        self._add(plan, **{column: told})

    def _sought(self, plan: Plan) -> None:
        self._add(plan, posts=json.dumps(sorted(self._copier.spare() for _ in range(3))))

    def _found_later(self, plan: Plan) -> None:
        self._add(plan, post_id=self._copier.spare())

    def _marked(self, plan: Plan, mark: Callable[[Any], str]) -> None:
        """Add a row that events know by its mark."""
        new = copy(plan.row)
        for name, value in plan.row.__dict__.items():
            if name in plan.parts:
                setattr(new, name, self._told(plan.parts[name]).decode())
            elif isinstance(value, datetime):
                setattr(new, name, self._times[value])
            elif isinstance(value, int) and value in self._numbers:
                setattr(new, name, self._numbers[value])
        self._say(mark(plan.row), mark(new))
        self._add(plan)

    def _add(self, plan: Plan, **instead: Any) -> None:
        row = plan.base.copy()
        for place, old in plan.numbers:
            row[place] = self._numbers[old]
        for place, at in plan.times:
            row[place] = self._kept_times[at]
        for name, parts in plan.parts.items():
            row[plan.places[name]] = instead[name] if name in instead else self._told(parts).decode()
        for name, value in instead.items():
            row[plan.places[name]] = value
        self._copier.add(type(plan.row), row)

    def _told(self, parts: list[bytes]) -> bytes:
        told = parts.copy()
        told[1::2] = [self._words[token] for token in parts[1::2]]
        return b"".join(told)

    def _say(self, old: str, new: str) -> None:
        self._words[old.encode()] = new.encode()


_MAKERS: dict[type[models.Model], Callable[[_Copy, Plan], None]] = {
    Grant: _Copy._grant,
    Contact: _Copy._contact,
    PaperText: _Copy._text,
    Paper: _Copy._paper,
    Dispatch: _Copy._letter,
    Event: _Copy._event,
    Sought: _Copy._sought,
    FoundLater: _Copy._found_later,
}


def _kept(at: datetime) -> Any:
    """Return a time as the database takes it."""
    return at if connection.vendor == "postgresql" else connection.ops.adapt_datetimefield_value(at)


def _ends_a_day(at: datetime) -> bool:
    """Say whether it is the last second of a local day, as limits are; all is in winter here."""
    return (at.hour, at.minute, at.second) == (23, 59, 59)


def _last(model: type[models.Model]) -> int:
    return model._default_manager.aggregate(last=Max("pk"))["last"] or 0
