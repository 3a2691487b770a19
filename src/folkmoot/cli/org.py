"""`folkmoot org`: the organisations that this server has rooms for."""

from datetime import datetime
from pathlib import Path

import click
from django.conf import settings
from django.db import transaction

from folkmoot.casefile.record import SYSTEM
from folkmoot.cli.words import say
from folkmoot.config.clock import now
from folkmoot.config.readiness import bring_up_to_date
from folkmoot.members.models import Organisation
from folkmoot.outbox.links import one_time_link
from folkmoot.procedure.words import Role
from folkmoot.steps.add_organisation import DEFAULT_PACK, add_organisation
from folkmoot.steps.invite_person import invite_person


@click.group("org")
def command() -> None:
    """Organisations: each has its own rooms, people and policy."""


@command.command("add")
@click.argument("name")
@click.option("--administrator", metavar="EMAIL", help="Invite somebody to look after it; prints their link.")
@click.option("--administrator-name", metavar="NAME", help="Their name.")
@click.option("--pack", default=DEFAULT_PACK, show_default=True, help="Its policy: an installed pack or a folder.")
@click.option("--zone", default="Europe/London", show_default=True, help="Where its days begin and end.")
@click.option("--official-url", default="", metavar="URL", help="Where the official text of its policy is.")
def add(
    name: str,
    administrator: str | None,
    administrator_name: str | None,
    pack: str,
    zone: str,
    official_url: str,
) -> None:
    """Add the organisation NAME, such as "Hartfield Branch"."""
    if administrator_name and not administrator:
        raise click.UsageError("--administrator-name needs --administrator EMAIL beside it.")
    bring_up_to_date()
    at = now()
    folder = Path(pack) if "/" in pack else pack
    with transaction.atomic():  # a mistyped address leaves no organisation behind
        org = add_organisation(name=name, pack=folder, zone=zone, official_url=official_url, by=SYSTEM, at=at)
        news = [f"{org.name} is at {settings.FOLKMOOT_URL}/o/{org.slug}/"]
        if administrator:
            news.append(_invite(org, administrator_name or administrator.partition("@")[0], administrator, at=at))
    for text in news:
        say(text)


@command.command("list")
def show_all() -> None:
    """List the organisations: short name, name."""
    bring_up_to_date()
    for org in Organisation.objects.order_by("slug"):
        say(f"{org.slug}\t{org.name}")


def _invite(org: Organisation, name: str, email: str, *, at: datetime) -> str:
    roles = {Role.ADMINISTRATOR, Role.MODERATOR}
    link = invite_person(org, name=name, email=email, roles=roles, by=SYSTEM, at=at)
    if link.used_at is not None:
        return f"{name} signs in here already, and is its administrator from now on."
    return f"This link lets {name} in as its administrator, and works once:\n  {one_time_link(link)}"
