"""How fast a large file comes in, how much memory that takes, and what is there after the import was killed."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from bench.common.processes import Row, databases
from bench.common.progress import Progress
from bench.of_archive.big_file import COLUMNS, make_files
from folkmoot.procedure.cascade.prints import kept
from tests.servers import folkmoot

Ask = Callable[[str], list[tuple[Any, ...]]]
_DONE = "SELECT coalesce(max(done), 0) FROM archive_importrun WHERE finished_at IS NULL"
_EVERY = 0.02  # seconds between two looks at how far it is


def imported(asked: str, megabytes: int) -> Iterator[Row]:
    """Make a file of so many MB and import it on each database that is `asked` for; yield what came of it.

    First a tenth of it goes in without a break, then the whole, at another place, killed outright when half is in.
    """
    with tempfile.TemporaryDirectory(prefix="folkmoot-bench-") as folder:
        whole, part = Path(folder) / "whole.jsonl", Path(folder) / "tenth.jsonl"
        posts, in_part = make_files(whole, part, megabytes=megabytes)
        files = {"mb": whole.stat().st_size / 1e6, "tenth_mb": part.stat().st_size / 1e6}
        yield {"part": "import", "database": "", "what": "a tenth, json and sqlite3 alone", **_bare(part, Path(folder))}
        for database, environment in databases(asked):
            made = folkmoot("org", "add", "Hartfield Branch", environment=environment)
            if made.returncode:
                raise SystemExit(made.stderr)
            here = {"part": "import", "database": database}
            ask = _asking(environment)
            took = _run(part, "Tenth", in_part, ask, environment)
            yield here | {"what": "a tenth", "file_mb": files["tenth_mb"], "posts": in_part, **took.told()}
            killed = _run(whole, "Whole", posts, ask, environment, until=posts // 2)
            done = _done(ask)
            resumed = _run(whole, "Whole", posts, ask, environment, since=done)
            both = killed.and_then(resumed)
            row = here | {"what": "the whole, killed", "file_mb": files["mb"], "posts": posts, **both.told()}
            yield row | {"killed_at": done, **_counted(ask, expected=posts, before=in_part)}


@dataclass(frozen=True)
class Took:
    """What an import took."""

    seconds: float  # the whole command, or several
    coming: float  # seconds between the first batch and the last
    came: int  # posts in that time
    memory: float  # MB at most, of the writing process and the reading one together
    work: float  # seconds of processor time of both, as far as the system tells it of a killed one

    def and_then(self, other: "Took") -> "Took":
        """Return what both took together."""
        return Took(
            self.seconds + other.seconds,
            self.coming + other.coming,
            self.came + other.came,
            max(self.memory, other.memory),
            self.work + other.work,
        )

    def told(self) -> Row:
        """Return the figures of the table."""
        rate = self.came / self.coming if self.coming else 0.0
        return {"per_second": rate, "seconds": self.seconds, "cpu_seconds": self.work, "peak_mb": self.memory}


def _run(
    file: Path, place: str, total: int, ask: Ask, environment: dict[str, str], *, since: int = 0, until: int = 0
) -> Took:
    """Run the command as somebody without a terminal does, from row `since`; kill it when `until` are in, if given."""
    command = [sys.executable, "-m", "folkmoot.cli", "import", str(file), "--place", place, "--map", COLUMNS]
    began = time.perf_counter()
    progress = Progress(f"import of {file.name}, posts", total)
    seen: list[tuple[float, int]] = []  # when it came on, and how far it was
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        ended, memory = 0, 0.0
        while not ended:
            time.sleep(_EVERY)
            memory = max(memory, _memory(process.pid))
            done = _done(ask)
            if done > (seen[-1][1] if seen else since):
                seen.append((time.perf_counter(), done))
                progress.at(done)
            if until and done >= until:
                os.kill(process.pid, signal.SIGKILL)
            ended, status, used = os.wait4(process.pid, os.WNOHANG)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != (-signal.SIGKILL if until else 0):
            said.seek(0)
            raise SystemExit(f"the import did not go as it should have ({process.returncode}):\n{said.read()}")
    first, last = (seen[0], seen[-1]) if seen else ((0.0, 0), (0.0, 0))
    return Took(
        seconds=time.perf_counter() - began,
        coming=last[0] - first[0],
        came=last[1] - first[1],
        memory=memory,
        work=used.ru_utime + used.ru_stime,
    )


def _memory(process: int) -> float:
    """Return the MB that a process and those it has started take now; 0 when it has ended."""
    total = 0.0
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        for one in (process, *children):
            fields = Path(f"/proc/{one}/statm").read_text().split()
            total += int(fields[1]) * os.sysconf("SC_PAGESIZE") / 1e6
    except (OSError, IndexError):
        return total
    return total


def _done(ask: Ask) -> int:
    ((done,),) = ask(_DONE)
    return int(done)


def _counted(ask: Ask, *, expected: int, before: int) -> Row:
    """Count what is in after the kill and the second start; `before` posts were there from the tenth."""
    ((posts, ids),) = ask(
        "SELECT count(*), count(DISTINCT p.native_id) FROM archive_post p "
        "JOIN archive_platform w ON w.id = p.platform_id WHERE w.name = 'Whole'"
    )
    ((findable,),) = ask("SELECT count(*) FROM archive_words")
    without = ask(
        "SELECT text FROM archive_post WHERE id IN "
        "(SELECT id FROM archive_post EXCEPT SELECT post_id FROM archive_fingerprint)"
    )
    lost = sum(bool(kept(text)) for (text,) in without)  # a few posts have nothing rare in them to be known by
    gaps = max(expected - ids, expected + before - findable, lost)
    return {"there": posts, "gaps": gaps, "doubles": posts - ids + max(0, findable - expected - before)}


def _asking(environment: dict[str, str]) -> Ask:
    """Return how to ask the database of `environment`, past the software."""
    if url := environment.get("DATABASE_URL"):
        line = psycopg.connect(url, autocommit=True)
        return lambda sql: line.execute(sql.encode()).fetchall()
    held = sqlite3.connect(f"file:{environment['FOLKMOOT_DATA']}/folkmoot.sqlite3?mode=ro", uri=True)
    return lambda sql: held.execute(sql).fetchall()


def _bare(file: Path, folder: Path) -> Row:
    """Return how fast the same rows are written by json and sqlite3 alone, in one transaction that is on the disk."""
    began = time.perf_counter()
    database = sqlite3.connect(folder / "bare.sqlite3")
    database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE posts (a, b, c, d, e, f)")
    with file.open(encoding="utf-8") as lines, database:
        rows = (json.loads(line) for line in lines)
        plain = ((row["id"], row["text"], row["user"]["screen_name"], row["user"]["name"]) for row in rows)
        done = database.executemany("INSERT INTO posts (a, b, c, d) VALUES (?, ?, ?, ?)", plain).rowcount
    database.close()
    seconds = time.perf_counter() - began
    return {"file_mb": file.stat().st_size / 1e6, "posts": done, "per_second": done / seconds, "seconds": seconds}
