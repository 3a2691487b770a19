"""What is unclear is looked at by somebody else: before it happens, or afterwards where a moderator is alone (Mc)."""

from datetime import timedelta

import pytest

from folkmoot.casefile.models import Paper
from folkmoot.kernel.errors import BadInput, NotPermitted, StalePage
from folkmoot.members.models import Person
from folkmoot.outbox.models import Task
from folkmoot.procedure.words import Answer, Clarity, Outcome, Role, Stage
from folkmoot.steps.claim import claim
from folkmoot.steps.confirm_proposal import confirm_proposal
from folkmoot.steps.decide import decide
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.decline_proposal import decline_proposal
from folkmoot.steps.end_role import end_role
from folkmoot.steps.finding import Decision
from folkmoot.steps.give_role import give_role
from folkmoot.steps.hand_over import hand_over
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.look_afterwards import look_afterwards
from folkmoot.steps.propose import propose
from folkmoot.steps.reconsider import reconsider
from tests.cast import (
    AUTHOR_ADDRESS,
    REASONS,
    REPORTER_ADDRESS,
    Matter,
    a_decision,
    branch,
    day,
    free,
    refused,
    reported,
)
from tests.steps.reviews import sent_back

WHY = "It can be read as being about the plan, so I would leave it."


def unclear(outcome: Outcome = Outcome.REMOVE) -> Decision:
    return a_decision(outcome, clarity=Clarity.UNCLEAR)


def others(matter: Matter) -> tuple[Person, Person]:
    first, second = matter.branch.deciders
    return first, second


@pytest.fixture
def proposed() -> Matter:
    """Day 1: the first moderator proposes to remove what they find unclear."""
    matter = reported()
    first, second = others(matter)
    free(matter, first, second, at=day(1))
    propose(matter.pk, unclear(), by=first, at=day(1))
    return matter


@pytest.fixture
def alone() -> Matter:
    """Day 1: the only moderator decides what they find unclear."""
    matter = reported(branch(moderators=1))
    free(matter, matter.branch.operator, at=day(1))
    decide(matter.pk, unclear(), by=matter.branch.operator, at=day(1))
    return matter


def test_an_unclear_removal_waits_for_another_moderator_who_is_asked(proposed: Matter) -> None:
    assert proposed.case.stage == Stage.SECOND_LOOK
    assert proposed.papers(Paper.Kind.DECISION) == []
    assert (proposed.tasks(), proposed.letters(AUTHOR_ADDRESS)) == ([], [])
    second = others(proposed)[1]
    assert [letter.kind for letter in proposed.letters(second.email)] == ["second_look_asked"]
    assert [owed for _who, owed, _due in proposed.duties()] == ["report"]  # the clock runs on


def test_the_second_look_issues_exactly_what_was_proposed(proposed: Matter) -> None:
    first, second = others(proposed)
    confirm_proposal(proposed.pk, by=second, at=day(2))
    decision, proposal = proposed.papers(Paper.Kind.DECISION)[0], proposed.papers(Paper.Kind.PROPOSAL)[0]
    assert decision.answers == proposal
    both = {"proposed_by": first.pk, "looked": second.pk}
    same = ("outcome", "codes", "edition", "fingerprint", "aimed_at", "clarity", "severity", "intent", "measures")
    assert all(decision.facts[name] == proposal.facts[name] for name in same)
    assert {name: decision.facts[name] for name in both} == both
    assert decision.words == proposal.words
    assert proposed.case.stage == Stage.DECIDED
    assert [task.op for task in proposed.tasks()] == [Task.Op.REMOVE]
    letter = next(one for one in proposed.papers(Paper.Kind.NOTICE) if one.facts["audience"] == "author")
    assert "so a second person looked at it before it was decided" in letter.words["body"]
    assert [letter.kind for letter in proposed.letters(first.email)] == ["second_look_answered"]
    assert proposed.duties() == []


def test_two_at_once_issue_one_decision(proposed: Matter) -> None:
    second = others(proposed)[1]
    seen = proposed.case.seq
    confirm_proposal(proposed.pk, by=second, at=day(2), seen=seen)
    with refused(StalePage, "Somebody has done something"):
        confirm_proposal(proposed.pk, by=second, at=day(2), seen=seen)
    with refused(NotPermitted, "cannot be done while the case is decided"):
        confirm_proposal(proposed.pk, by=second, at=day(2))
    assert len(proposed.papers(Paper.Kind.DECISION)) == 1


def test_who_disagrees_says_why_and_it_is_undecided_again(proposed: Matter) -> None:
    first, second = others(proposed)
    with refused(BadInput, "Please write your reasons", field="reasons"):
        decline_proposal(proposed.pk, reasons="No.", by=second, at=day(2))
    decline_proposal(proposed.pk, reasons=WHY, by=second, at=day(2))
    assert proposed.case.stage == Stage.RECEIVED
    assert proposed.papers(Paper.Kind.SECOND_LOOK)[0].words["reasons"] == WHY
    assert [letter.kind for letter in proposed.letters(first.email)] == ["second_look_answered"]
    decide(proposed.pk, a_decision(Outcome.NO_BREACH, codes=[]), by=second, at=day(2))
    assert proposed.case.outcome == Outcome.NO_BREACH


def test_nobody_takes_a_second_look_at_their_own_proposal(proposed: Matter) -> None:
    first, second = others(proposed)
    with refused(NotPermitted, "You proposed this yourself"):
        confirm_proposal(proposed.pk, by=first, at=day(2))
    end_role(second, Role.MODERATOR, by=proposed.branch.administrator, at=day(2))
    with refused(NotPermitted, "You proposed this yourself"):
        confirm_proposal(proposed.pk, by=first, at=day(2))


def test_a_proposal_can_be_taken_back_when_the_other_has_left(proposed: Matter) -> None:
    first, second = others(proposed)
    end_role(second, Role.MODERATOR, by=proposed.branch.administrator, at=day(2))
    decline_proposal(proposed.pk, reasons="Nobody is left who could look at it first.", by=first, at=day(2))
    assert proposed.papers(Paper.Kind.SECOND_LOOK)[0].facts == {"agreed": False, "taken_back": True}
    decide(proposed.pk, unclear(), by=first, at=day(2))
    assert proposed.case.stage == Stage.DECIDED


def test_the_second_look_asks_for_interests_first() -> None:
    matter = reported()
    first, second = others(matter)
    free(matter, first, at=day(1))
    propose(matter.pk, unclear(), by=first, at=day(1))
    for step in (confirm_proposal, lambda *a, **k: decline_proposal(*a, reasons=WHY, **k)):
        with refused(NotPermitted, "Please say first whether you have an interest"):
            step(matter.pk, by=second, at=day(2))


def test_what_cannot_be_done_any_more_as_proposed_is_not_confirmed(proposed: Matter) -> None:
    post = proposed.branch.post
    post.state = "held"
    post.save()
    with refused(NotPermitted, "It can no longer be decided as proposed"):
        confirm_proposal(proposed.pk, by=others(proposed)[1], at=day(2))


def test_an_unclear_removal_is_not_decided_past_somebody_who_is_free() -> None:
    matter = reported()
    first = matter.branch.operator
    free(matter, first, at=day(1))
    with refused(NotPermitted, "somebody else is free to look at it first"):
        decide(matter.pk, unclear(), by=first, at=day(1))
    decide(matter.pk, unclear(Outcome.WARN), by=first, at=day(1))  # a warning takes nothing away


@pytest.mark.parametrize("decision", [a_decision(), a_decision(Outcome.WARN, clarity=Clarity.UNCLEAR)])
def test_what_is_clear_or_takes_nothing_away_needs_no_second_look(decision: Decision) -> None:
    matter = reported()
    free(matter, matter.branch.operator, at=day(1))
    with refused(NotPermitted, "A second look is for what is unclear and takes something away"):
        propose(matter.pk, decision, by=matter.branch.operator, at=day(1))


def test_a_moderator_with_an_interest_is_not_free_to_look() -> None:
    matter = reported()
    first, second = others(matter)
    free(matter, first, at=day(1))
    declare_interest(matter.pk, interested=True, by=second, at=day(1))
    with refused(NotPermitted, "Nobody else is free to look first"):
        propose(matter.pk, unclear(), by=first, at=day(1))
    decide(matter.pk, unclear(), by=first, at=day(1))
    assert [(who, owed) for who, owed, _due in matter.duties()] == [("secretary", "look_after")]


def test_the_secretary_looks_first_once_added_where_no_moderator_is_free() -> None:
    matter = reported(branch(moderators=1))
    only, secretary = matter.branch.operator, matter.branch.secretary
    assert secretary is not None
    duty = matter.case.duties.get()
    assert hand_over(duty.pk, at=duty.due_at + timedelta(minutes=1))
    free(matter, only, secretary, at=day(6))
    propose(matter.pk, unclear(), by=only, at=day(6))
    assert "second_look_asked" in [letter.kind for letter in matter.letters(secretary.email)]
    confirm_proposal(matter.pk, by=secretary, at=day(6))
    assert matter.case.stage == Stage.DECIDED


def test_who_proposed_afresh_after_a_review_can_still_decide_when_another_did_not_agree() -> None:
    matter = sent_back(branch(moderators=3))
    first, second, third = matter.branch.operator, matter.branch.moderator, matter.branch.people["Oz Lark"]
    assert second is not None
    free(matter, second, third, at=day(6))
    propose(matter.pk, unclear(), by=second, at=day(6))
    with refused(NotPermitted, "You had a part in what was decided before"):
        confirm_proposal(matter.pk, by=first, at=day(6))
    decline_proposal(matter.pk, reasons=WHY, by=third, at=day(6))
    decide(matter.pk, a_decision(), by=second, at=day(6))
    assert matter.case.stage == Stage.DECIDED


def test_others_can_take_the_case_for_a_second_look(proposed: Matter) -> None:
    second = others(proposed)[1]
    assert claim(proposed.pk, by=second, at=day(2)).claimed_by == second


def test_a_lone_moderator_decides_and_the_secretary_is_asked_to_look(alone: Matter) -> None:
    secretary = alone.branch.secretary
    assert secretary is not None
    assert alone.papers(Paper.Kind.DECISION)[0].facts["alone"] is True
    assert [(who, owed) for who, owed, _due in alone.duties()] == [("secretary", "look_after")]
    assert [letter.kind for letter in alone.letters(secretary.email)] == ["look_afterwards"]
    letter = next(one for one in alone.papers(Paper.Kind.NOTICE) if one.facts["audience"] == "author")
    assert "So somebody looks at it again." in letter.words["body"]
    assert [task.op for task in alone.tasks()] == [Task.Op.REMOVE]


def test_what_stands_after_the_look_stays_as_it_is(alone: Matter) -> None:
    secretary = alone.branch.secretary
    assert secretary is not None
    free(alone, secretary, at=day(2))
    before = len(alone.letters())
    look_afterwards(alone.pk, answer=Answer.STANDS, reasons=REASONS, by=secretary, at=day(2))
    assert alone.duties() == []
    assert alone.case.standing
    assert len(alone.letters()) == before


def test_what_is_overturned_afterwards_is_undone_and_both_sides_hear(alone: Matter) -> None:
    secretary = alone.branch.secretary
    assert secretary is not None
    free(alone, secretary, at=day(2))
    news = len(alone.letters(REPORTER_ADDRESS))
    look_afterwards(alone.pk, answer=Answer.OVERTURNED, reasons=WHY, by=secretary, at=day(2))
    assert not alone.case.standing
    assert [task.op for task in alone.tasks()] == [Task.Op.RESTORE]
    assert [letter.kind for letter in alone.letters(AUTHOR_ADDRESS)][-1] == "lifted"
    assert WHY in alone.papers(Paper.Kind.NOTICE)[-2].words["body"]
    assert len(alone.letters(REPORTER_ADDRESS)) == news + 1
    with refused(NotPermitted, "Nothing was decided against your post"):
        lodge_appeal(alone.pk, words="I do not agree.", by=alone.grant, at=day(3))


def test_who_decided_alone_does_not_look_afterwards_in_another_office() -> None:
    people = branch(moderators=1, secretary=False)
    give_role(people.operator, Role.SECRETARY, by=people.administrator, at=day(0))
    matter = reported(people)
    free(matter, people.operator, at=day(1))
    decide(matter.pk, unclear(), by=people.operator, at=day(1))
    assert [who for who, _owed, _due in matter.duties()] == ["executive"]
    member = people.panel[0]
    free(matter, member, at=day(1))
    look_afterwards(matter.pk, answer=Answer.STANDS, reasons=REASONS, by=member, at=day(2))


def test_after_an_appeal_the_secretary_answers_that_instead(alone: Matter) -> None:
    secretary = alone.branch.secretary
    assert secretary is not None
    free(alone, secretary, at=day(2))
    lodge_appeal(alone.pk, words="I meant the plan.", by=alone.grant, at=day(2))
    with refused(NotPermitted, "cannot be done while the case is appealed"):
        look_afterwards(alone.pk, answer=Answer.OVERTURNED, reasons=WHY, by=secretary, at=day(2))
    reconsider(alone.pk, answer=Answer.OVERTURNED, reasons=WHY, by=secretary, at=day(2))
    assert alone.duties() == []
    assert not alone.case.standing
