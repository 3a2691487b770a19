"""Whatever stops a backup or a restore is one sentence, and a signal leaves nothing behind."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from pydantic import ValidationError

from folkmoot.cli.backups.database import require_empty_database
from folkmoot.cli.backups.edge import in_a_sentence
from folkmoot.cli.backups.manifest import Member
from folkmoot.kernel.errors import NotReady


def strange_member() -> None:
    Member(name="../outside", bytes=1, sha256="")


def full_disk() -> None:
    raise OSError(28, "No space left on device")


def lost_line() -> None:
    raise psycopg.OperationalError("the connection is lost\nand more")


@pytest.mark.parametrize(
    ("fails", "says"),
    [
        (full_disk, "The backup could not be made: no space left on device."),
        (lost_line, "The backup could not be made: the connection is lost"),
        (strange_member, "The backup could not be made: name: string should match pattern"),
    ],
)
def test_what_fails_is_a_sentence(fails: Callable[[], None], says: str) -> None:
    with pytest.raises(NotReady) as refusal, in_a_sentence("The backup could not be made"):
        fails()
    assert str(refusal.value).startswith(says)
    assert len(str(refusal.value).splitlines()) == 1
    with pytest.raises(ValidationError):
        strange_member()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_tidies_up(number: signal.Signals, tmp_path: Path) -> None:
    before = signal.getsignal(number)

    def broken_off() -> None:
        try:
            (tmp_path / "plain").write_text("everything about everybody")
            os.kill(os.getpid(), number)
        finally:
            os.kill(os.getpid(), number)  # a second one does not break it off
            (tmp_path / "plain").unlink()

    with pytest.raises(SystemExit) as ended, in_a_sentence(""):
        broken_off()
    assert (ended.value.code, list(tmp_path.iterdir())) == (128 + number, [])
    assert signal.getsignal(number) == before


def test_an_option_that_only_django_knows_is_no_hindrance() -> None:
    with pytest.raises(NotReady, match="cannot be opened: connection failed"):
        require_empty_database("postgres://nobody@127.0.0.1:1/none?conn_max_age=5&connect_timeout=3")
