"""How each step of the story is taken: what the content says of it, handed to the real step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from folkmoot.casefile.models import Case, Grant
from folkmoot.members.models import Person
from folkmoot.outbox.models import Task
from folkmoot.procedure.words import Role, Step
from folkmoot.steps.ask_clarification import ask_clarification
from folkmoot.steps.ask_for_review import ask_for_review
from folkmoot.steps.check_complaint import check_complaint
from folkmoot.steps.claim import claim
from folkmoot.steps.clarify import clarify
from folkmoot.steps.confirm_minute import confirm_minute
from folkmoot.steps.confirm_proposal import confirm_proposal
from folkmoot.steps.convene import Meeting, convene
from folkmoot.steps.decide import decide
from folkmoot.steps.extend import extend
from folkmoot.steps.file_report import Report, file_report
from folkmoot.steps.finding import Decision
from folkmoot.steps.hide import hide
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.look_afterwards import look_afterwards
from folkmoot.steps.measures import MeasureWanted
from folkmoot.steps.name_author import name_author
from folkmoot.steps.propose import propose
from folkmoot.steps.put_beside import put_beside
from folkmoot.steps.put_to_executive import put_to_executive
from folkmoot.steps.reconsider import reconsider
from folkmoot.steps.record_minute import Minute, record_minute
from folkmoot.steps.take_along import Going, take_along
from folkmoot.steps.tick_task import tick_task
from folkmoot.steps.vary import Instead
from folkmoot.steps.write_note import write_note
from folkmoot.web.demo.founding import Cast
from folkmoot.web.demo.story import Matter, Move, Reporter, Story, moment


@dataclass(frozen=True)
class Scene:
    """One step of one case, and all who may have to do with it."""

    told: Story
    cast: Cast
    matter: Matter
    move: Move
    at: datetime
    began: datetime  # when the demo starts, from which the story counts back

    @property
    def case(self) -> Case:
        """The case, once it was reported."""
        return Case.objects.within(self.cast.org).get(post__native_id=self.matter.post)

    @property
    def key(self) -> str:
        """The id of whoever takes the step, which is somebody with an office."""
        if not isinstance(self.move.by, str):
            raise ValueError(f"{self.move.step} is taken by somebody with an office, not by {self.move.by.name}")
        return self.move.by

    @property
    def officer(self) -> Person:
        """Whoever takes the step."""
        return self.cast.people[self.key]

    @property
    def grant(self) -> Grant:
        """What the author's newest letter opens."""
        return Grant.objects.filter(case=self.case, party=Role.AUTHOR).order_by("-pk")[0]

    @property
    def receipt(self) -> Grant:
        """What the first reporter's receipt opens."""
        return Grant.objects.filter(case=self.case, party=Role.REPORTER).order_by("pk")[0]

    @property
    def measures(self) -> tuple[MeasureWanted, ...]:
        """The measures of the step, which last for so many days after it."""
        today = self.at.astimezone(ZoneInfo(self.cast.org.zone)).date()
        return tuple(MeasureWanted(kind, today + timedelta(days)) for kind, days in self.move.measures.items())


def _file_report(scene: Scene) -> None:
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


def _claim(scene: Scene) -> None:
    claim(scene.case.pk, by=scene.officer, at=scene.at)


def _name_author(scene: Scene) -> None:
    address, source = scene.move.address, scene.move.source
    name_author(scene.case.pk, address=address, source=source, by=scene.officer, at=scene.at)


def _check_complaint(scene: Scene) -> None:
    check_complaint(scene.case.pk, scene.move.complaint, scene.move.answers, by=scene.officer, at=scene.at)


def _put_beside(scene: Scene) -> None:
    put_beside(scene.case.pk, scene.cast.post(scene.move.beside), by=scene.officer, at=scene.at)


def _write_note(scene: Scene) -> None:
    write_note(scene.case.pk, words=scene.move.words, by=scene.officer, at=scene.at)


def _extend(scene: Scene) -> None:
    extend(scene.case.pk, reason=scene.move.reasons, by=scene.officer, at=scene.at)


def _ask_clarification(scene: Scene) -> None:
    ask_clarification(scene.case.pk, question=scene.move.words, by=scene.officer, at=scene.at)


def _clarify(scene: Scene) -> None:
    clarify(scene.case.pk, did=scene.move.did, words=scene.move.words, by=scene.grant, at=scene.at)


def _hide(scene: Scene) -> None:
    hide(scene.case.pk, reasons=scene.move.reasons, codes=scene.move.clauses, by=scene.officer, at=scene.at)


def _decide(scene: Scene) -> None:
    decide(scene.case.pk, _found(scene), by=scene.officer, at=scene.at)


def _propose(scene: Scene) -> None:
    propose(scene.case.pk, _found(scene), by=scene.officer, at=scene.at)


def _confirm_proposal(scene: Scene) -> None:
    confirm_proposal(scene.case.pk, by=scene.officer, at=scene.at)


def _found(scene: Scene) -> Decision:
    move = scene.move
    return Decision(
        outcome=move.decided,
        reasons=move.reasons,
        codes=move.clauses,
        passage=move.passage,
        aimed_at=move.aimed_at,
        clarity=move.clarity,
        severity=move.severity,
        intent=move.intent,
        measures=scene.measures,
        correction=move.correction,
    )


def _look_afterwards(scene: Scene) -> None:
    answer, reasons = scene.move.answered, scene.move.reasons
    look_afterwards(scene.case.pk, answer=answer, reasons=reasons, by=scene.officer, at=scene.at)


def _take_along(scene: Scene) -> None:
    going = [Going(scene.cast.post(key).pk, reasons) for key, reasons in scene.move.going.items()]
    left = [scene.cast.post(key).pk for key in scene.move.left]
    take_along(scene.case.pk, going=going, left=left, no_part=True, by=scene.officer, at=scene.at)


def _ask_for_review(scene: Scene) -> None:
    ask_for_review(scene.case.pk, words=scene.move.words, by=scene.receipt, at=scene.at)


def _tick_task(scene: Scene) -> None:
    task = scene.case.tasks.get(state=Task.State.OPEN, op=scene.move.task)
    tick_task(task.pk, done=True, note=scene.move.note, by=scene.officer, at=scene.at)


def _lodge_appeal(scene: Scene) -> None:
    lodge_appeal(scene.case.pk, words=scene.move.words, by=scene.grant, at=scene.at)


def _reconsider(scene: Scene) -> None:
    move = scene.move
    instead = Instead(move.instead, scene.measures) if move.instead else None
    reconsider(
        scene.case.pk, answer=move.answered, reasons=move.reasons, instead=instead, by=scene.officer, at=scene.at
    )


def _put_to_executive(scene: Scene) -> None:
    put_to_executive(scene.case.pk, words=scene.move.words, by=scene.grant, at=scene.at)


def _convene(scene: Scene) -> None:
    meets_at = moment(scene.move.meets, at=scene.began, zone=scene.cast.org.zone)
    convene(scene.case.pk, Meeting(meets_at, scene.move.words), by=scene.officer, at=scene.at)


def _record_minute(scene: Scene) -> None:
    people, move = scene.cast.people, scene.move
    minute = Minute(
        met_on=scene.at.astimezone(ZoneInfo(scene.cast.org.zone)).date(),
        votes={people[key].pk: move.votes[key] for key in move.sat},
        aside=[people[aside.id].pk for aside in move.stood_aside],
        reasons=move.reasons,
    )
    record_minute(scene.case.pk, minute, by=people[move.recorder], at=scene.at)


def _confirm_minute(scene: Scene) -> None:
    confirm_minute(scene.case.pk, by=scene.officer, at=scene.at)


TAKEN_BY: Mapping[Step, Callable[[Scene], None]] = {
    Step.FILE_REPORT: _file_report,
    Step.CLAIM: _claim,
    Step.NAME_AUTHOR: _name_author,
    Step.CHECK_COMPLAINT: _check_complaint,
    Step.PUT_BESIDE: _put_beside,
    Step.WRITE_NOTE: _write_note,
    Step.EXTEND: _extend,
    Step.ASK_CLARIFICATION: _ask_clarification,
    Step.CLARIFY: _clarify,
    Step.HIDE: _hide,
    Step.DECIDE: _decide,
    Step.PROPOSE: _propose,
    Step.CONFIRM_PROPOSAL: _confirm_proposal,
    Step.LOOK_AFTERWARDS: _look_afterwards,
    Step.TAKE_ALONG: _take_along,
    Step.ASK_FOR_REVIEW: _ask_for_review,
    Step.TICK_TASK: _tick_task,
    Step.LODGE_APPEAL: _lodge_appeal,
    Step.RECONSIDER: _reconsider,
    Step.PUT_TO_EXECUTIVE: _put_to_executive,
    Step.CONVENE: _convene,
    Step.RECORD_MINUTE: _record_minute,
    Step.CONFIRM_MINUTE: _confirm_minute,
}
