"""Mailing lists: a mailbox of the mbox kind, as Mailman, Gmail and Thunderbird write it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from folkmoot.archive.intake.mail import mailed
from folkmoot.archive.intake.posts import Reading, SeenPost
from folkmoot.archive.intake.rows import Reject
from folkmoot.archive.intake.shape import Format, Look, Track
from folkmoot.kernel.errors import BadInput

LONGEST_MESSAGE = 10_000_000  # bytes, attachments and all
_LONGEST_LINE = 1_000_000
# With a time: people begin sentences with "From what I hear" too.
_BEGINS = re.compile(rb"From \S.*\d{1,2}:\d{2}(?::\d{2})?.*")
_QUOTED_BEGIN = re.compile(rb"^>(>*From )", re.MULTILINE)


@dataclass(frozen=True)
class Mailbox:
    """A file of mails, one after the other."""

    path: Path
    columns: tuple[str, ...] = ()
    example: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many bytes there are to read."""
        return self.path.stat().st_size

    def posts(self, reading: Reading, wanted: Sequence[str], track: Track) -> Iterator[SeenPost | Reject]:
        """Yield each mail as a post; a reply is linked to what it answers by their message ids."""
        with self.path.open("rb") as file, track.follow(file):
            for line, begins, message in _messages(file):
                if len(message) > LONGEST_MESSAGE:
                    yield Reject(line, f"it is longer than {LONGEST_MESSAGE:,} bytes.")
                else:
                    yield mailed(_QUOTED_BEGIN.sub(rb"\1", message), line=line, begins=begins, reading=reading)


def _messages(file: BinaryIO) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield the line where each message begins, that line, and the message after it; too long ones are cut."""
    number, began, begins = 0, 0, b""
    held: list[bytes] = []
    size, after_empty, whole = 0, True, True
    while line := file.readline(_LONGEST_LINE):
        is_start = whole  # of a line, not a later piece of a long one
        whole = line.endswith(b"\n")
        number += is_start
        if is_start and after_empty and _BEGINS.match(line):
            if began:
                yield began, begins, b"".join(held)
            began, begins, held, size = number, line, [], 0
        elif size <= LONGEST_MESSAGE:
            held.append(line)
            size += len(line)
        after_empty = is_start and not line.strip()
    if began:
        yield began, begins, b"".join(held)


def _fits(look: Look) -> bool:
    first, _, rest = look.head.lstrip(b"\xef\xbb\xbf\r\n").partition(b"\n")
    return bool(_BEGINS.match(first) and re.match(rb"[!-9;-~]+:", rest))


def _opened(look: Look) -> Mailbox:
    if not _BEGINS.search(look.head):
        raise BadInput(
            f"{look.path.name} is no mailbox: each mail in an mbox file begins with a line such as "
            "“From ann@example.org Thu Nov 27 14:05:00 2025”.",
            field="file",
        )
    return Mailbox(look.path)


FORMAT = Format(word="mbox", title="a mailbox (mbox), of a mailing list", fits=_fits, opened=_opened)
