"""Texts that were typed, or came by standard input: each judged in this process, at once."""

import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from folkmoot.cli.checking.answers import CLEAN, FLAGGED, for_people, is_terminal, line_of, put
from folkmoot.cli.checking.readable import as_text, standard_input
from folkmoot.cli.words import warn
from folkmoot.detectors.judgement import Judgement
from folkmoot.detectors.judging import our_judge
from folkmoot.kernel.errors import BadInput

_NAME = re.compile(r"[^\s@]{1,200}\.(?:txt|md|csv|json|jsonl)", re.IGNORECASE)
_HOW_FILES = "Of a file that is there, --lines FILE checks each line, and --jsonl FILE each line of JSON."


def check_texts(typed: Sequence[str], *, explain: bool, advice: bool = False) -> int:
    """Print what may be wrong with each text, and return the status. Raises `BadInput` where one cannot be read."""
    texts = read_texts(typed)
    judged = our_judge().judge_many([as_text(text) for text in texts], explain=explain)
    advised = import_module("folkmoot.cli.checking.advised") if advice else None
    if for_people():
        shown = import_module("folkmoot.cli.checking.shown").Shown()
        for number, (text, one) in enumerate(zip(texts, judged, strict=True), start=1):
            shown.show(text, one.as_json(), title=f"Text {number}" if len(texts) > 1 else "")
            if advised:
                advised.show(shown.out, text, advised.advised(text, one))
    else:
        put(b"".join(line_of(_said(text, one, advised)) for text, one in zip(texts, judged, strict=True)))
    return FLAGGED if any(one.flag for one in judged) else CLEAN


def read_texts(typed: Sequence[str]) -> list[str]:
    """Return the texts that were typed, and what comes by standard input for "-". Raises `BadInput`."""
    if typed.count("-") > 1:
        raise BadInput("Standard input can be read once: give one - only.")
    texts = [_standard_input() if one == "-" else one for one in typed]
    if not all(text.strip() for text in texts):
        raise BadInput("There is nothing to check: the text is empty.")
    _wonder_about_files(typed)
    return texts


def _said(text: str, judgement: Judgement, advised: Any) -> dict[str, Any]:
    """Return what is said of one text for programs, with the advice where `advised` gives it."""
    said = judgement.as_json()
    return said | {"advice": advised.as_json(advised.advised(text, judgement))} if advised else said


def _standard_input() -> str:
    if is_terminal(sys.stdin):
        warn("Type the text, then Ctrl-D on a line of its own.")
    try:
        return standard_input().read().decode()
    except UnicodeDecodeError as error:
        raise BadInput(f"Standard input is not written in UTF-8 (byte {error.start + 1}).") from None


def _wonder_about_files(typed: Sequence[str]) -> None:
    """Say it where somebody may have meant a file: its name was checked, not what is in it."""
    for one in typed:
        with suppress(OSError, ValueError):  # too long for a name, or no name at all
            if one != "-" and Path(one).is_file():
                warn(f"Checked as words; “{one}” is a file as well, which --jsonl or --lines would read.")
            elif _NAME.fullmatch(one):
                warn(f"Checked as words; “{one}” looks like the name of a file, but there is none. {_HOW_FILES}")
