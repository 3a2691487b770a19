"""Reads the organisation's mailbox for letters that came back. It changes nothing there: not even what is unread.

Of mail that is no delivery report only one line of its headers is fetched. Up to where it has read stands in the
database: killed between a letter and that note, it reads the same reports again, and a letter comes back only once.
"""

import imaplib
import logging
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError

from folkmoot.config.mail import Mailbox
from folkmoot.outbox.delivery_report import LARGEST, Returned, read_report
from folkmoot.outbox.models import Inbox
from folkmoot.steps.record_return import record_bounce

BATCH = 200  # mails in one look; the rest in the next
FIRST_LOOK = 1000  # the newest of a mailbox never read before
PATIENCE = 20.0  # seconds for one answer of the mail server
_KIND = "BODY.PEEK[HEADER.FIELDS (CONTENT-TYPE)]"
_UID = re.compile(rb"\bUID (\d+)")
log = logging.getLogger(__name__)


class Unreadable(Exception):
    """The mailbox does not answer as a mailbox should."""


def read_returned(*, at: datetime, mailbox: Mailbox | None) -> int:
    """Read what is new in the mailbox at `at`; return how many mails were looked at. Without a mailbox none is.

    What goes wrong with the mailbox is written down for people to see, and stops nothing else.
    """
    if mailbox is None:
        return 0
    inbox, _ = Inbox.objects.get_or_create(name=mailbox.label[:300])
    try:
        with _connected(mailbox) as server:
            looked_at = _read(server, inbox, mailbox, at=at)
    except DatabaseError:
        raise
    except Exception as error:
        inbox.error = (str(error) or type(error).__name__)[:300]
        inbox.save()
        log.warning("the mailbox could not be read: %s", type(error).__name__)  # why: on the page of letters
        if not isinstance(error, (OSError, imaplib.IMAP4.error, UnicodeError, Unreadable)):
            log.exception("and that is a fault of ours")
        return 0
    inbox.error, inbox.read_at = "", at
    inbox.save()
    return looked_at


def _read(server: imaplib.IMAP4, inbox: Inbox, mailbox: Mailbox, *, at: datetime) -> int:
    new = _new(server, inbox, mailbox)[:BATCH]
    reports = _reports(server, new) if new else set()
    for uid in new:
        if uid in reports:
            _take(_body(server, uid), uid, at=at)
        inbox.last_uid = uid
        if uid in reports:
            inbox.save()
    return len(new)


def _new(server: imaplib.IMAP4, inbox: Inbox, mailbox: Mailbox) -> list[int]:
    """Open the folder for reading only, and return the numbers of the mails that were not looked at yet."""
    folder = mailbox.folder.replace("\\", "\\\\").replace('"', '\\"')
    _answered(server.select(f'"{folder}"', readonly=True), f"the folder {mailbox.folder}")
    validity = server.response("UIDVALIDITY")[1]
    if not validity or not isinstance(validity[0], bytes) or not validity[0].isdigit():
        raise Unreadable("it gives its mails no lasting numbers")
    if inbox.uidvalidity != int(validity[0]):
        inbox.uidvalidity, inbox.last_uid = int(validity[0]), 0
    found = _answered(server.uid("SEARCH", f"UID {inbox.last_uid + 1}:*"), "a search")
    numbers = sorted(int(word) for line in found if isinstance(line, bytes) for word in line.split() if word.isdigit())
    new = [uid for uid in numbers if uid > inbox.last_uid]  # "n:*" names the last mail, whatever its number
    return new if inbox.last_uid else new[-FIRST_LOOK:]


def _reports(server: imaplib.IMAP4, uids: list[int]) -> set[int]:
    """Return which of the mails say of themselves that they are reports."""
    lines = _answered(server.uid("FETCH", ",".join(map(str, uids)), f"(UID {_KIND})"), "the kinds of mails")
    found = set()
    for line, following in zip(lines, [*lines[1:], b""], strict=True):
        if isinstance(line, tuple) and b"report" in line[1].lower():
            after = following if isinstance(following, bytes) else b""
            uid = _UID.search(line[0]) or _UID.search(after)  # a server may say the number before or after
            found |= {int(uid[1])} if uid else set()
    return found


def _body(server: imaplib.IMAP4, uid: int) -> bytes:
    lines = _answered(server.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{LARGEST}>)"), f"mail {uid}")
    return next((line[1] for line in lines if isinstance(line, tuple)), b"")  # deleted meanwhile: nothing


def _take(raw: bytes, uid: int, *, at: datetime) -> None:
    """Note what one report says; one that nobody can read, or take, stops no other."""
    try:
        returned = read_report(raw) or Returned((), "")
        for message_id in returned.message_ids:
            record_bounce(message_id, status=returned.status, at=at)
    except (OperationalError, InterfaceError):  # the database is away: the report is read again
        raise
    except Exception:
        log.warning("mail %s of the mailbox could not be understood", uid, exc_info=True)


def _answered(answer: tuple[str, list[Any]], what: str) -> list[Any]:
    said, data = answer
    if said != "OK":
        raise Unreadable(f"it refuses {what}")
    return data


@contextmanager
def _connected(mailbox: Mailbox) -> Iterator[imaplib.IMAP4]:
    context = ssl.create_default_context()
    server: imaplib.IMAP4
    if mailbox.tls == "tls":
        server = imaplib.IMAP4_SSL(mailbox.host, mailbox.port, ssl_context=context, timeout=PATIENCE)
    else:
        server = imaplib.IMAP4(mailbox.host, mailbox.port, timeout=PATIENCE)
    try:
        if mailbox.tls == "starttls":
            server.starttls(context)
        server.login(mailbox.name, mailbox.password)
        yield server
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            server.logout()
