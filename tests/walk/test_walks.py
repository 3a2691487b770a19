"""Random walks through the real steps: whatever anybody does in whatever order, the laws hold."""

from dataclasses import replace
from random import Random

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from folkmoot.kernel.errors import FolkmootError
from tests.rounds import Rounds
from tests.walk import laws, moves
from tests.walk.world import World, world

SHORTEST, LONGEST = 10, 30  # moves
SHARES = 6  # so that several processes can walk at once
PARTS, ROUNDS, WALKS = 8, 25, 50  # the long tier: 10,000


def walk(die: Random) -> World:
    """Walk some way from the first report on, with the laws looked at all the time; everything is rolled back."""
    steps = round(die.triangular(SHORTEST, LONGEST, SHORTEST))  # most are short, as most matters are
    with transaction.atomic():
        w = world(die)
        try:
            _walk(w, steps)
        except Exception as error:
            error.add_note("\n".join(w.taken))
            raise
        transaction.set_rollback(True)
    return w


def _walk(w: World, steps: int) -> None:
    moves.report(w)
    stands = laws.look(w)
    for number in range(steps):
        move = moves.next_move(w)
        try:
            with transaction.atomic():
                move(w)
        except FolkmootError:
            laws.refused_left_nothing(w, stands)
            stands = replace(stands, moment=w.now)
        else:
            before, stands = stands, laws.look(w)
            laws.kept(w, before, stands)
        if number == steps // 2:
            laws.at_rest(w)
    for case in w.cases():
        laws.in_order(case)
    laws.at_rest(w)


def walks(share: int, count: int) -> None:
    """Walk `count` times from a place of its own for each share; a failure is made as short as it gets."""

    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        derandomize=False,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(st.integers(0, 2**48))
    def one(number: int) -> None:
        try:
            walk(Random(number * SHARES + share))
        except Exception as error:
            error.add_note(f"walk({number * SHARES + share})")
            raise

    one()


@pytest.mark.slow
@pytest.mark.parametrize("share", range(SHARES))
def test_wherever_a_walk_leads_the_laws_hold(db: None, share: int) -> None:
    walks(share, 34 if connection.vendor == "sqlite" else 3)  # the whole procedure is one: the database is tried too


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_ten_thousand_walks(db: None, part: int) -> None:
    rounds = _part(part)
    for number in rounds.left:
        walks(part * ROUNDS + number, WALKS)
        rounds.add(walks=WALKS)
    if not any(_part(other).left for other in range(PARTS)):
        assert sum(_part(other).total("walks") for other in range(PARTS)) == 10_000
        for other in range(PARTS):
            _part(other).forget()


def _part(number: int) -> Rounds:
    return Rounds(f"walks-{number}", wanted=ROUNDS)
