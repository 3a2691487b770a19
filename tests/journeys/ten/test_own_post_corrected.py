"""Our own post is wrong: somebody says so, and it is put right."""

import pytest

from tests.journeys.ten.conftest import Start
from tests.journeys.ten.desk import Finding, check, confirm

pytestmark = [pytest.mark.journey, pytest.mark.soak]

RIGHT = "The clinic closes at five on Friday. It opens again on Monday."


def test_our_own_post_is_corrected(ten: Start) -> None:
    j = ten("corrected")
    reporter, moderator = j.reporter(), j.officer("Mo Abara")
    code = reporter.report(
        j.org,
        quoted=j.post,
        words="It only closes at five on Friday. People will stay away.",
        kind="Something that is not true",
    )
    case = moderator.newest_case(j.post)
    moderator.take(case)
    moderator.sees("An account of ours")
    j.picture(moderator.page)
    finding = Finding(
        "Correct it: our own post is wrong",
        correction=RIGHT,
        reasons="We misread the notice. It is about the hours of that day only.",
    )
    check(moderator, case, finding)
    j.picture(moderator.page)
    confirm(moderator, case, "Have our post corrected")
    moderator.open_task(case, "Correct our own post")
    moderator.sees(RIGHT)
    j.picture(moderator.page)
    moderator.press("It is corrected")
    j.mailbox.wait_for(reporter.email, "There is news")
    reporter.track(j.org, code)
    reporter.sees_heading("Our own post was wrong, and we correct it")
    j.picture(reporter.page)
