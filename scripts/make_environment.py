"""Make or refresh the environment from hash-pinned lock files: `make_environment.py VENV LOCK...`.

Runs on the system's Python with the standard library only. An interrupted installation is started
afresh; of two that start at once, one waits for the other. Exit status 1 with a plain sentence when it
cannot be done.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# What pip says when it is in trouble, and what a person can do about it; the first match is told.
TROUBLES = [
    (
        ("No space left on device",),
        "The disk is full.",
    ),
    (
        ("DO NOT MATCH THE HASHES",),
        "What was fetched is not what this version of Folkmoot was checked with, so it was not installed. "
        "Try again; if it stays so, something between here and the package index changes files.",
    ),
    (
        (
            "Failed to establish a new connection",
            "Temporary failure in name resolution",
            "Name or service not known",
            "nodename nor servname",
            "Network is unreachable",
            "NewConnectionError",
            "ConnectTimeoutError",
            "ReadTimeoutError",
            "ProxyError",
            "Connection refused",
            "Could not fetch URL",
        ),
        "There is no way to the package index: the first start needs the internet (later ones do not). "
        "Connect this machine, or set pip up for your proxy or mirror, and start again.",
    ),
    (
        ("Failed building wheel", "Failed to build", "command 'gcc' failed", "error: command"),
        "A part has no ready-made package for this machine and could not be built. Install a C compiler and "
        "Python's headers (on Debian and Ubuntu: apt install build-essential python3-dev), and start again.",
    ),
    (
        ("No matching distribution found", "Could not find a version"),
        "The package index did not offer what is needed: this machine may be offline, or its Python too new "
        "or too unusual. Connect it, or name another Python by FOLKMOOT_PYTHON, and start again.",
    ),
]


def main(venv: Path, locks: list[Path]) -> None:
    """Bring `venv` to what `locks` name."""
    with only_one(venv.with_name(venv.name + ".lock")) as lock_descriptor:
        missing = [lock for lock in locks if read(stamp(venv, lock)) != wanted(lock)]
        if sound(venv) and not missing:
            return
        began = time.monotonic()
        say("Setting up Folkmoot's environment. This happens once and takes about a minute.")
        if not sound(venv):
            make(venv)
            missing = locks
        unfinished(venv).touch()
        for lock in missing:
            install(venv, lock, lock_descriptor)
            stamp(venv, lock).write_text(wanted(lock))
        unfinished(venv).unlink()
        say(f"The environment is ready ({time.monotonic() - began:.0f} s).")


@contextmanager
def only_one(path: Path) -> Iterator[int]:
    """Hold the lock file; the system lets go of it when this process and its pip end, however they end."""
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start is setting up the environment; waiting for it.")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield file.fileno()


def sound(venv: Path) -> bool:
    """Say whether `venv` is whole and runs the Python that it was made with."""
    if unfinished(venv).exists():
        return False
    try:
        seen = subprocess.run(
            [venv / "bin" / "python", "-c", "import sys, pip; print(sys.version_info[:2])"],
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return False
    return seen.stdout.strip() == str(sys.version_info[:2])


def make(venv: Path) -> None:
    """Make `venv` afresh; the mark `unfinished` is in it from the first moment."""
    if venv.exists():
        shutil.rmtree(venv)
    venv.mkdir()
    unfinished(venv).touch()
    made = subprocess.run(
        [sys.executable, "-m", "venv", venv], capture_output=True, text=True, env=environment(), check=False
    )
    if made.returncode:
        give_up(made.stdout + made.stderr, "Python could not make an environment.")


def install(venv: Path, lock: Path, lock_descriptor: int) -> None:
    """Install what `lock` names, each file checked against its hash."""
    total = sum(1 for line in lock.read_text().splitlines() if line and line[0] not in " #-")
    command = [
        venv / "bin" / "python",
        "-m",
        "pip",
        "install",
        "--require-hashes",
        "--no-input",
        "--retries=2",
    ]
    command += ["--disable-pip-version-check", "--no-warn-script-location", "--progress-bar=off", "-r", lock]
    log: list[str] = []
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment(),
        pass_fds=[lock_descriptor],  # should this process be killed, the lock holds until pip has ended
    ) as pip:
        for line in pip.stdout or ():
            log.append(line)
            show_progress(log, total)
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)
    if pip.returncode:
        give_up("".join(log), "The environment could not be set up.")


def show_progress(log: list[str], total: int) -> None:
    """Keep one line at a terminal that says how far pip has come."""
    words = log[-1].split()
    if words[:1] == ["Collecting"] and sys.stderr.isatty():
        count = sum(1 for line in log if line.startswith("Collecting "))
        print(f"\r\033[K  {min(count, total)} of {total}: {words[1]}", end="", file=sys.stderr, flush=True)


def environment() -> dict[str, str]:
    """Return the environment for pip: it wants a home, if only for its cache."""
    home = os.environ.get("HOME") or tempfile.gettempdir()
    dropped = {"PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "VIRTUAL_ENV"}
    return {name: value for name, value in os.environ.items() if name not in dropped} | {"HOME": home}


def give_up(log: str, sentence: str) -> None:
    """End with the sentence that fits what pip said, and its last lines for whoever helps."""
    for signs, advice in TROUBLES:
        if any(sign in log for sign in signs):
            sentence = advice
            break
    tail = [line for line in log.splitlines() if line.strip()][-5:]
    say(sentence)
    say("The last that was heard:\n" + "\n".join(f"  {line[:300]}" for line in tail))
    raise SystemExit(1)


def wanted(lock: Path) -> str:
    """Return the stamp for `lock`: this Python and the POSIX checksum that `cksum` prints."""
    summed = subprocess.run(["cksum"], input=lock.read_bytes(), capture_output=True, check=True)
    return f"{sys.version_info[:2]} {summed.stdout.decode().strip()}"


def stamp(venv: Path, lock: Path) -> Path:
    """Return where the stamp of `lock` is kept."""
    return venv / f"{lock.name}.stamp"


def unfinished(venv: Path) -> Path:
    """Return the mark that an installation is under way."""
    return venv / "unfinished"


def read(path: Path) -> str:
    """Return the text of `path`, empty when it is not there."""
    return path.read_text().strip() if path.exists() else ""


def say(text: str) -> None:
    """Tell the person at the terminal."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
