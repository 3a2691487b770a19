"""Text in a file, or in a zip archive, which is never unpacked to disk: only the members that are wanted are read."""

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from folkmoot.archive.intake.rows import LONGEST_LINE, Reject
from folkmoot.archive.intake.shape import Track
from folkmoot.kernel.errors import BadInput

MOST_MEMBERS = 200_000
LARGEST_CHAT = 2_000_000_000  # bytes, unpacked
MOST_SHRUNK = 200  # times: words never shrink that much, only what is made to fill a disk does
_SMALL = 1_000_000  # bytes; what is smaller may shrink as it likes
_FAILURES = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, RuntimeError)


@dataclass(frozen=True)
class Plain:
    """A text by itself."""

    path: Path
    encoding: str

    @property
    def size(self) -> int:
        """Its bytes."""
        return self.path.stat().st_size


@dataclass(frozen=True)
class Member:
    """A text in a zip archive."""

    path: Path
    name: str
    size: int
    encoding: str


def members(path: Path) -> list[zipfile.ZipInfo]:
    """Return what a zip archive says that it holds. Raises `BadInput` with a plain sentence when it is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = [info for info in archive.infolist() if not info.is_dir()]
    except (*_FAILURES, ValueError, OverflowError, IndexError, UnicodeError) as error:
        raise BadInput(f"{path.name} is a zip archive that cannot be read ({_said(error)}).", field="file") from None
    if len(found) > MOST_MEMBERS:
        raise BadInput(f"{path.name} holds more than {MOST_MEMBERS:,} files. That is no export.", field="file")
    return found


def require_sound(path: Path, info: zipfile.ZipInfo, *, largest: int) -> None:
    """Raise `BadInput` when a member is larger than `largest`, locked, or made to swell."""
    if info.flag_bits & 1:
        raise BadInput(f"{path.name} is locked with a password. Unlock it first.", field="file")
    if info.file_size > largest:
        raise BadInput(f"{info.filename} in {path.name} is larger than {largest:,} bytes.", field="file")
    if info.file_size > _SMALL and info.file_size > MOST_SHRUNK * max(info.compress_size, 1):
        raise BadInput(f"{info.filename} in {path.name} is packed as no words are. It is not opened.", field="file")


def read_member(path: Path, name: str, *, largest: int) -> bytes:
    """Return the bytes of a member. Raises `BadInput`."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(name) as file:
            found = file.read(largest + 1)
    except (*_FAILURES, ValueError, KeyError, UnicodeError) as error:
        raise BadInput(f"{name} in {path.name} cannot be read ({_said(error)}).", field="file") from None
    if len(found) > largest:
        raise BadInput(f"{name} in {path.name} is larger than {largest:,} bytes.", field="file")
    return found


def lines_in(held: Plain | Member, track: Track) -> Iterator[tuple[int, str] | Reject]:
    """Yield each line with its number, from 1; bytes that do not fit are lone surrogates. Too long lines are cut.

    Where the file breaks off, the last is why.
    """
    number = 0
    try:
        with _opened(held, track) as file:
            while line := file.readline(LONGEST_LINE):
                number += 1
                yield number, line
                while len(line) >= LONGEST_LINE and not line.endswith("\n"):
                    line = file.readline(LONGEST_LINE)
    except UnicodeError:
        yield Reject(number + 1, "the file breaks off in the middle of a character.")
    except _FAILURES as error:
        yield Reject(number + 1, f"the file breaks off here ({_said(error)}).")


@contextmanager
def _opened(held: Plain | Member, track: Track) -> Iterator[TextIOWrapper]:
    with ExitStack() as stack:
        file = stack.enter_context(held.path.open("rb"))
        raw: IO[bytes] = file
        if isinstance(held, Member):
            raw = stack.enter_context(stack.enter_context(zipfile.ZipFile(file)).open(held.name))
        text = TextIOWrapper(raw, encoding=held.encoding, errors="surrogateescape", newline="\n")
        stack.enter_context(text)
        stack.enter_context(track.follow(file))
        yield text


def _said(error: Exception) -> str:
    return str(error)[:100] or type(error).__name__
