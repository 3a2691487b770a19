"""What is wrong with a pack is said with its file, its line, and what to do."""

import re
from pathlib import Path

import pytest

from folkmoot.standards import Fault, PackFault, check_pack, load_pack

from .conftest import GROUND, PACK_YAML, Workbench, assert_fault


def test_a_sound_pack_has_no_faults_and_loads(bench: Workbench) -> None:
    assert bench.faults() == []
    assert load_pack(bench.folder).codes == ("A1", "A2", "B1")


def test_a_pack_can_be_checked_from_within_its_folder(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(bench.folder)
    assert check_pack(Path()) == []


def test_loading_a_faulty_pack_raises_all_of_its_faults(bench: Workbench) -> None:
    bench.change("clauses/A1.md", "kind: ground", "kind: rule")
    bench.change("pack.yaml", "2024-03-01", "2024-13-01")
    with pytest.raises(PackFault, match=r"clauses/A1\.md:5") as raised:
        load_pack(bench.folder)
    assert [fault.file for fault in raised.value.faults] == ["clauses/A1.md", "pack.yaml"]
    assert raised.value.name == "our-rules"


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    (fault,) = check_pack(tmp_path / "nowhere")
    assert_fault(fault, ".", 1, "no such folder")
    with pytest.raises(PackFault):
        load_pack(tmp_path / "nowhere")


def test_several_mistakes_come_by_file_and_line(bench: Workbench) -> None:
    bench.write("clauses/A1.md", GROUND.replace("scope: all", "scope: x").replace("title: Be kind\n", ""))
    bench.change("clauses/B1.md", "kind: procedure", "kind: y")
    places = [(fault.file, fault.line) for fault in bench.faults()]
    assert places == [("clauses/A1.md", 2), ("clauses/A1.md", 3), ("clauses/B1.md", 5)]


def test_a_fault_reads_as_one_line() -> None:
    fault = Fault("clauses/A1.md", 3, "The key “x” is not known.", "Remove it.")
    assert str(fault) == "clauses/A1.md:3: The key “x” is not known. Remove it."


def test_a_missing_pack_yaml_is_said(bench: Workbench) -> None:
    (bench.folder / "pack.yaml").unlink()
    assert_fault(bench.only_fault(), "pack.yaml", 1, "missing", "docs/packs.md")


def test_a_pack_yml_is_told_its_right_name(bench: Workbench) -> None:
    (bench.folder / "pack.yaml").rename(bench.folder / "pack.yml")
    assert_fault(bench.only_fault(), "pack.yaml", 1, "missing", "Rename pack.yml")


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "hint"),
    [
        ("title: Our rules", "title: Rules: ours", 2, "not valid YAML", ">-"),
        ("lang: en-GB", "lang: en-GB\nlang: cy", 5, "here twice", "line 4"),
        ("lang: en-GB", "language: en-GB", 4, "not known", "lang"),
        ("lang: en-GB\n", "", 1, "“lang” is missing", "lang:"),
        ("lang: en-GB", "lang: English", 4, "not a language code", "en-GB"),
        ("title: Our rules", "title:", 2, "is empty", ""),
        ("title: Our rules", "title: [Our, rules]", 2, "must be text", ""),
        ("title: Our rules", f"title: {'long ' * 30}", 2, "149 characters", "120"),
        ("name: our-rules", "name: your-rules", 1, "the folder is “our-rules”", "same name"),
        ("name: our-rules", "name: Our Rules!", 1, "cannot be a name", "small letters"),
        ("2024-03-01", "1 March 2024", 5, "not a date", "2018-06-01"),
        ("2024-03-01", "2024-02-30", 5, "not a date", "2018-06-01"),
        ("2024-03-01", "20240301", 5, "not a date", "2018-06-01"),
        ("paraphrase: false", "paraphrase: maybe", 7, "true or false", ""),
        ("https://example.org/rules", "example.org/rules", 8, "not a web address", "https://"),
        ("https://example.org/rules", "javascript:alert(1)", 8, "not a web address", "https://"),
        ("official_url: https://example.org/rules\n", "", 1, "“official_url” is missing", ""),
        ("parent: null", "parent: our-rules", 6, "its own parent", "null"),
        ("parent: null", "parent: ../../etc", 6, "cannot be the name", ""),
        ("parent: null", "parent: not-there", 6, "“not-there” is not there", "labour-branch-2018"),
        ("prefix: B", "prefix: b", 12, "cannot start a code", "capital"),
        ("title: Procedure", "titel: Procedure", 13, "“titel” is not known", "title"),
    ],
)
def test_each_mistake_in_pack_yaml_is_shown_at_its_line(
    bench: Workbench, old: str, new: str, line: int, message: str, hint: str
) -> None:
    bench.change("pack.yaml", old, new)
    fault = next(fault for fault in bench.faults() if re.search(message, fault.message))
    assert_fault(fault, "pack.yaml", line, message, hint)


def test_headings_that_are_no_list_of_groups_are_said(bench: Workbench) -> None:
    bench.write("pack.yaml", PACK_YAML.split("headings:")[0] + "headings: A, B\n")
    assert_fault(bench.only_fault(), "pack.yaml", 9, "must be a list")


def test_two_headings_for_one_section_are_said(bench: Workbench) -> None:
    bench.write("pack.yaml", PACK_YAML + "  - prefix: A\n    title: Manners again\n")
    assert_fault(bench.only_fault(), "pack.yaml", 14, "two headings for “A”")


def test_a_heading_without_clauses_is_said(bench: Workbench) -> None:
    bench.write("pack.yaml", PACK_YAML + "  - prefix: C\n    title: Empty\n")
    assert_fault(bench.only_fault(), "pack.yaml", 14, "“Empty” has no clauses", "C1")


def test_a_pack_yaml_of_plain_text_is_said(bench: Workbench) -> None:
    bench.write("pack.yaml", "These are our rules.\n")
    assert_fault(bench.only_fault(), "pack.yaml", 1, "no keys and values")


def test_an_empty_pack_yaml_is_said(bench: Workbench) -> None:
    bench.write("pack.yaml", "")
    assert_fault(bench.only_fault(), "pack.yaml", 1, "no keys and values")


def test_bottomless_nesting_is_refused_and_does_not_crash(bench: Workbench) -> None:
    bench.write("pack.yaml", "title: " + "[" * 30_000)
    assert_fault(bench.only_fault(), "pack.yaml", 1, "nested too deeply")


def test_yaml_that_would_make_objects_makes_none(bench: Workbench, tmp_path: Path) -> None:
    target = tmp_path / "made"
    bench.change("pack.yaml", "title: Our rules", f"title: !!python/object/apply:os.mkdir ['{target}']")
    assert_fault(bench.only_fault(), "pack.yaml", 2, "must be text")
    assert not target.exists()
