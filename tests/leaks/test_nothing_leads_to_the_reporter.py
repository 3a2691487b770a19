"""Nothing that the author can reach leads to whoever reported them, also by inference (D9, D42).

Each matter is played by reporters as different as can be: who, how many, when, in which words, as which kind, with
which link and pictures, known here or not. Whatever an author can reach has to be the same, at every turn.
"""

from collections.abc import Callable

import pytest
from django.db import transaction

from folkmoot.casefile.models import Grant
from folkmoot.members.models import Person
from folkmoot.procedure.words import Role
from folkmoot.web.public import notice
from tests import cast
from tests.leaks.plays import PLAYS, SEALED, Play, begin
from tests.leaks.reach import all_that_is_reached
from tests.leaks.reporters import EVERYBODY, Reporters
from tests.web.browsers import move_clock

pytestmark = pytest.mark.django_db
Told = list[dict[str, str]]  # at each turn, what can be reached


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> Callable[[Play, Reporters], Told]:
    """Return a way to play a matter from the beginning, and to take all of it back."""

    def play(which: Play, reporters: Reporters) -> Told:
        turns: Told = []
        with transaction.atomic():
            matter, acts = begin(which, reporters)
            for now in acts:
                move_clock(monkeypatch, now)
                turns.append(all_that_is_reached(matter, before=[name for turn in turns for name in turn]))
            _keeps_its_secrets(matter, turns)
            transaction.set_rollback(True)
        return turns

    return play


@pytest.mark.parametrize("name", PLAYS)
def test_whoever_reported_the_author_reads_the_same(name: str, played: Callable[[Play, Reporters], Told]) -> None:
    first = _the_same_for_all(PLAYS[name], played)
    assert all("/o/ORG/notice/GRANT/" in turn for turn in first), "the author's page was opened"


def test_a_trace_would_be_seen(monkeypatch: pytest.MonkeyPatch, played: Callable[[Play, Reporters], Told]) -> None:
    monkeypatch.setattr(notice, "evidence_text", lambda case: f"{cast.WORDS} ({case.reports})")
    with pytest.raises(AssertionError, match="/o/ORG/notice/GRANT/"):
        _the_same_for_all(PLAYS["a warning"], played)


def _the_same_for_all(play: Play, played: Callable[[Play, Reporters], Told]) -> Told:
    told = {who: played(play, reporters) for who, reporters in EVERYBODY.items()}
    first = told.pop("a stranger")
    for who, turns in told.items():
        for number, (one, other) in enumerate(zip(first, turns, strict=True), start=1):
            assert one.keys() == other.keys(), (who, number)
            for where, text in one.items():
                assert text == other[where], (who, f"turn {number}", where)
    return first


def _keeps_its_secrets(matter: cast.Matter, turns: Told) -> None:
    """Fail when a name of somebody else, a code, or what stays sealed stands anywhere."""
    people = Person.objects.filter(org=matter.branch.org).exclude(pk=matter.branch.author.pk)
    names = [word for person in people for word in (person.name, person.email)]
    names.remove(matter.branch.target.name)  # her surname stands in the post itself, which is the author's own
    grants = Grant.objects.filter(case=matter.pk, party=Role.REPORTER)
    secrets = [*names, *SEALED, *(grant.nonce for grant in grants), matter.receipt.code, "Wren", "Lacey", "grrr"]
    for number, turn in enumerate(turns, start=1):
        for where, text in turn.items():
            for secret in secrets:
                assert secret.casefold() not in text.casefold(), (f"turn {number}", where, secret)
