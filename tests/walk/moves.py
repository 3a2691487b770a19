"""What can be done next in a walk: one function for each step that somebody takes, tried by anybody at any time.

A move may be refused (`FolkmootError`): then it has to leave nothing behind, which the laws look at.
"""

from collections.abc import Callable
from datetime import date, timedelta

from folkmoot.casefile.models import Case, Paper
from folkmoot.members.models import Person
from folkmoot.outbox.models import Task
from folkmoot.procedure.words import (
    AimedAt,
    Answer,
    Ballot,
    Clarity,
    Lane,
    MeasureKind,
    Outcome,
    Reopening,
    ReportKind,
    Role,
    Stage,
    Step,
    Vote,
)
from folkmoot.steps.add_to_report import add_to_report
from folkmoot.steps.answer_report import answer_report
from folkmoot.steps.answer_review import answer_review
from folkmoot.steps.ask_clarification import ask_clarification
from folkmoot.steps.ask_for_review import ask_for_review
from folkmoot.steps.claim import claim
from folkmoot.steps.clarify import Did, clarify
from folkmoot.steps.confirm_minute import confirm_minute
from folkmoot.steps.confirm_proposal import confirm_proposal
from folkmoot.steps.convene import Meeting, convene
from folkmoot.steps.decide import decide
from folkmoot.steps.decide_as_panel import decide_as_panel
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.decline_proposal import decline_proposal
from folkmoot.steps.file_report import Report, file_report
from folkmoot.steps.finding import Decision
from folkmoot.steps.forward_review import forward_review
from folkmoot.steps.hide import hide
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.look_afterwards import look_afterwards
from folkmoot.steps.measures import MeasureWanted
from folkmoot.steps.object_to_minute import object_to_minute
from folkmoot.steps.propose import propose
from folkmoot.steps.put_to_executive import put_to_executive
from folkmoot.steps.reconsider import reconsider
from folkmoot.steps.record_minute import Minute, record_minute
from folkmoot.steps.release import release
from folkmoot.steps.reopen import Why, reopen
from folkmoot.steps.seal import seal
from folkmoot.steps.send_back import send_back
from folkmoot.steps.set_lane import set_lane
from folkmoot.steps.sitting import bench
from folkmoot.steps.standing import declared
from folkmoot.steps.take_along import Going, take_along
from folkmoot.steps.tick_task import tick_task
from folkmoot.steps.undo import undo
from folkmoot.steps.unhide import unhide
from folkmoot.steps.vary import Instead
from folkmoot.steps.vote import Motion
from folkmoot.steps.withdraw_report import withdraw_report
from folkmoot.steps.write_note import write_note
from tests.walk.world import World

Move = Callable[[World], object]
WORDS = "Because of this and that, as anybody can read who looks at it twice."


def report(w: World) -> object:
    """Somebody reports one of the posts, or something else; an officer may report or notice."""
    kind = w.one_of([ReportKind.ATTACK, ReportKind.SPAM, ReportKind.THREAT, ReportKind.LEGAL, ReportKind.INACCURATE])
    post = w.one_of([*w.posts, *w.posts, None])
    mailed = w.maybe(0.5)
    told = Report(kind=kind, words=WORDS, post=post, email="wren@example.org" if mailed else "", affected=w.maybe(0.3))
    if w.maybe(0.2):
        return file_report(w.people.org, told, by=w.officer(), at=w.now)
    return file_report(w.people.org, told, at=w.now)


def add(w: World) -> object:
    """A reporter adds something."""
    case = w.a_case()
    grant = w.grant(case, Role.REPORTER)
    return grant and add_to_report(case.pk, words=WORDS, by=grant, at=w.now)


def withdraw(w: World) -> object:
    """A reporter withdraws."""
    case = w.a_case()
    grant = w.grant(case, Role.REPORTER)
    return grant and withdraw_report(case.pk, by=grant, at=w.now)


def answer_one(w: World) -> object:
    """A decider answers a reporter on their own."""
    case = w.a_case()
    numbers = [paper.number for paper in case.papers.filter(kind=Paper.Kind.REPORT)]
    return answer_report(
        case.pk, reports=[w.one_of(numbers)], words=WORDS, by=w.actor(case, Step.ANSWER_REPORT), at=w.now
    )


def review(w: World) -> object:
    """A reporter is not satisfied."""
    case = w.a_case()
    grant = w.grant(case, Role.REPORTER)
    about = [Role.SECRETARY] if w.maybe(0.2) else []
    return grant and ask_for_review(case.pk, words=WORDS, about=about, by=grant, at=w.now)


def pass_review_on(w: World) -> object:
    """The Secretary passes a review on."""
    case, number = _a_review(w)
    return forward_review(case.pk, review=number, by=_clerk(w), at=w.now)


def close_review(w: World) -> object:
    """The Executive answers a review."""
    case, number = _a_review(w)
    return answer_review(case.pk, review=number, motion=_motion(w, case), reasons=WORDS, by=_clerk(w), at=w.now)


def afresh(w: World) -> object:
    """A review sends a case back, by the Secretary's word or the Executive's vote."""
    case, number = _a_review(w)
    motion = _motion(w, case) if w.maybe(0.5) else None
    return send_back(case.pk, review=number, reasons=WORDS, motion=motion, by=_clerk(w), at=w.now)


def declare(w: World) -> object:
    """An officer says whether they have an interest."""
    return declare_interest(w.a_case().pk, interested=w.maybe(0.1), by=w.officer(), at=w.now)


def take(w: World) -> object:
    """An officer claims a case, or puts it back."""
    step = w.one_of([claim, claim, release])
    return step(w.a_case().pk, by=w.officer(), at=w.now)


def lane(w: World) -> object:
    """An officer moves a case into a lane."""
    case = w.a_case()
    return set_lane(case.pk, w.one_of(list(Lane)), reason="As it looks now.", by=w.actor(case, Step.SET_LANE), at=w.now)


def hide_it(w: World) -> object:
    """An officer hides a post meanwhile, or shows it again."""
    case = w.a_case()
    step = unhide if case.hidden else hide
    return step(case.pk, reasons=WORDS, by=w.actor(case, Step.HIDE), at=w.now)


def seal_it(w: World) -> object:
    """Somebody seals a case, seldom."""
    return w.maybe(0.1) and seal(w.a_case().pk, by=w.officer(), at=w.now)


def note(w: World) -> object:
    """An officer writes a note."""
    case = w.a_case()
    return write_note(case.pk, words="Seen before.", by=w.actor(case, Step.WRITE_NOTE), at=w.now)


def ask(w: World) -> object:
    """An officer asks the author what was meant."""
    case = w.a_case()
    return ask_clarification(
        case.pk, question="What was meant by it?", by=w.actor(case, Step.ASK_CLARIFICATION), at=w.now
    )


def explain(w: World) -> object:
    """The author says what was meant."""
    case = w.a_case()
    grant = w.grant(case, Role.AUTHOR)
    return grant and clarify(case.pk, did=w.one_of(list(Did)), words=WORDS, by=grant, at=w.now)


def decide_it(w: World) -> object:
    """An officer decides, having said that they have no interest."""
    case, by = _who(w, Step.DECIDE)
    _asked(w, case, by)
    return decide(case.pk, _decision(w, case), by=by, at=w.now, necessity=_necessity(w))


def propose_it(w: World) -> object:
    """An officer proposes an unclear restriction."""
    case, by = _who(w, Step.PROPOSE)
    _asked(w, case, by)
    return propose(case.pk, _decision(w, case, clarity=Clarity.UNCLEAR), by=by, at=w.now)


def look_twice(w: World) -> object:
    """An officer takes the second look."""
    case, by = _who(w, Step.CONFIRM_PROPOSAL)
    _asked(w, case, by)
    if w.maybe(0.7):
        return confirm_proposal(case.pk, by=by, at=w.now)
    return decline_proposal(case.pk, reasons=WORDS, by=by, at=w.now)


def look_after(w: World) -> object:
    """The Secretary looks at what a lone moderator decided."""
    case, by = _who(w, Step.LOOK_AFTERWARDS)
    _asked(w, case, by)
    return look_afterwards(case.pk, answer=_answer(w), reasons=WORDS, by=by, at=w.now)


def panel_decides(w: World) -> object:
    """The Executive decides afresh where no moderator is left."""
    case = w.a_case()
    return decide_as_panel(case.pk, _decision(w, case), motion=_motion(w, case), by=_clerk(w), at=w.now)


def along(w: World) -> object:
    """Somebody lets the copy go with the removed post, or leaves it."""
    case, by = _who(w, Step.TAKE_ALONG)
    copied = w.posts[-1].pk
    if w.maybe(0.2):
        return take_along(case.pk, left=[copied], no_part=w.maybe(0.95), by=by, at=w.now)
    return take_along(case.pk, going=[Going(copied, WORDS, by_itself=w.maybe(0.2))], no_part=True, by=by, at=w.now)


def take_back(w: World) -> object:
    """Somebody undoes what was done last."""
    return undo(w.a_case().pk, by=w.officer(), at=w.now)


def appeal(w: World) -> object:
    """The author appeals."""
    case = w.a_case()
    grant = w.grant(case, Role.AUTHOR)
    return grant and lodge_appeal(case.pk, words=WORDS, by=grant, at=w.now)


def look_again(w: World) -> object:
    """An officer answers an appeal."""
    case, by = _who(w, Step.RECONSIDER)
    _asked(w, case, by)
    answer = w.one_of(list(Answer))
    instead = _instead(w) if answer is Answer.VARIED else None
    return reconsider(case.pk, answer=answer, instead=instead, reasons=WORDS, by=by, at=w.now, necessity=_necessity(w))


def go_on(w: World) -> object:
    """The author puts the case to the Executive."""
    case = w.a_case()
    grant = w.grant(case, Role.AUTHOR)
    return grant and put_to_executive(case.pk, words=WORDS, by=grant, at=w.now)


def call_meeting(w: World) -> object:
    """Somebody convenes the Executive."""
    when = w.now + timedelta(days=w.one_of([1, 7]))
    return convene(w.a_case().pk, Meeting(meets_at=when, where="The back room"), by=_clerk(w), at=w.now)


def minute(w: World) -> object:
    """Somebody writes down how the Executive voted."""
    case = w.a_case()
    members = _sitting(w, case)
    votes = {person.pk: w.one_of(list(Vote)) for person in members}
    facts = Minute(
        met_on=w.now.date(), votes=votes, aside=[], reasons=WORDS, necessity=_necessity(w), instead=_instead(w)
    )
    return record_minute(case.pk, facts, by=_clerk(w), at=w.now)


def answer_minute(w: World) -> object:
    """Somebody who sat confirms the minute, or objects."""
    case = w.a_case()
    by = w.one_of(w.people.panel)
    if w.maybe(0.85):
        return confirm_minute(case.pk, by=by, at=w.now)
    return object_to_minute(case.pk, words=WORDS, by=by, at=w.now)


def open_again(w: World) -> object:
    """The Executive votes on opening again what is final."""
    case = w.a_case()
    why = Why(ground=w.one_of(list(Reopening)), reasons=WORDS, reference="KB-1")
    return reopen(case.pk, why, motion=_motion(w, case), met_on=w.now.date(), by=_clerk(w), at=w.now)


def tick(w: World) -> object:
    """Somebody does by hand what was asked, or cannot."""
    tasks = list(Task.objects.within(w.people.org).filter(state=Task.State.OPEN))
    return tasks and tick_task(w.one_of(tasks).pk, done=w.maybe(0.8), note="As asked.", by=w.officer(), at=w.now)


def minutes(w: World) -> object:
    """A few minutes pass."""
    return w.pass_time(timedelta(minutes=w.die.randint(1, 90)))


def days(w: World) -> object:
    """Days pass."""
    return w.pass_time(timedelta(days=w.die.randint(1, 8)))


def months(w: World) -> object:
    """Months pass: what nobody answers settles."""
    return w.maybe(0.3) and w.pass_time(timedelta(days=w.die.randint(60, 200)))


_FITTING: dict[Stage, tuple[Move, ...]] = {
    Stage.RECEIVED: (
        decide_it,
        decide_it,
        decide_it,
        propose_it,
        propose_it,
        panel_decides,
        hide_it,
        ask,
        explain,
        take,
        lane,
    ),
    Stage.SECOND_LOOK: (look_twice, look_twice, take_back, days),
    Stage.DECIDED: (along, appeal, appeal, take_back, review, look_after, afresh, close_review, go_on),
    Stage.APPEALED: (look_again, look_again, review, look_after),
    Stage.RECONSIDERED: (along, go_on, go_on, review, take_back, afresh),
    Stage.BEFORE_EXECUTIVE: (minute, minute, call_meeting),
    Stage.MINUTED: (answer_minute, answer_minute, days),
    Stage.FINAL: (along, open_again, tick, report),
}
ALL: tuple[Move, ...] = (
    *(report, add, withdraw, answer_one, review, pass_review_on, close_review, afresh, declare, take, lane, hide_it),
    *(seal_it, note, ask, explain, decide_it, propose_it, look_twice, look_after, panel_decides),
    *(along, take_back, appeal, look_again, go_on, call_meeting, minute, answer_minute, open_again, tick),
    *(minutes, days, months),
)


def next_move(w: World) -> Move:
    """Return what is tried next: mostly what fits a case's stage, sometimes anything at all."""
    if w.maybe(0.25):
        return w.one_of([minutes, minutes, days, months, tick])
    if w.focus is None or w.maybe(0.2):
        w.focus = w.one_of(w.cases())
    if w.maybe(0.2):
        return w.one_of(list(ALL))
    return w.one_of(list(_FITTING[Stage(w.a_case().stage)]))


def _who(w: World, step: Step) -> tuple[Case, Person]:
    case = w.a_case()
    return case, w.actor(case, step)


def _clerk(w: World) -> Person:
    """Return who writes down what the Executive does: the Secretary, mostly."""
    return w.people.secretary if w.people.secretary and w.maybe(0.7) else w.officer()


def _asked(w: World, case: Case, by: Person) -> None:
    """Let `by` say first that they have no interest, mostly: without it nobody may decide."""
    if declared(case, by) is None and w.maybe(0.9):
        declare_interest(case.pk, interested=False, by=by, at=w.now)


def _decision(w: World, case: Case, *, clarity: Clarity | None = None) -> Decision:
    outcome = w.one_of([Outcome.REMOVE, Outcome.REMOVE, Outcome.WARN, Outcome.MEASURE, *Outcome])
    measures: tuple[MeasureWanted, ...] = ()
    if outcome is Outcome.MEASURE or (outcome is Outcome.REMOVE and w.maybe(0.3)):
        measures = (MeasureWanted(w.one_of([MeasureKind.SUSPEND, MeasureKind.HOLD_ACCOUNT]), _in_days(w, 30)),)
    text = case.post.text if case.post else ""
    return Decision(
        outcome=outcome,
        reasons=WORDS,
        codes=["H1"],
        passage=text[:12].strip(),
        aimed_at=w.one_of(list(AimedAt)),
        clarity=clarity or w.one_of([Clarity.CLEAR, Clarity.CLEAR, Clarity.UNCLEAR]),
        measures=measures,
        correction="What it should say." if outcome is Outcome.CORRECTED else "",
    )


def _in_days(w: World, number: int) -> date:
    return (w.now + timedelta(days=number)).date()


def _instead(w: World) -> Instead:
    return Instead(outcome=w.one_of([Outcome.WARN, Outcome.WARN, Outcome.MEASURE, Outcome.REMOVE]))


def _answer(w: World) -> Answer:
    return w.one_of([Answer.STANDS, Answer.OVERTURNED])


def _necessity(w: World) -> str:
    return w.one_of(["", "Nobody else is left."])


def _a_review(w: World) -> tuple[Case, int]:
    asked = list(Paper.objects.within(w.people.org).filter(kind=Paper.Kind.REVIEW_REQUEST).select_related("case"))
    if not asked:
        case = w.a_case()
        return case, 1
    found = w.one_of(asked)
    return found.case, found.number


def _sitting(w: World, case: Case) -> list[Person]:
    able = bench(case, at=w.now).members if w.maybe(0.9) else w.people.panel
    return [person for person in able if w.maybe(0.9)]


def _motion(w: World, case: Case) -> Motion:
    ballots = {person.pk: w.one_of(list(Ballot)) for person in _sitting(w, case)}
    return Motion(votes=ballots, necessity=_necessity(w))
