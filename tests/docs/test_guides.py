"""The guides name buttons and headings as the pages have them, and say the limits that come with Folkmoot."""

import re
from functools import cache
from pathlib import Path

import pytest

from folkmoot.procedure.table import Limits
from tests.places import PROJECT

GUIDES = [
    PROJECT / "docs" / f"{name}.md"
    for name in ("moderators", "secretary-and-executive", "administrators", "integrators")
]
_LABEL = re.compile(r"(?<![*\w])\*([A-Z][^*\n]*(?:\n[^*\n]+)?)\*(?![*\w])")
NO_LABEL = {"Deciding"}  # the name of a section of a guide


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_every_label_in_a_guide_stands_on_a_page(guide: Path) -> None:
    labels = [" ".join(one.split()) for one in _LABEL.findall(guide.read_text(encoding="utf-8"))]
    assert labels
    assert [label for label in labels if label not in NO_LABEL and not on_a_page(label)] == []


def test_a_label_that_is_on_no_page_would_be_noticed() -> None:
    assert not on_a_page("Press the big red button")


def test_the_limits_that_the_guides_name_are_those_that_come_with_folkmoot() -> None:
    limits, text = Limits(), " ".join(" ".join(guide.read_text(encoding="utf-8") for guide in GUIDES).split())
    assert (limits.report_days, limits.secretary_days, limits.reconsider_days, limits.quorum) == (5, 5, 5, 3)
    for said in (
        f"{limits.emergency_hours} hours for an emergency",
        f"{limits.legal_hours} hours of working days for a legal complaint",
        f"the Executive is added and has {limits.executive_days}",
        f"or {limits.objection_hours} hours after all were told",
    ):
        assert said in text


def on_a_page(label: str) -> bool:
    """Say whether the words of a label are among those that pages show."""
    return f'"{label}"' in _shown() or f">{label}<" in _shown() or f'"{label}."' in _shown()


@cache
def _shown() -> str:
    folder = PROJECT / "src" / "folkmoot" / "web"
    files = [path for path in folder.rglob("*") if path.suffix in {".html", ".py"}]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)
