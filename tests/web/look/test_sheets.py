"""The style sheets: contrast, one dark theme, nothing that strict CSP refuses, small public pages."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]
STATIC = PROJECT / "src/folkmoot/web/look/static/look"
TEMPLATES = PROJECT / "src/folkmoot/web/look/templates"
OURS = ("folkmoot.css", "forms.css", "parts.css", "desk.css", "print.css")

# Ink on ground: words need 4.5:1, edges of controls and shapes 3:1 (WCAG 2.2, 1.4.3 and 1.4.11).
WORDS = [
    *[(ink, ground) for ink in ("ink", "soft", "accent") for ground in ("paper", "sheet", "sunk", "accent-wash")],
    *[(state, ground) for state in ("harm", "soon", "done") for ground in ("paper", "sheet", f"{state}-wash")],
    *[(ink, f"{state}-wash") for ink in ("ink", "soft") for state in ("harm", "soon", "done")],
    *[("on-accent", ground) for ground in ("accent", "accent-deep", "harm", "soon", "done")],
    ("ink", "mark"),
    ("paper", "ink"),
    ("on-band", "band"),
    ("band-soft", "band"),
    ("band", "band-soft"),
]
EDGES = [("edge", "paper"), ("edge", "sheet"), ("focus", "paper"), ("focus", "sheet"), ("harm", "sheet")]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_colour_of_words_stands_out_from_its_ground(theme: str) -> None:
    colours = themes()[theme]
    faint = {
        f"{ink} on {ground}": round(contrast(colours[ink], colours[ground]), 2)
        for pairs, least in ((WORDS, 4.5), (EDGES, 3.0))
        for ink, ground in pairs
        if contrast(colours[ink], colours[ground]) < least
    }
    assert faint == {}


def test_the_dark_theme_is_the_same_by_device_and_by_attribute() -> None:
    found = themes()
    assert found["dark"] == found["forced dark"]
    assert found["dark"].keys() == found["light"].keys()


def test_no_sheet_needs_what_strict_csp_refuses() -> None:
    for name in OURS:
        sheet = (STATIC / name).read_text()
        assert "data:" not in sheet, name
        assert "@import" not in sheet, name
        assert "url(" not in sheet, name


def test_no_template_brings_its_own_style_or_script() -> None:
    # A block of data is no script: the browser does not run it.
    refused = re.compile(
        r"<style|\sstyle=|<script(?![^>]*\s(?:src=|type=\"application/json\"))|\son[a-z]+=|\shx-on|javascript:", re.I
    )
    offending = {path.name: found[0] for path in pages() if (found := refused.search(path.read_text()))}
    assert offending == {}


def test_a_public_page_loads_less_than_sixty_kilobytes() -> None:
    loaded = re.findall(r"look/[\w/.-]+\.(?:css|js)", (TEMPLATES / "look/base.html").read_text())
    loaded += re.findall(r"look/[\w/.-]+\.(?:css|js)", (TEMPLATES / "look/public_base.html").read_text())
    assert "look/folkmoot.css" in loaded
    assert sum((STATIC.parent / name).stat().st_size for name in loaded) < 55_000


def test_every_class_that_the_templates_use_is_in_a_sheet_or_is_for_scripts() -> None:
    sheets = "".join(sheet.read_text() for sheet in (PROJECT / "src/folkmoot/web").rglob("*.css"))
    known = set(re.findall(r"\.([a-z][\w-]*)", sheets)) | {"is-public", "is-desk", "is-plain"}
    used = set()
    for path in pages():
        plain = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", path.read_text())
        used |= {name for value in re.findall(r'class="([^"]*)"', plain) for name in value.split()}
    assert {name for name in used if not name.endswith("-")} - known == set()


def test_the_vendored_files_are_those_whose_hashes_were_written_down() -> None:
    script = PROJECT / "scripts/vendor_assets.py"
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def pages() -> list[Path]:
    """Return every template of the web rooms."""
    return sorted((PROJECT / "src/folkmoot/web").rglob("*.html"))


def themes() -> dict[str, dict[str, str]]:
    """Return the colours of each theme as token → #rrggbb."""
    sheet = (STATIC / "folkmoot.css").read_text()
    starts = {
        "light": ":root {\n",
        "dark": ':root:not([data-theme="light"]) {\n',
        "forced dark": ':root[data-theme="dark"] {\n',
    }
    blocks = {name: sheet.split(start, 1)[1].split("}", 1)[0] for name, start in starts.items()}
    return {name: dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for name, block in blocks.items()}


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb, 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
