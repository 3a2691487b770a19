"""`/readyz` has one plain word for each thing that people need, and names nobody."""

import os
import shutil
import time
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import OperationalError, connection
from django.test import Client

from folkmoot.casefile.guards import guards
from folkmoot.config.health import machine, marks
from folkmoot.config.mail import MailServer
from folkmoot.outbox.models import Dispatch
from tests.cast import AUTHOR_ADDRESS, day, decided
from tests.web.browsers import move_clock

pytestmark = pytest.mark.django_db


class Usage(NamedTuple):
    free: int


@pytest.fixture(autouse=True)
def _sound(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA = tmp_path
    marks.beat(tmp_path)
    move_clock(monkeypatch, day(3))


def asked() -> tuple[int, dict[str, str]]:
    answer = Client().get("/readyz")
    return answer.status_code, dict(line.split(": ") for line in answer.content.decode().splitlines())


def test_when_all_is_there_it_says_so() -> None:
    status, said = asked()
    assert status == 200
    assert said == dict.fromkeys(("database", "migrations", "guards", "worker", "disk"), "fine") | {"mail": "unset"}


def test_a_guard_that_is_gone_is_said() -> None:
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else " ON casefile_event"
        cursor.execute(f"DROP TRIGGER {_a_guard()}{on}")
    assert asked()[1]["guards"] == "gone"
    assert asked()[0] == 503


def _a_guard() -> str:
    return next(guard.name for guard in guards(connection.vendor) if guard.table.strip('"') == "casefile_event")


def test_a_migration_that_has_not_run_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("folkmoot.config.readiness._newest", lambda: [("casefile", "9999_later")])
    status, said = asked()
    assert (status, said["migrations"], said["mail"]) == (503, "missing", "unknown")


def test_a_database_that_is_away_is_said_without_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OperationalError("connection to server at db.internal, user folkmoot, failed")

    monkeypatch.setattr(connection, "ensure_connection", fail)
    status, said = asked()
    assert (status, said["database"], said["guards"]) == (503, "away", "unknown")


def test_a_worker_that_is_silent_is_said(tmp_path: Path) -> None:
    long_ago = time.time() - machine.NO_ROUND - 1
    os.utime(tmp_path / marks.WORKER, (long_ago, long_ago))
    assert (asked()[0], asked()[1]["worker"]) == (503, "silent")
    (tmp_path / marks.WORKER).unlink()
    assert asked()[1]["worker"] == "silent"


def test_a_full_disk_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(machine.LEAST_FREE - 1))
    assert (asked()[0], asked()[1]["disk"]) == (503, "full")


def test_letters_are_stuck_when_the_mail_server_takes_none_and_not_when_one_receiver_does_not(settings: Any) -> None:
    settings.MAIL = MailServer("127.0.0.1", 25, "", "", "none", "us@example.org")
    letters = Dispatch.objects.filter(case=decided().pk, to=AUTHOR_ADDRESS)
    assert letters.exists()
    assert asked()[1]["mail"] == "fine"
    letters.update(tries=3, last_error="refused: 451")
    assert asked()[1]["mail"] == "fine"
    letters.update(last_error="mail server: [Errno 111] Connection refused")
    answer = Client().get("/readyz")
    assert (answer.status_code, asked()[1]["mail"]) == (503, "stuck")
    assert AUTHOR_ADDRESS not in answer.content.decode()
    letters.update(made_at=day(3))
    assert asked()[1]["mail"] == "fine"
