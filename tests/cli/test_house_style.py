"""`folkmoot check --house-style`: notes on official posts, for programs and in a terminal."""

import io
import json
from typing import Any

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from folkmoot.advice.house_style import check as house_style
from folkmoot.cli.checking.house import show
from folkmoot.cli.commands import folkmoot
from tests.advice.house_style.examples import GOOD, OTHER_LANGUAGES

JARGON = "Going forward, the CIL is due."
FINE = "The pool is open."


def check(*words: str, given: bytes = b"") -> Result:
    return CliRunner().invoke(folkmoot, ["check", "--house-style", *words], input=given)


def shown(text: str) -> str:
    out = io.StringIO()
    show(Console(file=out, width=100, color_system=None), text, house_style(text))
    return " ".join(out.getvalue().split())


def test_each_post_has_its_line_and_the_status_says_whether_there_is_a_note() -> None:
    done = check(JARGON, "-", given=FINE.encode())
    assert done.exit_code == 1
    jargon, fine = (json.loads(line) for line in done.stdout.splitlines())
    said: list[tuple[Any, ...]] = [(one["point"], one["clause"], one["start"], one["end"]) for one in jargon["notes"]]
    assert said == [("jargon", "P7", 0, 13), ("initials", "P7", 19, 22)]
    assert fine["notes"] == []
    assert fine["figures"]["words"] == 4
    assert check(FINE).exit_code == 0
    assert check("--campaign", FINE).exit_code == 1


@pytest.mark.parametrize(
    "words", [["check", "--house-style"], ["check", "--house-style", "--lines", "-"], ["check", "--campaign", "x"]]
)
def test_what_does_not_go_together_is_said(words: list[str]) -> None:
    done = CliRunner().invoke(folkmoot, words, input="")
    assert done.exit_code == 2
    assert "--" in done.output


def test_in_a_terminal_it_is_said_in_words() -> None:
    said = shown(JARGON)
    assert "Plain words (P7) “Going forward” is office talk." in said
    assert "2 things to look at again." in said
    assert "6 words in 1 sentence, 6.0 on average, 6 in the longest; reading ease 88 (60 and more is plain)." in said
    assert "Nothing to look at again." in shown(FINE)
    assert "No figures: they are for English" in shown(OTHER_LANGUAGES["Urdu"])
    assert "the figures are for the English part" in shown(GOOD["two languages"])
