"""The desk shows the last back-test; its examples' words are read in the archive, by who may read them."""

from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from folkmoot.archive.back_tests import keep_result
from folkmoot.archive.models import Post
from folkmoot.casefile.models import Reading
from folkmoot.detectors.comparing import Comparison, Side
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.web.desk.back_test import program_here
from tests import cast
from tests.cast import Branch, day, reported
from tests.web.desk.pages import Desk

CLEAN = Side(flag=False, score=0.11, lane="ordinary", signals=frozenset())
THREAT = Side(flag=True, score=0.95, lane="emergency", signals=frozenset({"threat"}), places=((4, 11),))
WANTED = "The harbour will be dug up in May."


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def kept(people: Branch, folder: Path, *posts: Post) -> None:
    compared = Comparison()
    for post in posts:
        compared.take(post.pk, CLEAN, THREAT, decided="protected", wrong=["insult"])
    chosen = {"place": None, "since": None, "sample": None}
    told = {
        "organisation": people.org.slug,
        "at": day(0, 12).isoformat(),
        "seed": 1,
        "chosen": chosen,
        "lists": ["threats"],
        "model": "2 new",
    }
    keep_result(folder, people.org, {**told, "kept_models": {"1 old": len(posts)}, **compared.as_json()})


def page(person: cast.Person) -> str:
    return Desk(person).read("text-check/")


def test_without_a_result_it_says_how_one_is_made(people: Branch) -> None:
    assert "./folkmoot backtest" in Desk(people.operator).read("text-check/")
    with override_settings(DEMO=True, DATA=Path("var/demo")):
        assert program_here() == "FOLKMOOT_DATA=var/demo ./folkmoot"
    assert "What another text check would make of the posts" in Desk(people.operator).read("overview/")


def test_it_shows_counts_a_plot_and_examples_with_their_words(people: Branch, tmp_path: Path) -> None:
    post = cast.post(people.org, people.place, native_id="1", text=WANTED)
    kept(people, tmp_path, post)
    shown = Desk(people.operator).get("text-check/").content.decode()
    assert '<mark class="is-hint">harbour</mark> will be dug up' in shown
    assert shown.count('class="plot-first"') == 1
    read = page(people.operator)
    assert "1 post from the lane Ordinary to Emergency" in read
    assert "with changed lists: threats" in read
    assert "Robust criticism, protected 1 0 of 1 1 of 1" in read
    assert "Insult at a person 1 0" in read
    assert "Before 0.11 (weak), after 0.95 (strong)." in read
    assert Reading.objects.filter(what="examples of a back-test", by=f"person:{people.operator.pk}").exists()


def test_nobody_reads_what_is_made_of_their_own_post(people: Branch, tmp_path: Path) -> None:
    kept(people, tmp_path, people.post)
    assert "harbour plan" in page(people.operator)
    assert people.moderator is not None
    cast.own(people, people.moderator)
    assert "harbour plan" not in page(people.moderator)


def test_a_post_whose_case_is_closed_to_the_reader_is_no_example(people: Branch, tmp_path: Path) -> None:
    matter = reported(people)
    kept(people, tmp_path, people.post)
    assert people.moderator is not None
    declare_interest(matter.pk, interested=True, nature="A neighbour.", by=people.moderator, at=day(1))
    assert "harbour plan" not in page(people.moderator)
    assert "harbour plan" in page(people.operator)


def test_a_result_that_cannot_be_read_is_none(people: Branch, tmp_path: Path) -> None:
    kept(people, tmp_path, people.post)
    (tmp_path / "back-tests" / f"{people.org.pk}.json").write_text('{"form": 0}', encoding="utf-8")
    assert "Nobody has tried it yet" in Desk(people.operator).read("text-check/")
