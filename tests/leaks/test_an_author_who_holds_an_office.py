"""An author who is a moderator here reads the desk like any other, but nothing there leads to who reported them."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import transaction

from folkmoot.casefile.models import Duty
from folkmoot.procedure.words import Answer, ReportKind, Role
from folkmoot.steps.decide import decide
from folkmoot.steps.give_role import give_role
from folkmoot.steps.hand_over import hand_over
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.put_to_executive import put_to_executive
from folkmoot.steps.reconsider import reconsider
from folkmoot.steps.record_minute import record_minute
from tests import cast
from tests.cast import Matter, branch, day, free
from tests.leaks.reach import all_that_an_officer_reaches
from tests.leaks.reporters import EVERYBODY, Reporters
from tests.web.browsers import move_clock

pytestmark = pytest.mark.django_db
SECRETS = ("Wren", "Lacey", "grrr", "allways", "frightened", "Osgood", "plover", "osprey", "my own remark", "phone.jpg")


def late_and_to_the_end(m: Matter) -> Iterator[datetime]:
    """Nobody answers in time, then all goes its way; the author holds every office there is."""
    people = m.branch
    assert people.secretary is not None
    yield day(0, 23)
    hand_over(Duty.objects.filter(case=m.pk, met_at=None).earliest("due_at").pk, at=day(8))
    yield day(8, 12)
    free(m, people.operator, at=day(9))
    decide(m.pk, cast.a_decision(), by=people.operator, at=day(9))
    lodge_appeal(m.pk, words=cast.APPEAL, by=m.grant, at=day(10))
    reconsider(m.pk, answer=Answer.STANDS, reasons=cast.REASONS, by=people.operator, at=day(11))
    put_to_executive(m.pk, words=cast.SUBMISSION, by=m.grant, at=day(12))
    yield day(12, 12)
    minute = cast.a_minute(m, met_on=day(13).date(), aside=[people.moderator.pk] if people.moderator else [])
    record_minute(m.pk, minute, by=people.secretary, at=day(13))
    cast.confirm(m, *people.panel[:3], at=day(14))
    yield day(14, 12)


def played(reporters: Reporters, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    turns = []
    with transaction.atomic():
        people = branch()
        author = people.moderator
        assert author is not None
        for role in (Role.SECRETARY, Role.EXECUTIVE, Role.ADMINISTRATOR):
            give_role(author, role, by=people.administrator, at=cast.FOUNDED)
        cast.own(people, author)
        matter = Matter(people, reporters(people, ReportKind.ATTACK))
        for now in late_and_to_the_end(matter):
            move_clock(monkeypatch, now)
            turns.append(all_that_an_officer_reaches(author))
        transaction.set_rollback(True)
    return turns


def test_whoever_reported_they_read_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {who: played(EVERYBODY[who], monkeypatch) for who in ("a stranger", "three of them")}
    first = told["a stranger"]
    for who, turns in told.items():
        for number, (one, other) in enumerate(zip(first, turns, strict=True), start=1):
            assert one.keys() == other.keys(), (who, number)
            for where, text in other.items():
                for secret in SECRETS:
                    assert secret.casefold() not in text.casefold(), (who, f"turn {number}", where, secret)
                assert text == one[where], (who, f"turn {number}", where)
