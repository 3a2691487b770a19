"""Each step of the story is taken by the real step, as the person in the story, at that moment."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from folkmoot.casefile.models import Case, Grant
from folkmoot.members.models import Person
from folkmoot.outbox.models import Task
from folkmoot.procedure.words import Role, Step
from folkmoot.steps.claim import claim
from folkmoot.steps.confirm_minute import confirm_minute
from folkmoot.steps.confirm_proposal import confirm_proposal
from folkmoot.steps.decide import decide
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.file_report import Report, file_report
from folkmoot.steps.finding import Decision
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.name_author import name_author
from folkmoot.steps.propose import propose
from folkmoot.steps.put_to_executive import put_to_executive
from folkmoot.steps.reconsider import reconsider
from folkmoot.steps.record_minute import Minute, record_minute
from folkmoot.steps.tick_task import tick_task
from folkmoot.web.demo.founding import Cast
from folkmoot.web.demo.story import Aside, Matter, Move, Reporter, Story, moment

ASKED = timedelta(minutes=6)  # before a decision: the moderator opens the case and is asked for interests
LONGER = timedelta(minutes=1)
_DECIDING = frozenset({Step.DECIDE, Step.PROPOSE, Step.CONFIRM_PROPOSAL, Step.RECONSIDER})


@dataclass(frozen=True)
class Happening:
    """Something that is done at a moment."""

    at: datetime
    do: Callable[[], object]


def casework(told: Story, cast: Cast, *, at: datetime) -> Iterator[Happening]:
    """Yield all that is done in the cases; `at` is the moment at which the demo starts."""
    for matter in told.cases:
        yield from _of_matter(told, cast, matter, at=at)


@dataclass(frozen=True)
class _Scene:
    """One step of one case, and all who may have to do with it."""

    told: Story
    cast: Cast
    matter: Matter
    move: Move
    at: datetime

    @property
    def case(self) -> Case:
        return Case.objects.within(self.cast.org).get(post__native_id=self.matter.post)

    @property
    def officer(self) -> Person:
        return self.cast.people[_key(self.move)]

    @property
    def grant(self) -> Grant:
        """What the author's newest letter opens."""
        return Grant.objects.filter(case=self.case, party=Role.AUTHOR).order_by("-pk")[0]


def _of_matter(told: Story, cast: Cast, matter: Matter, *, at: datetime) -> Iterator[Happening]:
    asked: set[str] = set()
    for move in matter.steps:
        when = moment(move.at, at=at, zone=told.organisation.zone)
        scene = _Scene(told, cast, matter, move, when)
        if move.step in _DECIDING and _key(move) not in asked:
            asked.add(_key(move))
            yield Happening(when - ASKED, partial(_no_interest, scene, when - ASKED))
        for number, aside in enumerate(move.stood_aside, start=1):
            said = when - ASKED + number * LONGER
            yield Happening(said, partial(_interest, scene, aside, said))
        yield Happening(when, partial(_TAKEN_BY[move.step], scene))


def _no_interest(scene: _Scene, at: datetime) -> None:
    declare_interest(scene.case.pk, interested=False, by=scene.officer, at=at)


def _interest(scene: _Scene, aside: Aside, at: datetime) -> None:
    somebody = scene.cast.people[aside.id]
    declare_interest(scene.case.pk, interested=True, nature=aside.why, by=somebody, at=at)


def _file_report(scene: _Scene) -> None:
    # Members report through the public form, as everybody does: with a name, or without.
    move = scene.move
    match move.by:
        case Reporter(name=name, email=email):
            pass
        case "anonymous":
            name = email = ""
        case key:
            person = scene.told.somebody(key)
            name, email = person.name, person.email
    post = scene.cast.post(scene.matter.post)
    report = Report(
        kind=move.kind,
        words=move.words,
        link=post.url,
        platform=post.platform,
        post=post,
        affected=move.affected,
        name=name,
        email=email,
    )
    file_report(scene.cast.org, report, at=scene.at)


def _claim(scene: _Scene) -> None:
    claim(scene.case.pk, by=scene.officer, at=scene.at)


def _name_author(scene: _Scene) -> None:
    address, source = scene.move.address, scene.move.source
    name_author(scene.case.pk, address=address, source=source, by=scene.officer, at=scene.at)


def _decide(scene: _Scene) -> None:
    decide(scene.case.pk, _found(scene.move), by=scene.officer, at=scene.at)


def _propose(scene: _Scene) -> None:
    propose(scene.case.pk, _found(scene.move), by=scene.officer, at=scene.at)


def _confirm_proposal(scene: _Scene) -> None:
    confirm_proposal(scene.case.pk, by=scene.officer, at=scene.at)


def _found(move: Move) -> Decision:
    return Decision(
        outcome=move.decided,
        reasons=move.reasons,
        codes=move.clauses,
        passage=move.passage,
        aimed_at=move.aimed_at,
        clarity=move.clarity,
    )


def _tick_task(scene: _Scene) -> None:
    task = scene.case.tasks.get(state=Task.State.OPEN, op=scene.move.task)
    tick_task(task.pk, done=True, note=scene.move.note, by=scene.officer, at=scene.at)


def _lodge_appeal(scene: _Scene) -> None:
    lodge_appeal(scene.case.pk, words=scene.move.words, by=scene.grant, at=scene.at)


def _reconsider(scene: _Scene) -> None:
    answer, reasons = scene.move.answered, scene.move.reasons
    reconsider(scene.case.pk, answer=answer, reasons=reasons, by=scene.officer, at=scene.at)


def _put_to_executive(scene: _Scene) -> None:
    put_to_executive(scene.case.pk, words=scene.move.words, by=scene.grant, at=scene.at)


def _record_minute(scene: _Scene) -> None:
    people, move = scene.cast.people, scene.move
    minute = Minute(
        met_on=scene.at.astimezone(ZoneInfo(scene.cast.org.zone)).date(),
        votes={people[key].pk: move.votes[key] for key in move.sat},
        aside=[people[aside.id].pk for aside in move.stood_aside],
        reasons=move.reasons,
    )
    record_minute(scene.case.pk, minute, by=people[move.recorder], at=scene.at)


def _confirm_minute(scene: _Scene) -> None:
    confirm_minute(scene.case.pk, by=scene.officer, at=scene.at)


_TAKEN_BY: Mapping[Step, Callable[[_Scene], None]] = {
    Step.FILE_REPORT: _file_report,
    Step.CLAIM: _claim,
    Step.NAME_AUTHOR: _name_author,
    Step.DECIDE: _decide,
    Step.PROPOSE: _propose,
    Step.CONFIRM_PROPOSAL: _confirm_proposal,
    Step.TICK_TASK: _tick_task,
    Step.LODGE_APPEAL: _lodge_appeal,
    Step.RECONSIDER: _reconsider,
    Step.PUT_TO_EXECUTIVE: _put_to_executive,
    Step.RECORD_MINUTE: _record_minute,
    Step.CONFIRM_MINUTE: _confirm_minute,
}


def _key(move: Move) -> str:
    if not isinstance(move.by, str):
        raise ValueError(f"{move.step} is taken by somebody with an office, not by {move.by.name}")
    return move.by
