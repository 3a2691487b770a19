"""One line of a file, read: its text and what else it says; or a sentence on why it cannot be read."""

import json
import math
import re
import sys
from typing import Any, BinaryIO

from folkmoot.kernel.errors import BadInput

_HALVES = re.compile("[\ud800-\udfff]")
LONGEST = 16 * 2**20  # bytes of one line: 1 MB of text at its longest in JSON, and much beside it


class Unreadable(Exception):
    """A line that holds no text; says why, and what could be read beside it."""

    def __init__(self, why: str, beside: dict[str, Any] | None = None) -> None:
        super().__init__(why)
        self.beside = beside or {}


def standard_input() -> BinaryIO:
    """Return what comes by standard input. Raises `BadInput` where it was closed before the start."""
    if sys.stdin is None:
        raise BadInput("There is no standard input to read.")
    return sys.stdin.buffer


def as_text(given: str) -> str:
    """Return it with a sign of the same length for each half of a pair of surrogates, which JSON may hold, alone."""
    return _HALVES.sub("\ufffd", given)


def read_line(line: bytes | None) -> dict[str, Any]:
    """Return what a line of a plain file says; `None` is one that was too long. Raises `Unreadable`."""
    return {"text": _decoded(line).rstrip("\r\n")}


def read_row(line: bytes | None) -> dict[str, Any]:
    """Return what a line of JSON says, "text" among it. Raises `Unreadable`."""
    words = _decoded(line)
    try:
        said = json.loads(words, parse_constant=_no_number, parse_float=_finite)
    except RecursionError:
        raise Unreadable("It holds too many things inside each other.") from None
    except ValueError as error:
        where = f" (character {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        raise Unreadable(f"It is no JSON{where}.") from None
    if not isinstance(said, dict):
        raise Unreadable('It is JSON, but no object such as {"text": "…"}.')
    if "text" not in said:
        raise Unreadable('It has no "text".', said)
    if not isinstance(said["text"], str):
        raise Unreadable('Its "text" is no string.', said)
    return said


def _no_number(said: str) -> Any:
    raise ValueError(said)  # "NaN" and "Infinity" are no JSON, and would leave in our answer as they came


def _finite(said: str) -> float:
    number = float(said)
    if math.isinf(number):
        raise Unreadable("It has a number that is too large to be passed on.")
    return number


def _decoded(line: bytes | None) -> str:
    if line is None:
        raise Unreadable(f"It is longer than {LONGEST // 2**20} MB.")
    try:
        return line.decode()
    except UnicodeDecodeError:
        raise Unreadable("It is not written in UTF-8.") from None
