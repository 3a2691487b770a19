"""The administration's pages on the story's clock; the record is audited after each test."""

from collections.abc import Iterator

import pytest
from django.test import Client

from folkmoot.members.models import Organisation
from tests.cast import Branch, branch, day, lay_open
from tests.web.browsers import move_clock, officer


@pytest.fixture(autouse=True)
def _pages(db: None, settings: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.ROOT_URLCONF = "tests.web.admin.urls"  # type: ignore[attr-defined]
    move_clock(monkeypatch, day(1))
    yield
    for org in Organisation.objects.all():
        assert lay_open(org) == []


@pytest.fixture
def people() -> Branch:
    return branch()


@pytest.fixture
def ada(people: Branch) -> Client:
    """Return the browser of the administrator."""
    return officer(people.administrator)
