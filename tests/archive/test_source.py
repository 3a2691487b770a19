"""What a file is, before anything of it is taken."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from folkmoot.archive.intake import chosen, guessed, recognise
from folkmoot.kernel.errors import BadInput
from tests.archive.files import refusals, taken, texts


@pytest.mark.parametrize(
    ("content", "columns"),
    [
        (b"id,text\n1,hello\n", ("id", "text")),
        (b"\xef\xbb\xbfid;text\r\n1;hello, you\r\n", ("id", "text")),
        (b"id\ttext\n1\thello, you; there\n", ("id", "text")),
        (b"id|text\n1|hello\n", ("id", "text")),
        (b"text\nhello, you\nand you; there\n", ("text",)),
        ("id,text\n1,é\n".encode("utf-16"), ("id", "text")),
        (b'{"id": 1, "text": "hello", "user": {"name": "ann"}}\n', ("id", "text", "user.name")),
    ],
)
def test_the_columns_are_found_whatever_separates_them(
    content: bytes, columns: tuple[str, ...], tmp_path: Path
) -> None:
    file = tmp_path / "posts"
    file.write_bytes(content)
    assert recognise(file).columns == columns


def _zipped() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("posts.csv", "id,text\n1,hello\n")
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("posts.csv", b"", "is empty"),
        ("posts.csv", b"\xef\xbb\xbf \r\n\n", "is empty"),
        ("posts.csv", b"id,text\n", "nothing under it"),
        ("posts.csv", b",,\n1,2,3\n", "should name its columns"),
        ("posts.csv", _zipped(), "zip archive or an Excel workbook"),
        ("posts.csv", gzip.compress(b"id,text\n1,hello\n", mtime=0), "packed"),
        ("posts.csv", b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
        ("posts.csv", bytes(range(256)) * 20, "is not text"),
        ("posts.csv", b'{"text": "hello"}\n', "it holds JSON"),
        ("posts.jsonl", b"id,text\n1,hello\n", "no JSON object"),
        ("posts.json", b'[{"text": "hello"}]', "one JSON list"),
        ("posts.json", b'{\n  "text": "hello"\n}\n', "no JSON object"),
        ("posts.json", b"[" * 100_000, "one JSON list"),
        ("posts.jsonl", b'{"a":' * 20_000, "no JSON object"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_in_words(
    name: str, content: bytes, says: str, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(BadInput, match=says):
        recognise(file)


def test_a_folder_and_a_file_that_is_not_there_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is a folder"):
        recognise(tmp_path)
    with pytest.raises(BadInput, match="cannot be read"):
        recognise(tmp_path / "nothing.csv")
    (tmp_path / "posts.csv").write_text("text\nhello\n")
    for encoding in ("nosuch", "rot13", "\0"):
        with pytest.raises(BadInput, match="encoding"):
            recognise(tmp_path / "posts.csv", encoding=encoding)


def test_columns_with_obvious_names_need_no_map() -> None:
    found = guessed({}, ("Tweet ID", "Created At", "Screen-Name", "Tweet", "likes"))
    assert found == {"text": "Tweet", "author": "Screen-Name", "date": "Created At", "id": "Tweet ID"}


def test_two_columns_that_could_be_the_text_are_not_guessed_between() -> None:
    assert "text" not in guessed({}, ("message", "comment"))
    assert guessed({"text": "comment"}, ("message", "comment")) == {"text": "comment"}


def test_an_empty_part_of_the_map_leaves_a_column_out() -> None:
    columns = ("text", "date", "a,b")
    assert guessed(chosen("text=text,date=", columns), columns) == {"text": "text"}
    assert chosen("text=a,b,date=date", columns) == {"text": "a,b", "date": "date"}


@pytest.mark.parametrize(
    ("mapping", "says"),
    [("text=nosuch", "Its columns are: text, date"), ("colour=text", "no part of a map"), ("text", "no part of a map")],
)
def test_a_map_that_fits_nothing_says_what_there_is(mapping: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        chosen(mapping, ("text", "date"))
    with pytest.raises(BadInput, match="more than one"):
        chosen("text=text", ("text", "text"))


def test_another_encoding_reads_what_utf8_cannot(tmp_path: Path) -> None:
    content = "id,text\n1,café\n2,plain\n".encode("cp1252")
    found = taken(tmp_path / "old.csv", content)
    assert texts(found) == ["plain"]
    assert refusals(found) == [(2, "it has bytes that are not UTF-8 text.")]
    assert texts(taken(tmp_path / "old.csv", content, encoding="cp1252")) == ["café", "plain"]
    assert texts(taken(tmp_path / "wide.csv", content.decode("cp1252").encode("utf-16"))) == ["café", "plain"]
