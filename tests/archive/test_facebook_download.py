"""Somebody's download from Facebook: what is chosen is taken, and messages are not even opened."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from folkmoot.archive.intake import Undecided
from folkmoot.kernel.errors import BadInput
from tests.archive.files import posts, read, refusals, texts

ROOT = "facebook-annmoss/your_facebook_activity"
SECRET = "a private word"
FILES: dict[str, Any] = {
    f"{ROOT}/posts/your_posts__check_ins__photos_and_videos_1.json": [
        {"timestamp": 1764252300, "data": [{"post": "The café"}], "title": "Ann Moss updated her status."},
        {
            "timestamp": 1764252400,
            "attachments": [
                {"data": [{"media": {"uri": "media/roof.jpg", "description": "Our new roof"}}]},
                {"data": [{"external_context": {"url": "https://example.org/roof"}}]},
            ],
        },
        {"timestamp": 1764252500, "data": [{"update_timestamp": 1}]},
        {"timestamp": "soon", "data": [{"post": "No date 👍"}]},
    ],
    f"{ROOT}/comments_and_reactions/comments.json": {
        "comments_v2": [
            {
                "timestamp": 1,
                "title": "Ann Moss commented on Bob Reed's post.",
                "data": [{"comment": {"timestamp": 1764252600, "comment": "Well said", "author": "Ann Möss"}}],
            }
        ]
    },
    f"{ROOT}/messages/inbox/bob_1/message_1.json": {"messages": [{"content": SECRET}]},
    f"{ROOT}/messages/posts/your_posts_1.json": [{"timestamp": 1, "data": [{"post": SECRET}]}],
    "facebook-annmoss/personal_information/profile_information/profile_information.json": {
        "profile_v2": {"name": {"full_name": "Ann Möss"}}
    },
}


def as_facebook_writes(held: Any) -> str:
    """Return JSON with each byte of a letter as a letter of its own."""
    return "".join(
        sign if sign.isascii() else "".join(f"\\u{byte:04x}" for byte in sign.encode())
        for sign in json.dumps(held, ensure_ascii=False)
    )


@pytest.fixture
def download(tmp_path: Path) -> Path:
    file = tmp_path / "facebook-annmoss.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in FILES.items():
            archive.writestr(name, as_facebook_writes(held))
    return file


def test_nothing_is_taken_before_it_is_chosen_and_the_choice_is_shown(download: Path) -> None:
    with pytest.raises(Undecided) as info:
        read(download)
    said = str(info.value)
    assert info.value.field == "pick"
    assert "1  2025-11-27  Well said" in said
    assert "2  2025-11-27  The café" in said
    assert SECRET not in said
    with pytest.raises(Undecided) as info:
        read(download, find="CAFÉ")
    assert "Well said" not in str(info.value)


def test_only_what_was_chosen_is_taken_in_letters_as_they_were_written(download: Path) -> None:
    comment, post, undated = posts(read(download, pick="1-2, 5"))
    assert (comment.text, comment.author) == ("Well said", "Ann Möss")
    assert (post.text, post.author) == ("The café", "Ann Möss")
    assert post.posted is not None
    assert post.posted.at.isoformat() == "2025-11-27T14:05:00+00:00"
    assert (undated.text, undated.posted) == ("No date 👍", None)


def test_pictures_and_links_are_described_and_what_is_empty_says_so(download: Path) -> None:
    found = read(download, pick="3,4")
    (roof,) = posts(found)
    assert (roof.text, roof.attachments) == ("", "media/roof.jpg · Our new roof\nhttps://example.org/roof")
    assert refusals(found) == [(4, "it has no text.")]


def test_messages_are_never_opened(download: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    real = zipfile.ZipFile.open

    def watched(self: zipfile.ZipFile, name: Any, *rest: Any, **more: Any) -> Any:
        opened.append(name if isinstance(name, str) else name.filename)
        return real(self, name, *rest, **more)

    monkeypatch.setattr(zipfile.ZipFile, "open", watched)
    assert SECRET not in "".join(texts(read(download, pick="1-5")))
    assert len(opened) == 3
    assert not any("messages" in name for name in opened)


def test_an_unpacked_folder_is_the_same_and_links_out_of_it_are_not_followed(download: Path, tmp_path: Path) -> None:
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(download) as archive:
        archive.extractall(folder)
    (tmp_path / "your_posts_9.json").write_text(json.dumps(FILES[f"{ROOT}/messages/posts/your_posts_1.json"]))
    (folder / ROOT / "posts" / "your_posts_9.json").symlink_to(tmp_path / "your_posts_9.json")
    assert {post.native_id for post in posts(read(folder, pick="1-5"))} == {
        post.native_id for post in posts(read(download, pick="1-5"))
    }
    (folder / ROOT / "messages").chmod(0o755)


@pytest.mark.parametrize("pick", ["0", "6", "2-1", "all", "1,,2", "99999999", "-"])
def test_a_choice_that_is_none_is_refused_in_words(pick: str, download: Path) -> None:
    with pytest.raises(BadInput, match="3,7-9"):
        read(download, pick=pick)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("posts/your_posts_1.html", b"<html>", "choose the format JSON"),
        ("posts/your_posts_1.json", b"[" * 100_000, "is not JSON"),
        ("posts/your_posts_1.json", b'{"a": 7}', "no posts or comments"),
        ("posts/your_posts_1.json", b'[{"data": [{"post": "' + b"a" * 5_000_000 + b'"}]}]', "packed as no words are"),
        ("../posts/your_posts_1.json", b'[{"data": [{"post": "a"}]}]', "no posts or comments"),
        ("/posts/your_posts_1.json", b'[{"data": [{"post": "a"}]}]', "no posts or comments"),
        ("more.zip", b"PK\x03\x04", "no posts or comments"),
    ],
)
def test_a_download_that_cannot_be_read_or_should_not_is_refused_in_words(
    name: str, content: bytes, says: str, tmp_path: Path
) -> None:
    file = tmp_path / "facebook.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    with pytest.raises(BadInput, match=says):
        read(file, word="facebook-download")
