"""A command that makes a new data folder says so: mostly FOLKMOOT_DATA was forgotten."""

import os
import subprocess
import sys
from pathlib import Path

from tests.places import PROJECT


def run(data: Path, *command: str) -> subprocess.CompletedProcess[str]:
    settings = {name: value for name, value in os.environ.items() if not name.startswith(("FOLKMOOT_", "D"))}
    return subprocess.run(
        [sys.executable, "-m", "folkmoot.cli", *command],
        env={**settings, "PYTHONPATH": str(PROJECT / "src"), "FOLKMOOT_DATA": str(data)},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_new_data_folder_is_told_of_once_and_an_audit_of_nothing_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "forgotten"
    audit = run(folder, "audit", "verify")
    assert audit.returncode == 1
    assert f"A new, empty data folder was made: {folder}." in audit.stderr
    assert f"There is nothing in the database of {folder} yet." in audit.stderr
    first = run(folder, "org", "list")
    assert (first.returncode, first.stdout) == (0, "")
    again = run(folder, "audit", "verify")
    assert (again.returncode, again.stderr) == (0, "")
    assert "There is no organisation yet" in again.stdout
    assert f"Looked at the data in {folder}." in again.stdout
