"""Asks the models' process, and starts it where none listens. Whoever asks loads no model."""

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from folkmoot.detectors.judgement import Judgement
from folkmoot.detectors.served import protocol
from folkmoot.detectors.served.place import connect
from folkmoot.detectors.served.protocol import Broken, Line, NoAnswer, Question, Refused
from folkmoot.detectors.served.starting import Starting
from folkmoot.kernel.said import gettext

__all__ = ["NoAnswer", "about", "ask"]

_PAUSE = 0.01  # seconds between two tries to reach a process that starts
_BUSY = 0.05  # seconds after which one that is too busy is asked again
_NOBODY = (FileNotFoundError, ConnectionRefusedError)


class _Lost(Exception):
    """The process went away while it was asked, or is of another version: it is asked once more, anew."""


class _Busy(Exception):
    """Too much waits there already."""


def ask(texts: Sequence[str], *, socket: Path, draft: bool, explain: bool = False, patience: float) -> list[Judgement]:
    """Return what the models make of `texts`, in their order; drafts go before whatever else is asked.

    Raises `NoAnswer` where the process cannot be started or has not answered within `patience` seconds.
    """
    until = time.monotonic() + patience
    found: list[Judgement] = []
    for question in _questions(texts, draft=draft, explain=explain):
        found += [Judgement.from_json(said["judgement"]) for said in _answers(question, socket, until)]
    return found


def about(socket: Path, *, patience: float = 2.0) -> dict[str, Any] | None:
    """Return which models the process has, and without which it goes on; `None` where none runs. Starts nothing."""
    until = time.monotonic() + patience
    try:
        with connect(socket, within=patience) as line:
            [said] = _converse(line, protocol.packed(Question(()).as_json()), 1, until)
    except (*_NOBODY, _Lost):  # it may be going just now
        return None
    except (_Busy, OSError) as fault:
        raise NoAnswer(_late()) from fault
    return dict(said)


def _questions(texts: Sequence[str], *, draft: bool, explain: bool) -> Iterator[Question]:
    """Cut `texts` into questions that fit into a message."""
    several: list[str] = []
    characters = 0
    for text in texts:
        if len(text) > protocol.MOST_CHARACTERS:
            most = f"{protocol.MOST_CHARACTERS:,}"
            raise NoAnswer(gettext("A text of more than %(most)s characters cannot be checked.") % {"most": most})
        if several and (len(several) == protocol.MOST_TEXTS or characters + len(text) > _FITS):
            yield Question(tuple(several), draft, explain)
            several, characters = [], 0
        several.append(text)
        characters += len(text)
    if several:
        yield Question(tuple(several), draft, explain)


_FITS = 1_000_000  # characters: six bytes each at most, where all of them are control characters


def _answers(question: Question, socket: Path, until: float) -> list[Any]:
    message = protocol.packed(question.as_json())
    starting = Starting(socket)
    lost = 0
    while True:
        try:
            with _reached(socket, starting, until) as line:
                return _converse(line, message, len(question.texts), until)
        except _Lost:
            lost += 1
            if lost > 1:
                raise NoAnswer(_late()) from None
        except _Busy:
            time.sleep(_BUSY)
        except OSError as fault:
            raise NoAnswer(_late()) from fault


def _reached(socket: Path, starting: Starting, until: float) -> Line:
    while (left := until - time.monotonic()) > 0:
        try:
            return connect(socket, within=left)
        except _NOBODY:
            starting.begin_or_wait()
        except BlockingIOError:  # too many wait to be let in
            pass
        time.sleep(_PAUSE)
    raise NoAnswer(starting.said() or _late())


def _converse(line: Line, message: bytes, answers: int, until: float) -> list[Any]:
    found: list[Any] = []
    with suppress(ConnectionError):  # it may have read no further, and said why
        protocol.send(line, message, until=until)
    try:
        while len(found) < answers:
            said = protocol.received(line, protocol.announced(line, until=until), until=until)
            _accept(said)
            found.append(said)
    except (Broken, ConnectionError):
        raise _Lost from None
    return found


def _accept(said: Any) -> None:
    refused = said.get("refused") if isinstance(said, dict) else Refused.BROKEN
    if refused is None:
        return
    if refused == Refused.BUSY:
        raise _Busy
    if refused == Refused.VERSION:
        raise _Lost
    raise NoAnswer(gettext("The text check could not read this text."))


def _late() -> str:
    return gettext("The text check did not answer in time. Try again in a moment.")
