"""Counts that stop at a thousand, and what is remembered of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from folkmoot.members.models import Organisation
from folkmoot.web import counting
from tests.cast import day


def _asked_again(found: int, times: int = 2) -> int:
    """Count the organisations so often, `found` each time, and return how many statements that took."""
    with CaptureQueriesContext(connection) as queries:
        for _ in range(times):
            assert counting.counts_of({"all": Organisation.objects.all()}) == {"all": found}
    return len(queries)


@pytest.mark.django_db
def test_what_was_very_many_is_not_counted_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "_many", {})
    monkeypatch.setattr(counting, "_MANY", 2)
    Organisation.objects.create(slug="one", name="One", created_at=day(1))
    assert _asked_again(1) == 2  # few: whoever adds one sees it
    Organisation.objects.create(slug="two", name="Two", created_at=day(1))
    assert _asked_again(2) == 1
    Organisation.objects.create(slug="three", name="Three", created_at=day(1))
    assert _asked_again(2) == 0
    monkeypatch.setattr(counting, "_REMEMBERED", -1.0)
    counting._many.clear()
    assert _asked_again(3) == 2


@pytest.mark.django_db
def test_more_than_enough_is_said_to_be_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "_many", {})
    monkeypatch.setattr(counting, "ENOUGH", 2)
    for slug in ("one", "two", "three"):
        Organisation.objects.create(slug=slug, name=slug, created_at=day(1))
    assert _asked_again(2) == 2


@pytest.mark.django_db
def test_what_is_remembered_answers_no_other_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "_many", {})
    monkeypatch.setattr(counting, "_MANY", 2)
    for slug in ("one", "two"):
        Organisation.objects.create(slug=slug, name=slug, created_at=day(1))
    assert _asked_again(2, times=1) == 1
    others = {
        "none": Organisation.objects.exclude(slug__in=["one", "two"]),
        "one": Organisation.objects.exclude(slug="one"),
    }
    assert counting.counts_of(others) == {"none": 0, "one": 1}
