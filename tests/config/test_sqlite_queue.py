"""The queue before SQLite's lock for writing."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_django
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.places import PROJECT

HOLDS_AND_DIES = """
import sys, time
from django.conf import settings
options = {"transaction_mode": "IMMEDIATE", "timeout": 1}
settings.configure(DATABASES={"default": {"ENGINE": "folkmoot.config.sqlite", "NAME": sys.argv[1], "OPTIONS": options}})
import django
django.setup()
from django.db import connection, transaction
with transaction.atomic():
    connection.cursor().execute("INSERT INTO word VALUES ('never')")
    print("holding", flush=True)
    time.sleep(60)
"""


@pytest.fixture(autouse=True)
def own_databases_only(django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "words.sqlite3"
    with connected(file) as connection, connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("CREATE TABLE word (text TEXT)")
    return file


@pytest.fixture
def connection(file: Path) -> Iterator[BaseDatabaseWrapper]:
    with connected(file) as made:
        yield made


def test_every_one_of_many_writers_gets_its_turn(file: Path) -> None:
    def write() -> None:
        with connected(file) as mine:
            for _ in range(25):
                keep(mine)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with connected(file) as reader:
        assert texts(reader) == ["kept"] * 200


def test_who_waits_goes_on_as_soon_as_the_other_has_finished(file: Path, connection: BaseDatabaseWrapper) -> None:
    order: list[str] = []
    begun = threading.Event()

    def second() -> None:
        with connected(file) as mine:
            begun.wait()
            keep(mine)
        order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with transaction.atomic(using=connection.alias):
        begun.set()
        time.sleep(0.2)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]


def test_a_transaction_that_is_rolled_back_lets_the_next_one_in(connection: BaseDatabaseWrapper) -> None:
    with transaction.atomic(using=connection.alias):
        connection.cursor().execute("INSERT INTO word VALUES ('never')")
        transaction.set_rollback(True, using=connection.alias)
    keep(connection)
    assert texts(connection) == ["kept"]


def test_a_connection_closed_in_the_middle_lets_the_next_one_in(file: Path, connection: BaseDatabaseWrapper) -> None:
    connection.ensure_connection()
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    connection.cursor().execute("INSERT INTO word VALUES ('never')")
    connection.close()
    with connected(file) as other:
        keep(other)
        assert texts(other) == ["kept"]


def test_a_writer_that_is_killed_keeps_nobody_waiting(file: Path, connection: BaseDatabaseWrapper) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDS_AND_DIES, str(file)],
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": str(PROJECT / "src")},
    )
    assert holder.stdout
    with holder.stdout:
        assert holder.stdout.readline() == b"holding\n"
        holder.send_signal(signal.SIGKILL)
        keep(connection)
    holder.wait()
    assert texts(connection) == ["kept"]


class connected:  # noqa: N801  it reads as a phrase
    """A connection of its own to `file`, as every thread of a server has; closed afterwards."""

    def __init__(self, file: Path) -> None:
        self.alias = f"queue-{threading.get_ident()}-{id(self)}"
        options = {"transaction_mode": "IMMEDIATE", "timeout": 5}
        connections.settings[self.alias] = {
            **connections.settings["default"],
            "ENGINE": "folkmoot.config.sqlite",
            "NAME": file,
            "OPTIONS": options,
        }

    def __enter__(self) -> BaseDatabaseWrapper:
        return connections[self.alias]

    def __exit__(self, *error: object) -> None:
        connections[self.alias].close()
        del connections[self.alias]
        del connections.settings[self.alias]


def keep(connection: BaseDatabaseWrapper) -> None:
    """Write one word."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("INSERT INTO word VALUES ('kept')")


def texts(connection: BaseDatabaseWrapper) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM word")
        return [text for (text,) in cursor.fetchall()]
