"""`folkmoot policy check` points at the line."""

import shutil
from pathlib import Path

from click.testing import CliRunner

from folkmoot.cli.commands import folkmoot
from folkmoot.standards import find_pack


def test_a_sound_pack_passes() -> None:
    done = CliRunner().invoke(folkmoot, ["policy", "check", str(find_pack("labour-branch-2018"))])
    assert done.exit_code == 0
    assert "nothing is wrong" in done.output


def test_a_mistake_is_shown_with_file_and_line_and_what_to_do(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(find_pack("labour-national-2018"), pack)
    clause = next((pack / "clauses").glob("N1.md"))
    clause.write_text(clause.read_text().replace("kind:", "kin:", 1))
    done = CliRunner().invoke(folkmoot, ["policy", "check", str(pack)])
    assert done.exit_code == 1
    first = done.output.splitlines()[0]
    assert first.startswith(f"{clause}:")
    assert first.removeprefix(f"{clause}:").partition(":")[0].isdigit()
    assert first.endswith(")")


def test_a_folder_that_is_not_there_is_no_traceback(tmp_path: Path) -> None:
    done = CliRunner().invoke(folkmoot, ["policy", "check", str(tmp_path / "none")])
    assert done.exit_code == 1
    assert "no such folder" in done.output
