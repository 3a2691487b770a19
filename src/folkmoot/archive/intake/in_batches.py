"""A file of posts in batches, each with what is worked out of its words: all that an import does before it writes."""

from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from folkmoot.archive.intake.posts import Reading, SeenPost
from folkmoot.archive.intake.rows import Reject
from folkmoot.archive.intake.shape import PostFile, Track
from folkmoot.archive.worked_out import TokenWriter, worked_out

MOST_TEXT = 4_000_000  # characters of a batch, about


class Batch(NamedTuple):
    """Some rows of a file, in its order; the last may have none, only what was left aside at the end."""

    rows: list[SeenPost | Reject]
    bytes: int  # of the file that are read
    aside: Counter[str]  # what was left aside until now
    is_in: bool = False  # the rows are in the archive from before: only those are told of that could not be taken


@dataclass(frozen=True)
class Work:
    """What is to be read, and how."""

    source: PostFile
    reading: Reading
    columns: tuple[str, ...]  # as `PostFile.posts` wants them
    size: int  # rows of a batch
    skip: int = 0  # rows that an import, cut short, had brought
    writing: TokenWriter | None = None  # of the index that the posts go into; None: nothing is worked out


def batches(work: Work) -> Generator[Batch]:
    """Yield the file to its end. Raises `BadInput`, as the reading of its format does."""
    track = Track()
    found = work.source.posts(work.reading, work.columns, track)
    skipped = islice(found, work.skip)
    while rows := list(islice(skipped, work.size)):
        rejects: list[SeenPost | Reject] = [one for one in rows if isinstance(one, Reject)]
        yield Batch(rejects, track.bytes, Counter(track.aside), is_in=True)
    told = Counter[str]()
    while rows := list(_some(found, work.size)):
        if work.writing:
            rows = [one if isinstance(one, Reject) else _with_work(one, work.writing) for one in rows]
        told = Counter(track.aside)
        yield Batch(rows, track.bytes, told)
    if track.aside != told:  # something was left aside after the last row
        yield Batch([], track.bytes, Counter(track.aside))


def _some(found: Iterator[SeenPost | Reject], most: int) -> Iterator[SeenPost | Reject]:
    """Yield `most` rows, or fewer where they are long: what is worked out of them is in memory several times."""
    characters = 0
    for one in islice(found, most):
        yield one
        characters += len(one.text) + len(one.attachments) if isinstance(one, SeenPost) else 0
        if characters > MOST_TEXT:
            return


def _with_work(post: SeenPost, writing: TokenWriter) -> SeenPost:
    return post._replace(worked_out=worked_out(post.text, post.attachments, writing))
