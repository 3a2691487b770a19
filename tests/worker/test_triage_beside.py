"""A real server looks over what was brought in, in a process of its own, and goes on when that is killed."""

import csv
import os
import signal
import sqlite3
from pathlib import Path

import pytest

from tests.servers import Server, wait_until

THREAT = "I know where you live, and I am coming round to break your legs."


def judged(data: Path) -> dict[str, int]:
    """Return the posts that were judged, and whether they were flagged."""
    with sqlite3.connect(f"file:{data}/folkmoot.sqlite3?mode=ro", uri=True, timeout=30) as database:
        asked = "SELECT p.text, a.flag FROM archive_assessment a JOIN archive_post p ON p.id = a.post_id"
        return dict(database.execute(asked).fetchall())


@pytest.mark.slow
@pytest.mark.kill
def test_what_is_brought_in_is_looked_over_beside_the_worker(tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    with file.open("w", newline="") as table:
        rows = csv.writer(table)
        rows.writerow(["id", "text"])
        rows.writerows([number, f"The meeting about item {number} is at seven."] for number in range(200))
        rows.writerow([200, THREAT])
    server = Server(tmp_path, FOLKMOOT_TRIAGE="1").start()
    try:
        done = server.folkmoot("import", str(file), "--place", "The page")
        assert done.returncode == 0, done.stderr
        wait_until(lambda: THREAT in judged(server.folder / "data"), "the last post to be judged first")
        beside = [one for one in server.everybody if one.name == "folkmoot-triage"]
        for one in beside:
            os.kill(one.pid, signal.SIGKILL)
        wait_until(lambda: len(judged(server.folder / "data")) == 201, "all of them")
        found = judged(server.folder / "data")
        assert found[THREAT] == 1
    finally:
        server.stop()
