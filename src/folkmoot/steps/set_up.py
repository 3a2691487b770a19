"""The first administrator comes in by a one-time link, and the organisation begins."""

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from folkmoot.casefile.record import enter_register
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import OneTimeLink, Organisation, Person, RoleHeld
from folkmoot.outbox.links import one_time_link
from folkmoot.procedure.words import Role
from folkmoot.steps.add_organisation import org_name, org_slug
from folkmoot.steps.give_role import enter_role
from folkmoot.steps.naming import address_typed, name_typed, web_address_typed
from folkmoot.steps.one_time import find_link, make_link, use_link
from folkmoot.steps.publish_policy import publish_founding_policy
from folkmoot.steps.publish_procedure import publish_founding_procedure

GOOD_FOR_DAYS = 7
_SET_UP = OneTimeLink.Purpose.SET_UP
_DONE = "This Folkmoot has its administrator already. Please sign in, or ask them to invite you."


@transaction.atomic
def setup_link(*, at: datetime) -> str | None:
    """Return the full address that makes the first administrator, or `None` once there is one.

    Asked again, it is the same link until that is too old: links do not pile up.
    """
    links = OneTimeLink.objects.filter(purpose=_SET_UP, used_at=None)
    if _has_administrator(at=at):
        links.update(used_at=at)
        return None
    live = links.filter(expires_at__gt=at).order_by("-expires_at").first()
    return one_time_link(live or make_link(_SET_UP, org=None, person=None, days=GOOD_FOR_DAYS, at=at))


def open_set_up(link: str, *, at: datetime) -> OneTimeLink:
    """Return what `link` ("12.token") opens, without using it; raises `NotPermitted` with what to do."""
    if _has_administrator(at=at):
        raise NotPermitted(_DONE)
    return find_link(link, _SET_UP, at=at)


@transaction.atomic
def set_up(
    *,
    link: str,
    organisation_name: str,
    person_name: str,
    email: str,
    pack: str | Path,
    official_url: str = "",
    at: datetime,
) -> Person:
    """Use `link` up and return the first administrator, who is a moderator too.

    Adopts the organisation that an import made, with its places and posts. Raises `NotPermitted` for a link
    that does not open, `BadInput` with its field (organisation_name, person_name, email, pack, official_url).
    """
    use_link(open_set_up(link, at=at), at=at)
    if _has_administrator(at=at):  # another link won while this one waited for the database
        raise NotPermitted(_DONE)
    name = name_typed(person_name, field="person_name", limit=120, name="Your name")
    address = address_typed(email)
    org, adopted = _organisation(organisation_name, official_url, at=at)
    person = Person.objects.create(org=org, name=name, email=address, created_at=at)
    facts = {"organisation": org.pk, "person": person.pk, "adopted": adopted}
    enter_register(org, "set_up", by=person, at=at, facts=facts)
    publish_founding_policy(org, pack, by=person, at=at)
    publish_founding_procedure(org, by=person, at=at)
    for role in (Role.ADMINISTRATOR, Role.MODERATOR):
        enter_role(person, role, by=person, at=at)
    OneTimeLink.objects.filter(purpose=_SET_UP, used_at=None).update(used_at=at)
    return Person.objects.select_related("org", "user").get(pk=person.pk)


def _has_administrator(*, at: datetime) -> bool:
    held = RoleHeld.objects.filter(role=Role.ADMINISTRATOR, since__lte=at)
    return held.filter(Q(until=None) | Q(until__gt=at)).exists()


def _organisation(typed_name: str, official_url: str, *, at: datetime) -> tuple[Organisation, bool]:
    name = org_name(typed_name, field="organisation_name")
    address = web_address_typed(official_url, field="official_url")
    org = Organisation.objects.select_for_update(no_key=True).filter(is_local=True).first()
    if org is None:
        return (
            Organisation.objects.create(slug=org_slug(name), name=name, official_url=address, created_at=at),
            False,
        )
    org.slug, org.name, org.official_url, org.is_local = org_slug(name), name, address, False
    org.save()
    return org, True
