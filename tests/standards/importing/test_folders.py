"""A pack is written whole or not at all, and nothing that was there before is lost."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from folkmoot.kernel.errors import BadInput
from folkmoot.standards import check_pack
from folkmoot.standards.importing import REPORT_FILE, import_policy, import_policy_again
from tests.places import PROJECT

TODAY = date(2026, 1, 1)
TEXT = "Our rules\n\nBe kind to one another.\n\nShare no names.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "policy.txt"
    made.write_text(TEXT)
    return made


def test_the_folder_holds_the_pack_and_the_report_and_nothing_else(file: Path, tmp_path: Path) -> None:
    import_policy(file, tmp_path / "a" / "rules", today=TODAY)
    names = sorted(str(path.relative_to(tmp_path)) for path in (tmp_path / "a").rglob("*") if path.is_file())
    assert names == ["a/rules/clauses/R1.md", "a/rules/clauses/R2.md", f"a/rules/{REPORT_FILE}", "a/rules/pack.yaml"]


def test_an_empty_folder_is_used_and_one_with_something_in_it_is_refused(file: Path, tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    import_policy(file, tmp_path / "rules", today=TODAY)
    (tmp_path / "rules" / "notes.txt").write_text("mine")
    with pytest.raises(BadInput, match="There is something in"):
        import_policy(file, tmp_path / "rules", today=TODAY)
    assert (tmp_path / "rules" / "notes.txt").read_text() == "mine"


def test_replacing_puts_what_was_there_aside_each_time(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    import_policy_again(file, folder, today=TODAY)
    for number in (1, 2):
        (folder / "notes.txt").write_text(f"mine, {number}")
        before = import_policy_again(file, folder, today=TODAY).before
        assert before == tmp_path / f"rules-before-{number}" / "rules"
        assert (before / "notes.txt").read_text() == f"mine, {number}"
        assert check_pack(before) == []
        assert not (folder / "notes.txt").exists()


def test_replacing_by_a_bad_file_leaves_what_was_there(file: Path, tmp_path: Path) -> None:
    import_policy(file, tmp_path / "rules", today=TODAY)
    file.write_text("")
    with pytest.raises(BadInput):
        import_policy_again(file, tmp_path / "rules", today=TODAY)
    assert check_pack(tmp_path / "rules") == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["policy.txt", "rules"]


@pytest.mark.parametrize("name", ["Our Rules", "rules_2026", "régles"])
def test_a_folder_whose_name_can_be_no_packs_is_refused(name: str, file: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="small letters, digits and single hyphens"):
        import_policy(file, tmp_path / name, today=TODAY)


def test_the_folder_that_one_is_in_is_not_pulled_from_under_ones_feet(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rules").mkdir()
    monkeypatch.chdir(tmp_path / "rules")
    with pytest.raises(BadInput, match="You are inside that folder"):
        import_policy(file, Path(), today=TODAY)


def test_a_file_where_the_folders_should_be_is_said(file: Path) -> None:
    with pytest.raises(BadInput, match="cannot be written"):
        import_policy(file, file / "rules", today=TODAY)


@pytest.mark.slow
def test_killed_at_any_moment_it_leaves_a_whole_pack_or_none(file: Path, tmp_path: Path) -> None:
    file.write_text("Our rules\n\n" + "\n\n".join(f"Rule {number} is to be kind." for number in range(150)))
    folder = tmp_path / "rules"
    command = [sys.executable, "-m", "folkmoot.cli", "policy", "import", str(file), "--out", str(folder), "--replace"]
    killed = 0
    for pause in (0, 0.005, 0.02, 0.05, 20):  # seconds from the first sign of the pack
        started = subprocess.Popen(
            command, env=os.environ | {"PYTHONPATH": str(PROJECT / "src")}, stdout=subprocess.DEVNULL
        )
        known = len(list(tmp_path.iterdir()))
        while started.poll() is None and len(list(tmp_path.iterdir())) == known:
            time.sleep(0.001)
        with suppress(subprocess.TimeoutExpired):
            started.wait(pause)
        started.kill()
        killed += started.wait() == -signal.SIGKILL
        assert not folder.exists() or check_pack(folder) == []
    assert killed
    assert check_pack(folder) == []
