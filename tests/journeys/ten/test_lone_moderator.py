"""A branch with one moderator: an unclear restriction is cautious, and the Secretary looks at it afterwards."""

import pytest

from tests.journeys.ten.conftest import Start
from tests.journeys.ten.desk import PERSON, Finding, check, confirm

pytestmark = pytest.mark.journey


def test_a_lone_moderator(ten: Start) -> None:
    j = ten("lone")
    j.reporter().report(j.org, quoted=j.post, words="It sounds like a threat to me.")
    alone, secretary, author = j.officer("Mo Abara"), j.officer("Sol Verity"), j.author()
    case = alone.newest_case(j.post)
    alone.take(case)
    finding = Finding(
        "Remove",
        passage="what her sort is worth",
        codes=("Sd",),
        aimed_at=PERSON,
        clarity="Unclear",
        reasons="It may be meant as a slur. I would rather be careful, and have somebody look again.",
    )
    check(alone, case, finding)
    alone.sees("nobody else is free to look first")
    j.picture(alone.page)
    confirm(alone, case, "Remove and tell the author")
    alone.does_by_hand(case, "Remove a post", "It is removed")
    author.open_letter(j.mailbox.wait_for(author.email, "is being taken down"))
    author.sees("Nobody else was free to look first, so somebody looks at it again.")
    j.picture(author.page)

    letter = j.mailbox.wait_for(secretary.email, f"Case {case}: please look at what was decided")
    secretary.open_fairly(letter.link)
    secretary.follow("Look at it")
    secretary.sees_heading("Look at it afterwards")
    secretary.sees(finding.reasons)
    secretary.choose("It is overturned")
    secretary.type("Your reasons", "Read in its conversation, “her sort” is her party, which may be criticised hard.")
    j.picture(secretary.page)
    secretary.press("Give your answer")
    secretary.sees("Your answer is in the file")
    alone.does_by_hand(case, "Put a post back", "It is back")
    author.open_letter(j.mailbox.wait_for(author.email, "we have changed our mind"))
    author.sees("is her party, which may be criticised hard")
    j.picture(author.page)
