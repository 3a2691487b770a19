"""Organisations from the command line: whole or not at all."""

import re
from pathlib import Path

import pytest

from tests.servers import folkmoot, with_tables

pytestmark = pytest.mark.slow


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return with_tables(tmp_path / "data")


def test_an_organisation_is_added_with_its_administrator_and_listed(environment: dict[str, str]) -> None:
    done = folkmoot("org", "add", "Hartfield Branch", "--administrator", "ann@example.org", environment=environment)
    assert done.returncode == 0, done.stderr
    assert "http://localhost:8000/o/hartfield-branch/" in done.stdout
    assert re.search(r"^ +http://localhost:8000/\S+/$", done.stdout, re.MULTILINE)
    assert folkmoot("org", "list", environment=environment).stdout == "hartfield-branch\tHartfield Branch\n"
    assert folkmoot("audit", "verify", environment=environment).returncode == 0


@pytest.fixture(scope="module")
def a_folder(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return an environment for all that must not change it."""
    return with_tables(tmp_path_factory.mktemp("folder") / "data")


@pytest.mark.parametrize(
    "arguments",
    [
        ("",),
        ("Branch", "--administrator", "nobody"),
        ("Branch", "--pack", "nosuch"),
        ("Branch", "--pack", "/nosuch"),
        ("Branch", "--zone", "Europe/Nowhere"),
        ("Branch", "--official-url", "nonsense"),
    ],
)
def test_what_cannot_be_added_leaves_nothing_behind(arguments: tuple[str, ...], a_folder: dict[str, str]) -> None:
    done = folkmoot("org", "add", *arguments, environment=a_folder)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()
    assert folkmoot("org", "list", environment=a_folder).stdout == ""
