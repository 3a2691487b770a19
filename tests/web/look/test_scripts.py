"""The look's scripts in a real browser: drafts, marking a passage, copying. Pages work without them."""

import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

STATIC = Path(__file__).resolve().parents[3] / "src/folkmoot/web/look/static"
FORM = """<!doctype html><title>t</title>
<form data-draft="report" action="/landed">
<input type="hidden" name="token" value="new">
<input type="hidden" name="form_key" value="NEW"> <input type="hidden" name="seen" value="4">
<input name="link"> <textarea name="what"></textarea>
<label><input type="radio" name="kind" value="spam">spam</label>
<label><input type="radio" name="kind" value="hate">hate</label>
<input type="password" name="secret"> <input name="sealed" data-unkept> <input type="file" name="picture">
<p data-draft-line hidden><span data-draft-kept>Kept at <span data-draft-at></span></span>
<span data-draft-unanswered hidden>Sent at <span data-draft-at></span></span>
<button type="button" data-draft-discard>Throw it away</button></p>
<p data-draft-lost hidden>Not sent</p><p data-draft-again hidden>Connected again</p>
<button>Send</button></form>
<script type="module" src="/look/draft.js"></script>"""

DONE = """<!doctype html><title>t</title><div data-draft-done="report"></div>
<script type="module" src="/look/draft.js"></script>"""

ANSWERED = FORM.replace('<input name="link">', '<input name="link" value="from the server">')

PASSAGE = """<!doctype html><title>t</title>
<p data-passage-source>Fair point. You are a <b>two-faced</b>
ra<span class="unseen" data-code="200b">ZWSP</span>t, sir.</p>
<p id="elsewhere">Not part of the post.</p>
<form><textarea data-passage-target></textarea>
<p data-passage-help hidden><button type="button" data-passage-whole>It is the whole post</button></p></form>
<script src="/look/passage.js" defer></script>"""

COPY = """<!doctype html><title>t</title><p id="code"><span>4417 9022</span> <span>6530 8841</span></p>
<button type="button" data-copy="#code" data-copied="Copied" hidden>Copy</button>
<script src="/look/copy.js" defer></script>"""

# Typed over what the server had put there: the draft is of exactly that, so it comes back.
BEGUN = FORM.replace('<textarea name="what">', '<textarea name="what">First words.')
CHECK = """<!doctype html><title>t</title><form data-draft-sends="report" action="/done"><button>Send</button></form>
<script type="module" src="/look/draft.js"></script>"""
SIGNED_IN = FORM.replace("<!doctype html><title>t</title>", '<!doctype html><title>t</title><body data-draft-of="7">')
ANOTHER = SIGNED_IN.replace('"7"', '"8"')
LEAVING = """<!doctype html><title>t</title><form data-forget-drafts action="/form"><button>Sign out</button></form>
<script type="module" src="/look/draft.js"></script>"""
LANDED = "<!doctype html><title>t</title><p>Landed</p>"

PAGES = {
    "/form": FORM,
    "/done": DONE,
    "/answered": ANSWERED,
    "/begun": BEGUN,
    "/check": CHECK,
    "/signed-in": SIGNED_IN,
    "/another": ANOTHER,
    "/leaving": LEAVING,
    "/landed": LANDED,
    "/passage": PASSAGE,
    "/copy": COPY,
}


class Handler(SimpleHTTPRequestHandler):
    """Serves the pages above and the look's static files."""

    def do_GET(self) -> None:
        page = PAGES.get(self.path.split("?")[0])
        if page is None:
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(STATIC)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def context(browser: Browser, site: str) -> Iterator[BrowserContext]:
    opened = browser.new_context(base_url=site)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def write_a_draft(page: Page) -> None:
    page.goto("/form")
    page.fill("[name=what]", "He called her a rat.")
    page.fill("[name=secret]", "hush")
    page.fill("[name=sealed]", "hush")
    page.check("[value=hate]")
    page.wait_for_selector("[data-draft-line]:visible")


def test_what_was_typed_is_still_there_after_the_page_was_closed(page: Page) -> None:
    write_a_draft(page)
    page.goto("/form")
    assert page.input_value("[name=what]") == "He called her a rat."
    assert page.is_checked("[value=hate]")
    assert page.is_visible("[data-draft-line]")


def test_passwords_and_hidden_fields_are_never_kept(page: Page) -> None:
    write_a_draft(page)
    kept = page.evaluate("localStorage.getItem('folkmoot.draft.report')")
    assert "He called her a rat." in kept
    assert "hush" not in kept
    assert "token" not in kept


def test_a_draft_goes_when_the_next_page_says_that_it_arrived(page: Page) -> None:
    write_a_draft(page)
    page.goto("/done")
    assert page.evaluate("localStorage.length") == 0


def test_a_draft_goes_when_it_is_discarded(page: Page) -> None:
    write_a_draft(page)
    page.click("[data-draft-discard]")
    assert page.input_value("[name=what]") == ""
    assert not page.is_checked("[value=hate]")
    page.goto("/form")
    assert page.input_value("[name=what]") == ""
    assert page.is_hidden("[data-draft-line]")


def test_what_the_server_sent_back_wins_over_the_draft(page: Page) -> None:
    page.goto("/form")
    page.fill("[name=link]", "from the draft")
    page.wait_for_selector("[data-draft-line]:visible")
    page.goto("/answered")
    assert page.input_value("[name=link]") == "from the server"


def test_a_draft_older_than_a_week_is_dropped(page: Page) -> None:
    write_a_draft(page)
    page.goto("/passage")  # what was typed last is kept by now
    page.evaluate(
        "() => { const key = 'folkmoot.draft.report'; const kept = JSON.parse(localStorage[key]);"
        " kept.at -= 8 * 24 * 3600 * 1000; localStorage[key] = JSON.stringify(kept); }"
    )
    page.goto("/form")
    assert page.input_value("[name=what]") == ""


def test_a_draft_says_when_it_was_kept(page: Page) -> None:
    write_a_draft(page)
    assert re.fullmatch(r"Kept at \d\d:\d\d", page.inner_text("[data-draft-kept]"))
    assert page.is_hidden("[data-draft-unanswered]")


def test_a_draft_over_words_of_the_server_comes_back_and_only_over_the_same_words(page: Page) -> None:
    page.goto("/begun")
    page.fill("[name=what]", "First words, and mine.")
    page.wait_for_selector("[data-draft-line]:visible")
    page.goto("/begun")
    assert page.input_value("[name=what]") == "First words, and mine."
    page.click("[data-draft-discard]")
    assert page.input_value("[name=what]") == "First words."


def test_without_a_connection_nothing_leaves_nothing_is_lost_and_the_page_says_so(
    context: BrowserContext, page: Page
) -> None:
    write_a_draft(page)
    context.set_offline(True)
    page.click("text=Send")
    page.wait_for_selector("[data-draft-lost]:visible")
    assert page.input_value("[name=what]") == "He called her a rat."
    assert page.url.endswith("/form")
    context.set_offline(False)
    page.wait_for_selector("[data-draft-again]:visible")
    page.click("text=Send")
    page.wait_for_selector("text=Landed")
    assert "draft=report" in page.url
    assert "He+called+her+a+rat." in page.url


def test_what_got_no_answer_comes_back_as_the_same_form_so_that_it_counts_once(page: Page) -> None:
    write_a_draft(page)
    page.click("text=Send")
    page.wait_for_selector("text=Landed")
    PAGES["/form"] = FORM.replace("NEW", "LATER").replace('value="4"', 'value="5"')
    try:
        page.goto("/form")
    finally:
        PAGES["/form"] = FORM
    assert page.is_visible("[data-draft-unanswered]")
    assert (page.input_value("[name=form_key]"), page.input_value("[name=seen]")) == ("NEW", "5")
    page.fill("[name=what]", "He called her a rat, twice.")  # other words are another form, and none of them is lost
    assert page.input_value("[name=form_key]") == "LATER"
    page.click("[data-draft-discard]")
    assert page.input_value("[name=form_key]") == "LATER"


def test_at_the_desk_and_where_nothing_was_sent_a_draft_comes_back_in_a_new_form(page: Page) -> None:
    for at, sent in (("/signed-in", True), ("/form", False)):
        page.goto(at)
        page.fill("[name=what]", "He called her a rat.")
        page.wait_for_selector("[data-draft-line]:visible")
        if sent:
            page.click("text=Send")
            page.wait_for_selector("text=Landed")
        before = PAGES[at]
        PAGES[at] = before.replace("NEW", "LATER").replace('value="4"', 'value="5"')
        try:
            page.goto(at)
        finally:
            PAGES[at] = before
        assert page.input_value("[name=what]") == "He called her a rat."
        assert (page.input_value("[name=form_key]"), page.input_value("[name=seen]")) == ("LATER", "5")


def test_a_page_to_check_the_answers_keeps_the_draft_until_it_has_arrived(page: Page) -> None:
    write_a_draft(page)
    page.click("text=Send")
    page.wait_for_selector("text=Landed")
    page.goto("/check")
    page.goto("/form")
    assert page.is_visible("[data-draft-kept]")
    page.goto("/check")
    page.click("text=Send")
    page.wait_for_url("**/done?draft=report")
    assert page.evaluate("localStorage.length") == 0


def test_drafts_are_forgotten_at_sign_out_and_when_another_signs_in(page: Page) -> None:
    for leave in ("/leaving", "/another"):
        page.goto("/signed-in")
        page.fill("[name=what]", "He called her a rat.")
        page.wait_for_selector("[data-draft-line]:visible")
        page.goto("/signed-in")
        assert page.input_value("[name=what]") == "He called her a rat."
        page.goto(leave)
        if leave == "/leaving":
            page.click("text=Sign out")
            page.wait_for_url("**/form?")
        assert page.evaluate("localStorage.length") == 0, leave


def select(page: Page, selector: str) -> None:
    page.evaluate(
        "(selector) => { const range = document.createRange(); const chosen = getSelection();"
        " range.selectNodeContents(document.querySelector(selector));"
        " chosen.removeAllRanges(); chosen.addRange(range); }",
        selector,
    )


def highlighted(page: Page) -> str:
    return str(page.evaluate("[...CSS.highlights.get('passage')][0].toString()"))


def test_selecting_in_the_post_fills_the_passage_with_what_was_really_written(page: Page) -> None:
    page.goto("/passage")
    select(page, "[data-passage-source]")
    page.wait_for_function("document.querySelector('textarea').value")
    assert page.input_value("textarea") == "Fair point. You are a two-faced\nra\u200bt, sir."
    assert highlighted(page).startswith("Fair point. You are a two-faced")
    page.fill("textarea", "ra\u200bt")
    assert highlighted(page) == "raZWSPt"


def test_the_whole_post_goes_into_the_form_by_a_button(page: Page) -> None:
    page.goto("/passage")
    page.click("text=It is the whole post")
    assert page.input_value("textarea") == "Fair point. You are a two-faced\nra\u200bt, sir."
    assert highlighted(page).startswith("Fair point.")


def test_selecting_elsewhere_leaves_the_passage_alone(page: Page) -> None:
    page.goto("/passage")
    page.fill("textarea", "two-faced")
    assert highlighted(page) == "two-faced"
    select(page, "#elsewhere")
    page.wait_for_timeout(400)
    assert page.input_value("textarea") == "two-faced"


def test_copying_a_receipt_gives_the_code_in_one_line(context: BrowserContext, page: Page) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/copy")
    page.click("button")
    page.wait_for_selector("text=Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "4417 9022 6530 8841"
