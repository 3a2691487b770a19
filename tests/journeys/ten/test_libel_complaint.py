"""A complaint of libel: hidden first, a clock of its own, a checklist, the author heard, and then taken down."""

import pytest

from tests.journeys.ten.conftest import Start
from tests.journeys.ten.desk import PERSON, Finding, check, confirm, hide

pytestmark = [pytest.mark.journey, pytest.mark.soak]

HEARD = "I was told so at the raffle. I did not see it myself."


def test_a_libel_complaint(ten: Start) -> None:
    j = ten("libel")
    reporter, moderator, author = j.reporter(), j.officer("Mo Abara"), j.author()
    code = reporter.report(
        j.org,
        quoted=j.post,
        words="This is untrue and I will see a solicitor.",
        kind="It may be against the law",
        about_me=True,
    )
    letter = j.mailbox.wait_for(moderator.email, "a legal complaint, with a clock of its own")
    moderator.open_fairly(letter.link)
    case = moderator.newest_case(j.post)
    moderator.take(case)
    moderator.sees("Legal complaint")
    hide(moderator, case, why="We have had a complaint that it is a libel. We look into it now.")
    j.picture(moderator.page)
    moderator.does_by_hand(case, "Hide a post for now", "It is hidden")
    author.open_letter(j.mailbox.wait_for(author.email, "is hidden while we look"))
    author.choose("I can explain")
    author.type("In your own words", HEARD)
    j.picture(author.page)
    author.press("Add this")

    moderator.open_case(case)
    moderator.sees(HEARD)
    moderator.follow("Go through the complaint’s checklist")
    moderator.type("Who complains", "Tamsin Voss, by the form on our site; her address is on the report.")
    moderator.type("Which words are complained of", "That she took forty pounds: that she is a thief.")
    moderator.type("What is untrue", "She says that all the money was counted by two others and paid in.")
    j.picture(moderator.page)
    moderator.press("Keep the answers")
    moderator.sees("3 answers are missing")
    finding = Finding(
        "Remove",
        passage="took forty pounds out of the raffle box",
        codes=("Se",),
        aimed_at=PERSON,
        clarity="Clear",
        reasons="It says as a fact that a named person stole money, and its author knows of it by hearsay only.",
    )
    check(moderator, case, finding)
    confirm(moderator, case, "Remove and tell the author")
    author.open_letter(j.mailbox.wait_for(author.email, "is being taken down"))
    author.sees("Legal risk")
    author.sees("This is not a disciplinary matter")
    j.picture(author.page)
    reporter.track(j.org, code)
    reporter.sees("its author knows of it by hearsay only")
    j.picture(reporter.page)
