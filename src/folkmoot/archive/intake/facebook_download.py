"""Somebody's own download from Facebook: only the posts and comments that are chosen, and never a message.

Which files of it are read, and which never: `facebook_files`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from folkmoot.archive.intake.dates import Moment
from folkmoot.archive.intake.facebook_files import PAGES, POSTS, PROFILE, Held, held_in, mended, owner_of, read_json
from folkmoot.archive.intake.posts import Reading, SeenPost, short, words
from folkmoot.archive.intake.rows import Reject, made_id, shown
from folkmoot.archive.intake.shape import Format, Look, Track, Undecided
from folkmoot.kernel.errors import BadInput

LARGEST_TOGETHER = 500_000_000  # bytes
_LISTED = 40
_WHO = re.compile(r"(.{1,100}?) (?:posted|commented|replied|shared|updated|added|wrote|was|is|likes|reviewed)\b")


class _Entry(NamedTuple):
    """A post or a comment in the download."""

    at: int  # seconds since 1970; 0 when it does not say
    text: str
    attachments: str
    author: str


@dataclass(frozen=True)
class Download:
    """A download, and what was chosen of it: `chosen` has the numbers of posts, from 1, in the order of its files."""

    path: Path
    entries: tuple[_Entry | str, ...]  # a string says why one cannot be read
    chosen: tuple[int, ...]
    remarks: tuple[str, ...]
    columns: tuple[str, ...] = ()
    example: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many posts there are to take."""
        return len(self.chosen)

    def posts(self, reading: Reading, wanted: Sequence[str], track: Track) -> Iterator[SeenPost | Reject]:
        """Yield the chosen posts; their lines are their numbers in the list."""
        for number in self.chosen:
            track.done += 1
            entry = self.entries[number - 1]
            try:
                yield _post(number, entry, reading) if isinstance(entry, _Entry) else Reject(number, entry)
            except ValueError as reason:
                yield Reject(number, str(reason))


def _post(number: int, entry: _Entry, reading: Reading) -> SeenPost:
    text, attachments = words(entry.text), words(entry.attachments)
    if not (text or attachments):
        raise ValueError("it has no text.")
    posted = reading.constant
    if entry.at:
        posted = Moment(datetime.fromtimestamp(entry.at, tz=UTC), exact=True)
        if posted.at > reading.at + timedelta(days=1):
            raise ValueError("its date is still to come.")
    author = short(entry.author, "author")
    return SeenPost(
        line=number,
        native_id=made_id("facebook-download", str(entry.at), author, text, attachments),
        text=text,
        posted=posted,
        author=author,
        name=author,
        url="",
        held=None,
        thread="",
        reply_to="",
        numbered=False,
        attachments=attachments,
    )


def _entries(held: Held, owner: str) -> Iterator[_Entry | str]:
    total = 0
    for name in held.names:
        if not POSTS.fullmatch(name):
            continue
        raw = held.read(name)
        total += len(raw)
        if total > LARGEST_TOGETHER:
            raise BadInput(f"Its posts take more than {LARGEST_TOGETHER:,} bytes. That is too much.", field="file")
        try:
            found = read_json(raw)
        except ValueError:
            yield f"{shown(name, 100)} is not JSON."
            continue
        rows = found if isinstance(found, list) else _first_list(found)
        for row in rows:
            yield _entry(row, owner) if isinstance(row, dict) else f"{shown(name, 100)} has something that is no post."


def _first_list(found: Any) -> list[Any]:
    lists = [value for value in found.values() if isinstance(value, list)] if isinstance(found, dict) else []
    return lists[0] if lists else []


def _entry(row: Mapping[str, Any], owner: str) -> _Entry:
    said, at, author = [], row.get("timestamp"), ""
    for part in _dicts(row.get("data")):
        comment = part.get("comment")
        if isinstance(part.get("post"), str):
            said.append(mended(part["post"]))
        elif isinstance(comment, dict):
            said.append(mended(comment.get("comment")))
            author = author or mended(comment.get("author"))
            at = comment.get("timestamp") or at
    title = mended(row.get("title"))
    named = _WHO.match(title)
    author = author or owner or (named[1] if named else "")
    seconds = at if isinstance(at, int) and 0 < at < 32_503_680_000 else 0
    return _Entry(seconds, "\n".join(said), "\n".join(_attachments(row)), author)


def _attachments(row: Mapping[str, Any]) -> Iterator[str]:
    for attachment in _dicts(row.get("attachments")):
        for part in _dicts(attachment.get("data")):
            media, link = part.get("media"), part.get("external_context")
            if isinstance(media, dict):
                told = (mended(media.get(name)) for name in ("uri", "title", "description"))
                yield " · ".join(" ".join(one.split()) for one in told if one)[:1000]
            if isinstance(link, dict) and isinstance(link.get("url"), str):
                yield mended(link["url"])[:1000]


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _chosen(entries: Sequence[_Entry | str], look: Look) -> tuple[int, ...]:
    found = [number for number, entry in enumerate(entries, start=1) if _has(entry, look.asked.find)]
    if not found:
        raise BadInput(f"No post in {look.path.name} has the words “{shown(look.asked.find)}”.", field="find")
    if look.asked.pick:
        return _numbers(look.asked.pick, len(entries))
    lines = [f"  {number:>5}  {_line(entries[number - 1])}" for number in found[:_LISTED]]
    more = f"\n  … and {len(found) - _LISTED:,} more; --find WORDS shows those with these words." * (
        len(found) > _LISTED
    )
    raise Undecided(
        f"Of {look.path.name} only chosen posts are taken. It has:\n"
        + "\n".join(lines)
        + more
        + "\nSay which: --pick 3,7-9",
        field="pick",
    )


def _has(entry: _Entry | str, wanted: str) -> bool:
    text = entry if isinstance(entry, str) else f"{entry.text}\n{entry.attachments}"
    return wanted.casefold() in text.casefold()


def _line(entry: _Entry | str) -> str:
    if isinstance(entry, str):
        return f"(cannot be read: {entry})"
    day = datetime.fromtimestamp(entry.at, tz=UTC).date().isoformat() if entry.at else "no date   "
    return f"{day}  {shown(entry.text or entry.attachments, 80)}"


def _numbers(text: str, most: int) -> tuple[int, ...]:
    """Read "3,7-9"; raises `BadInput`."""
    found: dict[int, None] = {}
    for part in text.split(","):
        piece = re.fullmatch(r"\s*(\d{1,7})\s*(?:[-–]\s*(\d{1,7})\s*)?", part)
        first, last = (int(piece[1]), int(piece[2] or piece[1])) if piece else (0, 0)
        if not 1 <= first <= last <= most:
            raise BadInput(f"“{shown(part)}” is no number from 1 to {most}. Write it like 3,7-9.", field="pick")
        found |= dict.fromkeys(range(first, last + 1))
    return tuple(found)


def _fits(look: Look) -> bool:
    if not (look.path.is_dir() or look.head.startswith(b"PK\x03\x04")) or look.path.suffix.casefold() == ".xlsx":
        return False
    return any(
        POSTS.fullmatch(name) or PROFILE.fullmatch(name) or PAGES.fullmatch(name) for name in held_in(look).names
    )


def _opened(look: Look) -> Download:
    held = held_in(look)
    entries = tuple(_entries(held, owner_of(held)))
    if not entries and any(PAGES.fullmatch(name) for name in held.names):
        raise BadInput(
            f"{look.path.name} was made as web pages. Ask Facebook once more, and choose the format JSON.",
            field="file",
        )
    if not entries:
        raise BadInput(f"{look.path.name} has no posts or comments from Facebook that can be read.", field="file")
    packed = sum(name.casefold().endswith((".zip", ".gz", ".7z", ".rar", ".tar")) for name in held.names)
    remarks = (f"{packed} archives within it were not opened.",) if packed else ()
    return Download(look.path, entries, _chosen(entries, look), remarks)


FORMAT = Format(
    word="facebook-download",
    title="somebody’s own download from Facebook (.zip, or the unpacked folder): chosen posts only",
    fits=_fits,
    opened=_opened,
)
