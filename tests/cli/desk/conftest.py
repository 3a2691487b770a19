"""The story's second day, at a terminal."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from folkmoot.cli.commands import folkmoot
from tests.cast import Branch, branch, day

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _second_day(settings: Any) -> Iterator[None]:
    settings.CLOCK_SHIFT_SECONDS = (day(1) - timezone.now()).total_seconds()
    yield
    timezone.deactivate()  # a command is a process of its own otherwise


@pytest.fixture
def people(db: None) -> Branch:
    return branch()


@pytest.fixture
def run() -> Run:
    """Return how to type a command; nobody is at the terminal."""
    return lambda *words: CliRunner().invoke(folkmoot, [str(word) for word in words])


def answered(done: Result) -> dict[str, Any]:
    """Return the JSON that a command answered with: one object, and nothing beside it."""
    found: dict[str, Any] = json.loads(done.stdout)
    return found
