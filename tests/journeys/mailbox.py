"""A real mail server for tests: it takes every letter, and lets a test wait for one."""

import re
import time
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiosmtpd.controller import Controller

from tests.servers import PATIENCE, free_port

LINK = re.compile(r"http://localhost:\d+/\S+")


@dataclass(frozen=True)
class Letter:
    """One letter as it arrived."""

    to: str
    subject: str
    text: str
    message_id: str

    @property
    def link(self) -> str:
        """Return the last address in it that is not that of the rules: the one to open."""
        found = [address for address in LINK.findall(self.text) if "/rules/" not in address]
        assert found, self.text
        return found[-1]


class Mailbox:
    """All letters, in the order in which they arrived; `url` is what `MAIL_URL` has to be."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())

    @property
    def url(self) -> str:
        """Return the address for `MAIL_URL`."""
        return f"smtp://127.0.0.1:{self._controller.port}?from=moderators@example.org"

    def open(self) -> "Mailbox":
        """Begin to take letters."""
        self._controller.start()
        return self

    def close(self) -> None:
        """Take no more."""
        self._controller.stop()

    def to(self, address: str, about: str = "") -> list[Letter]:
        """Return the letters to `address` whose subject has the words `about`."""
        return [letter for letter in self.letters if letter.to == address and about in letter.subject]

    def wait_for(self, address: str, about: str, *, number: int = 1) -> Letter:
        """Wait for the `number`th letter to `address` about that, and return it."""
        deadline = time.monotonic() + PATIENCE
        while len(found := self.to(address, about)) < number:
            arrived = [(letter.to, letter.subject) for letter in self.letters]
            assert time.monotonic() < deadline, f"no letter to {address} about {about!r}; there are {arrived}"
            time.sleep(0.05)
        return found[number - 1]

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take one letter: aiosmtpd calls this."""
        message = cast(EmailMessage, message_from_bytes(envelope.content, policy=default))
        text = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
        for address in envelope.rcpt_tos:
            self.letters.append(Letter(address, str(message["Subject"]), text, str(message["Message-ID"])))
        return "250 taken"
