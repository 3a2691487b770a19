"""Chat groups: what WhatsApp's “Export chat” writes, on iPhones and on other phones, in the forms of many countries."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from folkmoot.archive.intake.dates import Moment
from folkmoot.archive.intake.packed import LARGEST_CHAT, Member, Plain, lines_in, members, require_sound
from folkmoot.archive.intake.posts import LONGEST_TEXT, Reading, SeenPost, raw_bytes, short, words
from folkmoot.archive.intake.rows import NOT_UTF8, Reject, made_id
from folkmoot.archive.intake.shape import Format, Look, Track
from folkmoot.archive.intake.whatsapp_dates import Begun, begun, order_of, sent
from folkmoot.archive.intake.whatsapp_words import ATTACHED, DELETED, EDITED, HAPPENED, HAPPENED_TO, MARKS
from folkmoot.kernel.errors import BadInput

_AT_ONCE = 2000  # messages of one moment that are looked at together
_SYSTEM = "lines in which WhatsApp itself tells of the group"


class _Block(NamedTuple):
    """The lines from one that begins a message up to the next; `start` is `None` for what stands before the first."""

    line: int
    start: Begun | None
    text: str

    @property
    def further(self) -> tuple[int, ...]:
        """The numbers of its lines after the first; of those with nothing in them, none."""
        lines = enumerate(self.text.split("\n"), start=self.line)
        return tuple(number for number, line in lines if line.strip() and number > self.line)


class _Said(NamedTuple):
    """A message, taken apart."""

    line: int
    at: datetime  # local
    author: str
    text: str
    attachments: str
    is_deleted: bool
    is_edited: bool
    further: tuple[int, ...]  # its other lines


@dataclass(frozen=True)
class Chat:
    """An export of a chat; `order` is that of day, month and year in its dates."""

    path: Path
    held: Plain | Member
    order: str
    remarks: tuple[str, ...]
    columns: tuple[str, ...] = ()
    example: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many bytes there are to read."""
        return self.path.stat().st_size

    def posts(self, reading: Reading, wanted: Sequence[str], track: Track) -> Iterator[SeenPost | Reject]:
        """Yield each message as a post. The export gives no ids: time, author and words stand for them."""
        together: list[_Said] = []
        for block in _blocks(lines_in(self.held, track)):
            said = block if isinstance(block, Reject) else _said(block, self.order, reading, track)
            if said is None:
                continue
            if together and (isinstance(said, Reject) or said.at != together[0].at or len(together) >= _AT_ONCE):
                yield from _posts(together, reading)
                together = []
            if isinstance(said, Reject):
                yield said
                yield from _with_it(said.line, block.further if isinstance(block, _Block) else ())
            else:
                together.append(said)
        yield from _posts(together, reading)


def _blocks(lines: Iterable[tuple[int, str] | Reject]) -> Iterator[_Block | Reject]:
    first, start = 0, None
    held: list[str] = []
    length = 0
    for one in lines:
        if isinstance(one, Reject):
            if held:
                yield _Block(first, start, "".join(held))
            yield one
            return
        number, line = one
        found = begun(line)
        if found or not held:
            if held:
                yield _Block(first, start, "".join(held))
            first, start, held, length = number, found, [line], len(line)
        elif length <= 2 * LONGEST_TEXT:  # of a longer one it is enough to know that it is
            held.append(line)
            length += len(line)
    if held:
        yield _Block(first, start, "".join(held))


def _said(block: _Block, order: str, reading: Reading, track: Track) -> _Said | Reject | None:
    """Return the message, why it cannot be taken, or `None` for what WhatsApp itself says, and for empty lines."""
    if block.start is None:
        return Reject(block.line, "it stands before the first message.") if block.text.strip() else None
    text = block.text[len(block.text.partition("\n")[0]) :]
    author, first = _parted(block.start.rest.rstrip("\r\n"))
    if not author or HAPPENED.match(first):
        track.aside[_SYSTEM] += 1
        return None
    try:
        return _taken_apart(block, sent(block.start, order), author, first + text)
    except ValueError as error:
        reason = str(error) if str(error).endswith(".") else "its day or hour does not exist."
        return Reject(block.line, reason, raw_bytes(block.text, reading.encoding) if reason == NOT_UTF8 else b"")


def _with_it(line: int, further: Iterable[int]) -> Iterator[Reject]:
    """Yield the other lines of what is not taken, so that none of them is lost without a word."""
    return (Reject(number, f"it goes on from line {line}, which was not taken.") for number in further)


def _parted(rest: str) -> tuple[str, str]:
    """Return who says it, and what; without anybody it is WhatsApp."""
    name, colon, text = rest.partition(":")
    if not colon or not (text.startswith((" ", "\u200e", "\u200f")) or not text) or HAPPENED_TO.match(name):
        return "", rest
    return MARKS.sub("", name).strip().lstrip("~").strip(), text.removeprefix(" ")


def _taken_apart(block: _Block, at: datetime, author: str, text: str) -> _Said:
    text = text.replace("\r\n", "\n").strip()
    end = EDITED.sub("", text[-200:])
    is_edited = end != text[-200:]
    text = text[:-200] + end
    is_deleted = bool(DELETED.fullmatch(text))
    kept: list[str] = []
    attached: list[str] = []
    for one in [] if is_deleted else text.split("\n"):
        found = ATTACHED.fullmatch(one.strip())
        (attached if found else kept).append(one)
    with_it = "\n".join(MARKS.sub("", one).strip(" <>\r") for one in attached)
    said = "\n".join(kept).strip().lstrip("\u200e\u200f").strip()
    name = short(author, "author")
    return _Said(block.line, at, name, words(said), words(with_it), is_deleted, is_edited, block.further)


def _posts(together: Sequence[_Said], reading: Reading) -> Iterator[SeenPost | Reject]:
    """Yield the posts of one moment: which of them are alike, and which may be another that was changed, shows here."""
    times: Counter[tuple[str, ...]] = Counter()
    ids = []
    for one in together:
        what = (one.author, one.text, one.attachments, "deleted" if one.is_deleted else "")
        times[what] += 1
        ids.append(made_id("chat", one.at.isoformat(), *what, str(times[what])))
    for one, native_id in zip(together, ids, strict=True):
        at = one.at.replace(tzinfo=ZoneInfo(reading.zone)).astimezone(UTC)
        if not (one.text or one.attachments or one.is_deleted):
            yield Reject(one.line, "it has no text.")
            yield from _with_it(one.line, one.further)
        elif at > reading.at + timedelta(days=1):
            yield Reject(one.line, "its date is still to come.")
            yield from _with_it(one.line, one.further)
        else:
            changed = one.is_deleted or one.is_edited
            beside = frozenset(_ids_of(one.author, together, ids)) if changed else None
            yield SeenPost(
                line=one.line,
                native_id=native_id,
                text=one.text,
                posted=Moment(at, exact=True),
                author=one.author,
                name=one.author,
                url="",
                held=None,
                thread="",
                reply_to="",
                numbered=False,
                attachments=one.attachments,
                gone=one.is_deleted,
                beside=beside,
            )


def _ids_of(author: str, together: Sequence[_Said], ids: Sequence[str]) -> Iterator[str]:
    return (native_id for one, native_id in zip(together, ids, strict=True) if one.author == author)


def _fits(look: Look) -> bool:
    if look.head.startswith(b"PK\x03\x04"):
        return look.path.suffix.casefold() == ".zip" and _chat_in(look) is not None
    return any(begun(line) for line in look.lines[:20])


def _chat_in(look: Look) -> Member | None:
    """Return the chat in the zip archive that an iPhone makes of an export with its pictures."""
    names = [info for info in members(look.path) if info.filename.casefold().endswith(".txt")]
    names = [info for info in names if info.filename.startswith(("_chat", "WhatsApp")) and "/" not in info.filename]
    if len(names) != 1:
        return None
    return Member(look.path, names[0].filename, names[0].file_size, look.asked.encoding or "utf-8-sig")


def _opened(look: Look) -> Chat:
    held: Plain | Member = Plain(look.path, look.asked.encoding or "utf-8-sig")
    if look.head.startswith(b"PK\x03\x04"):
        member = _chat_in(look)
        if member is None:
            raise BadInput(f"{look.path.name} holds no chat (a file _chat.txt).", field="file")
        info = next(info for info in members(look.path) if info.filename == member.name)
        require_sound(look.path, info, largest=LARGEST_CHAT)
        held = member
    lines = (one for one in lines_in(held, Track()) if not isinstance(one, Reject))
    starts = ((number, found) for number, line in lines if (found := begun(line)))
    first = list(islice(starts, 1))
    if not first:
        raise BadInput(
            f"{look.path.name} is no chat that WhatsApp exported: no line begins with a date, a time and a name.",
            field="file",
        )
    order, why = order_of((one for part in (first, starts) for one in part), look.asked.dates)
    return Chat(look.path, held, order, (why,) if why else ())


FORMAT = Format(word="whatsapp", title="a chat exported by WhatsApp (.txt, or the .zip)", fits=_fits, opened=_opened)
