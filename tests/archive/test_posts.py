"""What a row says of its post."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from folkmoot.archive.intake import Moment, Reject, SeenPost
from tests.archive.files import refusals, taken

HEAD = b"id,text,author,name,date,url,state,thread,reply_to\n"


def one(tmp_path: Path, row: str) -> SeenPost | Reject:
    """Return what is taken of a file with one row."""
    (found,) = taken(tmp_path / "posts.csv", HEAD + row.encode() + b"\n")
    return found


def test_every_column_reaches_the_post(tmp_path: Path) -> None:
    found = one(tmp_path, "9,Hello,ann,Ann  Moss,2025-06-05 12:00,https://example.org/9,pending,7,8")
    assert found == SeenPost(
        line=2,
        native_id="9",
        text="Hello",
        posted=Moment(datetime(2025, 6, 5, 11, 0, tzinfo=UTC), exact=True),
        author="ann",
        name="Ann Moss",
        url="https://example.org/9",
        held=True,
        thread="7",
        reply_to="8",
        numbered=False,
    )


def test_what_a_file_does_not_say_stays_open(tmp_path: Path) -> None:
    found = one(tmp_path, "9,Hello,,,,,,,")
    assert isinstance(found, SeenPost)
    assert (found.posted, found.author, found.held) == (None, "", None)


def test_a_name_stands_for_an_author_without_a_handle(tmp_path: Path) -> None:
    found = one(tmp_path, "9,Hello,,Ann Moss,,,,,")
    assert isinstance(found, SeenPost)
    assert found.author == "Ann Moss"


@pytest.mark.parametrize(("state", "held"), [("Held", True), ("awaiting_approval", True), ("Published", False)])
def test_states_are_understood_in_many_words(state: str, held: bool, tmp_path: Path) -> None:
    found = one(tmp_path, f"9,Hello,,,,,{state},,")
    assert isinstance(found, SeenPost)
    assert found.held is held


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("9,Hello,,,,,banished,,", "neither held"),
        ("9,Hello,,,,javascript:alert(1),,,", "not a link"),
        ("9,Hello,,,,https://example.org/a b,,,", "not a link"),
        ("9,Hello,,,soon,,,,", "not a date"),
        ("9,Hello,,,2026-11-23,,,,", "still to come"),
        ("9,Hello," + "a" * 201 + ",,,,,,", "the author is longer"),
    ],
)
def test_what_cannot_be_understood_is_not_guessed(row: str, says: str, tmp_path: Path) -> None:
    found = one(tmp_path, row)
    assert isinstance(found, Reject)
    assert says in found.reason


def test_without_ids_the_file_and_the_row_stand_for_them(tmp_path: Path) -> None:
    found = taken(tmp_path / "march.csv", b"words\none\n\ntwo, with a comma\nthree\n", text="words")
    assert [post.native_id for post in found if isinstance(post, SeenPost)] == [
        "march.csv:1",
        "march.csv:2",
        "march.csv:3",
    ]
    assert refusals(found) == []


def test_a_row_that_is_not_taken_keeps_its_number(tmp_path: Path) -> None:
    found = taken(tmp_path / "march.csv", b"a,words\n1,one\n2,\n3,three\n", text="words")
    assert [post.native_id for post in found if isinstance(post, SeenPost)] == ["march.csv:1", "march.csv:3"]
