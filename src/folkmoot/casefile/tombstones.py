"""Keeps the list of what was destroyed beside the checkpoints: whoever restores an older copy destroys it again (DP11).

One JSON line for each destruction, in `tombstones.jsonl`; it names things by number and hash, and holds no content.
It lies where the checkpoints lie, because that folder can be on another machine's disk: a list that burns with the
database names nothing to anybody.
"""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext

from folkmoot.casefile.chain import said_by
from folkmoot.casefile.checkpoint_file import whole
from folkmoot.casefile.models import Event, Paper
from folkmoot.kernel.canonical import canonical_bytes
from folkmoot.kernel.errors import BadInput, NotReady
from folkmoot.kernel.times import stamp

NAME = "tombstones.jsonl"


@dataclass(frozen=True)
class Tombstone:
    """One destruction: what was destroyed, in what capacity, on whose advice."""

    destroyed: str  # the hash of the paper that says so
    org: str  # its short name
    case: str  # its uid
    at: str
    by: str
    role: str
    adviser: str
    place: str = ""  # of the post, its short name; empty where the case was about no post
    post: str = ""  # its id at that place

    @property
    def line(self) -> bytes:
        """How it stands in the list."""
        return canonical_bytes(asdict(self)) + b"\n"


def keep_tombstones(folder: Path) -> int:
    """Write down the destructions that the list in `folder` does not hold yet, durably; return how many there were.

    Several processes may do so at once. Killed in the middle, it is done by the next: the worker looks now and then.
    """
    done = Paper.objects.filter(kind=Paper.Kind.DESTRUCTION).order_by("pk")
    papers = [paper.hash for paper in done if "lost" not in paper.facts]  # those after a restore are listed already
    if not papers:
        return 0
    with _opened(folder) as file:
        held = {one.destroyed for one in _read(file)[0]}
        missing = [hash_ for hash_ in papers if hash_ not in held]
        return _add(file, [_told(hash_) for hash_ in missing])


def add_tombstones(folder: Path, found: Iterable[Tombstone]) -> int:
    """Add those of `found` that the list in `folder` does not hold yet; return how many there were."""
    found = list(found)
    if not found:
        return 0
    with _opened(folder) as file:
        held = {one.destroyed for one in _read(file)[0]}
        return _add(file, [one for one in found if one.destroyed not in held])


def require_list(folder: Path) -> None:
    """Raise `NotReady` unless the list in `folder` can be written: what no list names would come back by a restore."""
    try:
        with _opened(folder):
            pass
    except NotReady as refusal:
        raise NotReady(
            gettext("%(refusal)s Without it, a restore would bring back what was destroyed, so nothing is.")
            % {"refusal": refusal}
        ) from None


def read_tombstones(path: Path) -> list[Tombstone]:
    """Return what the list at `path` names. Raises `BadInput` where a line is none (one cut short is passed by)."""
    found, strange = read_what_can_be_read(path)
    if strange:
        raise BadInput(
            gettext("Line %(strange)s of %(path)s is not one of a list of what was destroyed.")
            % {"strange": strange[0], "path": path},
            field="tombstones",
        )
    return found


def read_what_can_be_read(path: Path) -> tuple[list[Tombstone], list[int]]:
    """Return what the list at `path` names, and the numbers of the lines that name nothing. Raises `BadInput`."""
    try:
        with path.open("rb") as file:
            return _read(file)
    except OSError as error:
        raise BadInput(
            gettext("%(path)s cannot be read: %(strerror)s.") % {"path": path, "strerror": error.strerror},
            field="tombstones",
        ) from None


@contextmanager
def _opened(folder: Path) -> Iterator[BinaryIO]:
    """Open the list for this process alone."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(folder / NAME, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
    except OSError as error:
        raise NotReady(
            gettext("The list of what is destroyed cannot be written in %(folder)s: %(strerror)s.")
            % {"folder": folder, "strerror": error.strerror}
        ) from None


def _read(file: BinaryIO) -> tuple[list[Tombstone], list[int]]:
    """Return what is named, and the numbers of whole lines that name nothing; a last one cut short is none."""
    found, strange = list[Tombstone](), list[int]()
    file.seek(0)
    for number, line in enumerate(file, start=1):
        try:
            said = json.loads(line)
            found.append(Tombstone(**{name: str(value) for name, value in said.items()}))
        except (ValueError, TypeError, AttributeError):
            if line.endswith(b"\n") and line.strip():
                strange.append(number)
    return found, strange


def _add(file: BinaryIO, found: Sequence[Tombstone]) -> int:
    if not found:
        return 0
    file.seek(0)
    kept = whole(file.read())
    file.truncate(len(kept))  # what a killed writer left unfinished would be a strange line from now on
    begin = b"\n" if kept and not kept.endswith(b"\n") else b""
    file.write(begin + b"".join(one.line for one in found))
    file.flush()
    os.fsync(file.fileno())
    return len(found)


def _told(hash_: str) -> Tombstone:
    paper = Paper.objects.select_related("case__post__platform", "org").get(kind=Paper.Kind.DESTRUCTION, hash=hash_)
    event = Event.objects.get(paper=paper)
    post = paper.case.post
    return Tombstone(
        destroyed=paper.hash,
        org=paper.org.slug,
        case=paper.case.uid,
        at=stamp(paper.at),
        by=paper.by,
        role=str(said_by(event.payload)["facts"]["role"]),
        adviser=str(paper.facts["adviser"]),
        place=post.platform.slug if post else "",
        post=post.native_id if post else "",
    )
