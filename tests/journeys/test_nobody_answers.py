"""Nobody answers in time: the Secretary is added, then the Executive, each once; the clock is moved for it."""

import time

import pytest

from tests.journeys.branch import Branch
from tests.journeys.conftest import Posts
from tests.servers import Server

pytestmark = pytest.mark.journey

A_DAY = 24 * 60 * 60
LATE = "has waited too long"


class Calendar:
    """The server's clock, which only ever moves on."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._days = 0

    def move_on(self, *, days: int) -> None:
        """Start the server again with its clock moved on, and let its sweeper go round."""
        self._days += days
        self._server.restart(FOLKMOOT_CLOCK_SHIFT=str(self._days * A_DAY))

    def let_it_sweep(self) -> None:
        """Give the sweeper time for two rounds more."""
        time.sleep(2.5)


@pytest.fixture(scope="session")
def calendar(branch: Branch) -> Calendar:
    """Return the clock of the branch's server."""
    return Calendar(branch.server)


def test_a_report_without_an_answer_adds_the_secretary_and_then_the_executive_once(
    branch: Branch, calendar: Calendar, own_posts: Posts
) -> None:
    moderator, reporter = branch.moderator, branch.reporter()
    code = reporter.report(branch.org, quoted=own_posts.worst[2], words="Nobody should be called that.")
    case = moderator.newest_case(own_posts.worst[2])
    assert added(branch, case) == ([], [])

    calendar.move_on(days=6)
    branch.mailbox.wait_for(branch.secretary.email, f"Case {case} {LATE}")
    calendar.let_it_sweep()
    assert added(branch, case) == ([branch.secretary.email], [])
    moderator.open(f"/o/{branch.org}/desk/queue/")
    moderator.sees("The Secretary was added")
    reporter.track(branch.org, code)
    reporter.sees("the Secretary")

    calendar.move_on(days=6)
    for member in branch.executive:
        branch.mailbox.wait_for(member.email, f"Case {case} {LATE}")
    calendar.let_it_sweep()
    assert added(branch, case) == ([branch.secretary.email], [member.email for member in branch.executive])
    moderator.open(f"/o/{branch.org}/desk/queue/")
    moderator.sees("The Executive was added")
    verified = branch.server.folkmoot("audit", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


@pytest.mark.soak
def test_an_appeal_without_an_answer_adds_the_secretary_once_and_a_moderator_may_still_answer(
    branch: Branch, calendar: Calendar, own_posts: Posts
) -> None:
    moderator, other, text = branch.moderator, branch.other_moderator, own_posts.worst[3]
    branch.reporter().report(branch.org, quoted=text, words="She is a member like everybody else.")
    case = moderator.newest_case(text)
    moderator.take(case)
    author = branch.author(case)
    moderator.name_author(case, handle="@rowan", address=author.email)
    moderator.decide_to_remove(case, passage="you stupid cow", codes=("Sa",))
    author.open_letter(branch.mailbox.wait_for(author.email, "is being taken down"))
    author.appeal("I disagree.")

    calendar.move_on(days=6)
    branch.mailbox.wait_for(branch.secretary.email, f"Case {case} {LATE}")
    calendar.let_it_sweep()
    assert added(branch, case) == ([branch.secretary.email], [])

    other.answer_appeal(case, reasons="It calls a member a cow, and tells her to be silent.")
    branch.mailbox.wait_for(author.email, "Your appeal: the decision stands")
    calendar.move_on(days=6)
    calendar.let_it_sweep()
    assert added(branch, case) == ([branch.secretary.email], [])


def added(branch: Branch, case: int) -> tuple[list[str], list[str]]:
    """Return to whom the mail went that this case has waited too long: the Secretary, and members of the Executive."""
    told = [letter.to for letter in branch.mailbox.letters if f"Case {case} {LATE}" in letter.subject]
    executive = [member.email for member in branch.executive]
    assert set(told) <= {branch.secretary.email, *executive}
    return (
        [address for address in told if address == branch.secretary.email],
        sorted(address for address in told if address in executive),
    )
