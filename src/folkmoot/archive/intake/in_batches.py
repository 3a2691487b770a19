"""A file of posts in batches, each with what is worked out of its words: all that an import does before it writes."""

from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from folkmoot.archive.intake.posts import Reading, SeenPost
from folkmoot.archive.intake.rows import Reject
from folkmoot.archive.intake.shape import PostFile, Track
from folkmoot.archive.worked_out import Writing, worked_out


class Batch(NamedTuple):
    """Some rows of a file, in its order."""

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
    writing: Writing | None = None  # of the index that the posts go into; None: nothing is worked out


def batches(work: Work) -> Generator[Batch]:
    """Yield the file to its end. Raises `BadInput`, as the reading of its format does."""
    track = Track()
    found = work.source.posts(work.reading, work.columns, track)
    skipped = islice(found, work.skip)
    while rows := list(islice(skipped, work.size)):
        rejects: list[SeenPost | Reject] = [one for one in rows if isinstance(one, Reject)]
        yield Batch(rejects, track.bytes, Counter(track.aside), is_in=True)
    while rows := list(islice(found, work.size)):
        if work.writing:
            rows = [one if isinstance(one, Reject) else _with_work(one, work.writing) for one in rows]
        yield Batch(rows, track.bytes, Counter(track.aside))


def _with_work(post: SeenPost, writing: Writing) -> SeenPost:
    return post._replace(worked_out=worked_out(post.text, post.attachments, writing))
