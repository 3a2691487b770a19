"""Lists of words that somebody has changed and wants to try before they count: read, and checked line by line."""

from pathlib import Path

from folkmoot.detectors.wordlists import our_lines
from folkmoot.kernel.errors import BadInput
from folkmoot.kernel.said import gettext

MOST_BYTES = 2_000_000  # of one list


def changed_lists(folder: Path) -> dict[str, list[str]]:
    """Return the lines of each list in `folder`: files named like ours, as "threats.txt".

    Raises `BadInput` for a file that is none of ours, or that cannot be read; it says which line is wrong.
    """
    if not folder.is_dir():
        raise BadInput(gettext("%(folder)s is no folder.") % {"folder": folder}, field="lists")
    ours = our_lines()
    found = {path.stem: path for path in sorted(folder.glob("*.txt"))}
    unknown = [f"{name}.txt" for name in found if name not in ours]
    if unknown or not found:
        named = {"found": ", ".join(unknown) or gettext("nothing"), "known": ", ".join(f"{one}.txt" for one in ours)}
        raise BadInput(
            gettext("In the folder there is %(found)s. A list has to be called like one of ours: %(known)s.") % named,
            field="lists",
        )
    return {name: _lines(path) for name, path in found.items()}


def _lines(path: Path) -> list[str]:
    said = {"file": path.name}
    if path.stat().st_size > MOST_BYTES:
        raise BadInput(gettext("%(file)s is too long for a list of words.") % said, field="lists")
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise BadInput(gettext("%(file)s is not written in UTF-8.") % said, field="lists") from None
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith("#") and not _is_entry(line):
            raise BadInput(_wrong(path.name, number), field="lists")
    return lines


def _wrong(name: str, number: int) -> str:
    return gettext(
        "%(file)s, line %(number)d: each line is a score from 0 to 1 and then words, as in “0.8 watch your|his back”."
    ) % {"file": name, "number": number}


def _is_entry(line: str) -> bool:
    score, *words = line.split()
    try:
        fits = 0 <= float(score) <= 1
    except ValueError:
        return False
    return fits and any(not word.endswith("?") and word.strip("|") for word in words)
