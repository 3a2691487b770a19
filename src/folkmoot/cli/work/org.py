"""Organisations: one is added whole, or not at all."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from folkmoot.casefile.record import SYSTEM
from folkmoot.cli.tables import table
from folkmoot.cli.words import answer, say
from folkmoot.config.clock import now
from folkmoot.config.readiness import bring_up_to_date
from folkmoot.members.models import Organisation
from folkmoot.outbox.links import one_time_link
from folkmoot.procedure.words import Role
from folkmoot.steps.add_organisation import DEFAULT_PACK, add_organisation
from folkmoot.steps.invite_person import invite_person


def add(name: str, *, pack: str | None, zone: str, official_url: str, administrator: tuple[str, str] | None) -> None:
    """Add an organisation; `administrator` is their name and address. Raises `BadInput`."""
    bring_up_to_date()
    at, rules = now(), pack or DEFAULT_PACK
    folder = Path(rules) if "/" in rules else rules
    link = None
    with transaction.atomic():  # a mistyped address leaves no organisation behind
        org = add_organisation(name=name, pack=folder, zone=zone, official_url=official_url, by=SYSTEM, at=at)
        news = [f"{org.name} is at {_address(org)}"]
        if administrator:
            said, link = _invite(org, *administrator, at=at)
            news.append(said)
    for text in news:
        say(text)
    answer(organisation=org.slug, name=org.name, address=_address(org), link=link)


def show_all() -> None:
    """List the organisations."""
    bring_up_to_date()
    found = list(Organisation.objects.order_by("slug"))
    table(("Short name", "Name"), [(org.slug, org.name) for org in found])
    answer(organisations=[{"organisation": org.slug, "name": org.name, "address": _address(org)} for org in found])


def _address(org: Organisation) -> str:
    return f"{settings.FOLKMOOT_URL}/o/{org.slug}/"


def _invite(org: Organisation, name: str, email: str, *, at: datetime) -> tuple[str, str | None]:
    roles = {Role.ADMINISTRATOR, Role.MODERATOR}
    link = invite_person(org, name=name, email=email, roles=roles, by=SYSTEM, at=at)
    if link.used_at is not None:
        return f"{name} signs in here already, and is its administrator from now on.", None
    address = one_time_link(link)
    return f"This link lets {name} in as its administrator, and works once:\n  {address}", address
