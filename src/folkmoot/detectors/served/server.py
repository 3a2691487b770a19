"""The models' own process: it listens, answers, and goes away when nobody has asked for a while.

Nothing of any text is written anywhere. Whoever sends rubbish, halves or nothing at all is refused, and harms nobody.
"""

import select
import selectors
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from folkmoot.detectors.served import protocol
from folkmoot.detectors.served.owner import Owner
from folkmoot.detectors.served.place import Place
from folkmoot.detectors.served.protocol import Broken, Question, Refused
from folkmoot.detectors.served.turns import Fault, Turns

IDLE = 300.0  # seconds without a question after which it goes
TICK = 0.25  # seconds between two looks at whether it is still wanted
LINES = 64  # connections at a time; more of them wait
BATCHES = 16  # questions at a time that are no drafts, so that there is always a line for a draft
READING = 5.0  # seconds within which a question has to be whole, and its answer taken
MOST_WAITING = 4 * protocol.MOST_BYTES  # bytes of all questions together
STUCK = 120.0  # seconds for one part: no text takes so long


class Server:
    """Listens at a path until nobody wants it any more."""

    def __init__(self, path: Path, turns: Turns, *, about: dict[str, object], idle: float = IDLE) -> None:
        self._place = Place(path, waiting=2 * LINES)
        self._owner = Owner(path.parent)
        self._turns = turns
        self._about = about
        self._idle = idle
        self._free = threading.Semaphore(LINES)
        self._counting = threading.Lock()
        self._questions = self._batches = self._bytes = 0
        self._last = time.monotonic()
        self._ended = False

    def serve(self, ready: Callable[[], None]) -> None:
        """Answer until idle, without its socket, without its server, or told to end by `SystemExit`.

        `ready` is called once all is there; from then on whatever ends it leaves nothing behind.
        """
        self._turns.start()
        watching = selectors.DefaultSelector()
        watching.register(self._place.line, selectors.EVENT_READ)
        owner = None
        try:
            ready()
            while not self._is_over():
                if owner is None and (owner := self._owner.look()) is not None:
                    watching.register(owner, selectors.EVENT_READ)
                heard = {key.fd for key, _ in watching.select(TICK)}
                if owner in heard:
                    break
                if heard:
                    self._take()
        finally:
            self._place.leave()

    def _is_over(self) -> bool:
        with self._counting:
            idle = not self._questions and time.monotonic() - self._last >= self._idle
        stuck = self._turns.busy_for() > STUCK
        return self._ended or idle or stuck or self._owner.has_ended() or not self._place.is_found()

    def _take(self) -> None:
        if not self._free.acquire(timeout=TICK):
            return
        try:
            line, _ = self._place.line.accept()
        except OSError:  # it has gone again, or there are too many files open just now
            self._free.release()
            time.sleep(0.01)
            return
        threading.Thread(target=self._answer, args=(line,), name="line", daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        try:
            with line, suppress(OSError):  # who goes away, or takes too long, is let go
                try:
                    self._answer_question(line)
                except Broken:
                    _refuse(line, Refused.BROKEN)
        finally:
            self._free.release()

    def _answer_question(self, line: socket.socket) -> None:
        until = time.monotonic() + READING
        length = protocol.announced(line, until=until)
        with self._counting:
            room = self._bytes + length <= MOST_WAITING
            self._bytes += length if room else 0
        if not room:
            return _refuse(line, Refused.BUSY)
        try:
            said = protocol.received(line, length, until=until)
            if isinstance(said, dict) and said.get("version") != protocol.VERSION:
                return self._make_way(line)
            question = Question.from_json(said)
            if not question.texts:
                return protocol.send(line, protocol.packed(self._about), until=time.monotonic() + READING)
            return self._judge(line, question)
        finally:
            with self._counting:
                self._bytes -= length

    def _make_way(self, line: socket.socket) -> None:
        try:
            self._place.line.close()  # first: whoever is refused asks again at once, and must not find us
            _refuse(line, Refused.VERSION)
        finally:
            self._ended = True

    def _judge(self, line: socket.socket, question: Question) -> None:
        batch = int(not question.draft)
        with self._counting:
            full = bool(batch) and self._batches >= BATCHES
            if not full:
                self._questions += 1
                self._batches += batch
        if full:
            return _refuse(line, Refused.BUSY)
        try:
            for part in self._turns.answers(question, wanted=lambda: _listens(line)):
                if isinstance(part, Fault):
                    return _refuse(line, Refused.FAULT, kind=part.kind)
                for judgement in part:
                    message = protocol.packed({"judgement": judgement.as_json()})
                    protocol.send(line, message, until=time.monotonic() + READING)
            return None
        finally:
            with self._counting:
                self._questions -= 1
                self._batches -= batch
                self._last = time.monotonic()


def _refuse(line: socket.socket, why: Refused, **more: str) -> None:
    protocol.send(line, protocol.packed({"refused": why} | more), until=time.monotonic() + READING)


def _listens(line: socket.socket) -> bool:
    """Say whether somebody is still at the other end."""
    look = select.poll()
    try:
        look.register(line, select.POLLIN)
        # Only then: a line with a time limit waits in `recv`, whatever its flags.
        return not look.poll(0) or line.recv(1, socket.MSG_PEEK) != b""
    except (OSError, ValueError):  # it is closed at this end
        return False
