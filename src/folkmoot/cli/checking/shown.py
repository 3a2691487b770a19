"""What a person sees in a terminal: a text with words underlined, the rules beside them, and what it comes to."""

import json
import os
from collections.abc import Iterable
from functools import cache
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from folkmoot.advice.unread import is_not_english, only_english_is_read
from folkmoot.cli.words import printable
from folkmoot.detectors.signal_words import CLEAR, signal_said, strength_said
from folkmoot.standards import find_pack
from folkmoot.standards.clausefile import read_clause
from folkmoot.standards.faults import FaultList

PACK = "labour-branch-2018"  # whose clauses the findings name
MOST = 12  # findings of one text; JSON has all
LONG, AROUND = 1500, 120  # characters: of a longer text only what is around the words found is shown
_FLAG, _ADVICE = "bold underline red", "underline cyan"

Said = dict[str, Any]


class Shown:
    """Texts and what was found in them, written to a terminal. Colours are left out where NO_COLOR is set."""

    def __init__(self, console: Console | None = None) -> None:
        self.out = console or Console(highlight=False, color_system=None if os.environ.get("NO_COLOR") else "auto")
        self._begun = False

    def show(self, text: str, said: Said, *, title: str = "") -> None:
        """Write one text and its answer."""
        if self._begun:
            self.out.print()
        self._begun = True
        if title:
            self.out.print(Text(printable(title), "bold"))
        found = sorted(said["findings"], key=lambda one: (one["advice"], one["start"], one["end"]))
        self.out.print(_marked(text, found))
        for advice in (False, True):
            part = [one for one in found if one["advice"] is advice]
            if part:
                self.out.print()
                self.out.print("To think about; it counts as no breach:" if advice else "Signs:")
                self.out.print(Padding(_table(text, part[:MOST]), (0, 0, 0, 2)))
            if len(part) > MOST:
                self.out.print(f"  … and {len(part) - MOST} more; --json has all of them.")
        if said["moved"]:
            self.out.print()
            self.out.print(_moved(text, said["moved"]))
        self.out.print()
        foreign = is_not_english(text)
        self.out.print(Text(summary(said, foreign=foreign), "bold"))
        for aside in ([only_english_is_read()] if foreign else []) + _asides(said):
            self.out.print(aside)


class Listing:
    """The texts of a file in which something was found; of the others only the number is said, at the end."""

    def __init__(self, console: Console | None = None) -> None:
        self._shown = Shown(console)
        self._number = 0

    def show(self, answers: Iterable[bytes]) -> None:
        """Write what is to be seen of some answers, in their order."""
        for answer in answers:
            said = json.loads(answer)
            self._number += 1
            if "error" not in said and (said["flag"] or said["findings"]):
                self._shown.show(said["text"], said, title=f"Text {self._number:,}")


def summary(said: Said, *, foreign: bool = False) -> str:
    """Return in one line what was made of a text; of a `foreign` one, which no model reads, nothing is called fine."""
    signs = sorted((one for one in said["findings"] if not one["advice"]), key=lambda one: -one["score"])
    if said["flag"]:
        codes = list(dict.fromkeys(one["clause"] for one in signs if one["score"] >= signs[0]["score"] / 2))
        breach = f"Likely a breach of {_listed(codes)}" if codes else "Likely a breach, though of no rule in particular"
        return f"{breach}; likely hate on a protected ground." if said["hate"]["flag"] else f"{breach}."
    if not foreign and said["aimed_at_policy"] >= 0.5 and all(one["score"] < CLEAR for one in signs):
        return "Robust, and fine: it is about a policy or what somebody did, not about the person."
    if signs:
        return "Signs to look at, but no likely breach."
    return "Nothing found in what could be looked at." if foreign else "Nothing found."


def _asides(said: Said) -> list[str]:
    found = []
    if said["read"] < said["windows"]:
        found.append(f"It is long: the model read {said['read']} of its {said['windows']} parts; the lists read all.")
    if said["without"]:
        found.append(f"Judged without: {', '.join(said['without'])}.")
    return found


def _marked(text: str, found: list[Said]) -> Text:
    """Return the text with the words of each finding underlined; one about the whole underlines nothing."""
    shown = Text(printable(text).rstrip("\n"))
    for one in sorted(found, key=lambda one: not one["advice"]):
        if not _is_whole(text, one):
            shown.stylize(_ADVICE if one["advice"] else _FLAG, one["start"], one["end"])
    return shown if len(text) <= LONG else _around(shown, text, found)


def _around(shown: Text, text: str, found: list[Said]) -> Text:
    """Return only what is around the words found in a long text, or its beginning."""
    parts: list[list[int]] = []
    places = sorted((one["start"], min(one["end"], one["start"] + LONG)) for one in found if not _is_whole(text, one))
    for start, end in places[:MOST] or [(0, LONG // 2)]:
        if parts and start - AROUND <= parts[-1][1]:
            parts[-1][1] = max(parts[-1][1], end + AROUND)
        else:
            parts.append([max(0, start - AROUND), end + AROUND])
    pieces = [shown[start : min(end, len(shown))] for start, end in parts]
    whole = Text("… " if parts[0][0] else "") + Text(" … ").join(pieces)
    return whole + Text(" …") if parts[-1][1] < len(shown) else whole


def _table(text: str, found: list[Said]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(max_width=32, overflow="fold")
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for one in found:
        words = "(the whole)" if _is_whole(text, one) else _short(text[one["start"] : one["end"]])
        # A rule may be about graver things as well: of a number it is said first that it is private.
        title = "" if one["signal"] == "private" else _title(one["clause"])
        rule = Text(title or signal_said(one["signal"]), "bold")
        why = f"{printable(one['why'])} ({strength_said(one['score'])})"
        table.add_row(Text(words), Text(one["clause"], "bold"), Text.assemble(rule, "\n", why))
    return table


def _moved(text: str, moved: list[list[Any]]) -> Text:
    """Return the words that moved the score, the strongest first."""
    order = sorted(moved, key=lambda word: -abs(word[2]))
    said = [f"{_short(text[start:end])} {weight:+.1f}".replace("-", "−") for start, end, weight in order]
    return Text(f"What moved the score: {', '.join(said)}")


def _is_whole(text: str, one: Said) -> bool:
    return one["start"] == 0 and one["end"] >= len(text) and " " in text.strip()


def _short(words: str) -> str:
    said = " ".join(printable(words).split())
    return said if len(said) <= 60 else f"{said[:59]}…"


def _listed(words: list[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


@cache
def _title(code: str) -> str:
    """Return a clause's title; nothing for one that the standard pack does not have."""
    path = find_pack(PACK) / "clauses" / f"{code}.md"
    read = read_clause(path, path.name, FaultList()) if path.is_file() else None
    return read.clause.title if read and read.clause else ""
