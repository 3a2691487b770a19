"""`folkmoot policy publish`: an organisation's own text takes the place of a summary."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from folkmoot.cli.commands import folkmoot
from folkmoot.editions.current import newest_policy
from tests.cast import RULES, branch, lay_open

pytestmark = pytest.mark.django_db


def test_a_folder_becomes_the_next_edition_and_the_same_again_does_not(tmp_path: Path) -> None:
    org = branch().org
    own = Path(shutil.copytree(RULES, tmp_path / RULES.name))
    front = own / "pack.yaml"
    front.write_text(front.read_text().replace("2018-06-01", "2026-01-01"))
    done = CliRunner().invoke(folkmoot, ["policy", "publish", str(own)])
    assert done.exit_code == 0, done.stderr
    assert "from now on" in done.stdout
    assert newest_policy(org).in_force_from.isoformat() == "2026-01-01"
    again = CliRunner().invoke(folkmoot, ["policy", "publish", str(own), "--org", org.slug])
    assert "already, word for word" in again.stdout
    assert lay_open(org) == []


def test_a_folder_with_mistakes_changes_nothing(tmp_path: Path) -> None:
    org = branch().org
    before = newest_policy(org)
    for folder in (tmp_path, tmp_path / "nothing"):
        done = CliRunner().invoke(folkmoot, ["policy", "publish", str(folder)])
        assert done.exit_code == 1
        assert "cannot be used" in done.stderr
    assert newest_policy(org) == before
