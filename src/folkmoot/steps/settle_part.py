"""Somebody who sets the organisation up says of one part that it is as it should be, or that it has to wait."""

from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Event
from folkmoot.casefile.record import Actor, enter_register
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Organisation
from folkmoot.procedure.words import Role
from folkmoot.steps.office import require_office


class Part(StrEnum):
    """The parts of setting up, in their order."""

    ORGANISATION = "organisation"
    MAIL = "mail"
    PLACES = "places"
    PEOPLE = "people"
    POLICY = "policy"


class How(StrEnum):
    """What is said of a part."""

    DONE = "done"
    LATER = "later"


_STEP, _END = "settle_part", "end_set_up"


@transaction.atomic
def settle_part(org: Organisation, part: Part, how: How, *, by: Actor, at: datetime) -> Organisation:
    """Write down that `part` is done, or left for later; what was said of it already is not said again."""
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    if settled(org).get(part) is not how:
        enter_register(org, _STEP, by=by, at=at, facts={"part": part, "how": how})
    return org


@transaction.atomic
def end_set_up(org: Organisation, *, by: Actor, at: datetime) -> Organisation:
    """Write down that setting up is over: the guide is shown no more. Raises `BadInput` when it is over already."""
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    Organisation.objects.select_for_update(no_key=True).get(pk=org.pk)  # two who press the button at once
    if is_set_up(org):
        raise BadInput(gettext("Setting up is over already."))
    enter_register(org, _END, by=by, at=at, facts={})
    return org


def settled(org: Organisation) -> dict[Part, How]:
    """Return what was last said of each part."""
    events = Event.objects.within(org).filter(case=None, step=_STEP).order_by("seq")
    return {Part(event.facts["part"]): How(event.facts["how"]) for event in events}


def is_set_up(org: Organisation) -> bool:
    """Say whether somebody has said that setting up is over."""
    return Event.objects.within(org).filter(case=None, step=_END).exists()
