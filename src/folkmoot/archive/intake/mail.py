"""One mail as a post: its words, whoever wrote it, and what it answers."""

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from itertools import count
from typing import Any

from folkmoot.archive.intake.charsets import decoded
from folkmoot.archive.intake.dates import Moment
from folkmoot.archive.intake.markup import words_of_html
from folkmoot.archive.intake.posts import Reading, SeenPost, short, words
from folkmoot.archive.intake.rows import MOST_RAW, Reject, made_id
from folkmoot.kernel.text import single_line

_DEEPEST = 20  # parts within parts
_MOST_PARTS = 200
_IDS = re.compile(r"<([^<>\s]{1,500})>")
_REPLY = re.compile(r"^\s*(?:re|aw|sv|antw|rif|tr|fwd?|wg)\b\s*(?:\[\d+\])?:", re.IGNORECASE)
_FROM_TIME = re.compile(r"[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]?\d \d\d:\d\d(?::\d\d)? .*\d{4}")
_LONGEST_ID = 200
_LONGEST_HEADER = 20_000  # characters that are looked at
# The library takes hours over one that is made to be long.
_KINDS = re.compile(rb"^content-(?:type|disposition)[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
_LONGEST_KIND = 4_000  # bytes
_LINE_END = re.compile(rb"\r\n?")  # the library takes a bare carriage return for one, too
_MOST_LOOKS = 10_000_000  # lines of a mail times its boundaries: the library looks for each of them in each line
_TOO_MANY = "it has too many parts, or parts within parts."
_OBSCURED = re.compile(r"(\S{1,200}) at (\S{1,200})(?: \((.*)\))?")  # as Mailman's archives show addresses
_UNREAD = "some of it could not be read in the way in which it says that its letters are written."

Headers = dict[str, str]


def mailed(raw: bytes, *, line: int, begins: bytes, reading: Reading) -> SeenPost | Reject:
    """Return the post that a mail is, or why there is none; `begins` is the line above it in its mailbox."""
    try:
        return _post(raw, line=line, begins=begins, reading=reading)
    except ValueError as reason:
        return Reject(line, str(reason) if str(reason).endswith(".") else "it is not a mail that can be read.", raw)
    except Exception:  # noqa: BLE001  the library's parser fails in many ways on what is no mail; none is ours to name
        return Reject(line, "it is not a mail that can be read.", raw[:MOST_RAW])


def _post(raw: bytes, *, line: int, begins: bytes, reading: Reading) -> SeenPost:
    message = _parsed(raw)
    headers: Headers = {}
    for name, value in message.raw_items():
        headers.setdefault(name.casefold(), _unfolded(str(value)[:_LONGEST_HEADER]))
    body = _Body()
    body.take(message)
    handle, name = _author(headers)
    answers = _IDS.findall(headers.get("in-reply-to", "")) or _IDS.findall(headers.get("references", ""))[-1:]
    before = _IDS.findall(headers.get("references", "")) or answers
    text = words(_with_subject(_read(headers.get("subject", "")), body.words, is_reply=bool(answers)))
    if not (text or body.attachments):
        raise ValueError("it has no text.")
    posted = _date(headers.get("date", ""), begins, reading)
    own = _IDS.findall(headers.get("message-id", ""))
    made = made_id("mail", headers.get("date", ""), handle, text)
    return SeenPost(
        line=line,
        native_id=_short_id(own[0]) if own else made,
        text=text,
        posted=posted,
        author=short(handle or name, "author"),
        name=short(name, "name"),
        url="",
        held=None,
        thread=_short_id(before[0]) if before else "",
        reply_to=_short_id(answers[0]) if answers else "",
        numbered=False,
        attachments=words("\n".join(body.attachments)),
        unread=None if body.is_whole else Reject(line, _UNREAD, raw[:MOST_RAW]),
    )


def _parsed(raw: bytes) -> "Message[str, str]":
    """Return the mail with its parts. Raises `ValueError` for one that is made to keep the library busy for hours."""
    lines = _LINE_END.sub(b"\n", raw)
    kinds = [kind[0] for kind in _KINDS.finditer(lines)]
    if any(len(kind) > _LONGEST_KIND for kind in kinds):
        raise ValueError("one of its parts says at endless length of what kind it is.")
    if lines.count(b"\n") * sum(b"boundary" in kind.lower() for kind in kinds) > _MOST_LOOKS:
        raise ValueError(_TOO_MANY)
    made = count()

    def part(**policy: Any) -> "Message[str, str]":
        if next(made) > _MOST_PARTS:
            raise ValueError(_TOO_MANY)
        return Message(**policy)

    return message_from_bytes(raw, part)


def _unfolded(value: str) -> str:
    """Return a header in one line; bytes in it that are not ASCII are read as UTF-8, or as Windows writes them."""
    if not value.isascii():
        value = decoded(value.encode("utf-8", "surrogateescape"), "")[0]
    return single_line(value)


def _read(value: str) -> str:
    """Return what a header says, its encoded words (=?utf-8?q?…) as letters."""
    try:
        parts = decode_header(value)
    except (HeaderParseError, ValueError):
        return value
    pieces = [part if isinstance(part, str) else decoded(part, charset or "")[0] for part, charset in parts]
    return single_line("".join(pieces))


def _with_subject(subject: str, body: str, *, is_reply: bool) -> str:
    """Return what was written: with its subject above it, unless that is but the one that it answers."""
    if not subject or (is_reply and _REPLY.match(subject)):
        return body
    return f"{subject}\n\n{body}"


def _author(headers: Headers) -> tuple[str, str]:
    """Return the address and the name of whoever wrote it, behind a list that puts its own name there too."""
    name, address = _address(headers.get("from", ""))
    behind, _, _ = name.rpartition(" via ")
    replies = getaddresses([headers.get("reply-to", "")])
    if behind and len(replies) == 1 and "@" in replies[0][1]:
        return replies[0][1].casefold(), behind.strip("'\" ")
    return address, name


def _address(value: str) -> tuple[str, str]:
    obscured = _OBSCURED.fullmatch(value)
    if obscured and "." in obscured[2][1:-1]:
        return obscured[3] or "", f"{obscured[1]}@{obscured[2]}".casefold()
    found = getaddresses([value])
    if not found:
        return "", ""
    name, address = found[0]
    return (_read(name), address.casefold()) if "@" in address else (_read(value), "")


def _date(header: str, begins: bytes, reading: Reading) -> Moment | None:
    """Return when it was sent, by itself or else by its mailbox; a clock that was wrong costs only the date."""
    marked = _FROM_TIME.search(begins.decode("ascii", "replace"))
    for value in (header, _mailed_like(marked[0]) if marked else ""):
        try:
            found = parsedate_to_datetime(value)
            found = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if datetime(1970, 1, 2, tzinfo=UTC) < found < reading.at + timedelta(days=1):
            return Moment(found, exact=True)
    return reading.constant


def _mailed_like(marked: str) -> str:
    """Return "Thu Nov 27 14:05:00 2025" as a mail says it."""
    day, month, number, time, *_, year = marked.split()
    return f"{day}, {number} {month} {year} {time} +0000"


def _short_id(value: str) -> str:
    return value if len(value) <= _LONGEST_ID and value.isascii() else made_id("mail", value)


class _Body:
    """What is in a mail: the words, and what else is with them."""

    def __init__(self) -> None:
        self.attachments: list[str] = []
        self.is_whole = True  # every letter could be read
        self._plain: list[str] = []
        self._marked_up: list[str] = []

    @property
    def words(self) -> str:
        """The words; of what came only as HTML, without its marks."""
        return "\n".join(self._plain).strip() or "\n".join(words_of_html(part) for part in self._marked_up)

    def take(self, part: "Message[str, str]", depth: int = 0) -> None:
        """Take a part of the mail, and those within it."""
        if depth > _DEEPEST:
            raise ValueError(_TOO_MANY)
        kind = part.get_content_type()
        if kind.startswith("multipart/") and part.is_multipart():
            for one in part.get_payload():
                if isinstance(one, Message):
                    self.take(one, depth + 1)
            return
        name = _file_name(part)
        if kind in {"text/plain", "text/html"} and not name and part.get_content_disposition() != "attachment":
            text, is_whole = decoded(_payload(part), part.get_content_charset() or "")
            self.is_whole = self.is_whole and is_whole
            (self._plain if kind == "text/plain" else self._marked_up).append(text)
        else:
            self.attachments.append(f"{name or 'a part without a name'} ({kind})"[:300])


def _payload(part: "Message[str, str]") -> bytes:
    found: Any = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _file_name(part: "Message[str, str]") -> str:
    found = part.get_filename("")
    return _read(_unfolded(str(found))) if found else ""
