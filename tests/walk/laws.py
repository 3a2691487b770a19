"""What holds wherever a walk leads. Each law takes the world and raises `AssertionError` with what it found.

The first five are looked at after every move, the others wherever the walk rests.
"""

from dataclasses import dataclass
from itertools import pairwise

from django.db import connection

from folkmoot.archive.models import Post
from folkmoot.casefile.chain import said_by
from folkmoot.casefile.models import Case, Duty, Event, Fallen, Paper
from folkmoot.casefile.papers import decision_in_force, papers_in_force
from folkmoot.members.models import Person
from folkmoot.outbox.models import Dispatch, Item, Task
from folkmoot.procedure.duties import Owed, next_turn
from folkmoot.procedure.milder import weight
from folkmoot.procedure.table import STANDARD
from folkmoot.procedure.words import RESTRICTING, TAKES_AWAY, Outcome, Role, Stage, Step
from folkmoot.steps.standing import involvement
from tests import cast
from tests.walk.world import World

_OWN_WORD = {
    *(Step.DECIDE, Step.PROPOSE, Step.CONFIRM_PROPOSAL, Step.DECLINE_PROPOSAL, Step.LOOK_AFTERWARDS, Step.HIDE),
    *(Step.UNHIDE, Step.RECONSIDER, Step.SEND_BACK, Step.ANSWER_REVIEW, Step.FORWARD_REVIEW, Step.DECIDE_AS_PANEL),
    *(Step.CONVENE, Step.RECORD_MINUTE, Step.REOPEN, Step.KEEP_FINAL, Step.ANSWER_REPORT),
}
_LOOKS_AGAIN = {Step.RECONSIDER, Step.LOOK_AFTERWARDS, Step.MAKE_FINAL, Step.CONFIRM_MINUTE, Step.RECORD_MINUTE}
_MOVES_WHAT_IS_FINAL = {Step.REOPEN}
_TABLES = [model._meta.db_table for model in (Case, Event, Paper, Duty, Dispatch, Task)]
_COUNTS = f"""
    SELECT {", ".join(f"(SELECT count(*) FROM {table})" for table in _TABLES)},
           (SELECT coalesce(max(id), 0) FROM {Event._meta.db_table})
"""
_CASES = f"SELECT id, stage, outcome, standing FROM {Case._meta.db_table} WHERE org_id = %s"


@dataclass(frozen=True)
class Stand:
    """How things stand between two moves."""

    rows: tuple[int, ...]  # how many there are of each, and the newest event
    cases: dict[int, tuple[str, str, bool]]  # stage, outcome, standing
    moment: object


def look(w: World) -> Stand:
    """Return how things stand now. Asked in SQL, as it is asked after every move of every walk."""
    with connection.cursor() as cursor:
        cursor.execute(_CASES, [w.people.org.pk])
        cases = {pk: (stage, outcome, bool(standing)) for pk, stage, outcome, standing in cursor.fetchall()}
    return Stand(_rows(), cases, w.now)


def refused_left_nothing(w: World, before: Stand) -> None:
    """A refused step leaves no row behind."""
    assert _rows() == before.rows, w.taken[-3:]


def kept(w: World, before: Stand, after: Stand) -> None:
    """What a move may and may not have done, by the events it wrote."""
    events = list(Event.objects.within(w.people.org).filter(pk__gt=before.rows[-1], case__isnull=False).order_by("pk"))
    w.taken += [f"{event.step} of {event.case_id} by {event.by}" for event in events]
    for event in events:
        _nobody_acts_on_their_own(event)
    _what_is_final_stays(before, after, events)
    _looking_again_makes_nothing_worse(before, events)
    _other_cases_stay(before, after, events)


def at_rest(w: World) -> None:
    """The laws that read the whole record."""
    assert cast.lay_open(w.people.org) == []
    for case in w.cases():
        _nothing_restricted_untold(case)
        _overdue_is_handed_over_once(w, case)
    for one in Fallen.objects.within(w.people.org).select_related("root", "case", "decision"):
        _back_with_what_it_went_with(one)
    for post in w.posts:
        _seen_as_decided(Post.objects.get(pk=post.pk))


def _rows() -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS)
        return tuple(cursor.fetchone())


def _nobody_acts_on_their_own(event: Event) -> None:
    if event.step not in _OWN_WORD or event.case is None or not event.by.startswith("person:"):
        return
    facts = event.paper.facts if event.paper else {}
    if facts.get("necessity") or facts.get("by_necessity"):
        return
    acting = [int(event.by.removeprefix("person:")), *map(int, facts.get("votes", {}))]
    for person in Person.objects.filter(pk__in=acting):
        why = involvement(event.case, person)
        assert not why, f"{event.step} of case {event.case_id} by {person.name}: {why}"


def _what_is_final_stays(before: Stand, after: Stand, events: list[Event]) -> None:
    moved = {event.case_id for event in events if event.step in _MOVES_WHAT_IS_FINAL}
    back = {event.case_id for event in events if event.step == Step.BRING_BACK}  # Md: with what it had gone with
    for case, (stage, outcome, standing) in before.cases.items():
        if stage == Stage.FINAL and case not in moved:
            assert after.cases[case] == (stage, outcome, standing and case not in back), case


def _looking_again_makes_nothing_worse(before: Stand, events: list[Event]) -> None:
    for event in events:
        case = event.case
        if event.step not in _LOOKS_AGAIN or case is None or case.pk not in before.cases:
            continue
        _, outcome, standing = before.cases[case.pk]
        assert _laid_on(str(case.outcome), case.standing) <= _laid_on(outcome, standing), f"{event.step} of {case}"


def _other_cases_stay(before: Stand, after: Stand, events: list[Event]) -> None:
    """One matter's appeal lowers or lifts nothing of another's; only time moves several cases at once."""
    if after.moment != before.moment:
        return
    touched = {event.case_id for event in events}
    for case, stood in before.cases.items():
        if case not in touched:
            assert after.cases[case] == stood, case


def _laid_on(outcome: str, standing: bool) -> int:
    return weight(Outcome(outcome)) if outcome and standing else 0


def _back_with_what_it_went_with(one: Fallen) -> None:
    """Md: what fell with a removal does not stand when that does not, unless it was decided by itself since."""
    root, child = one.root, one.case
    gone = root.outcome in TAKES_AWAY and root.standing
    assert gone or not child.standing or decision_in_force(child) != one.decision, f"{child} fell with {root}"


def _nothing_restricted_untold(case: Case) -> None:
    """Me: nothing restricts without its statement of reasons, filed in the same event."""
    restricting = [
        paper
        for paper in papers_in_force(case, Paper.Kind.DECISION, Paper.Kind.HIDING)
        if paper.kind == Paper.Kind.HIDING or paper.facts["outcome"] in RESTRICTING
    ]
    for paper in restricting:
        event = next(event for event in case.events.all() if str(paper.number) in _papers_of(event))
        told = case.papers.filter(answers=paper, kind=Paper.Kind.NOTICE, at=event.at)
        assert any(notice.facts["audience"] == Role.AUTHOR for notice in told), paper
    asked = Task.objects.filter(case=case, op__in=[Task.Op.REMOVE, Task.Op.REJECT, Task.Op.HIDE, Task.Op.APPLY_MEASURE])
    for task in asked:
        assert task.paper.answered_by.filter(kind=Paper.Kind.NOTICE).exists(), f"{task}: nobody was told"


def _papers_of(event: Event) -> set[str]:
    return {str(number) for number, _ in said_by(event.payload)["papers"]}


def _overdue_is_handed_over_once(w: World, case: Case) -> None:
    """Sh: whoever lets a time pass is joined by the next in turn who can act, once (D12)."""
    passed = {}
    for event in case.events.filter(step=Step.HAND_OVER).order_by("seq"):
        for number, holder in event.facts["lapsed"]:
            assert (number, holder) not in passed, "one time limit was handed over twice"
            passed[(number, holder)] = event.facts
    for duty in Duty.objects.filter(case=case).select_related("paper"):
        if duty.met_at is None and duty.lapsed_at is None:
            assert duty.due_at >= w.now, f"{duty} was due at {duty.due_at} and nobody was added"
        if duty.lapsed_at is None:
            continue
        facts = passed[(duty.paper.number, duty.holder)]
        after = next_turn(Owed(duty.owed), Role(duty.holder), STANDARD.limits, at=duty.lapsed_at, zone=case.org.zone)
        added = list(Duty.objects.filter(paper=duty.paper_id, since=duty.lapsed_at))
        assert len(added) == (1 if after and facts["to"] else 0), f"{duty}: {added} were added"
        if after and facts["to"] != after.holder:
            assert after.holder in facts["passed_by"], f"{after.holder} was passed by without a word"


def _seen_as_decided(post: Post) -> None:
    """What should be seen is what all that stands says together: restored means visible."""
    cases = list(Case.objects.filter(post=post))
    taken = [case for case in cases if case.standing and case.outcome in TAKES_AWAY and _decided(case)]
    item = Item.objects.filter(post=post).first()
    if taken:
        assert item is not None
        assert item.wanted == Item.Visibility.GONE, (post, item.wanted)
    elif any(case.hidden for case in cases):
        assert item is not None
        assert item.wanted == Item.Visibility.HIDDEN, (post, item.wanted)
    elif item is not None:
        assert item.wanted in (Item.Visibility.VISIBLE, Item.Visibility.HELD), (post, item.wanted)
        away = Task.objects.filter(post=post, op__in=[Task.Op.REMOVE, Task.Op.REJECT, Task.Op.HIDE])
        assert not away.filter(state=Task.State.OPEN).exists(), (
            f"{post} is wanted, and somebody is asked to take it away"
        )


def _decided(case: Case) -> bool:
    return decision_in_force(case) is not None and case.stage not in (Stage.RECEIVED, Stage.SECOND_LOOK)


def in_order(case: Case) -> None:
    """Events of a case lie one after another, in time as well."""
    events = list(case.events.order_by("seq"))
    for first, second in pairwise(events):
        assert second.seq == first.seq + 1
        assert second.at >= first.at
