"""A file of any length in chunks of some lines: no more of it is in memory than what is being judged."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from folkmoot.cli.checking.readable import LONGEST

LINES, BYTES = 128, 128 * 1024  # of one chunk, whichever is reached first
_MARK = b"\xef\xbb\xbf"  # some programs begin a file in UTF-8 with it


@dataclass(frozen=True)
class Chunk:
    """Lines that follow each other; `None` for one too long to read."""

    first: int  # the number of the first line; the file's first is 1
    lines: list[bytes | None]
    size: int  # bytes of the file


@dataclass
class Judged:
    """What came of a chunk: lines of the answer, ready to be written, and what there is to count."""

    size: int  # bytes of the file
    answers: list[bytes] = field(default_factory=list)
    flagged: int = 0
    unread: list[tuple[int, str]] = field(default_factory=list)  # the line's number, and why


def chunks(stream: BinaryIO) -> Iterator[Chunk]:
    """Yield a file chunk by chunk."""
    first = 1
    while True:
        lines, size = list[bytes | None](), 0
        while len(lines) < LINES and size < BYTES:
            line = stream.readline(LONGEST)
            if not line:
                break
            size += len(line)
            if len(line) == LONGEST and not line.endswith(b"\n"):
                size += _skip(stream)
                lines.append(None)
            else:
                lines.append(line.removeprefix(_MARK) if first + len(lines) == 1 else line)
        if not lines:
            return
        yield Chunk(first, lines, size)
        first += len(lines)


def _skip(stream: BinaryIO) -> int:
    """Read on to the end of the line, and return how many bytes that were."""
    size = 0
    while piece := stream.readline(LONGEST):
        size += len(piece)
        if piece.endswith(b"\n"):
            break
    return size
