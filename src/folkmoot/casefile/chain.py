"""Whether a chain is the one that was written: each entry bound to the one before it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from folkmoot.casefile.models import Event
from folkmoot.kernel.canonical import digest
from folkmoot.kernel.times import stamp


@dataclass(frozen=True)
class Link:
    """One entry of a chain: its place, what is hashed, its hash, and what its columns repeat of it."""

    seq: int
    payload: bytes
    hash: str
    columns: Mapping[str, str | None] = field(default_factory=dict)


def chain_faults(events: Sequence[Event], *, uid: str, seq: int, head: str) -> Iterator[str]:
    """Yield what is wrong with `events`, in order; the bookmark knows `seq` of them and the last one's hash."""
    links = (
        Link(event.seq, bytes(event.payload), event.hash, {"step": event.step, "by": event.by, "at": stamp(event.at)})
        for event in events
    )
    yield from link_faults(links, uid=uid, seq=seq, head=head)


def link_faults(links: Iterable[Link], *, uid: str, seq: int, head: str, name: str = "event") -> Iterator[str]:
    """Yield what is wrong with a chain of which its bookmark knows `seq` entries and the last one's hash.

    `name` is what an entry is called.
    """
    before, place = "", 0
    for place, link in enumerate(links, start=1):
        said = said_by(link.payload)
        if link.seq != place:
            yield f"{name} {place} is missing ({name} {link.seq} stands in its place)"
            return
        if digest(link.payload) != link.hash:
            yield f"{name} {place} was edited"
        if said.get("before") != before or said.get("seq") != place or said.get("of") != uid:
            yield f"{name} {place} does not follow the one before it"
        if any(said.get(column) != value for column, value in link.columns.items()):
            yield f"{name} {place} says something else in its columns than in its hashed text"
        before = link.hash
    if place != seq or before != head:
        yield f"the bookmark knows {seq} {_many(name)}, and {place} are there or the last is another"


def said_by(payload: bytes | memoryview) -> dict[str, Any]:
    """Return the facts in hashed bytes; nothing when they cannot be read any more."""
    try:
        found = json.loads(bytes(payload))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _many(name: str) -> str:
    return f"{name.removesuffix('y')}ies" if name.endswith("y") else f"{name}s"
