"""Checking a draft: an answer in plain words, as one types or by a button, and nothing of the text is kept anywhere."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from folkmoot.advice import asking
from folkmoot.advice.asking import MOST_TYPED
from folkmoot.casefile.record import SYSTEM
from folkmoot.config.json_lines import JsonLines
from folkmoot.config.logs import Plain
from folkmoot.detectors.finding import Finding, Signal
from folkmoot.detectors.judgement import Judgement
from folkmoot.detectors.served.client import NoAnswer
from folkmoot.editions.meant import PACK
from folkmoot.steps.add_organisation import add_organisation
from folkmoot.web.public.checking import EXAMPLES
from tests import cast
from tests.judged import insult, judgement
from tests.web.browsers import move_clock
from tests.web.public.reading import box, said, value

pytestmark = pytest.mark.django_db

CLOWN = "Joss is a clown, and quixotically so."
TYPING = {"HX-Request": "true"}


@pytest.fixture
def path(monkeypatch: pytest.MonkeyPatch) -> str:
    move_clock(monkeypatch, cast.day(0))
    org = add_organisation(name="Long rules", pack=PACK, by=SYSTEM, at=cast.FOUNDED)
    return reverse("public:draft_check", kwargs={"org": org.slug})


@pytest.fixture
def read_as(monkeypatch: pytest.MonkeyPatch) -> Callable[[Judgement | None], None]:
    """Return what says how the models' process reads each draft from now on; `None`: it does not answer."""

    def reads(judged: Judgement | None) -> None:
        def ask(texts: Any, **_: Any) -> list[Judgement]:
            if judged is None:
                raise NoAnswer("Nobody is there.")
            return [judged for _ in texts]

        monkeypatch.setattr(asking, "ask", ask)

    reads(judgement(score=0.01))
    return reads


def test_the_front_page_and_the_rules_lead_there_and_it_says_that_nothing_is_kept(path: str) -> None:
    root = path.removesuffix("draft-check/")
    for page in (root, f"{root}rules/"):
        assert f'href="{path}"' in Client().get(page).content.decode()
    page = Client().get(path)
    assert "Nothing of your text is kept" in said(page)
    assert page["Cache-Control"] == "private, no-store"


def test_the_answer_names_the_rule_with_its_words_and_leads_to_it(path: str, read_as: Any) -> None:
    read_as(judgement(insult(CLOWN, "clown", 0.8, "R2"), score=0.9))
    page = Client().post(path, {"text": CLOWN})
    words = said(page)
    assert "likely to run into R2, No insults, harassment or aggression" in words
    assert "Be pleasant at all times." in words  # the clause's own text
    assert "Criticise the decision, not the person" in words
    assert "people decide" in words
    html = page.content.decode()
    assert '<mark class="is-hint">clown</mark><sup><a href="#remark-1">' in html
    assert f'href="{path.removesuffix("draft-check/")}rules/R2/"' in html
    assert box(page, "text") == CLOWN
    assert page["Cache-Control"] == "private, no-store"


def test_forceful_criticism_is_told_that_it_is_fine(path: str, read_as: Any) -> None:
    read_as(judgement(score=0.02, at_policy=0.99))
    assert "This is robust, and fine." in said(Client().post(path, {"text": "This plan betrays us all."}))


def test_as_one_types_only_what_stands_below_is_answered_with_a_line_for_those_who_listen(
    path: str, read_as: Any
) -> None:
    read_as(judgement(insult(CLOWN, "clown", 0.8, "R2"), score=0.9))
    part = Client().post(path, {"text": CLOWN}, headers=TYPING)
    html = part.content.decode()
    assert "<html" not in html
    assert 'id="draft-said" hx-swap-oob="innerHTML">As it stands, this is likely to run into R2' in html
    assert "1 remark." in html
    assert 'id="remark-1"' in html


@pytest.mark.parametrize("text", ["", "   \n "])
def test_with_nothing_written_the_button_asks_for_words_and_typing_says_nothing(
    path: str, read_as: Any, text: str
) -> None:
    page = Client().post(path, {"text": text})
    assert page.status_code == 422
    assert "Please write or paste here what you would like to post." in said(page)
    part = Client().post(path, {"text": text}, headers=TYPING)
    assert part.status_code == 200
    assert "What there is to say will stand here." in part.content.decode()


def test_what_is_too_long_is_refused_politely_either_way(path: str, read_as: Any) -> None:
    long = "The bus was late. " * 1_120
    page = Client().post(path, {"text": long})
    assert page.status_code == 422
    assert "please keep it to 20,000" in said(page)
    assert "please keep it to 20,000" in Client().post(path, {"text": long}, headers=TYPING).content.decode()


def test_a_long_text_is_checked_by_the_button_alone_and_it_says_so(path: str, read_as: Any) -> None:
    long = ("The bus was late. " * MOST_TYPED)[:MOST_TYPED]
    assert "Nothing here runs into the rules." in Client().post(path, {"text": long}, headers=TYPING).content.decode()
    part = Client().post(path, {"text": f"{long} again"}, headers=TYPING).content.decode()
    assert part.count("This is a long text. It is checked once you press “Check it”.") == 2  # seen, and read aloud
    assert "Nothing here runs into the rules." not in part
    assert "Nothing here runs into the rules." in said(Client().post(path, {"text": f"{long} again"}))


def test_without_the_models_words_and_numbers_are_looked_at_and_it_says_so(path: str, read_as: Any) -> None:
    read_as(None)
    words = said(Client().post(path, {"text": "Ring him on 07700 900123."}))
    assert "F7, Private information" in words
    assert "does not answer just now" in words


def test_rules_of_their_own_are_not_named_by_our_codes(monkeypatch: pytest.MonkeyPatch, read_as: Any) -> None:
    move_clock(monkeypatch, cast.day(0))
    read_as(judgement(insult(CLOWN, "clown", 0.8, "R2"), score=0.9))
    words = said(Client().post(f"/o/{cast.branch().org.slug}/draft-check/", {"text": CLOWN}))
    assert "likely to run into the rules." in words
    assert "R2" not in words


def test_all_that_is_found_is_shown_with_care(path: str, read_as: Any) -> None:
    text = "<b>You</b> \u202eclown & co"
    start = text.index("clown")
    found = Finding(Signal.INSULT, "R2", 0.8, start, start + 5, "It may be a name.")
    read_as(judgement(found, score=0.9))
    html = Client().post(path, {"text": text}).content.decode()
    assert "<b>You" not in html
    assert "&lt;b&gt;You" in html
    assert 'title="right-to-left override' in html


def test_there_is_a_limit_that_is_said_in_words(path: str, read_as: Any, settings: Any) -> None:
    settings.DRAFT_CHECKS_PER_HOUR = 2
    browser = Client()
    assert [browser.post(path, {"text": "A"}).status_code for _ in range(3)] == [200, 200, 429]
    part = browser.post(path, {"text": "A"}, headers=TYPING)
    assert part.status_code == 200
    assert "More has come in this hour" in part.content.decode()


def test_a_forged_form_is_refused(path: str, read_as: Any) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(path, {"text": "A"}).status_code == 403
    page = browser.get(path)
    token = value(page, "csrfmiddlewaretoken")
    assert browser.post(path, {"text": "A", "csrfmiddlewaretoken": token}).status_code == 200


def test_only_the_demo_has_examples(path: str, read_as: Any, settings: Any) -> None:
    assert "Examples" not in Client().get(path).content.decode()
    assert box(Client().get(f"{path}?example=person"), "text") == ""
    assert set(EXAMPLES) == {"criticism", "person"}


class Written(logging.Handler):
    """Keeps every line that any logger would have our logs print."""

    def __init__(self) -> None:
        super().__init__(0)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += [Plain().format(record), JsonLines().format(record)]


@pytest.fixture
def written() -> Iterator[Written]:
    root, handler = logging.getLogger(), Written()
    loggers = [root, *(logging.getLogger(name) for name in logging.root.manager.loggerDict)]
    before = [(one, one.level) for one in loggers]
    for one in loggers:
        one.addHandler(handler)
        one.setLevel(1)
    yield handler
    for one, level in before:
        one.removeHandler(handler)
        one.setLevel(level)


def test_after_a_check_no_row_no_line_of_a_log_and_no_file_holds_the_text(
    path: str, read_as: Any, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "quixotically"
    browser = Client(raise_request_exception=False)
    for judged in (judgement(insult(CLOWN, "clown", 0.8, "R2"), score=0.9), None):
        read_as(judged)
        for headers in ({}, TYPING):
            answer = browser.post(path, {"text": CLOWN}, headers=headers)
            assert secret in answer.content.decode()
            assert not [value for _, value in answer.headers.items() if secret in value]
            assert secret not in str(answer.cookies) + str(dict(browser.session))

    def fails(*_: Any, **__: Any) -> Any:
        raise ValueError(f"could not read {CLOWN}")

    monkeypatch.setattr("folkmoot.web.public.checking.advise", fails)
    assert browser.post(path, {"text": CLOWN}).status_code == 500
    assert written.lines
    assert not [line for line in written.lines if secret in line]
    for model in apps.get_models():
        assert not [row for row in model._default_manager.values_list() if secret in str(row)], model
    kept = [file for file in Path(django_settings.DATA).rglob("*") if file.is_file()]
    assert not [file for file in kept if secret.encode() in file.read_bytes()]
