"""Mail by two URLs: where letters are handed over, and the mailbox to which they come back."""

from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from folkmoot.kernel.errors import NotReady


@dataclass(frozen=True)
class MailServer:
    """Where letters are handed over."""

    host: str
    port: int
    name: str
    password: str
    tls: str  # "none", "starttls" or "tls"
    sender: str


@dataclass(frozen=True)
class Mailbox:
    """Where letters come back to: a folder of a mailbox, which is only read."""

    host: str
    port: int
    name: str
    password: str
    tls: str  # "none", "starttls" or "tls"
    folder: str

    @property
    def label(self) -> str:
        """The mailbox's name without its password: whose, where, and which folder."""
        return f"{self.name}@{self.host}:{self.port}/{self.folder}"


def mail_server(url: str) -> MailServer | None:
    """Read `MAIL_URL`, `smtp://name:password@host:587?tls=starttls&from=moderators@example.org`.

    `None` when it is empty: letters then wait in the outbox, and authors' letters are handed over by hand.
    Raises `NotReady` with what is wrong; the message never repeats the password.
    """
    if not url.strip():
        return None
    example = "smtp://name:password@mail.example.org:587?tls=starttls&from=you@example.org"
    parts, port, options = _parts("MAIL_URL", url, {"smtp", "smtps"}, example)
    tls = _tls("MAIL_URL", options.get("tls", "tls" if parts.scheme == "smtps" else "none"))
    host = parts.hostname or ""
    return MailServer(
        host=host,
        port=port or {"none": 25, "starttls": 587, "tls": 465}[tls],
        name=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
        sender=options.get("from", f"folkmoot@{host}"),
    )


def mailbox(url: str) -> Mailbox | None:
    """Read `FOLKMOOT_IMAP`, `imaps://name:password@host/INBOX`; `None` when it is empty: nobody reads what comes back.

    Raises `NotReady` with what is wrong; the message never repeats the password.
    """
    if not url.strip():
        return None
    example = "imaps://name:password@mail.example.org/INBOX"
    parts, port, options = _parts("FOLKMOOT_IMAP", url, {"imap", "imaps"}, example)
    tls = _tls("FOLKMOOT_IMAP", options.get("tls", "tls" if parts.scheme == "imaps" else "starttls"))
    if not parts.username:
        raise NotReady(f"FOLKMOOT_IMAP should name whose mailbox it is, such as {example}")
    return Mailbox(
        host=parts.hostname or "",
        port=port or (993 if tls == "tls" else 143),
        name=unquote(parts.username),
        password=unquote(parts.password or ""),
        tls=tls,
        folder=unquote(parts.path.lstrip("/")) or "INBOX",
    )


def _parts(variable: str, url: str, schemes: set[str], example: str) -> tuple[SplitResult, int | None, dict[str, str]]:
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise NotReady(f"{variable} cannot be read: its port is not a number.") from None
    if parts.scheme not in schemes or not parts.hostname:
        raise NotReady(f"{variable} should look like {example}")
    return parts, port, {name: values[-1] for name, values in parse_qs(parts.query).items()}


def _tls(variable: str, said: str) -> str:
    if said not in {"none", "starttls", "tls"}:
        raise NotReady(f"In {variable}, tls must be none, starttls or tls.")
    return said
