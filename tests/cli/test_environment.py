"""The environment that ./run makes: once, whole, from checked files, and with a sentence when it cannot."""

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.places import PROJECT

pytestmark = pytest.mark.slow

LOCK = "requirements.lock"
# What the script may use of the system, when Python is to be missing or another one.
TOOLS = ("sh", "dirname", "cat", "cksum")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return a clone of the parts that make an environment, with an empty lock file and its own home."""
    folder = tmp_path / "a clone"
    shutil.copytree(PROJECT / "scripts", folder / "scripts")
    (folder / LOCK).write_text("# nothing is needed\n")
    (folder / "home").mkdir()
    (folder / "start").write_text(
        '#!/bin/sh\nset -eu\nhere=$(cd "$(dirname "$0")" && pwd)\n. "$here/scripts/environment.sh"\n'
        f'environment {LOCK}\necho "$python"\n'
    )
    (folder / "start").chmod(0o755)
    return folder


def test_the_first_start_makes_it_the_second_costs_nothing_and_a_changed_lock_little(clone: Path) -> None:
    first = start(clone)
    assert first.returncode == 0, first.stderr
    assert "Setting up" in first.stderr
    python = Path(first.stdout.strip())
    assert python == clone / ".venv" / "bin" / "python"
    assert subprocess.run([python, "-c", "import pip"]).returncode == 0
    script = clone / "scripts" / "make_environment.py"
    script.rename(clone / "away")  # the second start has no use for it
    began = time.monotonic()
    second = start(clone)
    assert second.returncode == 0, second.stderr
    assert second.stderr == ""
    assert time.monotonic() - began < 1
    (clone / "away").rename(script)

    # One that is there is not made anew: that takes most of the time.
    mark = clone / ".venv" / "mine"
    mark.touch()
    (clone / LOCK).write_text("# still nothing\n")
    again = start(clone)
    assert again.returncode == 0, again.stderr
    assert "Setting up" in again.stderr
    assert mark.exists()
    assert start(clone).stderr == ""


@pytest.mark.soak
def test_no_home_is_no_obstacle(clone: Path) -> None:
    done = start(clone, HOME=None)
    assert done.returncode == 0, done.stderr
    (clone / LOCK).write_text("# still nothing\n")
    done = start(clone, HOME="")
    assert done.returncode == 0, done.stderr


@pytest.mark.soak
def test_an_interrupted_installation_is_begun_afresh(clone: Path) -> None:
    mark = clone / ".venv" / "half-installed"
    (clone / ".venv" / "bin").mkdir(parents=True)
    (clone / ".venv" / "bin" / "python").symlink_to(sys.executable)
    mark.touch()
    (clone / ".venv" / "unfinished").touch()
    again = start(clone)
    assert again.returncode == 0, again.stderr
    assert not mark.exists()
    assert start(clone).stderr == ""


@pytest.mark.soak
def test_of_two_that_start_at_once_one_waits_for_the_other(clone: Path) -> None:
    results: list[subprocess.CompletedProcess[str]] = []
    threads = [threading.Thread(target=lambda: results.append(start(clone))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [done.returncode for done in results] == [0, 0]
    assert sorted("Setting up" in done.stderr for done in results) == [False, True]
    assert any("waiting for it" in done.stderr for done in results)


def test_without_a_network_it_says_so_and_the_next_start_begins_afresh(clone: Path) -> None:
    (clone / LOCK).write_text(f"click==8.1.0 --hash=sha256:{'0' * 64}\n")
    # Nobody answers at this address; pip's own settings must not help it.
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": ""}
    done = start(clone, **nowhere)
    assert done.returncode == 1
    assert "needs the internet" in done.stderr
    assert "Traceback" not in done.stderr
    assert (clone / ".venv" / "unfinished").exists()  # so the next start begins afresh


def test_what_does_not_match_its_hash_is_not_installed(clone: Path, tmp_path: Path) -> None:
    wheel = tmp_path / "wheels" / "tampered-1.0-py3-none-any.whl"
    wheel.parent.mkdir()
    wheel.write_bytes(b"not what was agreed")
    (clone / LOCK).write_text(f"tampered==1.0 --hash=sha256:{'0' * 64}\n")
    done = start(clone, PIP_NO_INDEX="1", PIP_FIND_LINKS=str(wheel.parent))
    assert done.returncode == 1
    assert "was not installed" in done.stderr


@pytest.mark.parametrize(
    ("python", "sentence"),
    [
        (None, "needs Python 3.11 or newer, and there is none here"),
        ('case "$*" in *exit*) exit 1;; *) echo 3.9;; esac', "this machine has 3.9"),
        ('case "$*" in *ensurepip*) exit 1;; *exit*) exit 0;; *) echo 3.12;; esac', "apt install python3.12-venv"),
    ],
    ids=["none", "old", "without venv"],
)
def test_a_python_that_will_not_do_is_named(clone: Path, tmp_path: Path, python: str | None, sentence: str) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        assert found
        (programs / name).symlink_to(found)
    if python:
        (programs / "python3").write_text(f"#!/bin/sh\n{python}\n")
        (programs / "python3").chmod(0o755)
    done = start(clone, PATH=str(programs))
    assert done.returncode == 1
    assert sentence in done.stderr
    assert not (clone / ".venv").exists()


@pytest.mark.soak
def test_a_newer_python_is_found_beside_an_old_one(clone: Path, tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "python3").write_text('#!/bin/sh\ncase "$*" in *exit*) exit 1;; *) echo 3.9;; esac\n')
    (programs / "python3").chmod(0o755)
    (programs / "python3.11").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (programs / "python3.11").chmod(0o755)
    done = start(clone, PATH=f"{programs}:{os.environ['PATH']}")
    assert done.returncode == 0, done.stderr


def start(clone: Path, **environment: str | None) -> subprocess.CompletedProcess[str]:
    """Start the clone with its own home, `environment` on top; `None` leaves a variable out."""
    wanted = {**os.environ, "HOME": str(clone / "home"), **environment}
    wanted.pop("FOLKMOOT_PYTHON", None)
    kept = {name: value for name, value in wanted.items() if value is not None}
    return subprocess.run([clone / "start"], env=kept, capture_output=True, text=True, timeout=180)
