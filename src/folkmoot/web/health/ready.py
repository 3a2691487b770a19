"""Whether everything is there that people need: one plain word for each thing, for machines.

The sentences for people are in `config/health`; what is wrong there is wrong here, but for mail: a letter that is late
is for people to see, and only a mail server that takes none at all is a reason to wake somebody.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import Error, connection
from django.db.models import Q

from folkmoot.config.health import machine
from folkmoot.config.health.light import Light, Sign
from folkmoot.config.readiness import is_migrated
from folkmoot.outbox.models import Dispatch

FINE = "fine"
STUCK_AFTER = timedelta(hours=1)
# How `worker.deliver` begins what it notes where the mail server takes no letter at all.
_WHOLE_SERVER = ("mail server:", "sender refused")


def checks(*, at: datetime) -> dict[str, str]:
    """Return how each thing stands at `at`: "fine", or the word that says what is wrong with it."""
    return {
        **dict(_database(at)),
        "worker": _unless(machine.say_worker(machine.look_at_worker()), "silent"),
        "disk": _unless(machine.say_disk(machine.look_at_disks()), "full"),
    }


def is_ready(found: dict[str, str]) -> bool:
    """Say whether nothing is wrong; a server without mail is as its administrator wants it."""
    return set(found.values()) <= {FINE, "unset"}


def _database(at: datetime) -> Iterator[tuple[str, str]]:
    try:
        connection.ensure_connection()
        migrated = is_migrated()
        yield "database", FINE
        yield "migrations", FINE if migrated else "missing"
        yield "guards", _unless(machine.say_guards(machine.look_at_guards()), "gone")
        yield "mail", _mail(at) if migrated else "unknown"
    except Error:
        yield from dict.fromkeys(("migrations", "guards", "mail"), "unknown").items()
        yield "database", "away"


def _mail(at: datetime) -> str:
    """Say whether letters leave; one that only its receiver's server does not take is no fault of the queue."""
    if settings.MAIL is None:
        return "unset"
    whole_server = Q()
    for begins in _WHOLE_SERVER:
        whole_server |= Q(last_error__startswith=begins)
    waiting = Dispatch.objects.filter(whole_server, state=Dispatch.State.WAITING, made_at__lt=at - STUCK_AFTER)
    return "stuck" if waiting.exists() else FINE


def _unless(light: Light, wrong: str) -> str:
    return wrong if light.sign is Sign.BAD else FINE
