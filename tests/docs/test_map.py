"""docs/map.md names the rooms and files that there are."""

import re

import pytest

from tests.places import PROJECT

SOURCE = PROJECT / "src" / "folkmoot"
MAP = (PROJECT / "docs" / "map.md").read_text(encoding="utf-8")
GIVEN = re.compile(r"<[^>]+>")  # such as <step>: any file will do


def test_the_table_of_rooms_and_the_folders_are_the_same() -> None:
    assert sorted(rooms()) == sorted(folder.parent.name for folder in SOURCE.glob("*/__init__.py"))


def test_rooms_stand_in_the_order_in_which_imports_run_down() -> None:
    layers = re.search(r"\nlayers = \[(.*?)\]", (PROJECT / "pyproject.toml").read_text(encoding="utf-8"), re.DOTALL)
    assert layers
    rank = {
        room: number for number, line in enumerate(layers[1].splitlines()) for room in re.findall(r"\((\w+)\)", line)
    }
    assert [rank[room] for room in rooms()] == sorted(rank[room] for room in rooms())


def test_every_file_that_the_map_names_is_there() -> None:
    named = re.findall(r"`([\w<>*.-]+/[\w<>/*.-]*)`", MAP)
    assert len(named) > 20
    assert [path for path in named if not any(_there(path))] == []


@pytest.mark.parametrize("path", ["steps/nothing_here.py", "nowhere/", "tests/steps/test_<nothing>_at_all.py"])
def test_a_file_that_is_not_there_would_be_noticed(path: str) -> None:
    assert not any(_there(path))


def rooms() -> list[str]:
    """Return the rooms in the order of their table."""
    section = MAP.partition("\n## Rooms\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| `(\w+)/` \|", section, re.MULTILINE)


def _there(path: str) -> list[bool]:
    pattern = GIVEN.sub("*", path).rstrip("/")
    return [any(folder.glob(pattern)) for folder in (PROJECT, SOURCE)]
