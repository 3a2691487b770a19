"""What every format of files is, for the import: whether a file is one of it, and the posts in such a file."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Protocol

from folkmoot.archive.intake.posts import Reading, SeenPost
from folkmoot.archive.intake.rows import Reject
from folkmoot.kernel.errors import BadInput

SAMPLE = 256_000  # bytes


@dataclass(frozen=True)
class Asked:
    """What the person says of the file; "" where they leave it to us."""

    encoding: str = ""
    dates: str = ""  # "dmy", "mdy" or "ymd": the order of day, month and year
    pick: str = ""  # numbers of posts, such as "3,7-9"
    find: str = ""  # words that a post must have


class Undecided(BadInput):
    """Something that only the person can say: `field` is what, a name of `Asked`; the sentence says the choices."""


@dataclass(frozen=True)
class Look:
    """A file, or a folder, and its first bytes."""

    path: Path
    head: bytes  # up to `SAMPLE`; b"" of a folder
    asked: Asked = Asked()

    @property
    def lines(self) -> list[str]:
        """The lines of the head as text, without their ends; the last may be cut."""
        return self.head.decode(self.asked.encoding or "utf-8-sig", "replace").splitlines()


@dataclass
class Track:
    """How far a reader is, and what it left aside, each kind with its number."""

    done: int = 0  # bytes, where the reader says so itself
    aside: Counter[str] = field(default_factory=Counter)
    _file: int | None = None

    @contextmanager
    def follow(self, file: IO[Any]) -> Iterator[None]:
        """Count by where the opened `file` stands, until the block ends."""
        self._file = file.fileno()
        try:
            yield
        finally:
            self.done, self._file = self.bytes, None

    @property
    def bytes(self) -> int:
        """How many bytes of the file are read."""
        return self.done if self._file is None else os.lseek(self._file, 0, os.SEEK_CUR)


class PostFile(Protocol):
    """A file of posts, recognised."""

    @property
    def path(self) -> Path:
        """Where it is."""
        ...

    @property
    def columns(self) -> tuple[str, ...]:
        """Its columns, where the person may say which is what; else empty."""
        ...

    @property
    def example(self) -> tuple[str, ...]:
        """The first value of each column."""
        ...

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was found out or assumed of it, as sentences for the person."""
        ...

    @property
    def size(self) -> int:
        """How many bytes there are to read."""
        ...

    def posts(self, reading: Reading, wanted: Sequence[str], track: Track) -> Iterator[SeenPost | Reject]:
        """Yield each post, or why it cannot be taken; always as many, in the same order. `wanted` are columns."""
        ...


@dataclass(frozen=True)
class Format:
    """One way in which posts come in a file."""

    word: str  # of --format
    title: str
    fits: Callable[[Look], bool]
    opened: Callable[[Look], PostFile]  # raises `BadInput` with a plain sentence


def look_at(path: Path, asked: Asked) -> Look:
    """Read the beginning of `path`. Raises `BadInput` when it cannot be read."""
    if path.is_dir():
        return Look(path, b"", asked)
    try:
        with path.open("rb") as file:
            return Look(path, file.read(SAMPLE), asked)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.", field="file") from None
    except ValueError:
        raise BadInput("The name of the file cannot be read.", field="file") from None


def require_encoding(name: str) -> None:
    """Raise `BadInput` (field "encoding") when no way of writing letters is called so."""
    try:
        "a".encode(name or "utf-8").decode(name or "utf-8", "surrogateescape")  # some know no such way out
    except (LookupError, ValueError):
        raise BadInput(
            f"No encoding is called “{name}”. Common ones are utf-8, cp1252 and utf-16.", field="encoding"
        ) from None
