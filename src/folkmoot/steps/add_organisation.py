"""An organisation comes into being, with its policy and its procedure."""

from datetime import datetime
from pathlib import Path
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import SYSTEM, Actor, enter_register
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Organisation
from folkmoot.steps.naming import name_typed, slug_for, web_address_typed
from folkmoot.steps.publish_policy import publish_founding_policy
from folkmoot.steps.publish_procedure import publish_founding_procedure

DEFAULT_PACK = "labour-branch-2018"
LOCAL = "local"


@transaction.atomic
def add_organisation(
    *,
    name: str,
    pack: str | Path = DEFAULT_PACK,
    zone: str = "Europe/London",
    official_url: str = "",
    by: Actor,
    at: datetime,
) -> Organisation:
    """Make an organisation; `zone` is that of its days, such as "Europe/London".

    Raises `BadInput` with its field: name, pack, zone or official_url.
    """
    if zone not in available_timezones():
        raise BadInput(
            gettext("There is no time zone %(zone)s. It should look like Europe/London.") % {"zone": repr(zone)},
            field="zone",
        )
    name = org_name(name)
    org = Organisation.objects.create(
        slug=org_slug(name),
        name=name,
        zone=zone,
        official_url=web_address_typed(official_url, field="official_url"),
        created_at=at,
    )
    return _found(org, pack, by=by, at=at)


@transaction.atomic
def add_local_organisation(*, at: datetime) -> Organisation:
    """Make the organisation that holds posts imported before set-up, which adopts it."""
    org = Organisation.objects.create(slug=LOCAL, name="Local", is_local=True, created_at=at)
    return _found(org, DEFAULT_PACK, by=SYSTEM, at=at)


def org_name(value: str, *, field: str = "name") -> str:
    """Return an organisation's name as it is kept, or raise `BadInput`."""
    return name_typed(value, field=field, limit=120, name="The organisation’s name")


def org_slug(name: str) -> str:
    """Return the short name that stands in an organisation's addresses."""
    return slug_for(name, _taken, fallback="branch")


def _taken(slug: str) -> bool:
    return slug == LOCAL or Organisation.objects.filter(slug=slug).exists()


def _found(org: Organisation, pack: str | Path, *, by: Actor, at: datetime) -> Organisation:
    facts = {"organisation": org.pk, "local": org.is_local}
    enter_register(org, "add_organisation", by=by, at=at, facts=facts)
    publish_founding_policy(org, pack, by=by, at=at)
    publish_founding_procedure(org, by=by, at=at)
    return org
