"""Clear: reported, decided in one go, told, appealed, looked at by another moderator, and it stands."""

import pytest

from tests.journeys.ten.conftest import Start

pytestmark = pytest.mark.journey


def test_a_clear_case(ten: Start) -> None:
    j = ten("clear")
    reporter, moderator, author = j.reporter(), j.officer("Mo Abara"), j.author()
    code = reporter.report(j.org, quoted=j.post, words="Nobody should be called that.")
    j.picture(reporter.page)

    case = moderator.newest_case(j.post)
    moderator.take(case)
    moderator.sees("You have this case")
    j.picture(moderator.page)
    moderator.decide_to_remove(case, passage="a crook and a liar", codes=("Sa",))
    moderator.sees("Now by hand")
    moderator.does_by_hand(case, "Remove a post", "It is removed")

    author.open_letter(j.mailbox.wait_for(author.email, "is being taken down"))
    author.sees("Done at the place")
    j.picture(author.page)
    author.appeal("It was meant as a joke among friends.")
    other = j.officer("Nia Roe")
    other.answer_appeal(case, reasons="Everybody could read it, and nothing in it says that it is a joke.")
    other.sees("The answer to the appeal")
    j.picture(other.page)
    author.open_letter(j.mailbox.wait_for(author.email, "Your appeal: the decision stands"))
    author.sees("nothing in it says that it is a joke")
    author.sees("Put my case to the Executive")

    assert "crook" not in j.mailbox.wait_for(reporter.email, "There is news").text
    reporter.track(j.org, code)
    reporter.sees_heading("We found a breach of the rules")
    reporter.sees("The decision was looked at again, and it stands.")
    j.picture(reporter.page)
