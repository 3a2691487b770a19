"""The two published policies become packs: each paragraph a clause, each code from its section and number."""

import re
from datetime import date
from pathlib import Path

import pytest

from folkmoot.standards import Kind, Pack, check_pack, load_pack
from folkmoot.standards.importing import REPORT_FILE, import_policy
from tests.conftest import SHARED

pytestmark = pytest.mark.data

BRANCH_CODES = [
    *(f"F{number}" for number in range(1, 11)),
    *(f"P{number}" for number in range(1, 11)),
    *("I1", "I2"),
    *(f"R{number}" for number in range(1, 14)),
    *("S0", *(f"S{letter}" for letter in "abcdefgh")),
    *(f"M{letter}" for letter in "abcdefgh"),
]
NATIONAL_CODES = [*(f"N{number}" for number in range(1, 16)), *(f"P{number}" for number in range(1, 11))]


def published(words: str) -> Path:
    """Return the published policy that has these words, or skip."""
    for file in sorted((SHARED / "source-policy").glob("*.txt")):
        if words in file.read_text(encoding="utf-8"):
            return file
    pytest.skip(
        "the published policies are not here: put them as .txt files into a folder source-policy, and name the folder "
        "above it by FOLKMOOT_SHARED"
    )


@pytest.fixture
def branch_file() -> Path:
    return published("Rules of Engagement")


@pytest.fixture
def national_file() -> Path:
    return published("National Executive Committee Statement")


@pytest.fixture
def branch(branch_file: Path, tmp_path: Path) -> Pack:
    return drafted(branch_file, tmp_path / "branch")


@pytest.fixture
def national(national_file: Path, tmp_path: Path) -> Pack:
    return drafted(national_file, tmp_path / "national")


def drafted(file: Path, folder: Path) -> Pack:
    import_policy(file, folder, today=date(2026, 1, 1))
    assert check_pack(folder) == []
    return load_pack(folder)


def test_the_branch_policy_has_52_clauses_by_section_and_number(branch: Pack) -> None:
    assert list(branch.codes) == BRANCH_CODES
    assert len(branch.codes) == 52
    assert [(heading.prefix, len(branch.under(heading))) for heading in branch.headings] == [
        ("F", 10),
        ("P", 10),
        ("I", 2),
        ("R", 13),
        ("S", 9),
        ("M", 8),
    ]


def test_the_national_statement_has_25_clauses(national: Pack) -> None:
    assert list(national.codes) == NATIONAL_CODES
    assert len(national.codes) == 25
    assert national.headings[0].title == "National Executive Committee Statement"


def test_every_paragraph_is_found_again_word_for_word(
    branch: Pack, branch_file: Path, national: Pack, national_file: Path
) -> None:
    for pack, file, count in ((branch, branch_file, 52), (national, national_file, 25)):
        expected = paragraphs_of(file.read_text(encoding="utf-8"))
        assert len(expected) == count
        assert [clause.text for clause in pack.clauses] == expected


def test_headings_are_kept_with_what_they_stand_under(branch: Pack) -> None:
    assert branch.title.endswith("Social Media Policy: June 2018")
    assert branch.headings[3].title == "Rules of Engagement"
    assert branch.headings[0].under == ""
    assert {heading.under[:19] for heading in branch.headings[2:]} == {"Specific Approaches"}


def test_the_date_of_the_title_is_taken_and_the_procedure_recognised(branch: Pack) -> None:
    assert branch.in_force_from == date(2018, 6, 1)
    assert {clause.kind for clause in branch.clauses if clause.code[0] == "M"} == {Kind.PROCEDURE}
    assert branch.grounds == ()  # a ground needs examples, which only people can write


def test_the_report_says_what_was_left_out_and_where_each_clause_came_from(branch: Pack, tmp_path: Path) -> None:
    report = (tmp_path / "branch" / REPORT_FILE).read_text(encoding="utf-8")
    assert "line 13, the list of contents: A. Foreword" in report
    assert "| Mg | g. | line 105 |" in report
    assert "These forbid something: F2, " in report
    assert "line 93: Sf points at “paragraph 4”" in report


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs as a person would count them, in another way than the import: by what each line is."""
    body = text.split("**A. Foreword**")[-1].split("Committee Statement")[-1]
    found: list[str] = []
    for block in re.split(r"\n\s*\n", body):
        plain = re.sub(r"\[(\S+?)\]\(\S+?\)", r"\1", block.replace("**", "").strip())
        for item in re.split(r"\n(?=- )", plain):
            words = re.sub(r"^(- )?([a-h0-9]+\. )?", "", " ".join(item.split()))
            if words and not re.match(r"#|Principles for", item):
                found.append(words.strip())
    return found
