"""A reporter is not satisfied: what the Secretary and the Executive read, and what they do with it (Sh)."""

from typing import Any

import pytest
from django.test import Client

from folkmoot.casefile.models import Paper
from folkmoot.members.models import Person
from folkmoot.procedure.words import Outcome, Role, Stage
from folkmoot.steps.lodge_appeal import lodge_appeal
from tests import cast
from tests.cast import Matter, day
from tests.steps.reviews import REASONS, WORDS, asked, number, sent_back
from tests.web.browsers import move_clock, officer
from tests.web.desk.pages import said, typed
from tests.web.public.reading import value

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day_3(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(3))


def _at(matter: Matter, page: str = "") -> str:
    return f"/o/{matter.branch.org.slug}/panel/cases/{matter.pk}/{page or f'reviews/{number(matter)}/'}"


def _free(matter: Matter, person: Person | None) -> Client:
    assert person is not None
    cast.free(matter, person, at=day(3))
    return officer(person)


def _votes(matter: Matter, browser: Client, *words: str, **other: Any) -> dict[str, Any]:
    """Return the vote as the form sends it: one word for each member, in the order of the panel."""
    page = browser.get(_at(matter))
    votes = {f"member_{p.pk}": word for p, word in zip(matter.branch.panel, words, strict=True)}
    fields = {"seen": value(page, "seen"), "form_key": value(page, "form_key"), "reasons": REASONS}
    return {**fields, **votes, **other}


def _ballots(matter: Matter, *words: str) -> dict[str, str]:
    return {f"vote-member_{p.pk}": word for p, word in zip(matter.branch.panel, words, strict=True)}


def test_the_words_stand_there_as_they_are_and_who_wrote_them_does_not() -> None:
    matter = asked()
    for person in (matter.branch.secretary, matter.branch.panel[0]):
        page = said(_free(matter, person).get(_at(matter)))
        assert WORDS in page
        assert cast.REPORT_WORDS in page
        assert "5 days" in page or "6 days" in page
        assert cast.REPORTER_NAME not in page
        assert cast.REPORTER_ADDRESS not in page
    assert matter.case.readings.filter(what__startswith="review").count() == 2


def test_who_has_said_nothing_of_their_interest_is_asked_first() -> None:
    matter = asked()
    assert matter.branch.secretary is not None
    assert WORDS not in said(officer(matter.branch.secretary).get(_at(matter)))


def test_moderators_and_administrators_do_not_read_them() -> None:
    matter = asked()
    for person in (matter.branch.operator, matter.branch.moderator, matter.branch.administrator):
        assert person is not None
        assert officer(person).get(_at(matter)).status_code == 404
    case = said(officer(matter.branch.operator).get(f"/o/{matter.branch.org.slug}/desk/cases/{matter.pk}/"))
    assert "A reporter is not satisfied" in case
    assert WORDS not in case


def test_an_accused_secretary_reads_them_only_once_they_are_answered() -> None:
    matter = asked(about=(Role.SECRETARY,))
    browser = _free(matter, matter.branch.secretary)
    page = browser.get(_at(matter))
    assert "This is for others to answer" in said(page)
    assert WORDS not in said(page)
    assert WORDS not in said(browser.get(f"/o/{matter.branch.org.slug}/desk/"))
    browser.post(_at(matter), {"go": "forward", "own-seen": matter.case.seq, "own-form_key": "0" * 32})
    assert [holder for holder, _, _ in matter.duties()] == ["executive"]


def test_both_rooms_show_what_waits_and_until_when() -> None:
    matter = asked()
    org = matter.branch.org.slug
    browser = _free(matter, matter.branch.secretary)
    for page in (f"/o/{org}/desk/", f"/o/{org}/panel/"):
        assert f"Case {matter.pk}: a reporter is not satisfied" in said(browser.get(page))
    case = said(browser.get(f"/o/{org}/desk/cases/{matter.pk}/"))
    assert "Read what they write" in case
    assert cast.REPORTER_NAME not in case
    queue = said(browser.get(f"/o/{org}/desk/queue/?show=reviews"))
    assert f"Case {matter.pk} " in queue
    assert "The Secretary was added" not in queue
    member = officer(matter.branch.panel[0])
    assert "with the others first" in said(member.get(f"/o/{org}/panel/"))
    assert "a reporter is not satisfied" not in said(officer(matter.branch.operator).get(f"/o/{org}/desk/"))


def test_the_secretary_passes_it_on_with_one_button() -> None:
    matter = asked()
    browser = _free(matter, matter.branch.secretary)
    page = browser.get(_at(matter))
    form = {"go": "forward", "own-seen": value(page, "own-seen"), "own-form_key": value(page, "own-form_key")}
    page = browser.post(_at(matter), form, follow=True)
    assert "The Executive has these words now" in said(page)
    assert [holder for holder, _, _ in matter.duties()] == ["executive"]
    assert "Pass it on" not in said(page)


def test_the_secretary_sends_it_back_with_reasons() -> None:
    matter = asked()
    browser = _free(matter, matter.branch.secretary)
    page = browser.get(_at(matter))
    form = {"go": "own", "own-seen": value(page, "own-seen"), "own-form_key": value(page, "own-form_key")}
    short = browser.post(_at(matter), {**form, "own-reasons": "No."})
    assert short.status_code == 422
    assert "a sentence or two" in said(short)
    page = browser.post(_at(matter), {**form, "own-reasons": REASONS}, follow=True)
    assert "A moderator who had no part in it decides." in said(page)
    assert matter.case.stage == Stage.RECEIVED
    assert cast.lay_open(matter.branch.org) == []


def test_a_vote_is_checked_and_then_answers() -> None:
    matter = asked()
    browser = _free(matter, matter.branch.panel[0])
    votes = _votes(matter, browser, "against", "against", "for", "absent")
    check = browser.post(_at(matter), {**votes, "go": "check"})
    assert "is left as it is" in said(check)
    assert matter.papers(Paper.Kind.REVIEW) == []
    page = browser.post(_at(matter), {**votes, "go": "confirm"}, follow=True)
    assert "the reporter can read the answer" in said(page)
    assert REASONS in said(page)
    assert matter.duties() == []


def test_a_vote_for_it_sends_it_back() -> None:
    matter = asked()
    browser = _free(matter, matter.branch.panel[0])
    votes = _votes(matter, browser, "for", "for", "against", "aside")
    assert "is decided afresh" in said(browser.post(_at(matter), {**votes, "go": "check"}))
    browser.post(_at(matter), {**votes, "go": "confirm"})
    assert matter.case.stage == Stage.RECEIVED


def test_too_few_votes_are_refused_and_what_was_typed_stays() -> None:
    matter = asked()
    browser = _free(matter, matter.branch.panel[0])
    votes = _votes(matter, browser, "against", "against", "absent", "absent")
    page = browser.post(_at(matter), {**votes, "go": "confirm"})
    assert page.status_code == 422
    assert "2 sat, and the quorum is 3" in said(page)
    assert REASONS in said(page)


def test_while_the_author_s_appeal_waits_the_page_says_so() -> None:
    matter = asked(outcome=Outcome.WARN)
    lodge_appeal(matter.pk, words=cast.APPEAL, by=matter.grant, at=day(3))
    page = said(_free(matter, matter.branch.secretary).get(_at(matter)))
    assert "The author has asked for another look. Until that is answered, nothing is sent back." in page
    assert "Send it back" not in page


def test_a_request_that_is_none_is_not_found() -> None:
    matter = asked()
    browser = _free(matter, matter.branch.secretary)
    assert browser.get(_at(matter, "reviews/1/")).status_code == 404
    assert browser.get(_at(matter, "reviews/999/")).status_code == 404


def test_a_panel_s_decision_is_checked_with_its_letter_and_its_votes_and_then_issued() -> None:
    matter = sent_back(cast.branch(moderators=1))
    browser = _free(matter, matter.branch.panel[0])
    desk = said(browser.get(f"/o/{matter.branch.org.slug}/desk/cases/{matter.pk}/"))
    assert "The Executive decides afresh" in desk
    assert "Write the decision down" in desk
    members = {
        f"vote-member_{p.pk}": w for p, w in zip(matter.branch.panel, ("for", "for", "against", "aside"), strict=True)
    }
    fields = {**typed(matter), **members}
    check = browser.post(_at(matter, "decision/"), fields)
    assert check.status_code == 200, said(check)
    assert "An appeal goes straight to members of the Executive who did not sit." in said(check)
    assert "Members of the Executive who have not decided before look at it." in said(check)
    assert matter.case.stage == Stage.RECEIVED
    page = browser.post(_at(matter, "decision/"), {**fields, "go": "confirm"}, follow=True)
    assert "Decided." in said(page)
    assert matter.case.outcome == Outcome.REMOVE
    assert "Members of the Executive decided: remove the post" in said(page)
    assert cast.lay_open(matter.branch.org) == []


def test_a_panel_s_decision_that_its_votes_do_not_carry_is_refused() -> None:
    matter = sent_back(cast.branch(moderators=1))
    browser = _free(matter, matter.branch.panel[0])
    members = {
        f"vote-member_{p.pk}": w
        for p, w in zip(matter.branch.panel, ("for", "against", "against", "aside"), strict=True)
    }
    page = browser.post(_at(matter, "decision/"), {**typed(matter), **members})
    assert page.status_code == 422
    assert "More than half of the votes cast" in said(page)
    unsaid = browser.post(_at(matter, "decision/"), typed(matter))
    assert "please say whether they were there" in said(unsaid)


def test_where_a_moderator_is_free_there_is_no_panel() -> None:
    matter = sent_back()
    browser = _free(matter, matter.branch.panel[0])
    page = browser.get(_at(matter, "decision/"), follow=True)
    assert "A moderator is free who had no part in what was decided" in said(page)
