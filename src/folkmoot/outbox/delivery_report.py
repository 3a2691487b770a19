"""Reads a delivery report (RFC 3464): which letter of ours did not arrive, and why. Whoever wrote it may be lying.

Nothing in it is believed but two things, each of one shape: Message-IDs, and a status of three numbers.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

LARGEST = 256 * 1024  # bytes of a report that are read: the parts that count come first
_MOST_PARTS = 50
_MESSAGE_ID = re.compile(r"<[0-9a-f]{32}@[A-Za-z0-9.\-:\[\]]{1,180}>")  # as `outbox.promise` makes them
_STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")


@dataclass(frozen=True)
class Returned:
    """What a report says: these letters did not arrive, for that reason ("5.1.1", or empty)."""

    message_ids: tuple[str, ...]
    status: str


def read_report(raw: bytes) -> Returned | None:
    """Return what a report of failure says, or `None` when the mail is none, or is about no letter of ours.

    `raw` may be anything at all, and cut off anywhere. May raise whatever the mail parser raises for garbage.
    """
    mail: Message = message_from_bytes(raw[:LARGEST], policy=compat32)
    if mail.get_content_type() != "multipart/report" or _said(mail.get_param("report-type")) != "delivery-status":
        return None
    status: str | None = None
    found: list[str] = []
    for part in _inside(mail):
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            status = status if status is not None else _failed(part)
        elif kind in {"message/rfc822", "text/rfc822-headers"}:
            found += _ids(part)
    return Returned(tuple(dict.fromkeys(found)), status) if found and status is not None else None


def _failed(report: Message) -> str | None:
    """Return the status of the first recipient whom the letter did not reach; `None` when it reached all so far."""
    for block in _inside(report):  # one group of fields about the mail, then one for each recipient
        if _said(block.get("Action")) == "failed":
            status = _STATUS.search(str(block.get("Status", "")))
            return status[0] if status else ""
    return None


def _inside(mail: Message) -> list[Message]:
    parts = mail.get_payload()
    return [part for part in parts[:_MOST_PARTS] if isinstance(part, Message)] if isinstance(parts, list) else []


def _ids(part: Message) -> list[str]:
    """Return the Message-ID of what was sent back: a whole mail, or only its headers."""
    mails = _inside(part)[:1]
    if not mails:
        text = part.get_payload(decode=True)
        mails = [message_from_bytes(text if isinstance(text, bytes) else b"", policy=compat32)]
    return [found[0] for mail in mails if (found := _MESSAGE_ID.search(str(mail.get("Message-ID", ""))))]


def _said(value: object) -> str:
    return str(value or "").strip().casefold()
