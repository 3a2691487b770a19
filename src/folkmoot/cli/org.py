"""`folkmoot org`: the organisations that this server has rooms for."""

from types import ModuleType

import click

from folkmoot.cli.django_ready import with_django
from folkmoot.cli.words import examples


@click.group(
    "org",
    epilog=examples('org add "Hartfield Branch" --administrator ann@example.org', "org list"),
)
def command() -> None:
    """Organisations: each has its own rooms, people and policy."""


@command.command(
    "add",
    epilog=examples(
        'org add "Hartfield Branch" --administrator ann@example.org --administrator-name "Ann Lee"',
        'org add "Valley Branch" --pack ./our-rules --zone Europe/London',
    ),
)
@click.argument("name")
@click.option("--administrator", metavar="EMAIL", help="Invite somebody to look after it; prints their link.")
@click.option("--administrator-name", metavar="NAME", help="Their name.")
@click.option("--pack", metavar="PACK", help="Its policy: an installed pack or a folder; Folkmoot’s summary if none.")
@click.option("--zone", default="Europe/London", show_default=True, help="Where its days begin and end.")
@click.option("--official-url", default="", metavar="URL", help="Where the official text of its policy is.")
def add(
    name: str,
    administrator: str | None,
    administrator_name: str | None,
    pack: str | None,
    zone: str,
    official_url: str,
) -> None:
    """Add the organisation NAME, such as "Hartfield Branch"."""
    if administrator_name and not administrator:
        raise click.UsageError("--administrator-name needs --administrator EMAIL beside it.")
    who = (administrator_name or administrator.partition("@")[0], administrator) if administrator else None
    _work().add(name, pack=pack, zone=zone, official_url=official_url, administrator=who)


@command.command("list", epilog=examples("org list", "org list --json"))
def show_all() -> None:
    """List the organisations: short name, name."""
    _work().show_all()


def _work() -> ModuleType:
    return with_django("folkmoot.cli.work.org")
