"""Spam goes with one tap and a standard notice; what is not clearly spam does not go this way (Me, Mh)."""

import pytest

from folkmoot.casefile.models import Paper
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.outbox.models import Task
from folkmoot.procedure.words import Clarity, ReportKind
from folkmoot.steps.claim import claim
from folkmoot.steps.decide import decide
from folkmoot.steps.decide_spam import REASONS, decide_spam, spam_clause
from folkmoot.steps.publish_policy import publish_policy
from tests.cast import AUTHOR_ADDRESS, WORDS, Matter, a_decision, branch, day, free, own, refused, reported


@pytest.fixture
def matter() -> Matter:
    return reported(kind=ReportKind.SPAM)


def test_one_tap_says_that_there_is_no_interest_decides_and_tells_the_author(matter: Matter) -> None:
    paper = decide_spam(matter.pk, code="H2", by=matter.branch.operator, at=day(1))
    assert (paper.facts["spam"], paper.facts["codes"], paper.words["passage"]) == (True, ["H2"], WORDS)
    assert paper.words["reasons"] == REASONS
    assert [one.facts["interested"] for one in matter.papers(Paper.Kind.INTEREST)] == [False]
    assert [task.op for task in matter.tasks()] == [Task.Op.REMOVE]
    notice = next(one for one in matter.papers(Paper.Kind.NOTICE) if one.facts["audience"] == "author")
    assert "looked like spam to us" in notice.words["body"]
    assert len(matter.letters(AUTHOR_ADDRESS)) == 1


def test_the_rules_that_speak_of_spam_say_which_clause_it_is(matter: Matter) -> None:
    org, by = matter.branch.org, matter.branch.administrator
    shipped = publish_policy(org, "labour-branch-2018", by=by, at=day(1))
    found = spam_clause(shipped)
    assert found is not None
    assert found.code == "Mh"
    assert spam_clause(matter.case.policy) is None
    with refused(NotPermitted, "Please choose the one that it goes under"):
        decide_spam(matter.pk, by=matter.branch.operator, at=day(1))


@pytest.mark.parametrize("other", [ReportKind.ATTACK, ReportKind.THREAT])
def test_what_was_reported_as_something_else_too_is_decided_by_itself(other: ReportKind) -> None:
    people = branch()
    matter = reported(people, kind=ReportKind.SPAM)
    reported(people, kind=other)
    with refused(NotPermitted, "Something else was reported about it"):
        decide_spam(matter.pk, code="H2", by=people.operator, at=day(1))


def test_what_nobody_called_spam_does_not_go_this_way() -> None:
    matter = reported()
    with refused(NotPermitted, "Nobody has said that it is spam"):
        decide_spam(matter.pk, code="H2", by=matter.branch.operator, at=day(1))


def test_nobody_takes_down_spam_of_their_own_or_what_another_has_taken(matter: Matter) -> None:
    people = matter.branch
    assert people.moderator is not None
    claim(matter.pk, by=people.moderator, at=day(1))
    with refused(NotPermitted, "Nia Roe has taken this case"):
        decide_spam(matter.pk, code="H2", by=people.operator, at=day(1))
    own(people, people.moderator)
    with refused(NotPermitted, "written from an account of yours"):
        decide_spam(matter.pk, code="H2", by=people.moderator, at=day(1))


def test_an_unclear_one_is_no_spam(matter: Matter) -> None:
    by = matter.branch.operator
    free(matter, by, at=day(1))
    with refused(BadInput, "Only what is clearly spam goes this way", field="clarity"):
        decide(matter.pk, a_decision(spam=True, clarity=Clarity.UNCLEAR), by=by, at=day(1))
