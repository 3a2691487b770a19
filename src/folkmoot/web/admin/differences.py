"""How two texts differ, in a form that people can read: line by line, and within a line word by word."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from folkmoot.standards.changes import Stretch, reworded

_AROUND = 2  # lines that stay the same and are shown before and after what differs


@dataclass(frozen=True)
class DiffLine:
    """One line; `left_out` says instead how many unchanged lines are not shown."""

    stretches: tuple[Stretch, ...] = ()
    left_out: int = 0


def differences(old: str, new: str) -> Iterator[DiffLine]:
    """Yield the lines of `new` with what was taken out and put in; long stretches without change are left out."""
    before, after = old.strip().split("\n"), new.strip().split("\n")
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for at, (what, a, b, c, d) in enumerate(blocks):
        if what == "equal":
            yield from _same(after[c:d], first=at == 0, last=at == len(blocks) - 1)
        else:
            yield from _changed(before[a:b], after[c:d])


def _same(lines: list[str], *, first: bool, last: bool) -> Iterator[DiffLine]:
    head, tail = (0 if first else _AROUND), (0 if last else _AROUND)
    hidden = len(lines) - head - tail
    if hidden <= 1:
        head, tail, hidden = len(lines), 0, 0
    for line in lines[:head]:
        yield DiffLine((Stretch(line),))
    if hidden:
        yield DiffLine(left_out=hidden)
    for line in lines[len(lines) - tail :] if tail else ():
        yield DiffLine((Stretch(line),))


def _changed(before: list[str], after: list[str]) -> Iterator[DiffLine]:
    if len(before) == len(after):
        for old, new in zip(before, after, strict=True):
            yield DiffLine(reworded(old, new))
        return
    for line in before:
        yield DiffLine((Stretch(line, is_out=True),))
    for line in after:
        yield DiffLine((Stretch(line, is_in=True),))
