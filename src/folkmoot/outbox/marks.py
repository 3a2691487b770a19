"""Places in a frozen letter where a link or a code is put in at sending.

A mark holds the letter's own random marker, so words that people wrote can never pass for one.
"""

import re
import secrets
from collections.abc import Callable


def new_marker() -> str:
    """Return a marker for one letter: 16 hexadecimal digits."""
    return secrets.token_hex(8)


def place(marker: str, purpose: str, subject: int) -> str:
    """Return the mark for `purpose` ("letter", "code", "invitation") and the row number `subject`."""
    return f"[[{marker}:{purpose}:{subject}]]"


def fill(text: str, marker: str, resolve: Callable[[str, int], str]) -> str:
    """Return `text` with every mark of `marker` replaced by `resolve(purpose, subject)`."""
    pattern = re.compile(rf"\[\[{re.escape(marker)}:([a-z_]+):(\d+)\]\]")
    return pattern.sub(lambda found: resolve(found[1], int(found[2])), text)
