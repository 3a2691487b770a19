"""What the page before a case says is asked of whoever opens it."""

from collections.abc import Callable

import pytest

from tests.cast import PASSAGE, WORDS, Branch, Matter, appealed, before_executive, decided, minuted, reported
from tests.web.desk.pages import Desk


@pytest.mark.parametrize(
    ("made", "asked"),
    [
        (reported, "A decision on what was reported. Nobody has decided yet."),
        (appealed, "An appeal: the author asks to look again at what Mo Abara decided on Tuesday 3 November."),
        (before_executive, "A hearing: the author puts to the Executive what Mo Abara decided on Tuesday 3 November."),
        (minuted, "The Executive has voted; those who sat confirm the minute."),
        (decided, "Nothing now: it is decided, and its papers can be read."),
    ],
)
def test_the_question_before_a_case_says_what_is_asked_and_not_a_word_of_the_post(
    people: Branch, made: Callable[..., Matter], asked: str
) -> None:
    matter = made(people)
    page = Desk(people.secretary).read(f"cases/{matter.pk}/")
    assert f"What is asked {asked}" in page
    assert PASSAGE not in page
    assert WORDS not in page
