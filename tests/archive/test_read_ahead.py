"""A file that another process reads: nothing comes otherwise than without it, and it ends with whoever asked."""

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from folkmoot.archive.index_sqlite import written
from folkmoot.archive.intake import PostFile, Reject, SeenPost, Track, Work, ahead, batches, read, recognise
from folkmoot.archive.intake.posts import Reading
from folkmoot.kernel.errors import BadInput
from tests.archive.files import NOW

ROWS = [f"{number},{'' if number % 10 == 3 else f'the canal was dug by hand: number {number}'}" for number in range(95)]
"""Every tenth has no text."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "posts.csv"
    path.write_text("\n".join(["id,text", *ROWS]))
    return path


def work(source: PostFile, **other: int) -> Work:
    return Work(
        source,
        Reading(("id", "text"), "Europe/London", NOW, None, "posts.csv"),
        ("id", "text"),
        size=20,
        writing=written,
        **other,
    )


@pytest.mark.parametrize("skip", [0, 33, 95])
def test_it_comes_as_if_this_process_had_read_it(file: Path, skip: int) -> None:
    wanted = list(batches(work(recognise(file), skip=skip)))
    assert list(ahead(work(recognise(file), skip=skip))) == wanted
    passed = [row for batch in wanted if batch.is_in for row in batch.rows]
    rows = [row for batch in wanted if not batch.is_in for row in batch.rows]
    assert [row.line for row in passed] == [number + 2 for number in range(skip) if number % 10 == 3]
    assert [row.line for row in rows] == [number + 2 for number in range(skip, 95)]
    posts = [row for row in rows if isinstance(row, SeenPost)]
    assert all(post.worked_out and post.worked_out.tokens.startswith("the canal") for post in posts)
    assert all(post.worked_out and post.worked_out.prints for post in posts)


def test_what_is_wrong_there_is_raised_here(file: Path) -> None:
    found = ahead(work(Broken(recognise(file), BadInput("The moon is in the way.", field="file"))))
    assert len(next(found).rows) == 20
    with pytest.raises(BadInput, match="The moon is in the way") as refusal:
        next(found)
    assert refusal.value.field == "file"
    with pytest.raises(RuntimeError, match="ZeroDivisionError: the moon again"):
        list(ahead(work(Broken(recognise(file), ZeroDivisionError("the moon again")))))
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("size", [20, 5000])  # between two batches; in the midst of one that is too large for a pipe
def test_a_reader_that_the_system_ended_is_told_of_in_a_sentence(file: Path, size: int) -> None:
    found = ahead(replace(work(Endless(recognise(file))), size=size))
    next(found)
    (reader,) = multiprocessing.active_children()
    time.sleep(0.5)  # it goes on, as far as the pipe lets it
    os.kill(reader.pid or 0, signal.SIGKILL)
    with pytest.raises(BadInput, match="Import the file once more"):
        list(found)


def test_the_reader_ends_when_nobody_reads_on(file: Path) -> None:
    found = ahead(work(Endless(recognise(file))))
    next(found)
    assert multiprocessing.active_children()
    found.close()
    assert not multiprocessing.active_children()


def test_only_a_long_file_is_worth_another_process(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("folkmoot.archive.intake.read_ahead.processors", lambda: 2)
    found = read(work(recognise(file)))
    next(found)
    assert not multiprocessing.active_children()
    monkeypatch.setattr("folkmoot.archive.intake.read_ahead.WORTH", 1)
    found = read(work(recognise(file)))
    next(found)
    assert multiprocessing.active_children()
    found.close()
    monkeypatch.setattr("folkmoot.archive.intake.read_ahead.processors", lambda: 1)
    found = read(work(recognise(file)))
    next(found)
    assert not multiprocessing.active_children()


def test_of_very_long_posts_a_batch_has_fewer(tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    file.write_text("id,text\n" + "".join(f"{number},{'canal ' * 15_000}\n" for number in range(100)))
    found = list(batches(replace(work(recognise(file)), size=2000, writing=None)))
    assert [len(batch.rows) for batch in found] == [45, 45, 10]


@pytest.mark.parametrize("size", [19, 20])  # of 95 rows: what is left aside comes after a batch, or within one
def test_what_was_left_aside_after_the_last_row_is_told(file: Path, size: int) -> None:
    *_, last = batches(replace(work(Trailing(recognise(file))), size=size))
    assert last.aside == {"lines by nobody": 3}
    assert len(last.rows) == 95 % size


@dataclass(frozen=True)
class Broken:
    """A file in the midst of which something goes wrong."""

    file: PostFile
    failure: Exception

    def posts(self, reading: Reading, wanted: Sequence[str], track: Track) -> Iterator[SeenPost | Reject]:
        for number, post in enumerate(self.file.posts(reading, wanted, track)):
            if number == 30:
                raise self.failure
            yield post


@dataclass(frozen=True)
class Trailing:
    """A file at the end of which something is left aside."""

    file: PostFile

    def posts(self, reading: Reading, wanted: Sequence[str], track: Track) -> Iterator[SeenPost | Reject]:
        yield from self.file.posts(reading, wanted, track)
        track.aside["lines by nobody"] += 3


@dataclass(frozen=True)
class Endless:
    """A file that begins again at its end."""

    file: PostFile

    def posts(self, reading: Reading, wanted: Sequence[str], track: Track) -> Iterator[SeenPost | Reject]:
        while True:
            yield from self.file.posts(reading, wanted, track)
