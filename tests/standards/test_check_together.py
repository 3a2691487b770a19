"""Clauses of a pack must fit together, under its headings and with its parent."""

import os
from collections.abc import Callable

from folkmoot.standards import load_pack

from .conftest import ADVICE, PROCEDURE, Workbench, assert_fault


def test_a_code_used_twice_is_said_at_both_places(bench: Workbench) -> None:
    bench.write("clauses/A3.md", ADVICE)
    faults = bench.faults()
    assert [(fault.file, fault.line) for fault in faults] == [("clauses/A3.md", 2)] * 2
    assert any("used twice" in fault.message and "clauses/A2.md:2" in fault.hint for fault in faults)
    assert any("the file is named “A3.md”" in fault.message for fault in faults)


def test_a_hole_in_the_numbers_is_said_at_the_clause_after_it(bench: Workbench) -> None:
    bench.write("clauses/A4.md", ADVICE.replace("A2", "A4"))
    assert_fault(bench.only_fault(), "clauses/A4.md", 2, "no clause A3 before A4", "clauses/A3.md")


def test_a_series_that_does_not_start_at_its_beginning_is_said(bench: Workbench) -> None:
    (bench.folder / "clauses/B1.md").unlink()
    bench.write("clauses/Bb.md", PROCEDURE.replace("B1", "Bb"))
    assert_fault(bench.only_fault(), "clauses/Bb.md", 2, "no clause Ba before Bb")


def test_a_section_may_start_with_a_zero_and_go_on_with_letters(bench: Workbench) -> None:
    (bench.folder / "clauses/B1.md").unlink()
    for code in ("B0", "Ba", "Bb"):
        bench.write(f"clauses/{code}.md", PROCEDURE.replace("B1", code))
    assert load_pack(bench.folder).codes == ("A1", "A2", "B0", "Ba", "Bb")


def test_ten_comes_after_nine(bench: Workbench) -> None:
    for number in range(3, 12):
        bench.write(f"clauses/A{number}.md", ADVICE.replace("A2", f"A{number}"))
    assert load_pack(bench.folder).codes[:11] == tuple(f"A{number}" for number in range(1, 12))


def test_sections_come_in_the_order_of_the_headings(bench: Workbench) -> None:
    bench.change("pack.yaml", "prefix: A", "prefix: X")
    bench.change("pack.yaml", "prefix: B", "prefix: A")
    bench.change("pack.yaml", "prefix: X", "prefix: B")
    assert load_pack(bench.folder).codes == ("B1", "A1", "A2")


def test_a_clause_without_a_heading_is_said(bench: Workbench) -> None:
    bench.write("clauses/C1.md", ADVICE.replace("A2", "C1"))
    assert_fault(bench.only_fault(), "clauses/C1.md", 2, "no heading for the clause C1", "prefix C")


def test_notes_that_need_a_ground_are_refused_elsewhere(bench: Workbench) -> None:
    bench.change("clauses/A2.md", "kind: advice", "kind: advice\nlimited_to: The second half")
    assert_fault(bench.only_fault(), "clauses/A2.md", 6, "only makes sense on a ground")


def test_a_file_that_would_be_passed_over_is_said_and_hidden_files_are_not(bench: Workbench) -> None:
    bench.write("clauses/A3.txt", ADVICE)
    bench.write("clauses/.DS_Store", b"\x00")
    bench.write("README", "About this pack.")
    assert_fault(bench.only_fault(), "clauses/A3.txt", 1, "would not be read", ".md")


def test_a_pack_without_clauses_is_said(bench: Workbench) -> None:
    for path in (bench.folder / "clauses").iterdir():
        path.unlink()
    assert_fault(bench.only_fault(), "clauses", 1, "no clauses")
    (bench.folder / "clauses").rmdir()
    assert_fault(bench.only_fault(), "clauses", 1, "folder clauses is missing")


def test_a_pack_with_more_clauses_than_anybody_can_read_is_refused(bench: Workbench) -> None:
    for number in range(3, 600):
        bench.write(f"clauses/A{number}.md", ADVICE.replace("A2", f"A{number}"))
    assert_fault(bench.only_fault(), "clauses", 1, "There are 600 clauses", "500")


def test_a_file_whose_name_is_no_text_is_said_in_printable_words(bench: Workbench) -> None:
    bench.write(os.fsdecode(b"clauses/A3\xff.md"), ADVICE)
    assert_fault(bench.only_fault(), "clauses/A3\\udcff.md", 1, "would not be read")


def test_a_clause_may_restate_clauses_of_a_parent_beside_it(build: Callable[[str], Workbench]) -> None:
    build("parent-rules")
    child = build("child-rules")
    child.change("pack.yaml", "parent: null", "parent: parent-rules")
    child.change("clauses/A1.md", "aimed_at: true", "parent: [A1, A2]")
    child.change("clauses/A2.md", "kind: advice", "kind: advice\nparent: A2")
    assert child.faults() == []
    assert load_pack(child.folder).clause("A1").parents == ("A1", "A2")


def test_an_installed_pack_can_be_the_parent(bench: Workbench) -> None:
    bench.change("pack.yaml", "parent: null", "parent: labour-national-2018")
    bench.change("clauses/A1.md", "aimed_at: true", "parent: N15")
    assert bench.faults() == []


def test_a_parent_clause_that_does_not_exist_is_said(bench: Workbench) -> None:
    bench.change("pack.yaml", "parent: null", "parent: labour-national-2018")
    bench.change("clauses/A1.md", "aimed_at: true", "parent: [N15, N16]")
    assert_fault(bench.only_fault(), "clauses/A1.md", 6, "no clause N16", "labour-national-2018")


def test_mistakes_in_the_parent_are_pointed_to_and_not_repeated(build: Callable[[str], Workbench]) -> None:
    build("parent-rules").change("clauses/A1.md", "kind: ground", "kind: rule")
    child = build("child-rules")
    child.change("pack.yaml", "parent: null", "parent: parent-rules")
    fault = child.only_fault()
    assert_fault(fault, "pack.yaml", 6, r"“parent-rules” has mistakes: clauses/A1\.md:5", "Check that pack")


def test_parents_that_go_round_in_a_circle_are_said(build: Callable[[str], Workbench]) -> None:
    for name, parent in (("one", "two"), ("two", "three"), ("three", "one")):
        build(name).change("pack.yaml", "parent: null", f"parent: {parent}")
    again = build("four")
    again.change("pack.yaml", "parent: null", "parent: two")
    assert_fault(again.only_fault(), "pack.yaml", 6, "round in a circle", "null")
