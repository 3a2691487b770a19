"""A write that is sent twice is done once."""

from datetime import timedelta

import pytest

from folkmoot.casefile.models import Event
from folkmoot.members.models import Repeatable
from folkmoot.procedure.words import Step
from folkmoot.steps.forget_stale import forget_stale
from tests.api.programs import program, refused_as
from tests.cast import Matter, day, reported
from tests.web.browsers import move_clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(1))


@pytest.fixture
def matter() -> Matter:
    return reported()


def claims(matter: Matter) -> int:
    return Event.objects.filter(case=matter.pk, step=Step.CLAIM).count()


def test_the_same_write_again_gets_the_same_answer_and_does_nothing(matter: Matter) -> None:
    caller = program(matter.branch.operator)
    first = caller.post(f"/cases/{matter.pk}/claim", key="a-key-of-mine")
    again = caller.post(f"/cases/{matter.pk}/claim", key="a-key-of-mine")
    assert (again.status_code, again.content) == (first.status_code, first.content) == (200, first.content)
    assert ("Idempotent-Replayed" in first, again["Idempotent-Replayed"]) == (False, "true")
    assert claims(matter) == 1


def test_the_same_key_for_something_else_is_refused(matter: Matter) -> None:
    caller = program(matter.branch.operator)
    caller.post(f"/cases/{matter.pk}/claim", key="a-key-of-mine")
    other = caller.post(f"/cases/{matter.pk}/claim", {"seen": 1}, key="a-key-of-mine")
    assert (other.status_code, refused_as(other)) == (422, "other-request")


def test_a_write_without_a_key_is_refused(matter: Matter) -> None:
    answer = program(matter.branch.operator).post(f"/cases/{matter.pk}/claim", **{"Idempotency-Key": "short"})
    assert (answer.status_code, refused_as(answer)) == (400, "unreadable")
    assert claims(matter) == 0


def test_keys_of_two_programs_have_nothing_to_do_with_each_other(matter: Matter) -> None:
    one, two = program(matter.branch.operator), program(matter.branch.operator)
    one.post(f"/cases/{matter.pk}/claim", key="a-key-of-mine")
    assert "Idempotent-Replayed" not in two.post(f"/cases/{matter.pk}/claim", key="a-key-of-mine")


def test_a_refusal_is_not_kept_so_that_the_key_can_be_used_once_it_is_mended(matter: Matter) -> None:
    assert matter.branch.moderator is not None
    program(matter.branch.moderator).post(f"/cases/{matter.pk}/claim")
    caller = program(matter.branch.operator)
    refused = caller.post(f"/cases/{matter.pk}/claim", key="a-key-of-mine")
    assert (refused.status_code, refused_as(refused)) == (403, "refused")
    assert Repeatable.objects.filter(status=None).count() == 0


def test_what_died_half_way_can_be_sent_again_after_a_minute(matter: Matter, monkeypatch: pytest.MonkeyPatch) -> None:
    caller = program(matter.branch.operator)
    caller.post(f"/cases/{matter.pk}/claim", key="a-key-of-mine")
    Repeatable.objects.update(status=None, answer=b"")
    waits = caller.post(f"/cases/{matter.pk}/claim", key="a-key-of-mine")
    assert (waits.status_code, refused_as(waits)) == (409, "at-work")
    move_clock(monkeypatch, day(1) + timedelta(minutes=1))
    assert caller.post(f"/cases/{matter.pk}/claim", key="a-key-of-mine").status_code == 200


def test_what_was_answered_is_kept_under_the_callers_key_and_for_a_day(matter: Matter) -> None:
    answer = program(matter.branch.operator).post(f"/cases/{matter.pk}/claim", key="a-key-of-mine")
    (kept,) = Repeatable.objects.all()
    assert answer.content not in bytes(kept.answer)
    assert b"received" in answer.content
    assert b"received" not in bytes(kept.answer)
    forget_stale(at=day(1) + timedelta(hours=23))
    assert Repeatable.objects.exists()
    forget_stale(at=day(2) + timedelta(seconds=1))
    assert not Repeatable.objects.exists()
