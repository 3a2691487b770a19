"""Tables in Markdown, between two markers of a document; what stands around them is written by hand."""

import re
from collections.abc import Iterable, Sequence
from math import isnan
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "triage.md"
CARD = ROOT / "src" / "folkmoot" / "detectors" / "artefacts" / "MODEL_CARD.md"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table whose first column is words and whose others are numbers."""
    lines = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines) + "\n"


def hundredths(share: float) -> str:
    """Return a share as a percentage with one decimal, or a dash where there is none."""
    return "–" if isnan(share) else f"{100 * share:.1f}"


def with_tables(document: str, tables: dict[str, str]) -> str:
    """Return `document` with each table between its markers; one without markers is an error: nobody would see it."""
    for name, said in tables.items():
        pattern = re.compile(rf"(<!-- {re.escape(name)} -->\n).*?(<!-- /{re.escape(name)} -->)", re.DOTALL)
        parts = pattern.split(document)
        if len(parts) != 4:
            raise ValueError(f"the document has {len(parts) // 3} places for the table {name!r}")
        document = f"{parts[0]}{parts[1]}{said}{parts[2]}{parts[3]}"
    return document


def write_tables(document: Path, tables: dict[str, str]) -> None:
    """Put tables into a document on the disk."""
    document.write_text(with_tables(document.read_text(encoding="utf-8"), tables), encoding="utf-8")
