"""The decision form in a real browser: only the questions that an answer brings up are shown, and none is lost."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.places import PROJECT

pytestmark = pytest.mark.browser

SCRIPT = PROJECT / "src/folkmoot/web/desk/static/desk/asks.js"
FORM = """<!doctype html><title>t</title><form>
<label><input type="radio" name="outcome" value="remove">remove</label>
<label><input type="radio" name="outcome" value="no_breach">no breach</label>
<div id="codes" data-asked-by="outcome=remove outcome=warn"><input type="checkbox" name="codes" value="H1"></div>
<div id="aimed" data-asked-by="codes=H1">At whom?</div>
<div id="wrong" data-asked-by="outcome=warn"><p class="field-error">Please choose one.</p></div>
</form>"""


@pytest.fixture
def page(browser: Browser) -> Page:
    found = browser.new_page()
    found.set_content(FORM)
    return found


def test_without_the_script_every_question_is_there(page: Page) -> None:
    expect(page.locator("#codes")).to_be_visible()


def test_a_question_is_shown_while_an_answer_brings_it_up(page: Page) -> None:
    page.add_script_tag(path=SCRIPT)
    expect(page.locator("#codes")).to_be_hidden()
    page.check("[value=remove]")
    expect(page.locator("#codes")).to_be_visible()
    page.check("[value=H1]")
    expect(page.locator("#aimed")).to_be_visible()
    page.check("[value=no_breach]")
    expect(page.locator("#codes")).to_be_hidden()


def test_what_has_to_be_mended_stays_in_view(page: Page) -> None:
    page.add_script_tag(path=SCRIPT)
    expect(page.locator("#wrong")).to_be_visible()
