"""The Tab key: commands, their options and values, without making anything or loading what is not asked for."""

import subprocess
import sys
from pathlib import Path

import pytest

from folkmoot.cli.completion import script_for
from tests.servers import clean_environment


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return clean_environment(FOLKMOOT_DATA=str(tmp_path / "data"))


@pytest.fixture
def typed_as(tmp_path: Path) -> Path:
    """Return a ./folkmoot that is not on the PATH, as it mostly is."""
    program = tmp_path / "folkmoot"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m folkmoot.cli "$@"\n')
    program.chmod(0o755)
    return program


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["que"], ["queue"]),
        (["audit", ""], ["verify", "checkpoint", "export", "guard"]),
        (["policy", "d"], ["diff"]),
        (["queue", "--pl"], ["--place"]),
        (["decide", "12", "--aimed-at", "p"], ["person", "policy"]),
        (["backup", "--js"], ["--json"]),
        (["nosuch", ""], None),
    ],
    ids=lambda one: " ".join(one) if one else "all",
)
def test_bash_completes_what_is_typed_as_a_path(
    words: list[str], offered: list[str] | None, environment: dict[str, str], typed_as: Path, tmp_path: Path
) -> None:
    line = " ".join(f"'{word}'" for word in [str(typed_as), *words])
    ask = (
        f"{script_for('bash')}\nCOMP_WORDS=({line}); COMP_CWORD={len(words)}\n"
        f"_folkmoot_completion '{typed_as}' && printf '%s\\n' \"${{COMPREPLY[@]}}\""
    )
    done = subprocess.run(["bash", "-c", ask], env=environment, capture_output=True, text=True)
    assert done.stderr == ""
    found = done.stdout.split()
    assert sorted(found) == sorted(offered) if offered is not None else "queue" in found
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_ask_what_was_typed_and_not_what_is_on_the_path(shell: str) -> None:
    script = script_for(shell)
    assert f"_FOLKMOOT_COMPLETE={shell}_complete" in script
    assert f"{shell}_complete folkmoot" not in script
    assert "commands[folkmoot]" not in script
