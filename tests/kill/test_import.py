"""An import that is killed outright goes on where it was: no post is missing, and none is there twice."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import folkmoot, wait_until, with_tables

pytestmark = pytest.mark.kill

ROWS = 30_000
BAD = 30  # every thousandth row has no text
MORE = " about the canal which was dug by hand and about the lock-keeper's geese" * 3  # worth a reader of its own
KILLED_AT = (6_000, 16_000)  # posts in the database


def test_a_killed_import_goes_on_without_a_gap_and_without_a_double(tmp_path: Path) -> None:
    environment = with_tables(tmp_path / "data")
    file, rejects = tmp_path / "many.csv", tmp_path / "rejects.csv"
    rows = (f"{number},{'' if number % 1000 == 999 else f'post {number}{MORE}'}\n" for number in range(ROWS))
    file.write_text("id,text\n" + "".join(rows))
    folkmoot("org", "add", "Hartfield Branch", environment=environment)
    database = tmp_path / "data" / "folkmoot.sqlite3"
    for reached in KILLED_AT:
        started = subprocess.Popen(
            [sys.executable, "-m", "folkmoot.cli", "import", str(file)],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(lambda reached=reached: counted(database)["posts"] >= reached, f"{reached} posts")
        assert started.poll() is None, "it was done before it could be killed"
        readers = children(started.pid)
        assert readers
        started.kill()
        started.wait()
        found = counted(database)
        wait_until(lambda readers=readers: not any(map(is_there, readers)), "the end of who read ahead")
        assert found["done"] == found["posts"] + found["left over"]  # how far it is, is written with what is in

    done = folkmoot("import", str(file), "--rejects", str(rejects), environment=environment)
    assert "It was cut short before: " in done.stdout
    assert f"{ROWS - BAD:,} new posts, 0 known already, 0 with something new, {BAD} rows not taken" in done.stdout
    assert counted(database) == {"posts": ROWS - BAD, "ids": ROWS - BAD, "left over": BAD, "imports": 1, "done": ROWS}
    assert [line.split(",")[0] for line in rejects.read_text().splitlines()[1:]] == [
        str(number) for number in range(1001, ROWS + 2, 1000)
    ]
    again = folkmoot("import", str(file), environment=environment)
    assert f"0 new posts, {ROWS - BAD:,} known already" in again.stdout
    assert folkmoot("audit", "verify", environment=environment).returncode == 0


def children(process: int) -> list[int]:
    """Return the processes that a process has started."""
    found = subprocess.run(["pgrep", "-P", str(process)], capture_output=True, text=True, check=False)
    return [int(number) for number in found.stdout.split()]


def is_there(process: int) -> bool:
    """Say whether a process is there and has not ended: where nobody asks how it ended, its number stays."""
    found = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return bool(found.stdout.strip()) and not found.stdout.startswith("Z")


def counted(database: Path) -> dict[str, int]:
    """Return what is in the database now."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as held:
        (row,) = held.execute(
            "SELECT (SELECT count(*) FROM archive_post), (SELECT count(DISTINCT native_id) FROM archive_post), "
            "(SELECT count(*) FROM archive_leftover), count(*), coalesce(max(done), 0) FROM archive_importrun"
        )
    return dict(zip(("posts", "ids", "left over", "imports", "done"), row, strict=True))
