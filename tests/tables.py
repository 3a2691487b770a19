"""A SQLite database with its tables and nothing else, made once for each state of what makes them.

Making them takes longer than all else that a first start does, and than most test files take: so whoever needs one
gets a copy.
"""

import fcntl
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.places import PROJECT

KEPT = PROJECT / ".pytest_cache" / "tables"
_AT_THE_END = b"post_migrate"  # whoever asks for it adds to the tables: guards, mostly


def copy_tables(to: Path, environment: Mapping[str, str]) -> None:
    """Write the database to the file `to`; where there is none yet, one is made by a command in `environment`."""
    KEPT.mkdir(parents=True, exist_ok=True)
    made = KEPT / f"{_state()}.sqlite3"
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            for older in KEPT.glob("*.sqlite3"):
                older.unlink()
            _make(made, environment)
    shutil.copy(made, to)


def _make(made: Path, environment: Mapping[str, str]) -> None:
    data = KEPT / "data"
    shutil.rmtree(data, ignore_errors=True)  # of somebody who was killed
    ours = {"DJANGO_SETTINGS_MODULE": "folkmoot.config.settings", "FOLKMOOT_DATA": str(data)}
    command = [sys.executable, "-m", "django", "migrate", "--verbosity=0"]
    subprocess.run(command, env={**environment, **ours}, check=True)
    assert not (data / "folkmoot.sqlite3-wal").exists()  # all of it is in the one file
    (data / "folkmoot.sqlite3").replace(made)
    shutil.rmtree(data)


def _state() -> str:
    """Return a name for what makes tables: migrations, what comes after them, and the libraries' own."""
    found = hashlib.sha256((PROJECT / "requirements.lock").read_bytes())
    for file in sorted((PROJECT / "src").rglob("*.py")):
        text = file.read_bytes()
        if file.parent.name == "migrations" or _AT_THE_END in text or file.name in ("guards.py", "settings.py"):
            found.update(text)
    return found.hexdigest()[:16]
