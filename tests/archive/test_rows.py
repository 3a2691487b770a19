"""Rows of tables and of JSON lines: what can be taken is taken, whatever stands around it."""

import csv
import io
import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from folkmoot.archive.intake import SeenPost
from folkmoot.archive.intake.rows import LONGEST_LINE
from folkmoot.kernel.errors import BadInput
from tests.archive.files import read, refusals, taken, texts

WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t\x1b"), min_size=1, max_size=60
).filter(lambda text: text.strip() == text)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(said=st.lists(WORDS, min_size=1, max_size=20), separator=st.sampled_from(",;\t|"))
def test_whatever_a_table_can_say_arrives_unchanged(said: list[str], separator: str, tmp_path: Path) -> None:
    held = io.StringIO(newline="")
    writer = csv.writer(held, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerows([["number", "words"], *[[str(number), text] for number, text in enumerate(said)]])
    found = taken(tmp_path / "posts.csv", held.getvalue().encode(), text="words", id="number")
    assert texts(found) == said


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(said=st.lists(WORDS, min_size=1, max_size=20))
def test_whatever_json_can_say_arrives_unchanged(said: list[str], tmp_path: Path) -> None:
    lines = [json.dumps({"words": text}, ensure_ascii=len(text) % 2 == 0) for text in said]
    found = taken(tmp_path / "posts.jsonl", "\n".join(lines).encode(), text="words")
    assert texts(found) == said


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(content=st.binary(max_size=300))
def test_no_bytes_whatever_break_the_reader(content: bytes, tmp_path: Path) -> None:
    with suppress(BadInput):  # "posts.csv is not text"
        found = taken(tmp_path / "posts.csv", b"id,text\n1,hello\n" + content, text="text", id="id")
        assert texts(found)[:1] == ["hello"]
        assert all(line > 2 and reason.isprintable() for line, reason in refusals(found))


def test_a_quotation_mark_that_is_never_closed_costs_its_own_line_only(tmp_path: Path) -> None:
    content = b'id,text\n1,one\n2,"two\n3,three\n4,"four\nand more"\n5,five\n'
    found = taken(tmp_path / "posts.csv", content)
    assert texts(found) == ["one", "three", "four\nand more", "five"]
    ((line, reason),) = refusals(found)
    assert line == 3
    assert "quotation mark" in reason


def test_a_hundred_thousand_such_lines_are_all_named(tmp_path: Path) -> None:
    content = b"id,text\n" + b'1,"x\n' * 100_000
    found = refusals(taken(tmp_path / "posts.csv", content))
    assert [line for line, _ in found] == list(range(2, 100_002))


def test_quotation_marks_in_a_tab_separated_file_are_words(tmp_path: Path) -> None:
    content = b'id\ttext\n1\t"Well," she said\n2\t"never\n3\tplain\n'
    assert texts(taken(tmp_path / "posts.tsv", content)) == ['"Well," she said', '"never', "plain"]
    quoted = b'id\ttext\n1\t"Well,\tshe said ""no"""\n2\tplain\n'
    assert texts(taken(tmp_path / "posts.tsv", quoted)) == ['Well,\tshe said "no"', "plain"]


def test_rows_with_too_few_or_too_many_values_are_named_by_line(tmp_path: Path) -> None:
    content = b"id,text\n\n1,one\n2,two,and more\n3\n4,four,,\n"
    found = taken(tmp_path / "posts.csv", content)
    assert texts(found) == ["one", "four"]
    assert refusals(found) == [
        (4, "it has 3 values, and there are 2 columns."),
        (5, "it has 1 values, and there are 2 columns."),
    ]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (b"7,a\0b", "NUL"),
        (b"7,a\xffb", "not UTF-8"),
        (b"7,a\xed\xa0\xbdb", "not UTF-8"),  # half a character, as some programs write it
        (b"7,   ", "no text"),
        (b"7," + b"x" * 100_001, "longer than 100,000"),
        (b"7," + b"x" * LONGEST_LINE, "longer than 1,000,000"),
        (b",words", "no id"),
        (b"7" * 201 + b",words", "longer than 200"),
    ],
)
def test_a_row_that_cannot_be_kept_says_why_and_the_rest_is_taken(row: bytes, says: str, tmp_path: Path) -> None:
    found = taken(tmp_path / "posts.csv", b"id,text\n1,one\n" + row + b"\n2,two\n")
    assert texts(found) == ["one", "two"]
    ((line, reason),) = refusals(found)
    assert line == 3
    assert says in reason


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b'{"id": 7, "text": "a\\ud83d"}', "half a character"),
        (b'{"id": 7, "text": "a\\u0000"}', "NUL"),
        (b'{"id": 7, "text": ["a"]}', "is a list or an object"),
        (b'{"id": 7, "text": "a"', "not JSON"),
        (b"[7]", "not an object"),
        (b'{"id": 7, "text": ' + b"[" * 100_000, "too deep"),
        (b'{"id": 7, "text": null}', "no text"),
    ],
)
def test_a_json_line_that_cannot_be_kept_says_why(line: bytes, says: str, tmp_path: Path) -> None:
    found = taken(tmp_path / "posts.jsonl", b'{"id": 1, "text": "one"}\n' + line + b'\n\n{"id": 2, "text": "two"}\n')
    assert texts(found) == ["one", "two"]
    ((number, reason),) = refusals(found)
    assert number == 2
    assert says in reason


def test_values_inside_other_objects_are_named_with_a_dot(tmp_path: Path) -> None:
    content = b'{"full_text": "hi", "user": {"screen_name": "ann"}, "id": 12345678901234567890}\n'
    (found,) = taken(tmp_path / "posts.jsonl", content, author="user.screen_name")
    assert isinstance(found, SeenPost)
    assert (found.author, found.native_id, found.text) == ("ann", "12345678901234567890", "hi")


def test_several_attachments_stand_in_a_list(tmp_path: Path) -> None:
    content = '{"text": "a", "attachments": ["a poster", "a map"]}\n{"text": "b", "attachments": [{}]}\n'
    found = read(tmp_path / "posts.jsonl", content)
    assert [one.attachments for one in found if isinstance(one, SeenPost)] == ["a poster\na map"]
    assert "“attachments” is a list" in refusals(found)[0][1]
