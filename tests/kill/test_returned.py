"""A worker that is killed reads what has come back meanwhile when it starts again."""

import os
import signal
import threading
from pathlib import Path

import pytest

from tests.imap import ImapServer
from tests.journeys.mailbox import Mailbox
from tests.kill.clients import Decider, Reporter, Told
from tests.kill.record import Record
from tests.reports import bounced
from tests.servers import Server, wait_until

pytestmark = pytest.mark.kill


def test_a_new_worker_finds_the_letter_that_came_back_while_there_was_none(tmp_path: Path) -> None:
    imap, mailbox = ImapServer(tmp_path).start(), Mailbox().open()
    server = Server(tmp_path, MAIL_URL=mailbox.url, FOLKMOOT_IMAP=imap.url, FOLKMOOT_UNDO_SECONDS="0")
    try:
        server.start()
        decider = Decider(server, Told(), threading.Event())
        decider.come_in()
        reporter = Reporter(server, Told(), threading.Event(), org=decider.org, every=0)
        while not Record(tmp_path / "data").letters():  # one in four leaves an address
            reporter.work()
        wait_until(lambda: Record(tmp_path / "data").letters_waiting() == 0, "the letter to leave")
        [letter] = mailbox.letters[:1]
        imap.put(bounced(letter.message_id, to=letter.to))
        os.kill(server.worker.pid, signal.SIGKILL)
        wait_until(lambda: Record(tmp_path / "data").letters_returned() == [letter.message_id], "what came back")
    finally:
        server.stop()
        mailbox.close()
        imap.stop()
    verified = server.folkmoot("audit", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
