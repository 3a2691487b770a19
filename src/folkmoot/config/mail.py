"""Mail by one URL: `smtp://name:password@host:587?tls=starttls&from=moderators@example.org`."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

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


def mail_server(url: str) -> MailServer | None:
    """Read the mail URL; `None` when it is empty: letters then wait in the outbox.

    Raises `NotReady` with what is wrong; the message never repeats the password.
    """
    if not url.strip():
        return None
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise NotReady("MAIL_URL cannot be read: its port is not a number.") from None
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise NotReady(
            "MAIL_URL should look like smtp://name:password@mail.example.org:587?tls=starttls&from=you@example.org"
        )
    tls = options.get("tls", "tls" if parts.scheme == "smtps" else "none")
    if tls not in {"none", "starttls", "tls"}:
        raise NotReady("In MAIL_URL, tls must be none, starttls or tls.")
    return MailServer(
        host=parts.hostname,
        port=port or {"none": 25, "starttls": 587, "tls": 465}[tls],
        name=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
        sender=options.get("from", f"folkmoot@{parts.hostname}"),
    )
