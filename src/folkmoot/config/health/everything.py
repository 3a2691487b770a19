"""All lights together: of the server, of one organisation, and those without which nobody can be served.

The page "Is everything working?", `./folkmoot doctor` and `/readyz` ask here, so that none of them says anything else
than the others. Nothing is changed by looking. A check that cannot look says so; it never raises.
"""

import logging
from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from django.db import DatabaseError
from django.utils.translation import gettext as _

from folkmoot.config.health import keeping, machine, office, post, texts
from folkmoot.config.health.light import ORDER, Light, Sign
from folkmoot.members.models import Organisation
from folkmoot.outbox.models import Attempt, Dispatch

log = logging.getLogger(__name__)


def server_lights(*, at: datetime, closed: Collection[int] = ()) -> list[Light]:
    """Return how the server stands: database, guards, worker, clock, disk, check of texts, mail, mailbox, backups.

    Of letters of cases in `closed`, by number, nothing is told (D9). Where the database does not answer, only what can
    be said without it.
    """
    database = machine.say_database(machine.look_at_database())
    found = [database, *_those(_("Worker"), lambda: [machine.say_worker(machine.look_at_worker())])]
    found += _those(_("Disk"), lambda: [machine.say_disk(machine.look_at_disks())])
    found += _those(_("Check of texts"), lambda: [texts.say_texts(texts.look_at_texts())])
    if database.sign is Sign.BAD:
        return found
    letters = Dispatch.objects.exclude(case__in=closed)
    tries = Attempt.objects.exclude(dispatch__case__in=closed)
    return [
        *found,
        *_those(_("Guards of the record"), lambda: [machine.say_guards(machine.look_at_guards())]),
        *_those(_("Looking posts over"), lambda: [machine.say_triage(machine.look_at_triage())]),
        *_those(_("Clock"), lambda: [machine.say_clock(machine.look_at_clock(at=at))]),
        *_those(_("Mail"), lambda: [post.say_post(post.look_at_post(letters, tries, at=at))]),
        *_those(_("Letters that come back"), lambda: [post.say_returns(post.look_at_returns(at=at))]),
        *_those(_("Backups"), lambda: [keeping.say_backups(keeping.look_at_backups(at=at))]),
    ]


def office_lights(org: Organisation, *, at: datetime, closed: Collection[int] = ()) -> list[Light]:
    """Return how the affairs of `org` stand: checkpoints, letters, places, roles, contact.

    `closed` are the cases, by number, of which whoever reads this may learn nothing.
    """
    return [
        *_those(
            _("Checkpoints of the record"), lambda: [keeping.say_checkpoints(keeping.look_at_checkpoints(org, at=at))]
        ),
        *_those(
            _("Letters that reached nobody"),
            lambda: [office.say_letters(office.look_at_letters(org, closed=closed, at=at))],
        ),
        *_those(_("Places"), lambda: [office.say_places(office.look_at_places(org))]),
        *_those(_("Roles"), lambda: office.say_roles(office.look_at_roles(org, at=at))),
        office.say_contact(org),
    ]


def what_stops() -> list[Light]:
    """Return the bad lights without which nobody can be served, for `/readyz`; empty when the server is ready.

    It takes a few milliseconds: the database, its migrations and its guards.
    """
    database = machine.say_database(machine.look_at_database())
    found = [database]
    if database.sign is not Sign.BAD:
        found += _those(_("Guards of the record"), lambda: [machine.say_guards(machine.look_at_guards())])
    return [light for light in found if light.stops and light.sign is Sign.BAD]


def worst(lights: Iterable[Light]) -> Sign:
    """Return the worst sign among `lights`; `Sign.OK` for none."""
    return max((light.sign for light in lights), key=ORDER.index, default=Sign.OK)


def _those(title: str, look: Callable[[], list[Light]]) -> list[Light]:
    try:
        return look()
    except (OSError, DatabaseError) as fault:  # one thing that cannot be looked at hides none of the others
        log.warning("one of the checks could not look", exc_info=True)
        return [Light("unknown", Sign.BAD, title, _("It could not be looked at."), str(fault))]
