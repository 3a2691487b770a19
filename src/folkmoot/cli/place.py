"""`folkmoot place`: the places where an organisation's members and visitors write."""

from types import ModuleType

import click

from folkmoot.cli.django_ready import with_django
from folkmoot.cli.officers import ORG
from folkmoot.cli.words import examples

# As `archive.models.Platform.Kind` has them, which needs Django; a test compares.
KINDS = ("facebook_page", "facebook_group", "mailing_list", "website", "chat_group", "microblog", "other")


@click.group("place", epilog=examples('place add "Members’ forum" --closed', "place list"))
def command() -> None:
    """Places where members and visitors write."""


@command.command(
    "add",
    epilog=examples(
        'place add "Harbour page" --kind facebook_page --url https://www.facebook.com/harbour',
        'place add "Members’ chat" --kind chat_group --closed',
    ),
)
@click.argument("name")
@ORG
@click.option("--kind", type=click.Choice(KINDS), default="other", show_default=True, help="What kind of place it is.")
@click.option("--closed", is_flag=True, help="Only members can read it; otherwise everybody can.")
@click.option("--url", default="", metavar="URL", help="Where it is.")
def add(name: str, org: str | None, kind: str, *, closed: bool, url: str) -> None:
    """Add the place NAME, such as "Members' forum"."""
    _work().add(org, name, kind=kind, closed=closed, url=url)


@command.command("list", epilog=examples("place list", "place list --org valley-branch --json"))
@ORG
def show_all(org: str | None) -> None:
    """List the places: short name, kind, public or closed, name."""
    _work().show_all(org)


def _work() -> ModuleType:
    return with_django("folkmoot.cli.work.place")
