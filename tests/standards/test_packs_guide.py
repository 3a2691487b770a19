"""The guide to writing packs names every key, and its example is a sound pack."""

import textwrap
from pathlib import Path

from folkmoot.standards import check_pack, clausefile, load_pack, packfile

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "packs.md").read_text(encoding="utf-8")


def test_every_key_is_in_the_guide() -> None:
    for key in packfile.KEYS | clausefile.KEYS:
        assert f"    {key}:" in GUIDE, key


def test_the_example_of_the_guide_is_a_sound_pack(tmp_path: Path) -> None:
    folder = tmp_path / "our-rules-2026"
    (folder / "clauses").mkdir(parents=True)
    (folder / "pack.yaml").write_text(example_after("**pack.yaml**"), encoding="utf-8")
    (folder / "clauses" / "A1.md").write_text(example_after("**clauses/A1.md**"), encoding="utf-8")
    assert [str(fault) for fault in check_pack(folder)] == []
    assert load_pack(folder).codes == ("A1",)


def example_after(title: str) -> str:
    """The indented block that follows this title."""
    lines = GUIDE.split(title + "\n\n", 1)[1].splitlines()
    end = next((number for number, line in enumerate(lines) if line and not line.startswith("    ")), len(lines))
    return textwrap.dedent("\n".join(lines[:end]))
