"""`folkmoot policy import` tells what it made, and refuses in one sentence."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli.commands import folkmoot
from folkmoot.standards import load_pack
from folkmoot.standards.importing import REPORT_FILE

TEXT = """\
# House rules

In force from 1 May 2021.

## Manners

1. Be kind.
2. Never shout.

## Complaints

a. Write to us.
b. We answer.
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(folkmoot, ["policy", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "rules.md"
    made.write_text(TEXT)
    return made


def test_it_says_how_many_clauses_there_are_in_which_sections_and_what_to_check(file: Path, tmp_path: Path) -> None:
    done = run("import", file, "--out", tmp_path / "house")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.splitlines() == [
        f"“House rules”: 5 clauses in 3 sections, in {tmp_path / 'house'}.",
        "  H1: House rules",
        "  M1 to M2: Manners",
        "  Ca to Cb: Complaints",
        f"1 doubtful place and 0 pieces left out: see {tmp_path / 'house' / REPORT_FILE}.",
        "No clause is a ground (marked Rule on the pages) yet. These forbid something: M2.",
    ]
    assert run("check", tmp_path / "house").exit_code == 0


def test_date_title_and_language_can_be_said(file: Path, tmp_path: Path) -> None:
    said = ("--since", "2022-02-03", "--title", "Rules of the house", "--lang", "cy")
    assert run("import", file, "--out", tmp_path / "house", *said).exit_code == 0
    pack = load_pack(tmp_path / "house")
    assert (str(pack.in_force_from), pack.title, pack.lang) == ("2022-02-03", "Rules of the house", "cy")
    assert run("import", file, "--out", tmp_path / "other", "--since", "yesterday").exit_code == 2
    assert "not a language code" in run("import", file, "--out", tmp_path / "other", "--lang", "Welsh").stderr
    assert not (tmp_path / "other").exists()


def test_a_refusal_is_one_sentence_and_status_1(file: Path, tmp_path: Path) -> None:
    run("import", file, "--out", tmp_path / "house")
    again = run("import", file, "--out", tmp_path / "house")
    assert again.exit_code == 1
    assert again.stderr.startswith("There is something in ")
    assert len(again.stderr.splitlines()) == 1
    assert run("import", tmp_path / "none.pdf", "--out", tmp_path / "x").exit_code == 1
    assert run("import", file).exit_code == 2  # no --out


def test_replacing_says_where_the_earlier_one_is_and_both_can_be_compared(file: Path, tmp_path: Path) -> None:
    run("import", file, "--out", tmp_path / "house")
    file.write_text(TEXT.replace("Never shout", "Never ever shout"))
    done = run("import", file, "--out", tmp_path / "house", "--replace")
    before = tmp_path / "house-before-1" / "house"
    assert f"What was there before is in {before}." in done.stdout
    assert "Never {+ever+} shout." in run("diff", before, tmp_path / "house").stdout
