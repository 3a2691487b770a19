"""Files of posts as bytes, read the way an import reads them."""

from datetime import UTC, datetime
from pathlib import Path

from folkmoot.archive.intake import (
    Asked,
    Reading,
    Reject,
    SeenPost,
    Track,
    guessed,
    open_posts,
    opened,
    posts_in,
    recognise,
    rows_of,
)

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def taken(path: Path, content: bytes, *, encoding: str = "", **known: str) -> list[SeenPost | Reject]:
    """Write `content` to `path`, and return what an import with the map `known` would take of it."""
    path.write_bytes(content)
    source = recognise(path, encoding=encoding)
    columns = guessed(known, source.columns)
    reading = Reading(tuple(columns), "Europe/London", NOW, None, path.name)
    with opened(source) as file:
        return list(posts_in(rows_of(source, file, list(columns.values())), reading))


def texts(found: list[SeenPost | Reject]) -> list[str]:
    """Return the texts of the posts that were taken."""
    return [one.text for one in found if isinstance(one, SeenPost)]


def refusals(found: list[SeenPost | Reject]) -> list[tuple[int, str]]:
    """Return the line and the reason of each row that was not taken."""
    return [(one.line, one.reason) for one in found if isinstance(one, Reject)]


def read(path: Path, content: bytes | str | None = None, *, word: str = "", **asked: str) -> list[SeenPost | Reject]:
    """Write `content` to `path` unless it is there, and return what an import would take of it by whatever it is."""
    if content is not None:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    _, source = open_posts(path, asked=Asked(**asked), word=word)
    columns = guessed({}, source.columns)
    reading = Reading(tuple(columns), "Europe/London", NOW, None, path.name)
    return list(source.posts(reading, list(columns.values()), Track()))


def posts(found: list[SeenPost | Reject]) -> list[SeenPost]:
    """Return what was taken."""
    return [one for one in found if isinstance(one, SeenPost)]
