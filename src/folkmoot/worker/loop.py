"""The worker's rounds. Nothing is remembered between them: whatever is due stands in the database."""

import logging
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection

from folkmoot.archive.very_many import learn_sizes
from folkmoot.casefile.tombstones import keep_tombstones
from folkmoot.config.clock import now
from folkmoot.config.health.marks import beat
from folkmoot.config.memory import give_back, keep_little
from folkmoot.config.parent import end_with_parent
from folkmoot.config.readiness import require_ready
from folkmoot.kernel.errors import FolkmootError
from folkmoot.steps.forget_stale import forget_stale
from folkmoot.worker.arrive import arrive
from folkmoot.worker.call import call_hooks
from folkmoot.worker.checkpoint import LOOKED, checkpoint_aside
from folkmoot.worker.deliver import deliver
from folkmoot.worker.digest import send_digests
from folkmoot.worker.ending import Ending
from folkmoot.worker.returned import read_returned
from folkmoot.worker.service import serve
from folkmoot.worker.sweep import search, sweep
from folkmoot.worker.triage import Beside

PAUSE = 1.0  # seconds
LEARNS, SOON = 6 * 3600.0, 300.0  # seconds between two looks at how much is in the tables, and before the first
log = logging.getLogger(__name__)


def run() -> None:
    """Go round until the process is asked to end; a database that is away for a while is waited for.

    It may be killed at any moment all the same. Asked to end, it finishes the letter in hand, so that none is
    sent twice without need.
    """
    end_with_parent()
    require_ready()
    ending = Ending()
    ending.listen()
    last = {chore: float("-inf") for chore, _every in _CHORES}
    last[_learn_sizes] = time.monotonic() - LEARNS + SOON  # not while the first pages are asked for
    last[_forget] = time.monotonic()  # who has just started the server again is not signed out by it
    beside = Beside()
    while not ending.asked():
        try:
            keep_little()  # each time: the connection may be another one
            letters, steps, searches = _letters(ending), serve(at=now()) + sweep(at=now()), search(at=now())
            calls = call_hooks(at=now())
            busy = letters + steps + searches + calls
            if busy:
                log.info("round", extra={"letters": letters, "steps": steps, "searches": searches, "calls": calls})
            beside.begin()  # nobody waits for it
            for chore, every in _CHORES:  # also on a busy evening: that is when much is to be signed
                if time.monotonic() - last[chore] > every and not chore():
                    last[chore] = time.monotonic()
        except DatabaseError:
            log.exception("the database did not answer; trying again")
            connection.close()
            busy = 0
            ending.wait(5)
        close_old_connections()
        if not busy:
            ending.wait(PAUSE)


def _sign() -> int:
    checkpoint_aside(at=now())
    give_back()  # it counted all cases
    return 0


def _remember_destructions() -> int:
    try:
        return keep_tombstones(Path(settings.CHECKPOINTS))
    except (FolkmootError, OSError) as refusal:  # a disk elsewhere may be away for a while; letters leave meanwhile
        log.error("what was destroyed is not on its list yet: %s", refusal)
        return 0


def _tell_what_waits() -> int:
    return 0 if settings.MAIL is None or settings.DEMO else send_digests(at=now())


def _read_mailbox() -> int:
    return read_returned(at=now(), mailbox=settings.MAILBOX)


def _learn_sizes() -> int:
    if connection.vendor == "sqlite":  # the other does it by itself
        learn_sizes()
        give_back()
    return 0


def _forget() -> int:
    return forget_stale(at=now())


def _beat() -> int:
    """Leave a mark by which others see that the worker goes round."""
    with suppress(OSError):  # a full disk is told of by itself; letters leave meanwhile
        beat(Path(settings.DATA))
    return 0


def _letters(ending: Ending) -> int:
    if settings.DEMO:
        return arrive(at=now())
    return deliver(at=now(), server=settings.MAIL, ending=ending.asked)


# What is done now and then, and the seconds between two times; while one finds something, it goes on in the next round.
_CHORES = (
    (_beat, 5.0),
    (_sign, LOOKED),
    (_remember_destructions, LOOKED),
    (_tell_what_waits, 60.0),
    (_read_mailbox, 300.0),
    (_forget, 600.0),
    (_learn_sizes, LEARNS),
)
