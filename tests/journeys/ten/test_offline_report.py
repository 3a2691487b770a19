"""Something said at a meeting: no link, no post; support and another route are the answer."""

import pytest

from tests.journeys.ten.conftest import Start
from tests.journeys.ten.desk import Finding, check, confirm

pytestmark = [pytest.mark.journey, pytest.mark.soak]


def test_something_that_was_never_posted(ten: Start) -> None:
    j = ten("offline")
    reporter, moderator = j.reporter(), j.officer("Mo Abara")
    code = reporter.report_offline(j.org, words="At the March meeting somebody shouted at me until I left.")
    j.picture(reporter.page)
    case = moderator.newest_case("March meeting")
    moderator.take(case)
    moderator.sees("It happened without a link")
    j.picture(moderator.page)
    moderator.follow("Write down what support was offered")
    moderator.choose("Somebody to talk to")
    moderator.choose("Somebody who stands by them")
    moderator.choose("The outcome, and a warning before something comes back")
    j.picture(moderator.page)
    moderator.press("Write it down")
    moderator.sees_heading("Support offered")
    finding = Finding(
        "Help or another route",
        route="Support",
        reasons="What you describe should not happen. The chair of meetings will speak to you, if you like.",
    )
    check(moderator, case, finding)
    confirm(moderator, case, "Decide, and say where it goes")
    j.mailbox.wait_for(reporter.email, "There is news")
    reporter.track(j.org, code)
    reporter.sees_heading("Somebody else can help with this")
    reporter.sees("The chair of meetings will speak to you")
    reporter.sees_heading("You need not carry this alone")
    j.picture(reporter.page)
