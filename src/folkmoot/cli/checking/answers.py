"""What `folkmoot check` prints for programs: a line of JSON for each text; and where it cannot be printed, why."""

import json
import os
import sys
from typing import Any, TextIO

import click

from folkmoot.cli.ending import of_the_machine
from folkmoot.cli.words import for_programs, warn

CLEAN, FLAGGED, FAILED = 0, 1, 2
OURS = frozenset(
    [
        *("flag", "score", "hate", "aimed_at_policy", "heads", "grounds", "findings", "windows", "read", "model"),
        *("without", "moved", "error", "line", "input"),
    ]
)
"""What a line of the answer says itself; what a line of the file said under such a name stands under "input"."""


def for_people() -> bool:
    """Say whether a person reads the answers: in a terminal, unless JSON was asked for."""
    return is_terminal(sys.stdout) and not for_programs()


def is_terminal(stream: TextIO | None) -> bool:
    """Say whether somebody sits there; `None` is one that was closed before the start."""
    return stream is not None and stream.isatty()


def line_of(said: dict[str, Any]) -> bytes:
    """Return one answer as a line of JSON. A half of a pair of surrogates, which is no text, is said as its escape."""
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def beside(given: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """Return an answer with what the line of the file said first, and nothing of either lost."""
    hidden = {key: value for key, value in given.items() if key in OURS}
    kept = {key: value for key, value in given.items() if key not in OURS}
    return kept | said | ({"input": hidden} if hidden else {})


def put(lines: bytes) -> None:
    """Write lines to standard output at once. A disk that is full ends it with the status of a failure."""
    try:
        click.echo(lines, nl=False)
    except BrokenPipeError:
        raise
    except OSError as error:
        warn(of_the_machine(error))
        raise SystemExit(FAILED) from None


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
