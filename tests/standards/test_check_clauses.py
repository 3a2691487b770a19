"""What is wrong with one clause file is said with its line, and what to do."""

import os
import re
from pathlib import Path

import pytest

from folkmoot.standards import PackFault, load_pack

from .conftest import ADVICE, Workbench, assert_fault


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "hint"),
    [
        (
            "kind: ground",
            "kind: rule",
            5,
            "“rule” is not a known kind",
            "ground, advice, principle, procedure",
        ),
        ("scope: all", "scope: everywhere", 4, "not a known scope", "all, public, closed"),
        ("scope: all", "scopes: all", 4, "“scopes” is not known", "scope"),
        ("scope: all\n", "", 2, "“scope” is missing", "scope:"),
        ("title: Be kind", "title: Be: kind", 3, "not valid YAML", ">-"),
        ("title: Be kind", "title: Be kind\ntitle: Be good", 4, "here twice", "line 3"),
        (
            "allowed: This budget is a disgrace.\nnot",
            "not",
            5,
            "no “allowed” example",
            "see where the line is",
        ),
        ("not_allowed: You are a disgrace, Joss.\n", "", 5, "no “not_allowed” example", "a not-allowed post"),
        ("You are a disgrace, Joss.", "This budget is a disgrace.", 8, "Both examples are the same", ""),
        ("You are a disgrace, Joss.", "", 8, "“not_allowed” is empty", ""),
        ("aimed_at: true", "aimed_at: perhaps", 6, "true or false", ""),
        ("aimed_at: true", "parent: N1", 6, "no parent to restate", "pack.yaml"),
        ("aimed_at: true", "parent: {a: b}", 6, "one short text or a list", ""),
        ("code: A1", "code: A7", 2, "the file is named “A1.md”", "A7.md"),
        ("code: A1", "code: Rule one", 2, "not a clause code|characters", ""),
        ("code: A1", "code: A01", 2, "not a clause code", "F3"),
        ("Be kind to people.", "", 9, "no text", ""),
        ("Be kind to people.", "First:\n\n- be kind", 13, "plain paragraphs", "sentences"),
        ("Be kind to people.", "# Be kind", 11, "plain paragraphs", "sentences"),
        ("Be kind to people.", "1. Be kind", 11, "plain paragraphs", "sentences"),
        ("to people.", "to\npeo\u202eple.", 12, "U\\+202E", "Delete it"),
        ("to people.", "to people.\x00", 11, "U\\+0000", "Delete it"),
        ("Be kind\n", "Be\ufdd0 kind\n", 3, "U\\+FDD0", "Delete it"),
        ("Be kind\n", "Be\x85 kind\n", 3, "U\\+0085", "Delete it"),
        ("Be kind\n", "Be\u2028 kind\n", 3, "U\\+2028", "Delete it"),
        ("Be kind\n", "Be\u200b kind\n", 3, "U\\+200B", "Delete it"),
        ("to people.", "to people.\ufffe", 11, "U\\+FFFE", "Delete it"),
    ],
)
def test_each_mistake_in_a_clause_is_shown_at_its_line(
    bench: Workbench, old: str, new: str, line: int, message: str, hint: str
) -> None:
    bench.change("clauses/A1.md", old, new)
    fault = next(fault for fault in bench.faults() if re.search(message, fault.message))
    assert_fault(fault, "clauses/A1.md", line, message, hint)
    with pytest.raises(PackFault):
        load_pack(bench.folder)


def test_missing_front_matter_is_said_and_leaves_no_hole_in_the_codes(bench: Workbench) -> None:
    bench.write("clauses/A1.md", "Be kind to people.\n")
    assert_fault(bench.only_fault(), "clauses/A1.md", 1, "front matter is missing", "---")


def test_an_empty_file_is_said(bench: Workbench) -> None:
    bench.write("clauses/A1.md", "")
    assert_fault(bench.only_fault(), "clauses/A1.md", 1, "front matter is missing", "---")


def test_front_matter_without_end_is_said(bench: Workbench) -> None:
    bench.write("clauses/A2.md", ADVICE.replace("advice\n---\n", "advice\n"))
    assert_fault(bench.only_fault(), "clauses/A2.md", 1, "no end", "---")


def test_a_file_that_is_not_utf_8_is_said_at_its_line(bench: Workbench) -> None:
    bench.write("clauses/A2.md", ADVICE.replace("Sleep on it.", "Sleep at the café.").encode("latin-1"))
    assert_fault(bench.only_fault(), "clauses/A2.md", 8, "not UTF-8", "encoding")


def test_a_picture_named_as_a_clause_is_said(bench: Workbench) -> None:
    bench.write("clauses/A2.md", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    assert_fault(bench.only_fault(), "clauses/A2.md", 1, "not UTF-8", "encoding")


def test_a_file_that_is_too_large_is_said(bench: Workbench) -> None:
    bench.write("clauses/A2.md", ADVICE + "word " * 10_000)
    assert_fault(bench.only_fault(), "clauses/A2.md", 1, "larger than 32 KB", "Split")


def test_a_link_or_folder_or_pipe_in_place_of_a_clause_is_said(bench: Workbench, tmp_path: Path) -> None:
    elsewhere = tmp_path / "A3.md"
    elsewhere.write_text(ADVICE.replace("A2", "A3"), encoding="utf-8")
    (bench.folder / "clauses/A3.md").symlink_to(elsewhere)
    (bench.folder / "clauses/A4.md").mkdir()
    os.mkfifo(bench.folder / "clauses/A5.md")
    faults = bench.faults()
    assert [fault.file for fault in faults] == [f"clauses/A{number}.md" for number in (3, 4, 5)]
    for fault in faults:
        assert "not a plain file" in fault.message


def test_plain_direction_marks_and_welsh_and_arabic_letters_are_fine(bench: Workbench) -> None:
    bench.change("clauses/A1.md", "Be kind to people.", "Byddwch yn garedig â phobl ŵyr.\n\nكن لطيفا\u200f!")
    assert bench.faults() == []


def test_an_invisible_character_made_by_its_number_is_said_too(bench: Workbench) -> None:
    for escape in ("\\u202e", "\\ud800", "\\0"):
        bench.write("clauses/A2.md", ADVICE.replace("Take your time", f'"Take {escape} your time"'))
        assert_fault(bench.only_fault(), "clauses/A2.md", 3, "invisible character", "backslashes")


def test_a_key_that_cannot_be_printed_is_said(bench: Workbench) -> None:
    bench.write("clauses/A2.md", ADVICE.replace("kind: advice", 'kind: advice\n"\\ud800": x'))
    assert_fault(bench.only_fault(), "clauses/A2.md", 6, "“\\?” is not known")
