"""A conversation on Facebook, pasted."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from folkmoot.kernel.errors import BadInput
from tests.archive.files import posts, read, refusals, texts

THREAD = """\
Harbour branch
27 November 2025 at 14:05
 ·
Shared with Public
The bus to the hospital needs an answer.
And so does the roof.
All reactions:
12
3 comments
Like
Comment
Share
Most relevant
Bob Reed
Top fan
I agree.

So does my sister.
2d
Like
Reply
3
View 2 replies
Cara Lund
Author
Bob Reed not yet
1d
Like
Reply
Edited
Dan Fell
I like it
Like · Reply · 5 h · Edited
Write a comment…
"""


def test_the_first_post_and_its_comments_come_without_the_buttons(tmp_path: Path) -> None:
    found = posts(read(tmp_path / "thread.txt", THREAD))
    assert [(post.author, post.text) for post in found] == [
        ("Harbour branch", "The bus to the hospital needs an answer.\nAnd so does the roof."),
        ("Bob Reed", "I agree.\n\nSo does my sister."),
        ("Cara Lund", "Bob Reed not yet"),
        ("Dan Fell", "I like it"),
    ]
    assert [post.line for post in found] == [1, 14, 24, 31]


def test_who_answers_whom_and_in_which_conversation(tmp_path: Path) -> None:
    first, bob, cara, dan = posts(read(tmp_path / "thread.txt", THREAD))
    assert {post.thread for post in (first, bob, cara, dan)} == {first.native_id}
    assert [post.reply_to for post in (first, bob, cara, dan)] == ["", first.native_id, bob.native_id, first.native_id]


@pytest.mark.parametrize(
    ("date", "at"),
    [
        ("27 November 2025 at 14:05", "2025-11-27T14:05"),
        ("November 27, 2025 at 2:05 PM", "2025-11-27T14:05"),
        ("20 November at 14:05", "2026-11-20T14:05"),  # no year: the last one of its name
        ("27 November at 14:05", "2025-11-27T14:05"),
        ("27 November 2025", "2025-11-27T00:00"),
        ("2d", None),
        ("31 June at 14:05", None),
    ],
)
def test_a_date_is_taken_where_it_is_one(date: str, at: str | None, tmp_path: Path) -> None:
    (found,) = posts(read(tmp_path / "t.txt", f"Ann Moss\n{date}\nHello\nLike\nShare\n", word="facebook-thread"))
    expected = datetime.fromisoformat(at).replace(tzinfo=UTC) if at else None
    assert (found.posted.at if found.posted else None) == expected


def test_the_same_conversation_again_gives_the_same_ids_and_equal_comments_different_ones(tmp_path: Path) -> None:
    again = "Eve Park\nI like it\n3d\nLike\nReply\n" * 2
    first, second = (posts(read(tmp_path / name, THREAD + again)) for name in ("a.txt", "b.txt"))
    assert [post.native_id for post in first] == [post.native_id for post in second]
    assert len({post.native_id for post in first}) == 6


def test_a_comment_without_words_is_named_by_its_line(tmp_path: Path) -> None:
    found = read(tmp_path / "thread.txt", THREAD + "Eve Park\n3d\nLike\nReply\n")
    assert len(texts(found)) == 4
    ((line, reason),) = refusals(found)
    assert line == 35
    assert "a picture or a sticker" in reason


def test_a_text_without_any_buttons_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="Like, Reply"):
        read(tmp_path / "t.txt", "Ann Moss\nHello\n", word="facebook-thread")
