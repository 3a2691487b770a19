"""`folkmoot place`: the places where an organisation's members and visitors write."""

import click

from folkmoot.archive.models import Platform
from folkmoot.casefile.record import SYSTEM
from folkmoot.cli.target import only_organisation
from folkmoot.cli.words import say
from folkmoot.config.clock import now
from folkmoot.config.readiness import bring_up_to_date
from folkmoot.steps.add_place import add_place


@click.group("place")
def command() -> None:
    """Places where members and visitors write."""


@command.command("add")
@click.argument("name")
@click.option("--org", metavar="SLUG", help="Whose place; implied where there is one organisation.")
@click.option("--kind", type=click.Choice(Platform.Kind.values), default=Platform.Kind.OTHER.value, show_default=True)
@click.option("--closed", is_flag=True, help="Only members can read it; otherwise everybody can.")
@click.option("--url", default="", metavar="URL", help="Where it is.")
def add(name: str, org: str | None, kind: str, *, closed: bool, url: str) -> None:
    """Add the place NAME, such as "Members' forum"."""
    bring_up_to_date()
    owner = only_organisation(org)
    place = add_place(owner, name=name, kind=kind, is_public=not closed, url=url, by=SYSTEM, at=now())
    say(f"{place.name} ({place.slug}) is a place of {owner.name} now.")


@command.command("list")
@click.option("--org", metavar="SLUG", help="Whose places; implied where there is one organisation.")
def show_all(org: str | None) -> None:
    """List the places: short name, kind, public or closed, name."""
    bring_up_to_date()
    for place in Platform.objects.within(only_organisation(org)).order_by("slug"):
        say(f"{place.slug}\t{place.kind}\t{'public' if place.is_public else 'closed'}\t{place.name}")
