"""A real mail server that a test can make refuse or be down."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from folkmoot.config.mail import MailServer
from folkmoot.members.models import Organisation
from tests.cast import lay_open
from tests.servers import free_port

SENDER = "moderators@harbour.example"


class Relay:
    """What our relay took, and what it answers: `refuse[address]`, `refuse_sender`, `refuse_letter` hold replies."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, EmailMessage]] = []
        self.refuse: dict[str, str] = {}
        self.refuse_sender = ""
        self.refuse_letter = ""
        self.goodbye = "221 bye"
        self.port = free_port()
        self._controller: Controller | None = None

    @property
    def server(self) -> MailServer:
        """Return its address as the settings would have it."""
        return MailServer("127.0.0.1", self.port, "", "", "none", SENDER)

    def start(self) -> None:
        """Open it."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        """Close it: nobody answers any more."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def to(self, address: str) -> list[EmailMessage]:
        """Return the letters taken for an address."""
        return [message for to, message in self.taken if to == address]

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the sender."""
        if self.refuse_sender:
            return self.refuse_sender
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take an address, unless it is to be refused."""
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Let us go."""
        return self.goodbye

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take a letter."""
        if self.refuse_letter:
            return self.refuse_letter
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.taken += [(address, message) for address in envelope.rcpt_tos]
        return "250 taken"


@pytest.fixture
def relay() -> Iterator[Relay]:
    """Return a mail server that runs."""
    found = Relay()
    found.start()
    yield found
    found.stop()


@pytest.fixture(autouse=True)
def _record_is_sound(db: None) -> Iterator[None]:
    yield
    for org in Organisation.objects.all():
        assert lay_open(org) == []
