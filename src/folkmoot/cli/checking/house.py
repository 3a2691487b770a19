"""An official post, read for house style: what `folkmoot check --house-style` prints for people and for programs."""

import os
from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from folkmoot.advice.house_style import POINTS, Figures, HouseStyle, Language, check
from folkmoot.cli.checking.answers import CLEAN, FLAGGED, for_people, line_of, put
from folkmoot.cli.checking.readable import as_text
from folkmoot.cli.checking.texts import read_texts
from folkmoot.cli.words import printable
from folkmoot.detectors.judging import our_judge

MOST = 40  # notes of one text that are shown; JSON has more
_NO_FIGURES = "No figures: they are for English, and this does not look like it."
_MARK = "underline cyan"


def check_house_style(typed: Sequence[str], *, campaign: bool) -> int:
    """Print what could be clearer in each text, and return the status. Raises `BadInput` where one cannot be read."""
    texts = [as_text(text) for text in read_texts(typed)]
    judged = our_judge().judge_many(texts)
    found = [check(text, campaign=campaign, judgement=one) for text, one in zip(texts, judged, strict=True)]
    if for_people():
        out = Console(highlight=False, color_system=None if os.environ.get("NO_COLOR") else "auto")
        for text, one in zip(texts, found, strict=True):
            show(out, text, one)
    else:
        put(b"".join(line_of(one.as_json()) for one in found))
    return FLAGGED if any(one.notes for one in found) else CLEAN


def show(out: Console, text: str, found: HouseStyle) -> None:
    """Write one text with its notes and figures."""
    shown = Text(printable(text).rstrip("\n"))
    for note in found.notes:
        if note.end - note.start < len(text):
            shown.stylize(_MARK, note.start, note.end)
    out.print(shown)
    out.print()
    if found.notes:
        out.print(Padding(_table(text, found), (0, 0, 1, 2)))
    if len(found.notes) > MOST or found.more:
        out.print("  … and more of the same; --json has more of them.")
    out.print(Text(_summary(found), "bold"))
    out.print(_figures(found.figures) if found.figures else _NO_FIGURES)
    if found.language is Language.PARTLY:
        out.print("Part of it does not look like English; the figures are for the English part.")
    out.print()


def _table(text: str, found: HouseStyle) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(max_width=32, overflow="fold")
    table.add_column(overflow="fold")
    for note in found.notes[:MOST]:
        words = " ".join(printable(text[note.start : note.end]).split())
        short = words if len(words) <= 60 else f"{words[:59]}…"
        said = Text.assemble((POINTS[note.point].title, "bold"), f" ({note.clause})\n{note.why} {note.better}".rstrip())
        table.add_row(Text("(the whole)" if note.end - note.start >= len(text) else short), said)
    return table


def _summary(found: HouseStyle) -> str:
    many = len(found.notes)
    if not many:
        return "Nothing to look at again."
    return f"{many} {'thing' if many == 1 else 'things'} to look at again."


def _figures(figures: Figures) -> str:
    rough = " Under a hundred words, so the figures are rough." if figures.rough else ""
    return (
        f"{figures.words} words in {figures.sentences} {'sentence' if figures.sentences == 1 else 'sentences'}, "
        f"{figures.average} on average, {figures.longest} in the longest; "
        f"reading ease {figures.ease:.0f} (60 and more is plain).{rough}"
    )
