"""What goes between those who ask and the models' process: JSON, with its length before it in four bytes.

One question is sent over each connection. One answer comes back for each text, in their order, or a refusal.
"""

import json
import socket
import struct
import time
import zlib
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Self

from folkmoot.detectors.finding import Finding, Signal
from folkmoot.detectors.judgement import Judgement, Moved
from folkmoot.kernel.errors import FolkmootError

Line = socket.socket
_SHAPE = [field.name for shape in (Judgement, Finding) for field in fields(shape)]
# Another number where messages change; what they carry speaks for itself, so that no old process answers a new program.
VERSION = f"1-{zlib.crc32(repr([_SHAPE, Moved._fields, *Signal]).encode()):08x}"
MOST_TEXTS = 64  # in one question
MOST_BYTES = 8_000_000  # of one message
MOST_CHARACTERS = 2_000_000  # of one text: each has four bytes at most, so that it fits into a message
_LENGTH = struct.Struct(">I")
_AT_ONCE = 1 << 16


class Broken(Exception):
    """What came is no message, or ended too early. Never holds anything of what came."""


class NoAnswer(FolkmootError):
    """The models' process cannot be started, or does not answer in time; the sentence is plain."""


class Refused(StrEnum):
    """Why a question gets no answer."""

    BROKEN = "broken"
    VERSION = "version"  # whoever answers is older or newer than who asks, and ends itself
    BUSY = "busy"  # too much waits already: ask again in a moment
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Question:
    """Texts to be judged. Drafts go first: somebody waits for them. None at all asks only who answers."""

    texts: tuple[str, ...]
    draft: bool = False
    explain: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return it as it is sent."""
        return {"version": VERSION, "texts": self.texts, "draft": self.draft, "explain": self.explain}

    @classmethod
    def from_json(cls, said: Any) -> Self:
        """Return what was sent; raises `Broken` where it is no question of this version's."""
        if not isinstance(said, dict):
            raise Broken
        texts, draft, explain = said.get("texts"), said.get("draft"), said.get("explain")
        if not isinstance(texts, list) or not isinstance(draft, bool) or not isinstance(explain, bool):
            raise Broken
        if len(texts) > MOST_TEXTS or not all(isinstance(one, str) and len(one) <= MOST_CHARACTERS for one in texts):
            raise Broken
        return cls(tuple(texts), draft, explain)


def packed(said: object) -> bytes:
    """Return `said` as a message. Half of a pair of surrogates goes through as it is."""
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return _LENGTH.pack(len(body)) + body


def send(line: Line, message: bytes, *, until: float) -> None:
    """Send what `packed` made, before the monotonic clock says `until`."""
    line.settimeout(_left(until))
    line.sendall(message)


def announced(line: Line, *, until: float) -> int:
    """Return how many bytes the next message has; raises `Broken` for more than fit."""
    (length,) = _LENGTH.unpack(_exactly(line, _LENGTH.size, until))
    if length > MOST_BYTES:
        raise Broken
    return int(length)


def received(line: Line, length: int, *, until: float) -> Any:
    """Return what the message of `length` bytes says; raises `Broken` where it says nothing."""
    body = _exactly(line, length, until)
    try:
        return json.loads(body.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        raise Broken from None  # the fault itself quotes what came


def _exactly(line: Line, length: int, until: float) -> bytearray:
    found = bytearray()
    while len(found) < length:
        line.settimeout(_left(until))
        more = line.recv(min(_AT_ONCE, length - len(found)))
        if not more:
            raise Broken
        found += more
    return found


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
