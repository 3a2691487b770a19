"""Rows of JSON lines: one object each; a value inside another object is named with a dot, as in user.name."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from io import StringIO, TextIOWrapper
from itertools import islice
from typing import Any

from folkmoot.archive.intake.rows import LONGEST_LINE, Reject, Row, shown

_LOOKED_AT = 200  # lines


def columns_in(text: str) -> dict[str, str]:
    """Return the names in the first objects of `text`, and the first value of each; empty without any object."""
    found: dict[str, str] = {}
    for line in islice(StringIO(text, newline=""), _LOOKED_AT):
        held = _object(line)
        if isinstance(held, dict):
            for name, value in _flat(held):
                found[name] = found.get(name) or _words(value) or ""
    return found


def json_rows(file: TextIOWrapper, wanted: Sequence[str], lists: Collection[str] = ()) -> Iterator[Row | Reject]:
    """Yield the `wanted` values of each line; empty lines do not count. Of those in `lists` a list is one line each."""
    line, number = 0, 0
    paths = [(name, tuple(name.split("."))) for name in wanted]
    while text := file.readline(LONGEST_LINE):
        line += 1
        if len(text) >= LONGEST_LINE:
            while text and not text.endswith(("\n", "\r")):
                text = file.readline(LONGEST_LINE)
            number += 1
            yield Reject(line, f"it is longer than {LONGEST_LINE:,} characters.")
            continue
        if not text.strip():
            continue
        number += 1
        held = _object(text)
        if not isinstance(held, dict):
            yield Reject(line, held)
            continue
        values = [(_listed if name in lists else _words)(_inside(held, name, path)) for name, path in paths]
        kept = tuple(value for value in values if value is not None)
        if len(kept) == len(values):
            yield Row(line, number, kept, text)
        else:
            yield Reject(line, f"its “{shown(wanted[values.index(None)])}” is a list or an object, not words.")


def _object(text: str) -> dict[str, Any] | str:
    """Return the object on a line, or why there is none."""
    try:
        held = json.loads(text)
    except RecursionError:
        return "it is nested too deep."
    except ValueError:
        return "it is not JSON."
    return held if isinstance(held, dict) else "it is JSON, but not an object with names and values."


def _inside(held: Mapping[str, Any], name: str, path: Sequence[str]) -> Any:
    if name in held:
        return held[name]
    found: Any = held
    for step in path:
        found = found.get(step) if isinstance(found, dict) else None
    return found


def _words(value: Any) -> str | None:
    """Return a JSON value as words; `None` for what is no single value."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return _number(value)
        case _:
            return None


def _listed(value: Any) -> str | None:
    """Return a JSON value, or a list of them, as words."""
    if not isinstance(value, list):
        return _words(value)
    found = [_words(one) for one in value]
    return None if None in found else "\n".join(filter(None, found))


def _number(value: float) -> str:
    try:
        return str(int(value)) if value == int(value) else repr(value)
    except (ValueError, OverflowError):  # more digits than Python writes out, NaN, infinity
        return ""


def _flat(held: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in held.items():
        if isinstance(value, dict) and not before:
            yield from _flat(value, f"{name}.")
        else:
            yield before + name, value
