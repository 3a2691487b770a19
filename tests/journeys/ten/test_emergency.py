"""Emergency: a home address and a call to go there. Hidden within minutes, decided afterwards."""

import pytest

from tests.journeys.ten.conftest import Start
from tests.journeys.ten.desk import Finding, check, confirm, hide

pytestmark = pytest.mark.journey


def test_an_emergency(ten: Start) -> None:
    j = ten("emergency")
    reporter, moderator, author = j.reporter(), j.officer("Mo Abara"), j.author()
    code = reporter.report(
        j.org, quoted=j.post, words="That is where she lives, with her children.", kind="Private information"
    )
    letter = j.mailbox.wait_for(moderator.email, "Emergency:")
    assert "Tern Street" not in letter.text
    for name in ("Nia Roe", "Sol Verity"):
        j.mailbox.wait_for(j.people[name], "Emergency:")
    moderator.open_fairly(letter.link)
    moderator.sees("Urgent")
    j.picture(moderator.page)
    case = moderator.newest_case(j.post)
    moderator.open_case(case)
    hide(moderator, case, why="It gives a home address and tells people to go there tonight. Nobody has decided yet.")
    j.picture(moderator.page)
    moderator.open_task(case, "Hide a post for now")
    j.picture(moderator.page)
    moderator.press("It is hidden")
    author.open_letter(j.mailbox.wait_for(author.email, "is hidden while we look"))
    author.sees("Nobody has decided anything yet")
    author.sees("tells people to go there tonight")
    j.picture(author.page)

    moderator.open_case(case)
    moderator.press("Take it")
    finding = Finding(
        "Remove",
        passage="lives at 14 Tern Street",
        codes=("F7",),
        clarity="Clear",
        reasons="It gives away where a person lives, without her leave, and calls on others to go there.",
    )
    check(moderator, case, finding)
    confirm(moderator, case, "Remove and tell the author")
    moderator.does_by_hand(case, "Remove a post", "It is removed")
    author.open_letter(j.mailbox.wait_for(author.email, "is being taken down"))
    author.sees("You may appeal until")
    reporter.track(j.org, code)
    reporter.sees_heading("We found a breach of the rules")
    j.picture(reporter.page)
