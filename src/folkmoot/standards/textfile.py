"""Text files of a pack, read so that nothing in them can hide."""

import unicodedata
from pathlib import Path

from folkmoot.standards.faults import FaultList

MAX_BYTES = 32_768

# Marks that turn the reading direction of what follows: they can make a rule look different from what it is.
# The plain direction marks U+200E and U+200F are left alone, since Arabic, Hebrew and Urdu text needs them.
_TURNING = frozenset(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
_UNSEEN = frozenset("\u00ad\u200b\u2028\u2029\u2060\ufeff")
_MOST_PER_FILE = 5


def read_text(path: Path, file: str, faults: FaultList) -> str | None:
    """The text of a file in NFC with plain line ends, or None with a fault for what is wrong with it."""
    raw = _read_bytes(path, file, faults)
    if raw is None:
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        faults.add(file, line, "This file is not UTF-8 text.", "Save it again with the encoding UTF-8.")
        return None
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    hidden = [(index, char) for index, char in enumerate(text) if is_hidden(char)]
    for index, char in hidden[:_MOST_PER_FILE]:
        name = unicodedata.name(char, "control character")
        faults.add(
            file,
            text.count("\n", 0, index) + 1,
            f"There is an invisible character here: U+{ord(char):04X} ({name.lower()}).",
            "Delete it. Such characters can make text look different from what it is.",
        )
    return None if hidden else text


def is_hidden(char: str) -> bool:
    """Whether this character cannot be seen or changes how others look, so that no policy may hold it."""
    if char in "\n\t":
        return False
    # U+FFFE, U+FFFF and their like are no characters at all, and YAML cannot read past them.
    is_no_character = ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF
    return is_no_character or char in _TURNING or char in _UNSEEN or unicodedata.category(char) in {"Cc", "Cs"}


def _read_bytes(path: Path, file: str, faults: FaultList) -> bytes | None:
    # A link could lead out of the pack, and reading a pipe would never end.
    if path.is_symlink() or not path.is_file():
        faults.add(file, 1, "This is not a plain file.", "Put a text file here, not a link or a folder.")
        return None
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as problem:
        faults.add(file, 1, f"This file cannot be read: {problem.strerror}.", "Check who may read it.")
        return None
    if len(raw) > MAX_BYTES:
        faults.add(file, 1, f"This file is larger than {MAX_BYTES // 1024} KB.", "Split it into several clauses.")
        return None
    return raw
