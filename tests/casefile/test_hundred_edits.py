"""A hundred random edits of facts older than the last checkpoint, by somebody who counts all hashes anew.

Each is found by `audit verify --checkpoint FILE`, with FILE kept elsewhere. A fifth of them here, all of them
in `./test soak`; both on SQLite and on PostgreSQL.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result
from django.db import transaction

from folkmoot.archive.models import Account, Post
from folkmoot.casefile.access import note_access
from folkmoot.casefile.checkpoint_file import path_of
from folkmoot.casefile.files import file_mark
from folkmoot.casefile.models import Attachment, Case
from folkmoot.cli.audit import command
from folkmoot.config.places import key
from folkmoot.kernel.times import stamp
from folkmoot.members.models import Organisation
from folkmoot.procedure.words import Role
from folkmoot.steps.attach import Upload
from folkmoot.steps.give_role import give_role
from folkmoot.steps.make_checkpoint import make_checkpoint
from tests import cast, forging
from tests.forging import CaseForgery
from tests.tampering import guards_down

SEED = 20261109
ALL = range(100)
LAST = cast.day(20)


class World:
    """An organisation with cases, people and readings under three checkpoints, and the copy of their file."""

    def __init__(self, folder: Path, elsewhere: Path) -> None:
        self.people = cast.branch()
        self.org: Organisation = self.people.org
        self.elsewhere = elsewhere
        cast.finalised(self.people)
        self._sign(folder, 9)
        cast.appealed(replace(self.people, post=self._post("150", account=self.people.account)))
        cast.reported(self.people, post=self._post("200"), files=[Upload("a.png", "image/png", b"a picture")])
        for number, what in enumerate(("case", "author", "letters", "case", "minute")):
            note_access(self.org, what, by=self.people.operator, at=cast.day(number), case=Case.objects.earliest("pk"))
        self._sign(folder, 10)
        cast.reported(self.people, post=self._post("300"))
        give_role(self.people.author, Role.EXECUTIVE, by=self.people.administrator, at=cast.day(11))
        note_access(self.org, "case", by=self.people.operator, at=cast.day(11), case=Case.objects.latest("pk"))
        self._sign(folder, 20)
        shutil.copy(path_of(folder, self.org.pk), elsewhere)
        cast.reported(self.people, post=self._post("400"), at=cast.day(21))

    def case(self, chance: Random) -> Case:
        """Return one of the cases that the last checkpoint knows."""
        return chance.choice(list(Case.objects.filter(opened_at__lt=LAST).order_by("pk")))

    def _post(self, number: str, account: Account | None = None) -> Post:
        people = self.people
        return cast.post(people.org, people.place, text=f"{cast.WORDS} {number}", native_id=number, account=account)

    def _sign(self, folder: Path, day: int) -> None:
        seed = key(Path(folder), "checkpoints")
        assert make_checkpoint(self.org, folder=folder, seed=seed, at=cast.day(day))


def event_edited(world: World, chance: Random) -> None:
    forgery = CaseForgery(world.case(chance))
    payload = chance.choice(forgery.payloads)
    payload["by"] = f"person:{chance.randrange(1000, 2000)}"
    forgery.put_back()


def event_moved_in_time(world: World, chance: Random) -> None:
    forgery = CaseForgery(world.case(chance))
    chance.choice(forgery.payloads)["at"] = stamp(cast.day(chance.randrange(9)) + timedelta(seconds=7))
    forgery.put_back()


def event_deleted(world: World, chance: Random) -> None:
    forgery = CaseForgery(_long(world, chance))
    del forgery.payloads[chance.randrange(len(forgery.payloads) - 1)]
    forgery.put_back()


def event_added(world: World, chance: Random) -> None:
    forgery = CaseForgery(world.case(chance))
    like = chance.choice(forgery.payloads)
    facts = {**like["facts"], "owed": [], "met": [], "lapsed": [], "grants": [], "promised": {}}
    place = chance.randrange(1, len(forgery.payloads) + 1)
    forgery.payloads.insert(place, {**like, "facts": facts, "papers": [], "at": stamp(cast.day(5))})
    forgery.payloads[-1]["facts"]["bookmark"] = dict(forgery.payloads[-1]["facts"]["bookmark"])
    forgery.put_back()


def events_reordered(world: World, chance: Random) -> None:
    forgery = CaseForgery(_long(world, chance))
    first, second = sorted(chance.sample(range(len(forgery.payloads)), 2))
    events = forgery.payloads
    events[first], events[second] = events[second], events[first]
    forgery.put_back()


def tail_cut(world: World, chance: Random) -> None:
    forgery = CaseForgery(_long(world, chance))
    del forgery.payloads[-chance.randrange(1, len(forgery.payloads)) :]
    forgery.put_back()


def paper_edited(world: World, chance: Random) -> None:
    forgery = CaseForgery(world.case(chance))
    body = forgery.bodies[chance.choice(sorted(forgery.bodies))]
    body["facts"]["clarity" if body["kind"] == "decision" else "remark"] = "unclear"
    forgery.put_back()


def text_edited(world: World, chance: Random) -> None:
    forging.rewrite_text(world.case(chance), chance)


def file_exchanged(world: World, chance: Random) -> None:
    file = Attachment.objects.select_related("paper__case").get()
    content = chance.randbytes(50)
    forgery = CaseForgery(file.paper.case)
    mark = file_mark(file.name, file.media_type, content)
    Attachment.objects.filter(pk=file.pk).update(content=content, hash=mark)
    forgery.bodies[file.paper.number]["facts"]["files"] = [mark]
    forgery.put_back()


def duty_put_off(world: World, chance: Random) -> None:
    forgery = CaseForgery(world.case(chance))
    owing = [payload for payload in forgery.payloads if payload["facts"]["owed"]]
    chance.choice(owing)["facts"]["owed"][0][3] = stamp(cast.day(chance.randrange(30, 60)))
    last = forgery.payloads[-1]["facts"]["bookmark"]
    if last["due_at"]:
        last["due_at"] = stamp(cast.day(40))
    forgery.put_back()


def outcome_changed(world: World, chance: Random) -> None:
    forgery = CaseForgery(_long(world, chance))
    for payload in forgery.payloads:
        if payload["facts"]["bookmark"]["outcome"]:
            payload["facts"]["bookmark"]["outcome"] = "no_breach"
    forgery.put_back()


def case_removed(world: World, chance: Random) -> None:
    forging.remove_case(world.case(chance))


def case_exchanged(world: World, chance: Random) -> None:
    """The case that came after the checkpoint takes the place of one that came before."""
    old, young = world.case(chance), Case.objects.latest("pk")
    forgery = CaseForgery(young)
    for payload in forgery.payloads:
        payload["of"] = old.uid
    for body in forgery.bodies.values():
        body["case"] = old.uid
    forging.remove_case(old)
    Case.objects.filter(pk=young.pk).update(uid=old.uid)
    forgery.case.refresh_from_db()
    forgery.put_back()


def case_put_in(world: World, chance: Random) -> None:
    """A case of which nobody knows is put in, as if it had been there before the checkpoint."""
    forgery = CaseForgery(Case.objects.latest("pk"))
    back = timedelta(days=chance.randrange(3, 20))
    for payload in forgery.payloads:
        payload["at"] = stamp(cast.day(21) - back)
    for body in forgery.bodies.values():
        body["at"] = stamp(cast.day(21) - back)
    forgery.put_back()


def step_put_at_the_end(world: World, chance: Random) -> None:
    """A step is added after all that the checkpoint knows, and says that it was there before."""
    forgery = CaseForgery(world.case(chance))
    facts = {**forgery.payloads[-1]["facts"], "owed": [], "met": [], "lapsed": [], "grants": [], "promised": {}}
    when = stamp(LAST - timedelta(hours=chance.randrange(1, 100)))
    forgery.payloads.append({**forgery.payloads[-1], "facts": facts, "papers": [], "at": when})
    forgery.put_back()


def register_edited(world: World, chance: Random) -> None:
    payloads = forging.register_payloads(world.org)
    given = [payload for payload in payloads if payload["step"] == "give_role"]
    chance.choice(given)["facts"]["person"] = world.people.target.pk
    _register(world, payloads)


def register_entry_deleted(world: World, chance: Random) -> None:
    payloads = forging.register_payloads(world.org)
    given = [place for place, payload in enumerate(payloads) if payload["step"] == "give_role"]
    del payloads[chance.choice(given)]
    _register(world, payloads)


def register_entry_added(world: World, chance: Random) -> None:
    payloads = forging.register_payloads(world.org)
    like = chance.choice([payload for payload in payloads if payload["step"] == "give_role"])
    facts = {"person": world.people.target.pk, "role": "secretary"}
    payloads.insert(chance.randrange(10, len(payloads) + 1), {**like, "facts": facts, "at": stamp(cast.day(2))})
    _register(world, payloads)


def register_cut(world: World, chance: Random) -> None:
    payloads = forging.register_payloads(world.org)
    _register(world, payloads[: -chance.randrange(1, 5)])


def readings_edited(world: World, chance: Random) -> None:
    entries = forging.readings(world.org)
    entry = chance.choice(entries)
    entry["by"] = f"person:{world.people.target.pk}"
    forging.rewrite_readings(world.org, entries)


def reading_deleted(world: World, chance: Random) -> None:
    entries = forging.readings(world.org)
    del entries[chance.randrange(len(entries))]
    forging.rewrite_readings(world.org, entries)


def readings_reordered(world: World, chance: Random) -> None:
    entries = forging.readings(world.org)
    first, second = chance.sample(range(len(entries)), 2)
    entries[first], entries[second] = entries[second], entries[first]
    forging.rewrite_readings(world.org, entries)


def all_rolled_back(world: World, chance: Random) -> None:
    """Everything is as it was at an earlier moment: younger cases, entries and readings have never been."""
    moment = chance.choice([9, 10])
    for case in Case.objects.order_by("-pk"):
        if case.pk > (1 if moment == 9 else 3):
            forging.remove_case(case)
    if moment == 10:
        forging.rewrite_readings(world.org, forging.readings(world.org)[:5])
    else:
        forging.rewrite_readings(world.org, [])
    payloads = forging.register_payloads(world.org)
    _register(world, [payload for payload in payloads if payload["at"] < stamp(cast.day(0))])


EDITS: list[Callable[[World, Random], None]] = [
    event_edited,
    tail_cut,
    text_edited,
    case_removed,
    event_deleted,
    register_edited,
    events_reordered,
    all_rolled_back,
    event_added,
    readings_edited,
    case_put_in,
    paper_edited,
    register_cut,
    event_moved_in_time,
    case_exchanged,
    reading_deleted,
    outcome_changed,
    step_put_at_the_end,
    register_entry_deleted,
    duty_put_off,
    readings_reordered,
    file_exchanged,
    register_entry_added,
]


@pytest.fixture
def world(db: None, tmp_path: Path, settings: object) -> World:
    settings.CHECKPOINTS = tmp_path / "nowhere"  # type: ignore[attr-defined]  whoever holds the server took its own
    return World(tmp_path, tmp_path / "kept-elsewhere.jsonl")


def test_what_was_not_touched_is_found_sound_and_what_is_younger_is_said(world: World) -> None:
    result = verify(world)
    assert result.exit_code == 0, result.output
    assert "held against checkpoint 3 of 22 November 2026, 10:00 UTC" in result.output
    assert "younger than that, and not proven yet: 1 new case, 1 step." in result.output


def test_a_share_of_a_hundred_edits_is_found_each_of_them(world: World) -> None:
    assert missed(world, ALL[::5]) == []


@pytest.mark.soak
def test_a_hundred_edits_are_found_each_of_them(world: World) -> None:
    assert missed(world, ALL) == []


def test_most_of_these_edits_leave_a_record_that_agrees_with_itself(world: World) -> None:
    """Without a checkpoint they would pass: whoever makes them knows what they are doing."""
    silent = set()
    for number, edit in product(range(3), EDITS):
        if edit.__name__ in silent:
            continue
        with edited(world, edit, Random(SEED + number)):
            if cast.lay_open(world.org) == []:
                silent.add(edit.__name__)
    assert len(silent) >= 18
    assert {"tail_cut", "text_edited", "case_removed", "all_rolled_back", "register_cut", "case_put_in"} <= silent


def missed(world: World, numbers: range) -> list[str]:
    """Return the edits that `audit verify --checkpoint FILE` does not find."""
    found_nothing = []
    for number in numbers:
        edit = EDITS[number % len(EDITS)]
        with edited(world, edit, Random(SEED + number)):
            result = verify(world)
            if result.exit_code != 1 or "The record is not as it was written" not in result.output:
                found_nothing.append(f"{number} {edit.__name__}: {result.output}")
    return found_nothing


@contextmanager
def edited(world: World, edit: Callable[[World, Random], None], chance: Random) -> Iterator[None]:
    """Edit the record for a while, with the guards put back afterwards as whoever does it would."""
    with transaction.atomic():
        with guards_down():
            edit(world, chance)
        yield
        transaction.set_rollback(True)


def verify(world: World) -> Result:
    return CliRunner().invoke(command, ["verify", "--checkpoint", str(world.elsewhere)])


def _long(world: World, chance: Random) -> Case:
    """Return a case with several steps."""
    return chance.choice(list(Case.objects.filter(opened_at__lt=LAST, seq__gt=3).order_by("pk")))


def _register(world: World, payloads: list[dict[str, object]]) -> None:
    forging.rechain(world.org, payloads, case=None)
    forging.forget_roles(world.org, payloads)
