"""A pack that is written can be read, and is the same."""

from dataclasses import replace

import pytest

from folkmoot.standards import find_pack, fingerprint, installed_packs, load_pack
from folkmoot.standards.packs import read_texts
from folkmoot.standards.writing import pack_files

from .conftest import Workbench, assert_fault


@pytest.mark.parametrize("name", installed_packs())
def test_an_installed_pack_comes_back_as_it_was(name: str) -> None:
    pack = load_pack(find_pack(name))
    codes = frozenset(load_pack(find_pack(pack.parent)).codes) if pack.parent else None
    again, faults = read_texts(pack_files(pack), name=name, parent_codes=codes)
    assert (again, faults) == (pack, [])
    assert again is not None
    assert fingerprint(again) == fingerprint(pack)


def test_order_retired_codes_and_awkward_values_come_back_too(bench: Workbench) -> None:
    pack = load_pack(bench.folder)
    first, second, third = pack.clauses
    awkward = replace(first, title="No: “yes” # never", limited_to="null", allowed="- one: two", aimed_at=False)
    pack = replace(pack, clauses=(second, awkward, third), retired=("A3",), title="2024-01-01")
    assert read_texts(pack_files(pack), name=pack.name, parent_codes=None) == (pack, [])


def test_a_retired_code_leaves_no_hole_and_is_not_used_again(bench: Workbench) -> None:
    bench.change("clauses/A2.md", "code: A2", "code: A3")
    (bench.folder / "clauses" / "A2.md").rename(bench.folder / "clauses" / "A3.md")
    bench.change("pack.yaml", "headings:", "retired: [A2]\nheadings:")
    assert bench.faults() == []
    bench.change("pack.yaml", "[A2]", "[A2, A3]")
    assert_fault(bench.only_fault(), "clauses/A3.md", 2, "The code A3 is retired", "Give the clause a new code")


def test_an_order_names_clauses_of_its_section(bench: Workbench) -> None:
    bench.change("pack.yaml", "title: Manners", "title: Manners\n    order: [A2, A1]")
    assert load_pack(bench.folder).codes == ("A2", "A1", "B1")
    bench.change("pack.yaml", "[A2, A1]", "[A2, B1]")
    assert_fault(bench.only_fault(), "pack.yaml", 12, "no clause B1 to put in order")
    bench.change("pack.yaml", "[A2, B1]", "[A2, A2]")
    assert_fault(bench.only_fault(), "pack.yaml", 12, "must be a list of clause codes")
