"""Robust criticism: hard on a plan and on those who voted for it, and protected. Its author hears nothing."""

import pytest

from tests.journeys.ten.conftest import Start
from tests.journeys.ten.desk import Finding, check, confirm

pytestmark = pytest.mark.journey

NOT_SATISFIED = "Everybody here knows who is meant by whoever voted for it."
LEFT = "A vote may be criticised hard, and whoever cast it with it. That is what a branch is for."


def test_robust_criticism(ten: Start) -> None:
    j = ten("robust")
    reporter, moderator, secretary = j.reporter(), j.officer("Mo Abara"), j.officer("Sol Verity")
    code = reporter.report(j.org, quoted=j.post, words="This is disrespectful to our councillors.")
    case = moderator.newest_case(j.post)
    moderator.take(case)
    finding = Finding(
        "Robust criticism, protected",
        aimed_at="A policy, a body, a community or a belief",
        clarity="Clear",
        reasons="It is hard on a plan and on a vote. Our rules protect that: nobody is called names in it.",
    )
    check(moderator, case, finding)
    moderator.sees("Nothing happens to the post, so its author is not written to.")
    j.picture(moderator.page)
    confirm(moderator, case, "Decide that this is protected criticism")
    j.mailbox.wait_for(reporter.email, "There is news")
    reporter.track(j.org, code)
    reporter.sees_heading("We found strong criticism, which the rules protect")
    j.picture(reporter.page)
    reporter.follow("I am not satisfied")
    reporter.type("What should be looked at again?", NOT_SATISFIED)
    j.picture(reporter.page)
    reporter.press("Send it")

    letter = j.mailbox.wait_for(secretary.email, f"Case {case}: somebody is not satisfied with our answer")
    secretary.open_fairly(letter.link)
    secretary.sees(NOT_SATISFIED)
    j.picture(secretary.page)
    secretary.press("Pass it on to the Executive")
    member = j.officer("Petra Oaks")
    letter = j.mailbox.wait_for(member.email, f"Case {case}: somebody is not satisfied with our answer")
    member.open_fairly(letter.link)
    for name in ("Petra Oaks", "Quentin Marsh", "Rosa Thorn"):
        member.page.get_by_role("group", name=name).get_by_label("Sat: leave it as it is").check()
    member.page.get_by_role("group", name="Silas Ford").get_by_label("Was not there").check()
    member.type("The Executive’s reasons", LEFT)
    member.press("Check it")
    j.picture(member.page)
    member.press("Record the vote")
    j.mailbox.wait_for(reporter.email, "There is news", number=2)
    reporter.track(j.org, code)
    reporter.sees(LEFT)
    j.picture(reporter.page)
    assert not j.mailbox.to(j.author().email)
