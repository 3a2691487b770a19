"""What the text check noticed stands on the case page as a hint, behind the post, and nobody else reads it."""

import re

import pytest

from folkmoot.archive.models import Revision
from folkmoot.casefile.record import SYSTEM
from folkmoot.detectors.finding import Finding, Signal
from folkmoot.editions.meant import PACK
from folkmoot.pinboard.wrong_hints import called_wrong
from folkmoot.procedure.words import ReportKind
from folkmoot.standards import find_pack
from folkmoot.steps.publish_policy import publish_policy
from tests.cast import FOUNDED, WORDS, Branch, Matter, day, reported
from tests.judged import assessed, insult, judgement, moved
from tests.web.desk.pages import Desk

CHANGED = "The harbour plan is a waste, and somebody should say so."


@pytest.fixture
def matter(people: Branch) -> Matter:
    return reported(people)


def raw(matter: Matter) -> str:
    """Return the case's page as it is sent."""
    desk = Desk(matter.branch.operator).free(matter)
    return desk.get(f"cases/{matter.pk}/").content.decode()


def test_the_words_are_underlined_behind_the_post_with_rule_strength_and_why(matter: Matter) -> None:
    found = [
        insult(WORDS, "a crook"),
        insult(WORDS, "crook", 0.9),
        Finding(Signal.HARASSMENT, "F2", 0.3, 0, len(WORDS), "All of it."),
    ]
    assessed(matter.branch.post, judgement(*found))
    page = raw(matter)
    assert page.index(WORDS[:20]) < page.index("What the text check noticed")
    assert '<mark class="is-hint">a </mark><mark class="is-hint">crook</mark><sup>1</sup>' in page
    read = Desk(matter.branch.operator).read(f"cases/{matter.pk}/")
    assert "A hint for you, not a finding; people decide." in read
    assert "Insult at a person , strong" in read
    assert "Harassment , weak" in read
    assert "The post as a whole" in read
    assert "The rule it may run into" not in read  # the rules of this branch have neither paragraph
    assert "Model 1 test, Monday 2 November 2026 at 11:00" in read


def test_criticism_of_a_decision_is_said_to_be_protected(matter: Matter) -> None:
    assessed(matter.branch.post, judgement(score=0.2, at_policy=0.8))
    read = Desk(matter.branch.operator).free(matter).read(f"cases/{matter.pk}/")
    assert "such criticism is protected, also when it is forceful" in read
    assert "Nothing that is on its lists" in read


def test_which_words_moved_the_score_are_a_table_with_bars(matter: Matter) -> None:
    said = judgement(insult(WORDS, "crook"), moved=(moved(WORDS, "plan", -0.5), moved(WORDS, "crook", 1.25)))
    assessed(matter.branch.post, said)
    page = raw(matter)
    bars = re.findall(r'class="mover-(up|down)" x="([\d.]+)" y="2" width="([\d.]+)"', page)
    assert bars == [("up", "60.0", "60.0"), ("down", "36.0", "24.0")]


def test_a_long_text_and_a_model_that_did_not_answer_are_said(matter: Matter) -> None:
    assessed(matter.branch.post, judgement(insult(WORDS, "crook"), windows=40, read=16, without=("transformer",)))
    read = Desk(matter.branch.operator).free(matter).read(f"cases/{matter.pk}/")
    assert "of its 40 parts the model read the 16 that looked gravest" in read
    assert "The larger of the two models did not answer" in read


def test_after_a_change_it_says_of_which_words_it_is(matter: Matter) -> None:
    people = matter.branch
    assessed(people.post, judgement(insult(WORDS, "crook")))
    Revision.objects.create(org=people.org, post=people.post, text=CHANGED, seen_at=day(1))
    desk = Desk(people.operator).free(matter)
    assert "This is about its earlier words." in desk.read(f"cases/{matter.pk}/")
    assessed(people.post, judgement(score=0.1), text=CHANGED)
    assert "This is about its words as they were changed later." in desk.read(f"cases/{matter.pk}/")
    assessed(people.post, judgement(insult(WORDS, "crook")), text="Words that nobody has any more.")
    page = raw(matter)
    assert "so nothing can be underlined" in page
    assert "is-hint" not in page


def test_without_an_assessment_and_where_a_child_may_be_in_danger_there_is_none(people: Branch) -> None:
    desk = Desk(people.operator)
    matter = reported(people, kind=ReportKind.CHILD_SAFETY)
    assert "text check" not in desk.free(matter).read(f"cases/{matter.pk}/")
    assessed(people.post, judgement(insult(WORDS, "crook")))
    assert "text check" not in desk.read(f"cases/{matter.pk}/")


def test_whoever_has_not_said_that_they_have_no_part_sees_nothing_of_it(matter: Matter) -> None:
    assessed(matter.branch.post, judgement(insult(WORDS, "crook")))
    assert "text check" not in Desk(matter.branch.operator).read(f"cases/{matter.pk}/")


def test_the_rule_is_the_one_that_the_branch_has_of_this_paragraph(people: Branch) -> None:
    publish_policy(people.org, find_pack(PACK), by=SYSTEM, at=FOUNDED)
    matter = reported(people)
    assessed(people.post, judgement(insult(WORDS, "crook", clause="R2")))
    page = raw(matter)
    assert f'rules/editions/{matter.case.policy.number}/R2/"' in page


def test_a_hint_can_be_called_wrong_and_that_can_be_taken_back(matter: Matter) -> None:
    people = matter.branch
    assessed(people.post, judgement(insult(WORDS, "crook")))
    desk = Desk(people.operator).free(matter)
    address = f"cases/{matter.pk}/wrong-hint/"
    for _twice in range(2):
        assert desk.post(address, signal="insult", wrong="yes").status_code == 303
    assert called_wrong([people.post.pk]) == {people.post.pk: ["insult"]}
    assert "Mo Abara called this hint wrong." in desk.read(f"cases/{matter.pk}/")
    assert desk.post(address, signal="insult", wrong="no").status_code == 303
    assert called_wrong([people.post.pk]) == {}
    assert desk.post(address, signal="nonsense", wrong="yes").status_code == 404
    assert people.moderator is not None
    assert Desk(people.moderator).post(address, signal="insult", wrong="yes").status_code == 404  # has not said yet
