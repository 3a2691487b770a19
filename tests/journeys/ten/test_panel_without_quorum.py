"""One member is left on the Executive: she sits alone by necessity, and the author is told that the rule was used."""

import pytest

from tests.journeys.ten.conftest import Start
from tests.journeys.ten.desk import PERSON, Finding, check, confirm

pytestmark = [pytest.mark.journey, pytest.mark.soak]

SUBMISSION = "The plan promises buses that nobody pays for. That is what I meant."
WHY_ALONE = "Three of the four members have left the Executive, and nobody has been elected yet."


def test_a_panel_without_its_quorum(ten: Start) -> None:
    j = ten("panel")
    moderator, other, author = j.officer("Mo Abara"), j.officer("Nia Roe"), j.author()
    secretary, member = j.officer("Sol Verity"), j.officer("Petra Oaks")
    j.reporter().report(j.org, quoted=j.post, words="Nobody has shown that she is a fraud.")
    case = moderator.newest_case(j.post)
    moderator.take(case)
    check(moderator, case, Finding("Remove", "Tamsin Voss is a fraud", ("Sa",), PERSON, "Clear"))
    confirm(moderator, case, "Remove and tell the author")
    moderator.does_by_hand(case, "Remove a post", "It is removed")
    author.open_letter(j.mailbox.wait_for(author.email, "is being taken down"))
    author.appeal("I meant that her plan is one.")
    other.answer_appeal(case, reasons="It calls her a fraud first, and then her plan as well.")
    author.open_letter(j.mailbox.wait_for(author.email, "Your appeal: the decision stands"))
    author.put_to_executive(SUBMISSION)
    j.picture(author.page)

    letter = j.mailbox.wait_for(secretary.email, f"Case {case} has been put to the Executive")
    secretary.open_fairly(letter.link)
    secretary.open(f"/o/{j.org}/panel/cases/{case}/")
    secretary.sees(SUBMISSION)
    j.picture(secretary.page)
    secretary.follow("Write the minute of the meeting")
    secretary.sees("At least 3 members have to sit; 1 may sit on this case.")
    secretary.page.get_by_role("group", name=member.name).get_by_label("Sat: overturned").check()
    secretary.type("Fewer sat than the quorum", WHY_ALONE)
    secretary.type("The Executive’s reasons", "Read as a whole, it is about the plan. The post may stand.")
    j.picture(secretary.page)
    secretary.press("Check the minute")
    secretary.sees("That is fewer than our rules ask for")
    secretary.press("Record the minute")
    to_confirm = j.mailbox.wait_for(member.email, f"Please confirm the record of case {case}")
    member.confirm_minute(to_confirm.link, vote="The decision is overturned")
    j.picture(member.page)

    moderator.does_by_hand(case, "Put a post back", "It is back")
    final = j.mailbox.wait_for(author.email, "The Executive's decision: overturned")
    assert "Three of the four" not in final.text
    author.open_letter(final)
    author.sees_heading("The matter ended in your favour")
    author.sees("That is fewer than our rules ask for")
    j.picture(author.page, below="What has been said since")
