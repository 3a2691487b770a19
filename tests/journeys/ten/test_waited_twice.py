"""Nobody answers, twice, and the Secretary is accused: the Executive takes over past the Secretary.

The last of the ten by its name: it moves the server's clock on, for all branches.
"""

import pytest

from tests.journeys.ten.conftest import Start
from tests.journeys.ten.desk import PERSON, Finding, check, confirm

pytestmark = [pytest.mark.journey, pytest.mark.soak]

A_DAY = 24 * 60 * 60
LATE = "has waited too long: you have been added"
AT_THE_DOOR = "The Secretary told me at the door to let it be."


def test_overdue_twice_with_an_accused_secretary(ten: Start) -> None:
    j = ten("overdue")
    reporter, secretary, member = j.reporter(), j.officer("Sol Verity"), j.officer("Petra Oaks")
    code = reporter.report(j.org, quoted=j.post, words="She is a member like everybody else.")
    case = j.officer("Mo Abara").newest_case(j.post)

    j.server.restart(FOLKMOOT_CLOCK_SHIFT=str(6 * A_DAY))
    j.mailbox.wait_for(secretary.email, f"Case {case} {LATE}")
    reporter.track(j.org, code)
    reporter.sees_heading("The time to answer you has passed")
    j.picture(reporter.page)
    reporter.follow("Nobody has answered me")
    reporter.type("What should be looked at again?", AT_THE_DOOR)
    reporter.choose("The Secretary")
    j.picture(reporter.page)
    reporter.press("Send it")
    reporter.sees("nobody can hold them back")
    letter = j.mailbox.wait_for(member.email, f"Case {case}: somebody is not satisfied with our answer")
    assert not j.mailbox.to(secretary.email, f"Case {case}: somebody is not satisfied")
    member.open_fairly(letter.link)
    member.sees(AT_THE_DOOR)
    j.picture(member.page)
    secretary.open_case(case)
    secretary.sees("so somebody else has to act")
    assert reporter.email not in secretary.reads()
    j.picture(secretary.page)

    j.server.restart(FOLKMOOT_CLOCK_SHIFT=str(12 * A_DAY))
    letter = j.mailbox.wait_for(member.email, f"Case {case} {LATE}")
    member.open_fairly(letter.link)
    member.sees("Late: somebody was added")
    j.picture(member.page)
    member.press("Take it")
    finding = Finding("Remove", "a thief and should be ashamed of herself", ("Sa",), PERSON, "Clear")
    check(member, case, finding)
    confirm(member, case, "Remove and tell the author")
    j.mailbox.wait_for(j.author().email, "is being taken down")
    reporter.track(j.org, code)
    reporter.sees_heading("We found a breach of the rules")
    j.picture(reporter.page)
