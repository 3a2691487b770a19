"""`folkmoot backtest`: what would change, said without touching what was kept."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.utils import timezone

from folkmoot.archive.assessment import Assessment, ToAssess
from folkmoot.archive.back_tests import last_result
from folkmoot.archive.models import Post
from folkmoot.casefile.models import Event
from folkmoot.cli.commands import folkmoot
from folkmoot.detectors.finding import Finding, Signal
from folkmoot.pinboard.wrong_hints import call_wrong
from folkmoot.procedure.words import Outcome
from folkmoot.steps.decide import decide
from folkmoot.worker import triage
from tests import cast
from tests.cast import Branch, branch, day
from tests.cli.typed import KEYS
from tests.judged import assessed, judgement

pytestmark = pytest.mark.django_db
THREAT = "We know where you live, and we will come round tonight."
CALM = "The new bins are collected on Tuesdays."


@pytest.fixture(autouse=True)
def _place(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.CLOCK_SHIFT_SECONDS = (day(3) - timezone.now()).total_seconds()
    settings.DATA = tmp_path
    yield
    timezone.deactivate()


@pytest.fixture
def people() -> Branch:
    return branch()


def posted(people: Branch, *texts: str) -> list[Post]:
    place = people.place
    return [cast.post(people.org, place, native_id=f"n{n}", text=text) for n, text in enumerate(texts)]


def ran(*typed: str) -> dict[str, Any]:
    done = CliRunner().invoke(folkmoot, ["backtest", "--processes", "1", *typed, "--json"])
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_it_says_what_would_change_and_keeps_only_that(people: Branch, tmp_path: Path) -> None:
    threat, calm = posted(people, THREAT, CALM)
    assessed(threat, judgement(score=0.1))
    assessed(calm, judgement(Finding(Signal.SPAM, "H1", 0.9, 0, 7, "Old."), score=0.9))
    call_wrong(calm, Signal.SPAM, model="1 test", by=people.operator, at=day(1))
    before = list(Assessment.objects.order_by("pk").values())
    said = ran()
    assert (said["posts"], said["compared"], said["new"]["posts"]) == (3, 2, 1)
    assert (said["flagged"]["newly"], said["flagged"]["no_longer"]) == (1, 1)
    assert said["lanes"] == [{"before": "ordinary", "after": "emergency", "posts": 1}]
    assert said["samples"]["newly_flagged"][0]["post"] == threat.pk
    assert said["samples"]["no_longer_flagged"][0]["post"] == calm.pk
    assert said["called_wrong"] == {"spam": {"marks": 1, "again": 0}}
    assert said["kept_models"] == {"1 test": 2}
    assert sorted(said) == KEYS["backtest"]
    assert list(Assessment.objects.order_by("pk").values()) == before
    kept = last_result(tmp_path, people.org)
    assert kept is not None
    assert kept["flagged"] == said["flagged"]
    assert THREAT[:20] not in json.dumps(kept)


def test_changed_lists_are_tried_and_ours_stay_as_they_are(people: Branch, tmp_path: Path) -> None:
    (calm,) = posted(people, CALM)
    assessed(calm, judgement(score=0.1))
    lists = tmp_path / "lists"
    lists.mkdir()
    # of most lists the models weigh what they find; of this one every hit counts
    (lists / "child_safety.txt").write_text("0.95 new bins\n", encoding="utf-8")
    said = ran("--lists", str(lists))
    assert said["lists"] == ["child_safety"]
    assert said["signals"]["child_safety"] == {"before": 0, "after": 1, "newly": 1, "no_longer": 0}
    assert ran()["signals"].get("child_safety") is None


def test_it_is_held_against_what_people_decided(people: Branch) -> None:
    removed = cast.decided(people)
    other = cast.post(people.org, people.place, native_id="other", text=THREAT)
    matter = cast.reported(people, post=other)
    cast.free(matter, people.operator, at=day(1))
    decide(matter.pk, cast.a_decision(Outcome.ROBUST_CRITICISM, codes=[]), by=people.operator, at=day(1))
    assessed(other, judgement(score=0.1))
    assert removed.case.standing
    said = ran()
    assert said["decided"]["protected"] == {"posts": 1, "compared": 1, "before": 0, "after": 1}
    assert said["decided"]["removed"]["posts"] == 1


def test_a_sample_is_chosen_by_its_seed_and_narrowed_by_place_and_day(people: Branch) -> None:
    posted(people, *(f"{CALM} {number}" for number in range(6)))
    assert ran("--sample", "3")["posts"] == 3
    assert ran("--since", "2026-10-02")["posts"] == 0
    assert ran("--place", people.place.slug)["posts"] == 7


def test_what_is_applied_is_judged_afresh_by_the_worker(people: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    (threat,) = posted(people, THREAT)
    assessed(threat, judgement(score=0.1), at=day(0))
    assert ran("--apply", "--place", people.place.slug)["queued"] == 2
    assert Event.objects.within(people.org).get(step="assess_afresh").facts["posts"] == 2
    assert Assessment.objects.get(post=threat).model == "1 test"
    monkeypatch.setattr(triage, "ask", lambda texts, **_: [judgement(score=0.9, model="2 new") for _one in texts])
    while triage.triage(at=day(3)):
        pass
    assert set(Assessment.objects.values_list("model", flat=True)) == {"2 new"}
    assert not ToAssess.objects.exists()


def test_what_cannot_be_is_refused_in_a_sentence(people: Branch, tmp_path: Path) -> None:
    for typed, said in (
        (["--place", "nowhere"], "has no place"),
        (["--lists", str(tmp_path / "none")], "is no folder"),
        (["--lists", str(tmp_path), "--apply"], "none of your folder"),
    ):
        done = CliRunner().invoke(folkmoot, ["backtest", *typed])
        assert (done.exit_code, said in done.output) == (1, True), done.output
