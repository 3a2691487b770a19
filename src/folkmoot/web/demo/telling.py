"""Each step of the story is taken by the real step, as the person in the story, at that moment."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from folkmoot.procedure.words import Step
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.web.demo.founding import Cast
from folkmoot.web.demo.moves import TAKEN_BY, Scene
from folkmoot.web.demo.story import Aside, Matter, Story, moment

ASKED = timedelta(minutes=6)  # before their first step: somebody opens the case and is asked for interests
LONGER = timedelta(minutes=1)
_OPENS = frozenset(
    {
        Step.ASK_CLARIFICATION,
        Step.CHECK_COMPLAINT,
        Step.CONFIRM_PROPOSAL,
        Step.CONVENE,
        Step.DECIDE,
        Step.EXTEND,
        Step.HIDE,
        Step.LOOK_AFTERWARDS,
        Step.PROPOSE,
        Step.PUT_BESIDE,
        Step.RECONSIDER,
        Step.WRITE_NOTE,
    }
)


@dataclass(frozen=True)
class Happening:
    """Something that is done at a moment."""

    at: datetime
    do: Callable[[], object]
    moves: bool = True  # a case; else it starts no clock, and what falls due before it may come after it


def casework(told: Story, cast: Cast, *, at: datetime) -> Iterator[Happening]:
    """Yield all that is done in the cases; `at` is the moment at which the demo starts."""
    for matter in told.cases:
        yield from _of_matter(told, cast, matter, at=at)


def _of_matter(told: Story, cast: Cast, matter: Matter, *, at: datetime) -> Iterator[Happening]:
    asked: set[str] = set()
    for move in matter.steps:
        when = moment(move.at, at=at, zone=told.organisation.zone)
        scene = Scene(told, cast, matter, move, when, began=at)
        if move.step in _OPENS and scene.key not in asked:
            asked.add(scene.key)
            yield Happening(when - ASKED, partial(_no_interest, scene, when - ASKED))
        for number, aside in enumerate(move.stood_aside, start=1):
            said = when - ASKED + number * LONGER
            yield Happening(said, partial(_interest, scene, aside, said))
        yield Happening(when, partial(TAKEN_BY[move.step], scene))


def _no_interest(scene: Scene, at: datetime) -> None:
    declare_interest(scene.case.pk, interested=False, by=scene.officer, at=at)


def _interest(scene: Scene, aside: Aside, at: datetime) -> None:
    somebody = scene.cast.people[aside.id]
    declare_interest(scene.case.pk, interested=True, nature=aside.why, by=somebody, at=at)
