"""A real IMAP server (pymap) with one mailbox, on this machine only; mail lies in its memory."""

import imaplib
import subprocess
import sys
from pathlib import Path

from folkmoot.config.mail import Mailbox
from tests.servers import free_port, wait_until

NAME, PASSWORD = "moderators", "only for tests"


class ImapServer:
    """One server: `start` it, `put` mail into its mailbox, `empty` it, `stop` it."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self._log = folder / "imap.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def mailbox(self) -> Mailbox:
        """Return what the settings would say of it."""
        return Mailbox("127.0.0.1", self.port, NAME, PASSWORD, "none", "INBOX")

    @property
    def url(self) -> str:
        """Return the address for `FOLKMOOT_IMAP`."""
        return f"imap://{NAME}:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{self.port}/INBOX?tls=none"

    def start(self) -> "ImapServer":
        """Start it, and return once it lets us in."""
        place = ["--no-tls", "--host", "127.0.0.1", "--port", str(self.port)]
        who = ["--demo-user", NAME, "--demo-password", PASSWORD]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-c", "from pymap.main import main; main()", *place, "dict", *who],
                stdout=log,
                stderr=log,
            )
        wait_until(self._answers, "the mail server's first answer")
        return self

    def stop(self) -> None:
        """End it: nobody answers any more."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def put(self, *mails: bytes) -> None:
        """Let mails arrive, as they are."""
        with self._line() as line:
            for mail in mails:
                assert line.append("INBOX", "", "", mail)[0] == "OK"

    def empty(self) -> None:
        """Delete all mail."""
        with self._line() as line:
            line.select("INBOX")
            line.store("1:*", "+FLAGS", r"(\Deleted)")
            line.expunge()

    def unread(self) -> int:
        """Return how many mails nobody has read."""
        with self._line() as line:
            line.select("INBOX", readonly=True)
            return len(line.search(None, "UNSEEN")[1][0].split())

    def _line(self) -> imaplib.IMAP4:
        line = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        line.login(NAME, PASSWORD)
        return line

    def _answers(self) -> bool:
        try:
            self._line().logout()
        except (OSError, imaplib.IMAP4.error):
            return False
        return True
