"""What readers of files hand on: a row, or why there is none."""

from typing import Literal, NamedTuple

from folkmoot.kernel.canonical import digest


class Row(NamedTuple):
    """One row of a file: the line where it begins, its number among the rows (from 1), its wanted values."""

    line: int
    number: int
    values: tuple[str, ...]  # in the order in which the columns were asked for; "" where there is nothing
    raw: str = ""  # the row as it stands in the file


class Reject(NamedTuple):
    """A row that cannot be taken: the line where it begins, why, as a sentence, and its bytes if they are why."""

    line: int
    reason: str
    raw: bytes = b""


LONGEST_LINE = 1_000_000  # characters
Quoting = Literal[0, 3]  # csv.QUOTE_MINIMAL, csv.QUOTE_NONE
MOST_RAW = 65_536
"""Bytes that are kept of what could not be read."""
NOT_UTF8 = "it has bytes that are not UTF-8 text."
"""The reason of every reject that another --encoding may mend."""


def shown(value: str, limit: int = 40) -> str:
    """Return the beginning of a value from a file, safe to print: signs that are not visible become "\ufffd"."""
    line = " ".join(value.split())
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in line[:limit])


def made_id(kind: str, *parts: str) -> str:
    """Return an id for a post that has none: always the same from the same `parts`. Shape: "kind:32 digits"."""
    return f"{kind}:{digest(chr(0).join(parts).encode('utf-8', 'surrogatepass'))[:32]}"
