"""What people type: made safe to store on every database, never silently changed in meaning."""

import re
import unicodedata

from folkmoot.kernel.errors import BadInput

_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\x85")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def typed(value: str, *, field: str, limit: int, name: str = "This text", required: bool = True) -> str:
    """Return `value` with Unix line ends and trimmed, or raise `BadInput`.

    Refuses NUL and other control characters, lone surrogates, and more than `limit` characters.
    Right-to-left marks are kept: they are part of real languages, and pages show them isolated.
    """
    text = _LINE_ENDS.sub("\n", value).strip()
    if _CONTROLS.search(text):
        raise BadInput(
            f"{name} contains characters that cannot be kept (it may be a file rather than words). "
            "Please paste plain text.",
            field=field,
        )
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise BadInput(
            f"{name} contains half a character that no computer can read back. Please type that part again.",
            field=field,
        ) from None
    if len(text) > limit:
        raise BadInput(f"{name} is {len(text):,} characters long; please keep it to {limit:,}.", field=field)
    if required and not visible(text):
        raise BadInput(f"{name} is empty. Please write a few words.", field=field)
    return text


def whole_number(text: str, *, digits: int = 17) -> int | None:
    """Return the number that `text` is, written in at most so many ASCII digits; `None` for anything else.

    Seventeen digits fit into the key of a row on every database.
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else None


def visible(text: str) -> bool:
    """Say whether a person would see anything in `text`."""
    return any(unicodedata.category(char)[0] not in "CZ" for char in text)


def match_key(text: str) -> str:
    """Return `text` folded for comparing: NFKC, case, white space. Shape: one line."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def single_line(text: str) -> str:
    """Return `text` with every run of white space, line ends included, as one space."""
    return " ".join(text.split())
