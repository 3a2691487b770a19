"""Anybody reports a problem, without an account and without JavaScript, and gets a receipt."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from folkmoot.archive.models import Platform
from folkmoot.casefile.models import Attachment, Case, Grant, Paper
from folkmoot.outbox.links import receipt_code
from folkmoot.procedure.words import ReportKind
from tests import cast
from tests.cast import Branch, lay_open
from tests.web.browsers import move_clock, officer
from tests.web.public.reading import box, picture, said, value

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> Branch:
    move_clock(monkeypatch, cast.day(0))
    return cast.branch()


def _address(people: Branch, page: str = "report/") -> str:
    return f"/o/{people.org.slug}/{page}"


def _answers(people: Branch, browser: Client, **other: Any) -> dict[str, Any]:
    kind = other.get("kind", "attack")
    page = browser.get(_address(people), {"kind": kind})
    return {
        "kind": kind,
        "form_key": value(page, "form_key"),
        "words": "She calls people names.",
        "place": str(people.place.pk),
        "affected": "no",
        **other,
    }


def _send(people: Branch, browser: Client | None = None, **other: Any) -> Any:
    browser = browser or Client()
    return browser.post(_address(people), _answers(people, browser, **other), follow=True)


def test_what_it_is_about_is_asked_before_anything_can_be_uploaded(people: Branch) -> None:
    page = Client().get(_address(people))
    assert 'type="file"' not in page.content.decode()
    assert "Call 999 first" in said(page)
    for kind in ReportKind:
        assert f'value="{kind}"' in page.content.decode()
        assert Client().get(_address(people), {"kind": kind}).status_code == 200


@pytest.mark.parametrize("kind", ["", "nonsense", "attack\x00"])
def test_a_kind_that_is_none_is_asked_for_again(people: Branch, kind: str) -> None:
    page = Client().get(_address(people), {"kind": kind})
    assert page.status_code in {400, 422}
    assert 'type="file"' not in page.content.decode()


def test_a_report_gets_its_code_and_the_day_of_its_answer(people: Branch) -> None:
    page = _send(people, link="example.org/posts/100", name="Wren", email="Wren@Example.org", pictures=[picture()])
    grant = Grant.objects.get()
    report = grant.paper
    code = receipt_code(grant.nonce)
    assert page.redirect_chain == [(_address(people, "report/received/"), 303)]
    assert " ".join(code[at : at + 4] for at in range(0, 16, 4)) in said(page)
    assert "Saturday 7 November (in 5 days)" in said(page)
    assert page["Cache-Control"] == "private, no-store"
    assert report.words == {
        "words": "She calls people names.",
        "link": "https://example.org/posts/100",
        "name": "Wren",
        "email": "wren@example.org",
    }
    assert report.case.post == people.post
    assert Attachment.objects.get().paper == report
    assert lay_open(people.org) == []


def test_the_code_stands_in_no_table_and_no_address(people: Branch) -> None:
    page = _send(people)
    code = receipt_code(Grant.objects.get().nonce)
    assert code not in str(cast.everything())
    assert code not in str(page.redirect_chain)


def test_the_receipt_can_be_loaded_again_in_the_browser_that_sent_it_and_in_no_other(people: Branch) -> None:
    browser = Client()
    _send(people, browser)
    code = receipt_code(Grant.objects.get().nonce)
    assert value(browser.get(_address(people, "report/received/")), "code") == code
    assert "no receipt to show" in said(Client().get(_address(people, "report/received/")))


@pytest.mark.parametrize("forged", ["1", "1:abc:def", "x"])
def test_a_made_up_cookie_shows_no_receipt(people: Branch, forged: str) -> None:
    _send(people)
    browser = Client()
    browser.cookies["receipt"] = forged
    assert "no receipt to show" in said(browser.get(_address(people, "report/received/")))


def test_another_organisations_cookie_shows_no_receipt(people: Branch) -> None:
    browser = Client()
    _send(people, browser)
    other = cast.branch("Valley branch")
    assert "no receipt to show" in said(browser.get(f"/o/{other.org.slug}/report/received/"))


def test_a_form_that_comes_twice_is_one_report_with_one_code(people: Branch) -> None:
    browser = Client()
    answers = _answers(people, browser)
    first, second = (browser.post(_address(people), answers, follow=True) for _ in range(2))
    assert value(first, "code") == value(second, "code")
    assert Paper.objects.filter(kind=Paper.Kind.REPORT).count() == 1


def test_a_form_sent_again_with_other_words_is_a_report_of_its_own(people: Branch) -> None:
    browser = Client()
    answers = _answers(people, browser)
    browser.post(_address(people), answers)
    browser.post(_address(people), {**answers, "words": "And another one."})
    assert Paper.objects.filter(kind=Paper.Kind.REPORT).count() == 2


@pytest.mark.parametrize("key", ["", "short", "x" * 5000, "0" * 31 + "\x00"])
def test_a_broken_form_key_costs_nobody_their_report(people: Branch, key: str) -> None:
    page = _send(people, form_key=key)
    assert "We have your report" in said(page)


def test_where_a_child_may_be_in_danger_there_is_no_picture_and_no_copy(people: Branch) -> None:
    page = Client().get(_address(people), {"kind": "child_safety"})
    assert "Internet Watch Foundation" in said(page)
    assert "call 999 first" in said(page)
    assert 'type="file"' not in page.content.decode()
    assert 'name="quoted"' not in page.content.decode()
    sent = _send(
        people, kind="child_safety", link="https://example.org/posts/100", quoted="words", pictures=[picture()]
    )
    assert "We have your report" in said(sent)
    assert not Attachment.objects.exists()
    assert not Paper.objects.filter(kind=Paper.Kind.SNAPSHOT).exists()
    assert "quoted" not in Paper.objects.get(kind=Paper.Kind.REPORT).words
    assert Case.objects.get().urgent


def test_a_threat_points_to_the_police_before_the_form(people: Branch) -> None:
    page = Client().get(_address(people), {"kind": "threat"})
    assert said(page).index("call 999 first") < said(page).index("Link to the post")


def test_all_that_is_missing_is_said_at_once(people: Branch) -> None:
    page = said(_send(people, words="", quoted="", link="", affected="", place=""))
    for says in ("Please tell us what happened", "Please say where it is.", "Please say whether it is about you"):
        assert says in page


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"words": "", "quoted": ""}, "Please tell us what happened"),
        ({"link": "the one about the bins"}, "This does not look like a link"),
        ({"link": "javascript:alert(1)"}, "This does not look like a link"),
        ({"email": "wren"}, "does not look like an e-mail address"),
        ({"place": ""}, "Please say where it is."),
        ({"place": "999999"}, "Please choose one of the answers"),
        ({"affected": ""}, "whether it is about you: both answers are welcome"),
        ({"words": "a\x00b"}, "contains characters that cannot be kept"),
        ({"words": "x" * 20_001}, "please keep it to 20,000"),
        ({"quoted": "\x1b[2J"}, "contains characters that cannot be kept"),
        ({"name": "n" * 121}, "please keep it to 120"),
        ({"pictures": [SimpleUploadedFile("a.jpg", b"MZ a program")]}, "is not a picture that we can open"),
        ({"pictures": [SimpleUploadedFile("a.jpg", b"")]}, "is empty"),
        ({"pictures": [picture() for _ in range(4)]}, "at most 3"),
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(
    people: Branch, wrong: dict[str, Any], says: str
) -> None:
    before = cast.everything()
    page = _send(people, **{"quoted": "You <b>crook</b>", "name": "Wren", **wrong})
    assert page.status_code == 422
    assert says in said(page)
    assert value(page, "kind") == "attack"
    if "name" not in wrong:
        assert value(page, "name") == "Wren"
    if "quoted" not in wrong:
        assert box(page, "quoted") == "You <b>crook</b>"
    after = cast.everything()
    assert {name: rows for name, rows in after.items() if name != "members.Allowance"} == {
        name: rows for name, rows in before.items() if name != "members.Allowance"
    }


def test_pictures_have_to_be_chosen_again_and_the_page_says_so(people: Branch) -> None:
    page = _send(people, affected="", pictures=[picture()])
    assert "please choose them again" in said(page)


def test_words_from_right_to_left_and_half_characters_are_kept_or_refused(people: Branch) -> None:
    assert "We have your report" in said(_send(people, words="שלום \u202e gnp.exe"))
    browser = Client()
    answers = _answers(people, browser)
    body = "&".join(f"{name}={answer}" for name, answer in {**answers, "words": "%ED%A0%80"}.items())
    page = browser.post(_address(people), body, content_type="application/x-www-form-urlencoded", follow=True)
    assert page.status_code in {200, 422}


def test_too_many_reports_from_one_connection_are_refused_in_words_and_keep_what_was_typed(
    people: Branch, settings: Any
) -> None:
    settings.REPORTS_PER_HOUR = 2
    for number in range(2):
        assert "We have your report" in said(_send(people, words=f"Number {number}"))
    page = _send(people, words="One too many")
    assert page.status_code == 429
    assert "please send it again after" in said(page)
    assert box(page, "words") == "One too many"
    assert Paper.objects.filter(kind=Paper.Kind.REPORT).count() == 2


def test_too_many_bytes_from_one_connection_are_refused_before_anything_is_opened(
    people: Branch, settings: Any
) -> None:
    settings.UPLOAD_BYTES_PER_HOUR = 1000
    page = _send(people, pictures=[SimpleUploadedFile("a.jpg", b"x" * 2000)])
    assert page.status_code == 429
    assert not Case.objects.exists()


def test_whoever_works_here_reports_under_their_name_and_is_told_so(people: Branch) -> None:
    browser = officer(people.operator)
    page = browser.get(_address(people), {"kind": "attack"})
    assert "You are signed in as Mo Abara" in said(page)
    assert "We have your report" in said(_send(people, browser))
    assert Paper.objects.get(kind=Paper.Kind.REPORT).by == f"person:{people.operator.pk}"


def test_somebody_of_another_organisation_reports_as_a_visitor(people: Branch) -> None:
    _send(people, officer(cast.outsider()))
    assert Paper.objects.get(kind=Paper.Kind.REPORT).by == "visitor"


def test_a_report_of_what_is_decided_already_says_so(people: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    cast.decided(people)
    move_clock(monkeypatch, cast.day(2))
    page = _send(people, link="https://example.org/posts/100")
    assert "we have already decided about it" in said(page)


@pytest.mark.parametrize(
    ("link", "known"),
    [
        ("{post}", True),
        ("https://www.pages.example/harbour/posts/9?comment=1", True),
        ("pages.example/harbour/", True),
        ("https://pages.example/harbours/posts/9", False),
        ("https://pages.example.evil.example/harbour/posts/9", False),
        ("https://[pages.example/harbour", False),
        ("", False),
    ],
)
def test_whoever_gives_a_link_to_one_of_our_places_need_not_say_where_it_is(
    people: Branch, link: str, known: bool
) -> None:
    Platform.objects.filter(pk=people.place.pk).update(url="https://pages.example/harbour/")
    page = said(_send(people, place="", link=link.format(post=people.post.url)))
    assert ("Please say where it is." in page) is not known
    assert [case.platform for case in Case.objects.all()] == ([people.place] if known else [])


def test_another_organisations_place_cannot_be_chosen(people: Branch) -> None:
    other = cast.branch("Valley branch")
    page = _send(people, place=str(other.place.pk))
    assert page.status_code == 422
    assert other.place.pk not in {case.platform_id for case in Case.objects.all()}


@pytest.mark.parametrize(
    ("subject", "asked", "not_asked"),
    [
        ("post", ["Link to the post", "What the post says"], ["Whose account is it?"]),
        ("thread", ["Link to the conversation, or to a post in it"], ["Whose account is it?"]),
        ("pattern", ["Whose account is it?", "Link to one of its posts"], []),
        (
            "offline",
            ["Where was it?", "what was said or done, when, and who was there"],
            ["Link to", "What the post says"],
        ),
    ],
)
def test_what_it_is_about_decides_what_the_form_asks(
    people: Branch, subject: str, asked: list[str], not_asked: list[str]
) -> None:
    first = Client().get(_address(people))
    assert f'value="{subject}"' in first.content.decode()
    browser = Client()
    page = browser.get(_address(people), {"kind": "attack", "subject": subject})
    assert all(words in said(page) for words in asked)
    assert not any(words in said(page) for words in not_asked)
    answers = {**_answers(people, browser), "form_key": value(page, "form_key"), "subject": subject}
    assert "We have your report" in said(browser.post(_address(people), answers, follow=True))
    case = Case.objects.get()
    assert case.subject == subject
    assert case.papers.get(kind=Paper.Kind.REPORT).facts["good_faith"] is True
