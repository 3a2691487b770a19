"""Checking an official post by the API: notes with their principle, figures, and nothing kept."""

from typing import Any

import pytest
from django.test import Client

from folkmoot.advice import asking
from folkmoot.casefile.record import SYSTEM
from folkmoot.detectors.judgement import Judgement
from folkmoot.detectors.served.client import NoAnswer
from folkmoot.editions.meant import PACK
from folkmoot.members.models import Organisation
from folkmoot.steps.add_organisation import add_organisation
from tests.advice.house_style.examples import OTHER_LANGUAGES
from tests.api.programs import Program, refused_as
from tests.cast import FOUNDED, day, everything
from tests.judged import judgement
from tests.web.browsers import move_clock

pytestmark = pytest.mark.django_db
JARGON = "Going forward, we are quixotically glad."


@pytest.fixture
def org(monkeypatch: pytest.MonkeyPatch) -> Organisation:
    move_clock(monkeypatch, day(0))
    monkeypatch.setattr(asking, "ask", lambda texts, **_: [judgement(score=0.01) for _ in texts])
    return add_organisation(name="Long rules", pack=PACK, by=SYSTEM, at=FOUNDED)


def test_notes_come_with_their_principle_and_figures(org: Organisation) -> None:
    answer = Client().post(f"/api/v1/o/{org.slug}/house-style", {"text": JARGON}, content_type="application/json")
    said = answer.json()
    assert answer.status_code == 200
    [note] = said["notes"]
    assert (note["point"], JARGON[note["start"] : note["end"]]) == ("jargon", "Going forward")
    assert (note["rule"]["code"], note["rule"]["kind"]) == ("P7", "principle")
    assert (said["figures"]["words"], said["language"], said["without"]) == (6, "english", [])
    campaign = Program(org).post("/house-style", {"text": "Meet Dana.", "campaign": True}).json()
    assert [one["point"] for one in campaign["notes"]] == ["imprint"]
    assert Program(org).post("/house-style", {"text": OTHER_LANGUAGES["Urdu"]}).json()["figures"] is None


def test_nothing_of_it_is_kept_and_what_is_empty_or_too_long_is_refused(org: Organisation) -> None:
    before = everything()
    assert Program(org).post("/house-style", {"text": JARGON}).status_code == 200
    after = everything()
    assert {name for name in before if before[name] != after[name]} == {"members.Allowance"}
    assert "quixotically" not in str(after)
    for text in ("", "  \n", "word " * 5_000):
        answer = Program(org).post("/house-style", {"text": text})
        assert (answer.status_code, refused_as(answer)) == (422, "invalid"), text[:10]


def test_where_the_models_do_not_answer_it_says_so(org: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(_: Any, **__: Any) -> list[Judgement]:
        raise NoAnswer("Nobody is there.")

    monkeypatch.setattr(asking, "ask", ask)
    said = Program(org).post("/house-style", {"text": JARGON}).json()
    assert said["without"] == ["models"]
    assert len(said["notes"]) == 1
