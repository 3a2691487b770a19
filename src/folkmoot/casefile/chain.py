"""Whether a chain of events is the one that was written: each bound to the one before it."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from folkmoot.casefile.models import Event
from folkmoot.kernel.canonical import digest
from folkmoot.kernel.times import stamp


def chain_faults(events: Sequence[Event], *, uid: str, seq: int, head: str) -> Iterator[str]:
    """Yield what is wrong with `events`, in order; the bookmark knows `seq` of them and the last one's hash."""
    before = ""
    for place, event in enumerate(events, start=1):
        payload = bytes(event.payload)
        said = said_by(payload)
        if event.seq != place:
            yield f"event {place} is missing (event {event.seq} stands in its place)"
            return
        if digest(payload) != event.hash:
            yield f"event {place} was edited"
        if said.get("before") != before or said.get("seq") != place or said.get("of") != uid:
            yield f"event {place} does not follow the one before it"
        columns = {"step": event.step, "by": event.by, "at": stamp(event.at)}
        if any(said.get(name) != value for name, value in columns.items()):
            yield f"event {place} says something else in its columns than in its hashed text"
        before = event.hash
    if len(events) != seq or before != head:
        yield f"the bookmark knows {seq} events, and {len(events)} are there or the last is another"


def said_by(payload: bytes | memoryview) -> dict[str, Any]:
    """Return the facts in hashed bytes; nothing when they cannot be read any more."""
    try:
        found = json.loads(bytes(payload))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
