"""Checking an official post: figures, notes by point with their words, and nothing of the text is kept anywhere."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from folkmoot.advice import asking
from folkmoot.casefile.record import SYSTEM
from folkmoot.detectors.judgement import Judgement
from folkmoot.detectors.served.client import NoAnswer
from folkmoot.editions.meant import PACK
from folkmoot.steps.add_organisation import add_organisation
from tests import cast
from tests.advice.house_style.examples import BAD, GOOD, OTHER_LANGUAGES
from tests.judged import insult, judgement
from tests.web.browsers import move_clock
from tests.web.public.reading import box, said, value

pytestmark = pytest.mark.django_db

TYPING = {"HX-Request": "true"}
JARGON = "Going forward, our stakeholders are quixotically engaged. The CIL is due."


@pytest.fixture
def path(monkeypatch: pytest.MonkeyPatch) -> str:
    move_clock(monkeypatch, cast.day(0))
    org = add_organisation(name="Long rules", pack=PACK, by=SYSTEM, at=cast.FOUNDED)
    return reverse("public:house_style", kwargs={"org": org.slug})


@pytest.fixture(autouse=True)
def models(monkeypatch: pytest.MonkeyPatch) -> list[Judgement | None]:
    """Return what holds how the models' process reads each text; `None`: it does not answer."""
    reads: list[Judgement | None] = [judgement(score=0.01)]

    def ask(texts: Any, **_: Any) -> list[Judgement]:
        if reads[0] is None:
            raise NoAnswer("Nobody is there.")
        return [reads[0] for _ in texts]

    monkeypatch.setattr(asking, "ask", ask)
    return reads


def test_the_check_of_drafts_leads_there_and_back_and_it_says_that_nothing_is_kept(path: str) -> None:
    drafts = path.replace("house-style", "draft-check")
    assert f'href="{path}"' in Client().get(drafts).content.decode()
    page = Client().get(path)
    assert f'href="{drafts}"' in page.content.decode()
    assert "Nothing of your text is kept" in said(page)
    assert page["Cache-Control"] == "private, no-store"


def test_a_note_has_its_words_a_reason_something_better_and_its_principle(path: str) -> None:
    page = Client().post(path, {"text": JARGON})
    words, html = said(page), page.content.decode()
    assert "3 things to look at again." in words
    assert "“Going forward” is office talk. Plainer: “from now on”, or leave it out." in words
    assert "Not everybody knows what “CIL” stands for." in words
    assert "P7 Plain words" in words
    assert f'href="{path.removesuffix("house-style/")}rules/P7/"' in html
    assert '<mark class="is-hint">CIL</mark><sup><a href="#remark-1">' in html
    assert box(page, "text") == JARGON
    assert page["Cache-Control"] == "private, no-store"


def test_figures_are_given_as_numbers_and_said_to_be_rough_when_they_are(path: str) -> None:
    words = said(Client().post(path, {"text": BAD["a long sentence"].text}))
    assert "This sentence has 37 words." in words
    assert "reading ease; 60 and more is plain English" in words
    assert "Of a text of under a hundred words the figures are rough." in words
    long = said(Client().post(path, {"text": GOOD["a long one"]}))
    assert "Nothing here to look at again." in long
    assert "rough" not in long


@pytest.mark.parametrize("name", ["Welsh", "Urdu", "signs"])
def test_of_another_language_no_figure_is_shown(path: str, name: str) -> None:
    words = said(Client().post(path, {"text": OTHER_LANGUAGES[name]}))
    assert "This does not look like English." in words
    assert "60 and more" not in words
    assert "The figures are for the English part." in said(Client().post(path, {"text": GOOD["two languages"]}))


def test_campaign_material_without_an_imprint_is_told_when_one_is_needed(path: str) -> None:
    text = "Meet Dana at the market on Friday."
    assert "imprint" not in said(Client().post(path, {"text": text}))
    page = Client().post(path, {"text": text, "campaign": "on"})
    words = said(page)
    assert "You say that this is campaign material, and it has no imprint." in words
    assert "Promoted by (name) on behalf of (name), both of (postal address)." in words
    assert "The text as a whole" in words
    assert "checked" in page.content.decode().partition('name="campaign"')[2][:100]


def test_what_the_models_find_is_said_and_also_that_they_do_not_answer(path: str, models: list[Any]) -> None:
    text = "The bus is late. Ash is a weasel."
    models[0] = judgement(insult(text, "weasel", 0.9, "R2"), score=0.9)
    words = said(Client().post(path, {"text": text}))
    assert "Policy, not person" in words
    assert "Say what was decided or done" in words
    models[0] = None
    words = said(Client().post(path, {"text": text}))
    assert "Nothing here to look at again." in words
    assert "do not answer just now" in words


def test_as_one_types_only_what_stands_below_is_answered(path: str) -> None:
    html = Client().post(path, {"text": JARGON}, headers=TYPING).content.decode()
    assert "<html" not in html
    assert 'id="draft-said" hx-swap-oob="innerHTML">3 things to look at again.' in html
    empty = Client().post(path, {"text": " "}, headers=TYPING)
    assert empty.status_code == 200
    assert "What there is to say will stand here." in empty.content.decode()


def test_what_is_missing_too_long_too_much_or_forged_is_refused_in_words(path: str, settings: Any) -> None:
    page = Client().post(path, {"text": " "})
    assert page.status_code == 422
    assert "Please write or paste here what you would like to post." in said(page)
    long = "word " * 5_000
    assert "please keep it to 20,000" in said(Client().post(path, {"text": long}))
    assert "please keep it to 20,000" in Client().post(path, {"text": long}, headers=TYPING).content.decode()
    guarded = Client(enforce_csrf_checks=True)
    assert guarded.post(path, {"text": "A"}).status_code == 403
    token = value(guarded.get(path), "csrfmiddlewaretoken")
    assert guarded.post(path, {"text": "A", "csrfmiddlewaretoken": token}).status_code == 200
    settings.DRAFT_CHECKS_PER_HOUR = 2
    assert Client().post(path, {"text": "A"}).status_code == 200
    assert Client().post(path, {"text": "A"}).status_code == 429
    assert "More has come in this hour" in Client().post(path, {"text": "A"}, headers=TYPING).content.decode()


def test_words_are_shown_with_care_and_nothing_of_them_is_kept(path: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(1)
    browser = Client()
    for headers in ({}, TYPING):
        answer = browser.post(path, {"text": f"<b>x</b> {JARGON}\u202e"}, headers=headers)
        html = answer.content.decode()
        assert "quixotically" in html
        assert "<b>x" not in html
        assert 'title="right-to-left override' in html
        assert "quixotically" not in str(answer.headers) + str(answer.cookies) + str(dict(browser.session))
    assert "quixotically" not in caplog.text
    for model in apps.get_models():
        assert not [row for row in model._default_manager.values_list() if "quixotically" in str(row)], model


def test_only_the_demo_has_examples(path: str) -> None:
    page = Client().get(f"{path}?example=office")
    assert box(page, "text") == ""
    assert "?example=" not in page.content.decode()


def test_a_long_text_is_checked_by_the_button_alone_and_it_says_so(path: str) -> None:
    long = "A word. " * 400
    part = Client().post(path, {"text": long}, headers={"HX-Request": "true"})
    assert "This is a long text." in part.content.decode()
    assert "sentences" in said(Client().post(path, {"text": long}))


def test_rules_of_their_own_are_not_named_by_our_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, cast.day(0))
    words = said(Client().post(f"/o/{cast.branch().org.slug}/house-style/", {"text": JARGON}))
    assert "office talk" in words
    assert "P7" not in words
