"""What is refused before a page sees it, and how every refusal is said."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.cast import Branch, branch

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.sample_urls")]


@pytest.fixture
def people() -> Branch:
    return branch()


@pytest.mark.parametrize(
    ("why", "status", "sentence"),
    [
        ("not-permitted", 403, "The panel may not do this."),
        ("stale", 409, "Somebody was quicker."),
        ("bad-input", 400, "This cannot be taken."),
        ("too-much", 429, "Please come back at 14:00."),
    ],
)
def test_a_refusal_that_leaves_a_view_is_a_page_with_its_sentence(
    people: Branch, why: str, status: int, sentence: str
) -> None:
    path = f"/o/{people.org.slug}/refuse/{why}/"
    answer = Client().get(path)
    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert "<h1>" in answer.content.decode()


def test_htmx_gets_a_fragment_that_it_shows(people: Branch) -> None:
    answer = Client().get(f"/o/{people.org.slug}/refuse/stale/", headers={"hx-request": "true"})
    assert answer.status_code == 422
    assert answer.content.decode().strip().startswith("<p")
    assert "Somebody was quicker." in answer.content.decode()


def test_a_refusal_leads_back_to_the_page_it_came_from_and_to_no_other_site(people: Branch) -> None:
    path = f"/o/{people.org.slug}/refuse/stale/"
    ours = Client().get(path, headers={"referer": f"http://testserver/o/{people.org.slug}/desk/?page=2"})
    assert f'href="/o/{people.org.slug}/desk/?page=2"' in ours.content.decode()
    for page in (
        "https://evil.example/x",
        "javascript:alert(1)",
        "//evil.example",
        "http://testserver//evil.example",
        "http://[half",
        "\0",
    ):
        strange = Client().get(path, headers={"referer": page})
        assert "evil" not in strange.content.decode()
        assert "alert" not in strange.content.decode()


def form(**other: str) -> dict[str, str]:
    return {"seen": "5", "form_key": "ab" * 16, "words": "What I typed.", **other}


def test_a_refused_step_leaves_what_was_typed_in_the_form(people: Branch) -> None:
    page = Client().post(f"/o/{people.org.slug}/step/bad-input/", form()).content.decode()
    assert "What I typed." in page
    assert "This cannot be taken." in page
    assert 'value="' + "ab" * 16 in page


def test_after_a_stale_page_the_form_can_be_sent_again(people: Branch) -> None:
    page = Client().post(f"/o/{people.org.slug}/step/stale/", form()).content.decode()
    assert "What I typed." in page
    assert 'name="seen" value="7"' in page


def test_a_refusal_does_not_pretend_that_the_page_was_read_again(people: Branch) -> None:
    page = Client().post(f"/o/{people.org.slug}/step/not-permitted/", form()).content.decode()
    assert 'name="seen" value="5"' in page


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("words", "", "Reasons: please fill this in."),
        ("words", " \n\u200b ", "Reasons: please fill this in."),
        ("words", "a\0b", "characters that cannot be kept"),
        ("words", "x" * 51, "please keep it to 50"),
        ("words", "\x07bell", "characters that cannot be kept"),
        ("seen", "-1", "open the page again"),
        ("seen", "9" * 400, "open the page again"),
        ("seen", "one", "open the page again"),
        ("form_key", "A" * 32, "open the page again"),
        ("form_key", "ab" * 16 + "\n", "open the page again"),
        ("form_key", "", "open the page again"),
    ],
)
def test_what_cannot_be_taken_is_said_in_our_words(people: Branch, field: str, value: str, says: str) -> None:
    page = Client().post(f"/o/{people.org.slug}/step/stale/", form(**{field: value})).content.decode()
    assert says in page
    assert "Somebody was quicker" not in page


def test_right_to_left_words_are_kept_as_they_are(people: Branch) -> None:
    page = Client().post(f"/o/{people.org.slug}/step/stale/", form(words="שלום \u202eabc")).content.decode()
    assert "שלום \u202eabc" in page
    assert "Somebody was quicker" in page


@pytest.mark.parametrize(
    "path", ["?a=%00", "?%00", "%00/", "desk/%00", "?a=%ff%fe", "?a=%ed%a0%80", "?a[]=1&a[=", "?" + "a=1&" * 900, "?%"]
)
def test_no_address_is_a_fault_of_ours(people: Branch, path: str) -> None:
    answer = Client(raise_request_exception=False).get(f"/o/{people.org.slug}/read/{path}")
    assert answer.status_code in {200, 302, 400, 404, 413}


BOUNDARY = "multipart/form-data; boundary=xx"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"--xx\r\nContent-Disposition: form-data; name=", BOUNDARY, {200, 400}),
        (b"nothing of the kind", "multipart/form-data", {400}),
        (b"--xx\r\n", "multipart/form-data; boundary=\xe9".encode("latin-1").decode("latin-1"), {400}),
        (b"\xff\xfe" * 100, "application/x-www-form-urlencoded", {200}),
        (b"a=%ed%a0%80&b=%ff", "application/x-www-form-urlencoded", {200}),
        (b"a=1", "application/x-www-form-urlencoded; charset=utf-16", {200, 400}),
        (b"a=1", "application/x-www-form-urlencoded; charset=nonsense", {200, 400}),
        (b"a=b&" * 401, "application/x-www-form-urlencoded", {413}),
        (b"a=" + b"x" * 2_000_001, "application/x-www-form-urlencoded", {413}),
        (
            b'--xx\r\nContent-Disposition: form-data; name="a"\r\n'
            b"Content-Transfer-Encoding: base64\r\n\r\n!\r\n--xx--\r\n",
            BOUNDARY,
            {200, 400},
        ),
    ],
)
def test_no_body_is_a_fault_of_ours(people: Branch, body: bytes, kind: str, status: set[int]) -> None:
    browser = Client(raise_request_exception=False)
    answer = browser.generic("POST", f"/o/{people.org.slug}/read/", body, content_type=kind)
    assert answer.status_code in status
    if answer.status_code == 413:
        assert "That is too large" in answer.content.decode()
    if answer.status_code == 400:
        assert "That could not be read" in answer.content.decode()


def test_more_than_we_take_is_refused_unread(people: Branch) -> None:
    class Unread:
        def read(self, *_: Any) -> bytes:
            raise AssertionError("the body was read")

        readline = read

    answer = Client().generic(
        "POST",
        f"/o/{people.org.slug}/read/",
        CONTENT_LENGTH=str(settings.REQUEST_MAX_BYTES + 1),
        **{"wsgi.input": Unread()},
    )
    assert answer.status_code == 413
    assert "That is too large" in answer.content.decode()


@pytest.mark.parametrize("length", ["-1", "many", "1e9", "٣"])
def test_a_length_that_is_no_number_is_refused(people: Branch, length: str) -> None:
    answer = Client().generic("POST", f"/o/{people.org.slug}/read/", b"a=1", CONTENT_LENGTH=length)
    assert answer.status_code == 400


@pytest.mark.parametrize("host", ["elsewhere.example", "a b", "[", "localhost:port", ""])
def test_another_host_is_refused_in_plain_words(host: str) -> None:
    answer = Client(raise_request_exception=False).get("/", headers={"host": host})
    assert answer.status_code == 400
    assert "That could not be read" in answer.content.decode()


def test_a_form_that_is_out_of_date_shows_what_was_typed_and_the_way_back(people: Branch) -> None:
    browser = Client(enforce_csrf_checks=True)
    page = f"http://testserver/o/{people.org.slug}/desk/"
    origin = {"origin": "http://testserver", "referer": page}
    answer = browser.post(
        f"/o/{people.org.slug}/read/", {"words": "<b>My long appeal</b>", "seen": "3"}, headers=origin
    )
    shown = answer.content.decode()
    assert answer.status_code == 403
    assert "This form is out of date" in shown
    assert "&lt;b&gt;My long appeal&lt;/b&gt;" in shown
    assert "Seen" not in shown
    assert f'href="/o/{people.org.slug}/desk/"' in shown


def test_another_site_cannot_put_words_in_our_mouth(people: Branch) -> None:
    browser = Client(enforce_csrf_checks=True)
    for origin in ({"origin": "https://evil.example"}, {}):
        answer = browser.post(f"/o/{people.org.slug}/read/", {"words": "You have won"}, headers=origin)
        assert answer.status_code == 403
        assert "You have won" not in answer.content.decode()


def test_a_session_cookie_that_nobody_made_opens_nothing(people: Branch) -> None:
    for cookie in ("x", "\u00e9" * 10, "a" * 5000, "'; DROP TABLE--"):
        browser = Client()
        browser.cookies["sessionid"] = cookie
        assert browser.get(f"/o/{people.org.slug}/desk/").status_code == 302


def test_a_fault_of_ours_is_written_down_without_the_secret_in_its_address(
    people: Branch, caplog: pytest.LogCaptureFixture
) -> None:
    answer = Client(raise_request_exception=False).get(f"/o/{people.org.slug}/fail/secret-token/")
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.content.decode()
    assert "GET of the page sample_fault failed" in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert not [record for record in caplog.records if "secret-token" in record.getMessage()]


@pytest.mark.parametrize("headers", [{}, {"host": "evil.example"}, {"origin": "https://evil.example"}])
def test_no_log_holds_the_secret_in_an_address(
    people: Branch, caplog: pytest.LogCaptureFixture, headers: dict[str, str]
) -> None:
    browser = Client(raise_request_exception=False, enforce_csrf_checks=True)
    path = f"/o/{people.org.slug}/secret/secret-token/"
    assert browser.post(path, headers=headers).status_code in {400, 403}
    assert browser.get(f"/invitation/{'secret-token' * 3}/", headers=headers).status_code in {400, 403}
    assert "secret-token" not in caplog.text
