"""Acting by necessity, at the desk: offered only where nobody else is free, with a reason, told to the parties."""

import pytest

from folkmoot.casefile.models import Paper, Reading
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.name_author import name_author
from tests.cast import APPEAL, AUTHOR_ADDRESS, Branch, Matter, branch, day, decided, reported
from tests.web.desk.pages import Desk, said, typed

pytestmark = pytest.mark.django_db
OFFER = "Open it by necessity"
WHY = "There is nobody but me until the annual meeting."


def appealed_alone() -> Matter:
    """Return an appeal in a branch where the only one there is has an interest."""
    matter = decided(branch(moderators=1, secretary=False, panel=0))
    lodge_appeal(matter.pk, words=APPEAL, by=matter.grant, at=day(2))
    declare_interest(matter.pk, interested=True, nature="She is my aunt.", by=matter.branch.operator, at=day(2))
    return matter


def test_it_is_offered_where_nobody_else_is_free_and_opens_the_case() -> None:
    matter = appealed_alone()
    desk = Desk(matter.branch.operator)
    closed = desk.read(f"cases/{matter.pk}/")
    assert OFFER in closed
    assert APPEAL not in closed
    assert desk.post(f"cases/{matter.pk}/necessity/").status_code == 303
    assert APPEAL in desk.read(f"cases/{matter.pk}/")
    assert Reading.objects.filter(case=matter.pk, what="opened by necessity").exists()


def test_whatever_is_done_asks_for_the_reason_and_the_letter_says_that_the_rule_was_used() -> None:
    matter = appealed_alone()
    desk = Desk(matter.branch.operator)
    desk.post(f"cases/{matter.pk}/necessity/")
    path = f"cases/{matter.pk}/reconsideration/"
    assert "Why do you act, and nobody else?" in desk.read(path)
    fields = {
        "seen": matter.case.seq,
        "form_key": "1" * 32,
        "answer": "stands",
        "reasons": "Read again, these words are about a person.",
    }
    missing = desk.post(path, **fields, go="check")
    assert missing.status_code == 422
    assert "Please write why nobody else could act" in said(missing)
    checked = said(desk.post(path, **fields, necessity=WHY, go="check"))
    assert "who would have stood aside if they could" in checked
    assert desk.post(path, **fields, necessity=WHY, go="confirm").status_code == 303
    paper = matter.papers(Paper.Kind.RECONSIDERATION)[0]
    assert paper.words["necessity"] == WHY
    assert WHY not in matter.letters(AUTHOR_ADDRESS)[-1].paper.words["body"]  # type: ignore[union-attr]


def test_while_somebody_is_free_it_is_neither_offered_nor_taken(people: Branch) -> None:
    matter = decided(people)
    lodge_appeal(matter.pk, words=APPEAL, by=matter.grant, at=day(2))
    declare_interest(matter.pk, interested=True, by=people.operator, at=day(2))
    desk = Desk(people.operator)
    assert OFFER not in desk.read(f"cases/{matter.pk}/")
    assert desk.post(f"cases/{matter.pk}/necessity/").status_code == 303
    assert APPEAL not in desk.read(f"cases/{matter.pk}/")


def test_whose_address_was_typed_for_the_author_can_say_that_it_is_not_theirs(people: Branch) -> None:
    matter = reported(people)
    assert people.moderator is not None
    name_author(matter.pk, address=people.operator.email, source="A guess.", by=people.moderator, at=day(1))
    desk = Desk(people.operator)
    assert "That account is not mine" in desk.read(f"cases/{matter.pk}/")
    desk.post(f"cases/{matter.pk}/not-mine/", what="account")
    assert "Are you, or is somebody close to you, part of this?" in desk.read(f"cases/{matter.pk}/")
    other = Desk(people.moderator).free(matter).read(f"cases/{matter.pk}/")
    assert "says that the author’s account is not theirs" in other


def test_a_first_decision_asks_for_the_reason_too_and_the_letter_beside_says_that_the_rule_is_used() -> None:
    matter = reported(branch(moderators=1, secretary=False, panel=0))
    declare_interest(matter.pk, interested=True, nature="She is my aunt.", by=matter.branch.operator, at=day(1))
    desk = Desk(matter.branch.operator)
    desk.post(f"cases/{matter.pk}/necessity/")
    assert "Nobody else is free to answer" in desk.read(f"cases/{matter.pk}/")
    path = f"cases/{matter.pk}/decision/"
    assert "Why do you act, and nobody else?" in desk.read(path)
    missing = desk.post(path, **typed(matter))
    assert missing.status_code == 422
    assert "Please write why nobody else could act" in said(missing)
    checked = said(desk.post(path, **typed(matter, necessity=WHY)))
    assert "who would have stood aside" in checked
    assert desk.post(path, **typed(matter, necessity=WHY, go="confirm")).status_code == 303
    assert matter.papers(Paper.Kind.DECISION)[0].words["necessity"] == WHY
    assert "aunt" not in matter.letters(AUTHOR_ADDRESS)[-1].paper.words["body"]  # type: ignore[union-attr]
