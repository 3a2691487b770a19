"""What each row says of a post, or why it cannot be taken."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from folkmoot.archive.intake.columns import FIELDS
from folkmoot.archive.intake.dates import Moment, moment
from folkmoot.archive.intake.rows import MOST_RAW, NOT_UTF8, Reject, Row, shown
from folkmoot.archive.worked_out import WorkedOut
from folkmoot.kernel.text import single_line

LONGEST_TEXT = 100_000  # characters
_LIMITS = {"author": 200, "name": 200, "url": 1000, "id": 200, "thread": 200, "reply_to": 200, "quotes": 200}
_HELD = frozenset(
    (
        *("held", "hold", "pending", "queued", "waiting", "awaiting", "unapproved", "moderation", "draft", "review"),
        *("in moderation", "in review", "for approval", "awaiting approval", "pending approval"),
        "waiting for approval",
    )
)
_PUBLISHED = frozenset(
    ("published", "public", "posted", "visible", "live", "approved", "open", "shown", "active", "sent")
)
_GONE = frozenset(("true", "yes", "1", "deleted", "removed", "gone"))
_NOT_GONE = frozenset(("false", "no", "0", "none", "null", "nan"))
_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


class SeenPost(NamedTuple):
    """A post as a file tells of it. `posted` is `None` when its date is unknown, `held` when nothing says so."""

    line: int
    native_id: str
    text: str
    posted: Moment | None
    author: str
    name: str
    url: str
    held: bool | None
    thread: str
    reply_to: str
    numbered: bool  # `native_id` is but the row's number: it says nothing about another file
    quotes: str = ""
    attachments: str = ""  # what was with it, in words: one line each
    gone: bool = False  # its place says that it was deleted; `text` is "" where nothing is left of it
    # Its words were changed or deleted, and its id was made of them: it is the one post of its author at its time
    # that has none of these ids. None: its id is its own.
    beside: frozenset[str] | None = None
    unread: Reject | None = None  # what of it could not be read
    worked_out: WorkedOut | None = None  # of its words, where that was done ahead of the archive


@dataclass(frozen=True)
class Reading:
    """How the values of a row are to be read."""

    fields: tuple[str, ...]  # what each value is: names of `FIELDS`, in the order of the values
    zone: str  # of dates that name none
    at: datetime  # now: no post is from later
    constant: Moment | None  # the date of posts whose row has none
    file_name: str
    encoding: str = "utf-8"  # of the file


def posts_in(rows: Iterable[Row | Reject], reading: Reading) -> Iterator[SeenPost | Reject]:
    """Yield a post, or the reason why there is none, for each row."""
    places = {field: place for place, field in enumerate(reading.fields)}
    at = [places.get(field, -1) for field in FIELDS]
    stem = single_line(reading.file_name)[-150:]
    for row in rows:
        if isinstance(row, Reject):
            yield row
            continue
        values = (*row.values, "")  # a field that the file does not have is at -1
        try:
            yield _post(row, [values[place] for place in at], reading, stem, has_id="id" in places)
        except ValueError as reason:
            raw = raw_bytes(row.raw, reading.encoding) if str(reason) == NOT_UTF8 else b""
            yield Reject(row.line, str(reason), raw)


def _post(row: Row, values: list[str], reading: Reading, stem: str, *, has_id: bool) -> SeenPost:
    text, author, name, date, url, state, native_id, thread, reply_to, quotes, attachments, deleted = values
    text, gone = words(text), bool(deleted) and _gone(deleted)
    attachments = words(attachments) if attachments else ""
    if not (text or attachments or gone):
        raise ValueError("it has no text.")
    author, name = short(author, "author"), short(name, "name")
    native_id = short(native_id, "id")
    if has_id and not native_id:
        raise ValueError("it has no id.")
    return SeenPost(
        line=row.line,
        native_id=native_id or f"{stem}:{row.number}",
        text=text,
        posted=_posted(date, reading),
        author=author or name,  # a name is all that some places show
        name=name,
        url=_web(short(url, "url")),
        held=_held(state) if state else None,
        thread=short(thread, "thread"),
        reply_to=short(reply_to, "reply_to"),
        numbered=not has_id,
        quotes=short(quotes, "quotes"),
        attachments=attachments,
        gone=gone,
    )


def words(text: str) -> str:
    """Return the words of a post with Unix line ends, trimmed. Raises `ValueError` when they cannot be kept."""
    text = text.replace("\r\n", "\n").strip() if "\r" in text else text.strip()
    _require_whole(text, "the text", LONGEST_TEXT)
    return text


def short(value: str, field: str) -> str:
    """Return the value of one of `FIELDS` as one line. Raises `ValueError` when it cannot be kept."""
    if not value:
        return ""
    value = single_line(value)
    _require_whole(value, f"the {field}", _LIMITS[field])
    return value


def raw_bytes(text: str, encoding: str) -> bytes:
    """Return the bytes of which `text` was read, up to `MOST_RAW` of them."""
    name, wide = encoding.casefold().removesuffix("-sig"), encoding.casefold().startswith("utf-16")
    return text[:MOST_RAW].encode(name, "surrogatepass" if wide else "surrogateescape")[:MOST_RAW]


def _require_whole(text: str, what: str, limit: int) -> None:
    if len(text) > limit:
        raise ValueError(f"{what} is longer than {limit:,} characters.")
    if text.isascii():
        if "\0" in text:
            raise ValueError(f"{what} has a NUL character, which no database can keep.")
        return
    if "\0" in text:
        raise ValueError(f"{what} has a NUL character, which no database can keep.")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        if "\udc80" <= text[error.start] <= "\udcff":
            raise ValueError(NOT_UTF8) from None
        raise ValueError(f"{what} has half a character (a lone surrogate) that cannot be kept.") from None


def _posted(date: str, reading: Reading) -> Moment | None:
    if not date.strip():
        return reading.constant
    _require_whole(date, "the date", 200)
    found = moment(date, reading.zone)
    if found.at > reading.at + timedelta(days=1):
        raise ValueError(f"its date, “{shown(date)}”, is still to come.")
    return found


def _web(url: str) -> str:
    if url and not _WEB.fullmatch(url):
        raise ValueError(f"“{shown(url, 60)}” is not a link that begins with http:// or https://.")
    return url


def _held(state: str) -> bool:
    word = single_line(state.replace("_", " ").replace("-", " ")).casefold()
    if word in _HELD:
        return True
    if word in _PUBLISHED:
        return False
    raise ValueError(f"its state, “{shown(word)}”, is neither held (pending, …) nor published (visible, …).")


def _gone(deleted: str) -> bool:
    word = single_line(deleted).casefold()
    if word in _GONE or word in _NOT_GONE:
        return word in _GONE
    try:
        return bool(moment(word, "UTC"))  # when it was deleted
    except ValueError:
        raise ValueError(f"“{shown(word)}” does not say whether it was deleted (yes or no does, or a date).") from None
