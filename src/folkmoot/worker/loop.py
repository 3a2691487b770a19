"""The worker's rounds. Nothing is remembered between them: whatever is due stands in the database."""

import logging
import time

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection

from folkmoot.config.clock import now
from folkmoot.config.parent import end_with_parent
from folkmoot.config.readiness import require_ready
from folkmoot.steps.forget_stale import forget_stale
from folkmoot.worker.arrive import arrive
from folkmoot.worker.checkpoint import LOOKED, checkpoint
from folkmoot.worker.deliver import deliver
from folkmoot.worker.sweep import sweep

PAUSE = 1.0  # seconds
TIDY = 600.0  # seconds between two looks for what was only kept for a while
log = logging.getLogger(__name__)


def run() -> None:
    """Go round until the process ends; a database that is away for a while is waited for."""
    end_with_parent()
    require_ready()
    tidied = looked = time.monotonic()
    while True:
        try:
            if time.monotonic() - looked > LOOKED:  # also on a busy evening: that is when much is to be signed
                checkpoint(at=now())
                looked = time.monotonic()
            busy = _letters() + sweep(at=now())
            if not busy and time.monotonic() - tidied > TIDY:
                busy = forget_stale(at=now())
                tidied = tidied if busy else time.monotonic()  # until nothing is left
        except DatabaseError:
            log.exception("the database did not answer; trying again")
            connection.close()
            busy = 0
            time.sleep(5)
        close_old_connections()
        if not busy:
            time.sleep(PAUSE)


def _letters() -> int:
    if settings.DEMO:
        return arrive(at=now())
    return deliver(at=now(), server=settings.MAIL)
