"""docs/journeys.md shows every journey with every picture that its test takes."""

import re
from pathlib import Path

import pytest

from tests.places import PROJECT

DOCUMENT = (PROJECT / "docs" / "journeys.md").read_text(encoding="utf-8")
PICTURES = PROJECT / "docs" / "journeys"
TESTS = sorted((PROJECT / "tests" / "journeys" / "ten").glob("test_*.py"))
MOST = 2_500_000  # bytes of all pictures together
SHOWN = re.compile(r"^!\[[^\]]{10,}\]\(journeys/([\w-]+\.webp)\)\n\*.{10,}\*$", re.MULTILINE)  # with a caption


def test_there_are_ten_journeys_each_with_a_section() -> None:
    sections = DOCUMENT.split("\n## ")[1:]
    named = [re.findall(r"^Its test: `(tests/journeys/ten/\w+\.py)`$", section, re.MULTILINE) for section in sections]
    assert sorted(named) == [[str(path.relative_to(PROJECT))] for path in TESTS]
    assert len(sections) == 10


@pytest.mark.parametrize("test", TESTS, ids=lambda path: path.stem)
def test_a_section_shows_what_its_test_takes_pictures_of_in_order(test: Path) -> None:
    source = test.read_text(encoding="utf-8")
    key, taken = re.findall(r'ten\("(\w+)"\)', source), source.count("j.picture(")
    section = next(part for part in DOCUMENT.split("\n## ") if test.name in part)
    assert SHOWN.findall(section) == [f"{key[0]}-{number}.webp" for number in range(1, taken + 1)]


def test_every_picture_is_there_and_shown_and_together_they_are_small() -> None:
    files = sorted(PICTURES.glob("*"))
    assert [file.name for file in files] == sorted(SHOWN.findall(DOCUMENT))
    assert sum(file.stat().st_size for file in files) < MOST
