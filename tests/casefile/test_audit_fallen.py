"""The audit finds where what fell with a removed post is not what the papers say."""

import pytest

from folkmoot.casefile.models import Case, Fallen, Paper
from tests import cast
from tests.steps.test_take_along import copy, taken
from tests.tampering import guards_down


@pytest.fixture
def matter(db: None) -> cast.Matter:
    """Return a case with which one post went, and another that is in breach by itself."""
    matter = cast.decided()
    taken(matter, copy(matter.branch))
    taken(matter, copy(matter.branch, number="201"), by_itself=True)
    assert cast.lay_open(matter.branch.org) == []
    return matter


def found(matter: cast.Matter) -> str:
    """Return all that the audit finds."""
    return "\n".join(cast.lay_open(matter.branch.org))


def test_what_fell_and_would_not_come_back_any_more_is_found(matter):
    with guards_down():
        Fallen.objects.all().delete()
    fell = Case.objects.get(post__native_id="200").pk
    assert f"case {matter.pk}: a paper says that case {fell} went with it, and nothing would bring" in found(matter)
    assert f"case {fell}: paper 4 goes with another decision, and would not be lifted with it" in found(matter)


def test_what_is_held_to_have_fallen_and_did_not_is_found(matter):
    other = Case.objects.get(post__native_id="201")
    decision = other.papers.get(kind=Paper.Kind.DECISION)
    paper = matter.papers(Paper.Kind.GOES_WITH)[0]
    Fallen.objects.create(org=matter.branch.org, root=matter.case, case=other, decision=decision, paper=paper)
    assert f"case {matter.pk}: case {other.pk} is held to have gone with it, and no paper says so" in found(matter)
    assert f"case {other.pk}: paper {decision.number} is held to go with another" in found(matter)


def test_what_is_held_to_have_fallen_by_another_decision_is_found(matter):
    with guards_down():
        Fallen.objects.update(decision=matter.papers(Paper.Kind.DECISION)[0])
    fell = Case.objects.get(post__native_id="200").pk
    assert f"case {fell} is held to have gone with it by a decision that does not say so" in found(matter)
