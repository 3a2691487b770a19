"""Whoever reported follows it with the code, and adds to it."""

from typing import Any

import pytest
from django.test import Client

from folkmoot.casefile.models import Attachment, Paper
from folkmoot.procedure.words import Answer, Outcome, ReportKind
from folkmoot.steps.decide import decide
from folkmoot.steps.hand_over import hand_over
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.reconsider import reconsider
from tests import cast
from tests.cast import Matter, day
from tests.web.browsers import move_clock, officer, party
from tests.web.public.reading import box, picture, said, value

pytestmark = pytest.mark.django_db


def _open(matter: Matter, browser: Client | None = None, code: str = "") -> Any:
    address = f"/o/{matter.branch.org.slug}/track/"
    return (browser or Client()).post(address, {"code": code or matter.receipt.code}, follow=True)


def _progress(matter: Matter) -> str:
    return f"/o/{matter.branch.org.slug}/track/progress/{matter.receipt.grant.pk}/"


@pytest.fixture
def reported(monkeypatch: pytest.MonkeyPatch) -> Matter:
    move_clock(monkeypatch, day(1))
    return cast.reported()


@pytest.mark.parametrize("spaced", ["{0} {1} {2} {3}", "{0}-{1}-{2}-{3}", " {0}{1}{2}{3}\t", "{0}.{1}–{2} {3}"])
def test_a_code_opens_its_report_however_it_is_spaced(reported: Matter, spaced: str) -> None:
    code = reported.receipt.code
    page = _open(reported, code=spaced.format(*(code[at : at + 4] for at in range(0, 16, 4))))
    assert page.redirect_chain == [(f"/o/{reported.branch.org.slug}/track/progress/", 303)]
    assert "A moderator has until the end of Saturday 7 November to answer." in said(page)
    assert cast.REPORT_WORDS in said(page)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("", "Please type the 16 digits"),
        ("12345", "this has 5"),
        ("twelve", "digits only"),
        ("٣" * 16, "digits only"),
        ("1" * 16, "We have no report with this code"),
        ("1" * 5000, "please keep it to 200"),
        ("\x00" * 16, "cannot be kept"),
    ],
)
def test_a_code_that_opens_nothing_is_said_in_words(reported: Matter, code: str, says: str) -> None:
    page = Client().post(f"/o/{reported.branch.org.slug}/track/", {"code": code})
    assert page.status_code == 422
    assert says in said(page)


def test_another_organisations_code_is_answered_like_a_made_up_one(reported: Matter) -> None:
    other = cast.branch("Valley branch")
    address = f"/o/{other.org.slug}/track/"
    real, made_up = (Client().post(address, {"code": code}) for code in (reported.receipt.code, "1" * 16))
    assert (real.status_code, said(real)) == (made_up.status_code, said(made_up))


def test_guessing_is_limited_by_connection(reported: Matter, settings: Any) -> None:
    settings.LOOKUPS_PER_HOUR = 2
    for _ in range(2):
        _open(reported, code="1" * 16)
    page = _open(reported)
    assert page.status_code == 422
    assert "please send it again after" in said(page)
    assert "progress" not in str(page.redirect_chain)


def test_without_the_code_there_is_no_such_page(reported: Matter) -> None:
    assert Client().get(_progress(reported)).status_code == 404
    assert party(reported.receipt.grant).get(_progress(reported)).status_code == 200


def test_somebody_signed_in_opens_nothing_with_a_code(reported: Matter) -> None:
    page = _open(reported, officer(reported.branch.operator))
    assert page.status_code == 422
    assert "You are signed in" in said(page)


def test_a_lapsed_answer_and_who_was_added_are_shown(reported: Matter, monkeypatch: pytest.MonkeyPatch) -> None:
    [duty] = reported.case.duties.all()
    hand_over(duty.pk, at=day(6))
    move_clock(monkeypatch, day(6))
    page = said(_open(reported))
    assert "No answer came by Saturday 7 November." in page
    assert "The Secretary was added on Sunday 8 November and has until the end of Friday 13 November." in page


@pytest.mark.parametrize(
    ("outcome", "says"),
    [
        (Outcome.REMOVE, "We found a breach of the rules"),
        (Outcome.WARN, "its author is asked to bear the rules in mind"),
        (Outcome.NO_BREACH, "We found no breach of the rules"),
        (Outcome.ROBUST_CRITICISM, "strong criticism, which the rules protect"),
    ],
)
def test_the_outcome_comes_with_its_reasons_and_rules(
    outcome: Outcome, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = _decided(outcome, affected=True)
    move_clock(monkeypatch, day(1, 12))
    page = said(_open(matter))
    assert says in page
    assert cast.REASONS in page
    assert "No personal attacks" in page
    assert "Tell the Secretary" in page
    assert "You need not carry this alone" in page


def test_a_bystander_reads_what_came_of_it_and_not_what_was_written_to_those_concerned(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    matter = _decided(Outcome.REMOVE, affected=False)
    move_clock(monkeypatch, day(1, 12))
    page = said(_open(matter))
    assert "We found a breach of the rules" in page
    assert "No personal attacks" in page
    assert cast.REASONS not in page
    assert "You need not carry this alone" not in page


def _decided(outcome: Outcome, *, affected: bool) -> Matter:
    matter = cast.reported(affected=affected)
    cast.free(matter, matter.branch.operator, at=day(1))
    decide(matter.pk, cast.a_decision(outcome), by=matter.branch.operator, at=day(1))
    return matter


def test_whom_it_concerns_reads_why_a_decision_did_not_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    matter = _decided(Outcome.REMOVE, affected=True)
    lodge_appeal(matter.pk, words=cast.APPEAL, by=matter.grant, at=day(2))
    cast.free(matter, matter.branch.deciders[-1], at=day(3))
    why = "It is about the plan after all, and the plan may be called a waste."
    reconsider(matter.pk, answer=Answer.OVERTURNED, reasons=why, by=matter.branch.deciders[-1], at=day(3))
    move_clock(monkeypatch, day(4))
    page = said(_open(matter))
    assert "We decided, and the decision was overturned" in page
    assert "Why it was overturned" in page
    assert why in page
    assert cast.APPEAL not in page


def test_the_reporter_learns_what_came_of_an_appeal_and_not_what_was_said(monkeypatch: pytest.MonkeyPatch) -> None:
    matter = cast.finalised()
    move_clock(monkeypatch, day(9))
    page = said(_open(matter))
    assert "We decided, and the decision was overturned" in page
    assert "This matter is closed" in page
    for hidden in (cast.APPEAL, cast.SUBMISSION, "We read the post as being about the plan", "Rowan", "Mo Abara"):
        assert hidden not in page
    assert "Petra Oaks" not in page


def test_a_decision_that_stands_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    matter = cast.reconsidered(answer=Answer.STANDS)
    move_clock(monkeypatch, day(4))
    assert "The decision was looked at again, and it stands." in said(_open(matter))


def test_something_is_added_once_with_its_picture(reported: Matter) -> None:
    browser = Client()
    page = _open(reported, browser)
    answers = {"words": "He has done it again.", "form_key": value(page, "form_key")}
    for _ in range(2):
        page = browser.post(_progress(reported), {**answers, "pictures": [picture()]}, follow=True)
    assert "We have added this to your report" in said(page)
    [added] = reported.papers(Paper.Kind.ADDITION)
    assert added.words == {"words": "He has done it again."}
    file = Attachment.objects.get()
    shown = browser.get(f"{_progress(reported)}files/{file.pk}/")
    assert shown["Content-Type"] == "image/jpeg"
    assert shown["Cache-Control"] == "private, no-store"


def test_nothing_to_add_is_said_and_the_page_stays(reported: Matter) -> None:
    browser = Client()
    page = _open(reported, browser)
    answer = browser.post(_progress(reported), {"words": "  ", "form_key": value(page, "form_key")})
    assert answer.status_code == 422
    assert "Please write what you would like to add." in said(answer)
    answer = browser.post(_progress(reported), {"words": "a\x00", "form_key": ""})
    assert answer.status_code == 422
    assert box(answer, "words").startswith("a")


def test_a_report_about_a_child_takes_no_picture_later_either(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(1))
    matter = cast.reported(kind=ReportKind.CHILD_SAFETY, words="", link="https://example.org/posts/100")
    browser = Client()
    page = _open(matter, browser)
    assert 'type="file"' not in page.content.decode()
    browser.post(_progress(matter), {"words": "The same account.", "pictures": [picture()], "form_key": ""})
    assert not Attachment.objects.exists()


def test_pictures_are_shown_to_their_own_party_only(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(2))
    matter = cast.decided()
    browser = party(matter.receipt.grant)
    browser.post(_progress(matter), {"words": "Look.", "pictures": [picture()], "form_key": ""})
    file = Attachment.objects.get()
    base = f"/o/{matter.branch.org.slug}"
    assert browser.get(f"{_progress(matter)}files/{file.pk}/").status_code == 200
    author = party(matter.grant)
    assert author.get(f"{base}/notice/{matter.grant.pk}/files/{file.pk}/").status_code == 404
    assert author.get(f"{_progress(matter)}files/{file.pk}/").status_code == 404
    assert Client().get(f"{_progress(matter)}files/{file.pk}/").status_code == 404


def test_several_reports_of_one_browser_lie_side_by_side(reported: Matter) -> None:
    browser = Client()
    other = cast.reported(reported.branch, post=None, link="https://example.org/elsewhere")
    _open(reported, browser)
    page = _open(other, browser)
    assert "Your other reports" in said(page)
    assert browser.get(_progress(reported)).status_code == 200
    listed = said(browser.get(f"/o/{reported.branch.org.slug}/track/"))
    assert listed.count("Your report of") == 2


def test_a_shared_device_forgets(reported: Matter) -> None:
    browser = Client()
    _open(reported, browser)
    page = browser.post(f"/o/{reported.branch.org.slug}/forget/", follow=True)
    assert "Closed on this device" in said(page)
    assert browser.get(_progress(reported)).status_code == 404


def test_what_people_wrote_is_shown_and_never_run(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(1))
    matter = cast.reported(words="<script>alert(1)</script> \u202e evil")
    page = _open(matter).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "RLO" in page


def test_what_comes_after_the_end_is_refused_in_plain_words_and_kept_in_the_form(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    matter = cast.finalised()
    move_clock(monkeypatch, day(9))
    browser = party(matter.receipt.grant)
    assert "<textarea" not in browser.get(_progress(matter)).content.decode()
    page = browser.post(_progress(matter), {"words": "One thing more", "form_key": ""})
    assert page.status_code == 422
    assert "This matter is closed, so nothing can be added any more." in said(page)
    assert box(page, "words") == "One thing more"
