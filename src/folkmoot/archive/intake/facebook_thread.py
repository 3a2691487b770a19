"""A conversation on Facebook, marked with the mouse, copied and pasted into a text file. In English."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from folkmoot.archive.intake.dates import Moment, moment
from folkmoot.archive.intake.packed import Plain, lines_in
from folkmoot.archive.intake.posts import Reading, SeenPost, raw_bytes, short, words
from folkmoot.archive.intake.rows import NOT_UTF8, Reject, made_id
from folkmoot.archive.intake.shape import Format, Look, Track
from folkmoot.kernel.errors import BadInput
from folkmoot.kernel.text import single_line

LARGEST = 20_000_000  # bytes: nobody copies more by hand
_LONGEST_CHROME = 200  # characters: what Facebook itself writes is shorter
_DOTS = " ·•\u00a0\u200e\u200f\u202f\ufeff"
_AGE = (
    r"(?:just now|yesterday|an? (?:hour|minute|day|week|year)|\d{1,3}\s?(?:s|m|h|d|w|y|min|mins|hrs?|days?|wks?|yrs?))"
)
_IS_AGE = re.compile(_AGE, re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY_FIRST = re.compile(rf"\d{{1,2}} {_MONTH}(?: \d{{4}})?(?:,? at \d{{1,2}}:\d{{2}}(?:\s?[ap]m)?)?", re.IGNORECASE)
_MONTH_FIRST = re.compile(
    rf"({_MONTH}) (\d{{1,2}})(,? \d{{4}})?((?:,? at)? \d{{1,2}}:\d{{2}}(?:\s?[ap]m)?)?", re.IGNORECASE
)
_BUTTONS = re.compile(
    rf"(?:(?:like|reply|share|comment|follow|edited|hide|{_AGE})(?:\s*[·•|]\s*|\s+|$))+", re.IGNORECASE
)
_ENDS = frozenset(("like", "reply", "share", "comment"))  # at least one of these stands under every post
_ABOUT = re.compile(
    r"author|admin|moderator|top (?:fan|contributor)|group expert|rising contributor|new member|follow|edited"
    r"|shared with .*|(?:all|most relevant|newest|top) comments?|all reactions?:?.*|most relevant"
    r"|newest|see translation|see (?:more|less)|hide(?: \d+ replies| replies)?|view (?:more|all|previous|\d+) .*"
    r"|\d[\d,.]*\s?[km]?"
    r"|\d+ (?:comments?|shares?|replies|reply)|\d+ of \d+|write a (?:public )?comment.*|comment as .*|reply to .*"
    r"|.{1,80} replied|active|online status indicator|public|·",
    re.IGNORECASE,
)


_COUNTS = re.compile(r"all reactions:?.*|\d+ (?:comments?|shares?)|\d[\d,.]*\s?[km]?", re.IGNORECASE)


@dataclass
class _Piece:
    """What stands between the buttons of one post and those of the next."""

    line: int
    name: str = ""
    date: str = ""
    text: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Thread:
    """A pasted conversation."""

    path: Path
    encoding: str
    columns: tuple[str, ...] = ()
    example: tuple[str, ...] = ()
    remarks: tuple[str, ...] = (
        "A pasted conversation has no ids and few dates: author and words tell its posts apart. Look through them "
        "afterwards.",
    )

    @property
    def size(self) -> int:
        """How many bytes there are to read."""
        return self.path.stat().st_size

    def posts(self, reading: Reading, wanted: Sequence[str], track: Track) -> Iterator[SeenPost | Reject]:
        """Yield the first post and its comments; who answers whom is told by the name with which Facebook begins."""
        thread = _Together(reading)
        for piece in _pieces(lines_in(Plain(self.path, self.encoding), track)):
            yield piece if isinstance(piece, Reject) else thread.post(piece)


def _pieces(lines: Iterator[tuple[int, str] | Reject]) -> Iterator[_Piece | Reject]:
    piece: _Piece | None = None
    under = False  # among the buttons under a post
    for one in lines:
        if isinstance(one, Reject):
            if piece:
                yield piece
            yield one
            return
        number, line = one[0], one[1].strip().strip(_DOTS)
        ends = _is_end(line)
        if piece and (ends or _IS_AGE.fullmatch(line)) and piece.name:
            under = under or ends or bool(piece.text)
            if not piece.text and not piece.date:
                piece.date = "" if ends else line
            continue
        if under and (not line or _is_about(line)):
            continue
        if under and piece:
            yield piece
            piece, under = None, False
        piece = _with_line(piece, number, line)
    if piece and (piece.text or piece.name):
        yield piece


def _with_line(piece: _Piece | None, number: int, line: str) -> _Piece | None:
    """Return `piece` with one line more; the first is the name, what stands about the post is left aside."""
    if piece is None:
        return None if not line or _is_about(line) else _Piece(number, name=line)
    if not piece.text:
        if not piece.date and _is_date(line):
            piece.date = line
            return piece
        if not line or _is_about(line):
            return piece
    piece.text.append(line)
    return piece


def _is_end(line: str) -> bool:
    """Say whether `line` is the buttons under a post: “Like”, “Reply”, or “Like · Reply · 2d”."""
    return (
        len(line) < _LONGEST_CHROME
        and bool(_BUTTONS.fullmatch(line))
        and bool(_ENDS & set(re.findall(r"[a-z]+", line.casefold())))
    )


def _is_about(line: str) -> bool:
    """Say whether `line` is one of those that Facebook puts around a post."""
    return len(line) < _LONGEST_CHROME and bool(_ABOUT.fullmatch(line))


def _is_date(line: str) -> bool:
    return bool(_DAY_FIRST.fullmatch(line) or _MONTH_FIRST.fullmatch(line))


class _Together:
    """The posts of one conversation so far."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._first = ""
        self._newest_of: dict[str, str] = {}  # by author
        self._alike: Counter[tuple[str, str]] = Counter()

    def post(self, piece: _Piece) -> SeenPost | Reject:
        """Return the post that a piece is, or why there is none."""
        try:
            return self._post(piece)
        except ValueError as reason:
            raw = raw_bytes("\n".join([piece.name, *piece.text]), "utf-8") if str(reason) == NOT_UTF8 else b""
            return Reject(piece.line, str(reason), raw)

    def _post(self, piece: _Piece) -> SeenPost:
        author = short(piece.name, "author")
        text = words("\n".join(piece.text if self._first else _without_counts(piece.text)))
        if not text:
            raise ValueError("there are no words between a name and its buttons (a picture or a sticker, perhaps).")
        self._alike[author, text] += 1
        native_id = made_id("facebook", self._first, author, text, str(self._alike[author, text]))
        answered = self._answered(text)
        found = SeenPost(
            line=piece.line,
            native_id=native_id,
            text=text,
            posted=_posted(piece.date, self._reading) or self._reading.constant,
            author=author,
            name=author,
            url="",
            held=None,
            thread=self._first or native_id,
            reply_to=answered,
            numbered=False,
        )
        self._first = self._first or native_id
        self._newest_of[author] = native_id
        return found

    def _answered(self, text: str) -> str:
        """Return the id of the newest post of whoever is named at the beginning, else of the first post."""
        begins = text[:200].casefold()
        named = [name for name in self._newest_of if begins.startswith(f"{name.casefold()} ")]
        return self._newest_of[max(named, key=len)] if named else self._first


def _without_counts(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines of the first post without the numbers of reactions and comments under them."""
    end = len(lines)
    while end > 1 and (not lines[end - 1] or _COUNTS.fullmatch(lines[end - 1])):
        end -= 1
    return lines[:end]


def _posted(date: str, reading: Reading) -> Moment | None:
    """Return when it was posted; “2d” is not known to the day, and a day without its year is the last of its name."""
    turned = _MONTH_FIRST.fullmatch(date)
    if turned:
        date = f"{turned[2]} {turned[1]}{(turned[3] or '').replace(',', '')}{turned[4] or ''}"
    if not _DAY_FIRST.fullmatch(date):
        return None
    for year in ("", f" {reading.at.year}", f" {reading.at.year - 1}"):
        day, at, time = single_line(date).replace(",", "").partition(" at ")
        try:
            found = moment(f"{day}{year}{at}{time}", reading.zone)
        except ValueError:
            continue
        if found.at < reading.at + timedelta(days=1):
            return found
    return None


def _fits(look: Look) -> bool:
    lines = [line.strip().strip(_DOTS) for line in look.lines]
    return look.path.suffix.casefold() in {"", ".txt"} and sum(map(_is_end, lines)) >= 2


def _opened(look: Look) -> Thread:
    if look.path.stat().st_size > LARGEST:
        raise BadInput(f"{look.path.name} is larger than {LARGEST:,} bytes: that was not copied by hand.", field="file")
    if not any(_is_end(line.strip().strip(_DOTS)) for line in look.lines):
        raise BadInput(
            f"In {look.path.name} there is none of the words that Facebook puts under each post (Like, Reply). Mark "
            "the conversation on the page in English, copy it, and paste all of it.",
            field="file",
        )
    return Thread(look.path, look.asked.encoding or "utf-8-sig")


FORMAT = Format(word="facebook-thread", title="a Facebook conversation, pasted as text", fits=_fits, opened=_opened)
