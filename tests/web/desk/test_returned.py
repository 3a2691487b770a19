"""At the desk: this letter came back, and what is shown of a letter that nobody got."""

import pytest

from folkmoot.config.mail import mailbox
from folkmoot.outbox.models import Dispatch, Inbox
from folkmoot.outbox.promise import HANDED_OVER_WITHIN
from folkmoot.steps.record_delivery import record_sent
from folkmoot.steps.record_served import record_not_served, record_served
from tests import cast
from tests.cast import Branch, Matter, branch, day, decided, outsider
from tests.web.desk.pages import Desk


@pytest.fixture
def matter(people: Branch) -> Matter:
    found = decided(people)
    record_sent(author_letter(found).pk, at=day(1))
    return found


def author_letter(matter: Matter) -> Dispatch:
    return matter.letters(cast.AUTHOR_ADDRESS)[0]


def test_a_letter_that_came_back_is_said_on_its_page(matter: Matter) -> None:
    letter = author_letter(matter)
    desk = Desk(matter.branch.operator)
    path = f"letters/{letter.pk}/return/"
    for place in ("letters/?show=sent", f"cases/{matter.pk}/"):
        assert path in desk.free(matter).get(place).content.decode()
    page = desk.read(path)
    assert "Decision and reasons" in page
    assert cast.AUTHOR_ADDRESS not in page
    assert desk.post(path, note="Our mailbox says so.").status_code == 303
    assert "Came back" in desk.read("letters/?show=given_up")
    case = desk.read(f"cases/{matter.pk}/")
    assert "Letter came back, says Mo Abara: Decision and reasons" in case
    assert "Our mailbox says so." in case
    assert "The mail did not arrive." in case


def test_how_one_knows_has_to_be_said(matter: Matter) -> None:
    answer = Desk(matter.branch.operator).post(f"letters/{author_letter(matter).pk}/return/", note=" ")
    assert answer.status_code == 422
    assert "Please write how you know" in answer.content.decode()


def test_another_organisation_s_letter_is_not_there(matter: Matter) -> None:
    assert Desk(outsider()).get(f"letters/{author_letter(matter).pk}/return/").status_code == 404


def test_served_and_not_served_are_shown_on_the_case(matter: Matter) -> None:
    record_served(author_letter(matter).pk, at=day(4))
    assert "Letter served, since it has not come back: Decision and reasons" in Desk(matter.branch.operator).read(
        f"cases/{matter.pk}/"
    )
    other = decided(branch("Quay branch", contact=False))
    [task] = [task for task in other.tasks() if task.op == "hand_over_notice"]
    record_not_served(task.pk, at=day(1) + HANDED_OVER_WITHIN)
    page = Desk(other.branch.operator).read(f"cases/{other.pk}/")
    assert "Author not told: not served" in page
    assert "Nobody has handed it over in four weeks." in page


def test_the_page_says_whether_what_comes_back_is_found_by_itself(matter: Matter, settings: object) -> None:
    desk = Desk(matter.branch.operator)
    settings.MAILBOX = None  # type: ignore[attr-defined]
    assert "Nobody reads by itself what comes back." in desk.read("letters/?show=sent")
    settings.MAILBOX = box = mailbox("imaps://us:secret@mail.example.org")  # type: ignore[attr-defined]
    assert box is not None
    inbox = Inbox.objects.create(name=box.label, read_at=day(2))
    assert "the mailbox was last read" in desk.read("letters/?show=sent")
    inbox.error = "[AUTHENTICATIONFAILED] no"
    inbox.save()
    page = desk.read("letters/?show=sent")
    assert "The mailbox could not be read" in page
    assert "AUTHENTICATIONFAILED" in page
    assert "secret" not in page
