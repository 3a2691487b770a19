"""Somebody has verified a stretch of the record, and what came of it is itself on the record."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from folkmoot.casefile.models import Event
from folkmoot.casefile.record import Actor, enter_register
from folkmoot.members.models import Organisation
from folkmoot.procedure.words import Role
from folkmoot.steps.office import require_office

_STEP = "note_check"


@dataclass(frozen=True)
class Checked:
    """A look at the record: the register and `cases` cases, of which `last` was the last by number; how many faults.

    `whole`: no case came after `last`.
    """

    cases: int
    last: int
    faults: int
    whole: bool


@dataclass(frozen=True)
class Noted:
    """Such a look, as it stands on the register."""

    checked: Checked
    by: str
    at: datetime


@transaction.atomic
def note_check(org: Organisation, checked: Checked, *, by: Actor, at: datetime) -> Event:
    """Write down what a look at the record found."""
    require_office(org, by, Role.ADMINISTRATOR, Role.SECRETARY, at=at)
    return enter_register(org, _STEP, by=by, at=at, facts=vars(checked))


def last_check(org: Organisation) -> Noted | None:
    """Return the newest look, `None` where nobody has looked."""
    event = Event.objects.within(org).filter(case=None, step=_STEP).order_by("-seq").first()
    return Noted(Checked(**event.facts), event.by, event.at) if event else None
