"""Something milder takes the place of a decision: never the same, never more, and what was taken is given back (Mf)."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from folkmoot.casefile.models import Case, Measure, Paper
from folkmoot.kernel.errors import BadInput
from folkmoot.outbox.models import Item, Task
from folkmoot.procedure.milder import never_worse
from folkmoot.procedure.words import Answer, MeasureKind, Outcome, Stage, Vote
from folkmoot.steps.decide import decide
from folkmoot.steps.end_measure import end_measure
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.measures import MeasureWanted
from folkmoot.steps.put_to_executive import put_to_executive
from folkmoot.steps.reconsider import reconsider
from folkmoot.steps.record_minute import record_minute
from folkmoot.steps.take_along import Going, take_along
from folkmoot.steps.undo import undo
from folkmoot.steps.vary import Instead, burden_of, milder_outcomes
from tests import cast
from tests.cast import refused

END = date(2026, 12, 1)
LATER = date(2026, 12, 20)
SUSPENDED = MeasureWanted(MeasureKind.SUSPEND, LATER)
WARNED = Instead(Outcome.WARN)


def appealed(outcome=Outcome.REMOVE, measures=(), people=None):
    """Return an appeal against a decision with these measures; the second moderator has no interest."""
    people = people or cast.branch()
    matter = cast.reported(people)
    cast.free(matter, people.operator, people.moderator, at=cast.day(1))
    passage = {} if outcome is Outcome.MEASURE else {"passage": cast.PASSAGE}
    decide(matter.pk, cast.a_decision(outcome, measures=measures, **passage), by=people.operator, at=cast.day(1))
    lodge_appeal(matter.pk, words=cast.APPEAL, by=matter.grant, at=cast.day(2))
    return matter


def vary(matter, instead, *, at=None):
    by = matter.branch.moderator
    return reconsider(
        matter.pk, answer=Answer.VARIED, reasons=cast.REASONS, instead=instead, by=by, at=at or cast.day(3)
    )


def letter(matter):
    return matter.letters(cast.AUTHOR_ADDRESS)[-1].paper.words["body"]


def test_a_removal_becomes_a_warning_and_the_post_is_asked_back():
    matter = appealed()
    paper = vary(matter, WARNED)
    case = matter.case
    assert (case.stage, case.outcome, case.standing) == (Stage.RECONSIDERED, Outcome.WARN, True)
    assert paper.facts["instead"] == {"outcome": "warn", "measures": []}
    assert [task.op for task in matter.tasks()] == [Task.Op.RESTORE]
    assert Item.objects.get(post=matter.branch.post).wanted == Item.Visibility.VISIBLE
    assert "It is varied: something milder takes its place." in letter(matter)
    assert "We have asked for your post to be put back." in letter(matter)
    assert matter.letters(cast.REPORTER_ADDRESS)[-1].kind == "reporter_news"


def test_what_is_left_can_still_be_put_to_the_executive_and_only_become_less():
    matter = appealed()
    people = matter.branch
    vary(matter, WARNED)
    put_to_executive(matter.pk, words=cast.SUBMISSION, by=matter.grant, at=cast.day(4))
    votes = dict(zip((person.pk for person in people.panel), [Vote.VARIED] * 3, strict=False))
    minute = cast.a_minute(matter, votes=votes, instead=Instead(Outcome.REMOVE))
    with refused(BadInput, "takes less than it", field="instead"):
        record_minute(matter.pk, minute, by=people.secretary, at=cast.day(7))
    record_minute(matter.pk, cast.a_minute(matter), by=people.secretary, at=cast.day(7))
    cast.confirm(matter, *people.panel[:3])
    assert not matter.case.standing


def test_a_suspension_is_shortened_and_the_post_comes_back():
    matter = appealed(measures=[SUSPENDED])
    vary(matter, Instead(Outcome.MEASURE, [MeasureWanted(MeasureKind.SUSPEND, END)]))
    [measure] = Measure.objects.filter(case=matter.pk, ended_at=None)
    assert measure.until.date() == END
    assert matter.case.outcome == Outcome.MEASURE
    assert {task.op for task in matter.tasks()} == {Task.Op.RESTORE, Task.Op.APPLY_MEASURE}
    assert "Until Tuesday 1 December 2026, you cannot post there." in letter(matter)


@pytest.mark.parametrize(
    ("outcome", "measures", "left"),
    [
        (Outcome.REMOVE, [], [Outcome.WARN]),
        (Outcome.REMOVE, [SUSPENDED], [Outcome.REMOVE, Outcome.MEASURE, Outcome.WARN]),
        (Outcome.MEASURE, [SUSPENDED], [Outcome.MEASURE, Outcome.WARN]),
        (Outcome.WARN, [], []),
    ],
)
def test_what_can_take_the_place_of_a_decision(outcome, measures, left):
    assert milder_outcomes(appealed(outcome, measures).case) == left


def test_a_measure_that_stays_as_it_is_is_not_asked_for_again():
    matter = appealed(measures=[SUSPENDED])
    [before] = [task for task in matter.tasks() if task.op == Task.Op.APPLY_MEASURE]
    vary(matter, Instead(Outcome.MEASURE, [SUSPENDED]))
    [after] = [task for task in matter.tasks() if task.op == Task.Op.APPLY_MEASURE]
    assert (after.pk, after.paper) == (before.pk, before.paper)


def test_a_measure_that_is_dropped_ends_and_the_post_stays_away():
    matter = appealed(measures=[SUSPENDED])
    vary(matter, Instead(Outcome.REMOVE))
    assert not Measure.objects.filter(case=matter.pk, ended_at=None).exists()
    assert {task.op for task in matter.tasks()} == {Task.Op.REMOVE, Task.Op.END_MEASURE}
    assert "Your post stays away, but less is done besides." in letter(matter)


@pytest.mark.parametrize(("instead", "comes_back"), [(Instead(Outcome.REMOVE), False), (WARNED, True)])
def test_what_fell_with_a_post_comes_back_only_where_the_post_itself_does(instead, comes_back):
    people = cast.branch()
    matter = cast.reported(people)
    cast.free(matter, people.operator, people.moderator, at=cast.day(1))
    removal = cast.a_decision(Outcome.REMOVE, measures=[SUSPENDED], passage=cast.PASSAGE)
    decide(matter.pk, removal, by=people.operator, at=cast.day(1))
    later = cast.post(people.org, people.place, text=cast.WORDS, native_id="200", account=None)
    take_along(matter.pk, going=[Going(later.pk, cast.REASONS)], no_part=True, by=people.operator, at=cast.day(1, 11))
    lodge_appeal(matter.pk, words=cast.APPEAL, by=matter.grant, at=cast.day(2))
    vary(matter, instead)
    assert Case.objects.get(post=later).standing is not comes_back
    assert (Item.objects.get(post=later).wanted == Item.Visibility.VISIBLE) is comes_back


@pytest.mark.parametrize(
    "instead",
    [
        None,
        Instead(Outcome.REMOVE),
        Instead(Outcome.NO_BREACH),
        Instead(Outcome.MEASURE, [SUSPENDED]),
        Instead(Outcome.REMOVE, [SUSPENDED]),
    ],
    ids=["nothing said", "the same", "nothing left", "a measure that was none", "more"],
)
def test_a_removal_cannot_become_the_same_or_worse(instead):
    matter = appealed()
    with refused(BadInput, "takes", field="instead"):
        vary(matter, instead)


def test_a_measure_cannot_become_longer_or_heavier():
    matter = appealed(Outcome.MEASURE, [MeasureWanted(MeasureKind.HOLD_ACCOUNT, END)])
    for worse in (MeasureWanted(MeasureKind.HOLD_ACCOUNT, LATER), MeasureWanted(MeasureKind.BAN, END)):
        with refused(BadInput, "never more", field="instead"):
            vary(matter, Instead(Outcome.MEASURE, [worse]))


def test_of_a_warning_nothing_milder_is_left():
    matter = appealed(Outcome.WARN)
    assert milder_outcomes(matter.case) == []
    with refused(BadInput, "the decision is overturned", field="instead"):
        vary(matter, WARNED)


def test_overturned_ends_every_measure():
    matter = appealed(measures=[SUSPENDED])
    by = matter.branch.moderator
    reconsider(matter.pk, answer=Answer.OVERTURNED, reasons=cast.REASONS, by=by, at=cast.day(3))
    assert not Measure.objects.filter(case=matter.pk, ended_at=None).exists()
    assert {task.op for task in matter.tasks()} == {Task.Op.RESTORE, Task.Op.END_MEASURE}


def before_executive(measures=()):
    matter = appealed(measures=measures)
    reconsider(matter.pk, answer=Answer.STANDS, reasons=cast.REASONS, by=matter.branch.moderator, at=cast.day(3))
    put_to_executive(matter.pk, words=cast.SUBMISSION, by=matter.grant, at=cast.day(4))
    return matter


def varied_minute(matter, instead, votes=(Vote.STANDS, Vote.VARIED, Vote.OVERTURNED)):
    given = dict(zip((person.pk for person in matter.branch.panel), votes, strict=False))
    return cast.a_minute(matter, votes=given, instead=instead)


def test_the_executive_varies_when_most_would_keep_something_but_not_all():
    matter = before_executive()
    paper = record_minute(matter.pk, varied_minute(matter, WARNED), by=matter.branch.secretary, at=cast.day(7))
    assert paper.facts["answer"] == Answer.VARIED
    assert matter.case.outcome == Outcome.REMOVE, "nothing changes before the minute is confirmed"
    cast.confirm(matter, *matter.branch.panel[:3])
    assert (matter.case.stage, matter.case.outcome, matter.case.standing) == (Stage.FINAL, Outcome.WARN, True)
    assert [task.op for task in matter.tasks()] == [Task.Op.RESTORE]
    assert "is varied: something milder takes its place" in letter(matter)


def test_a_minute_that_varies_says_what_holds_instead():
    matter = before_executive()
    with refused(BadInput, "Please say what takes the place", field="instead"):
        record_minute(matter.pk, varied_minute(matter, None), by=matter.branch.secretary, at=cast.day(7))


def test_what_was_said_for_the_case_of_varying_counts_for_nothing_where_the_votes_do_not_vary():
    matter = before_executive()
    votes = (Vote.STANDS, Vote.STANDS, Vote.VARIED)
    record_minute(matter.pk, varied_minute(matter, WARNED, votes), by=matter.branch.secretary, at=cast.day(7))
    assert "instead" not in matter.papers(Paper.Kind.MINUTE)[0].facts
    cast.confirm(matter, *matter.branch.panel[:3])
    assert matter.case.outcome == Outcome.REMOVE


def test_a_measure_that_ended_while_the_minute_was_being_confirmed_does_not_come_back():
    matter = before_executive([SUSPENDED])
    kept = Instead(Outcome.MEASURE, [MeasureWanted(MeasureKind.SUSPEND, END)])
    record_minute(matter.pk, varied_minute(matter, kept), by=matter.branch.secretary, at=cast.day(7))
    measure = Measure.objects.get(case=matter.pk)
    end_measure(measure.pk, reasons=cast.REASONS, by=matter.branch.operator, at=cast.day(7))
    cast.confirm(matter, *matter.branch.panel[:3])
    assert not Measure.objects.filter(case=matter.pk, ended_at=None).exists()


def test_what_was_varied_and_taken_back_within_its_minute_is_as_it_was():
    matter = appealed(measures=[SUSPENDED])
    before = burden_of(matter.case)
    vary(matter, Instead(Outcome.MEASURE, [MeasureWanted(MeasureKind.HOLD_ACCOUNT, END)]))
    undo(matter.pk, by=matter.branch.moderator, at=cast.day(3) + timedelta(seconds=30))
    assert (matter.case.stage, burden_of(matter.case)) == (Stage.APPEALED, before)
    vary(matter, Instead(Outcome.MEASURE, [MeasureWanted(MeasureKind.SUSPEND, END)]), at=cast.day(4))
    undo(matter.pk, by=matter.branch.moderator, at=cast.day(4) + timedelta(seconds=30))
    assert (matter.case.stage, burden_of(matter.case)) == (Stage.APPEALED, before)
    assert Item.objects.get(post=matter.branch.post).wanted == Item.Visibility.GONE


KINDS = (MeasureKind.HOLD_ACCOUNT, MeasureKind.SUSPEND, MeasureKind.BAN)
LASTING = st.builds(
    MeasureWanted, kind=st.sampled_from(KINDS), until=st.integers(0, 9).map(lambda days: END + timedelta(days=days))
)
SOME = st.lists(LASTING, max_size=2, unique_by=lambda one: one.kind)
INSTEAD = st.builds(Instead, outcome=st.sampled_from(Outcome), measures=SOME)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(outcome=st.sampled_from([Outcome.REMOVE, Outcome.MEASURE, Outcome.WARN]), measures=SOME, instead=INSTEAD)
def test_whatever_is_asked_an_appeal_never_leaves_more_than_there_was(outcome, measures, instead):
    if (outcome is Outcome.MEASURE) is not bool(measures) and outcome is not Outcome.REMOVE:
        measures = [SUSPENDED] if outcome is Outcome.MEASURE else []
    matter = appealed(outcome, measures)
    before = burden_of(matter.case)
    try:
        vary(matter, instead)
    except BadInput:
        assert burden_of(matter.case) == before
        return
    assert never_worse(burden_of(matter.case), before)
    assert burden_of(matter.case) != before
