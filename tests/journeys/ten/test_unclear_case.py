"""Unclear: one proposes, another looks first, and only then the author is written to."""

import pytest

from tests.journeys.ten.conftest import Start
from tests.journeys.ten.desk import PERSON, Finding, check, confirm

pytestmark = pytest.mark.journey

NOT_SURE = "It can be read as being about where her family comes from. I am not sure of it."


def test_an_unclear_case_with_a_second_look(ten: Start) -> None:
    j = ten("unclear")
    j.reporter().report(j.org, quoted=j.post, words="I think that “their own sort” means where she comes from.")
    first, second, author = j.officer("Mo Abara"), j.officer("Nia Roe"), j.author()
    case = first.newest_case(j.post)
    first.take(case)
    finding = Finding("Remove", "People like Tamsin Voss", ("Sd",), PERSON, "Unclear", reasons=NOT_SURE)
    check(first, case, finding)
    first.sees("Nia Roe is asked to take a second look.")
    j.picture(first.page)
    confirm(first, case, "Ask for a second look")
    first.sees("Somebody else looks first")
    j.picture(first.page)
    assert not j.mailbox.to(author.email)

    letter = j.mailbox.wait_for(second.email, f"Case {case}: would you take a second look?")
    second.open_fairly(letter.link)
    second.follow("Look at what is proposed")
    second.sees_heading("A second look")
    j.picture(second.page)
    confirm(second, case, "Remove and tell the author")
    second.does_by_hand(case, "Remove a post", "It is removed")
    j.mailbox.wait_for(first.email, f"Case {case}: the second look is there")
    author.open_letter(j.mailbox.wait_for(author.email, "is being taken down"))
    author.sees(NOT_SURE)
    author.sees("A second person looked at it before.")
    j.picture(author.page)
