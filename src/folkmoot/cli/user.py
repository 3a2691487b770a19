"""`folkmoot user`: people who sign in, and those who cannot get in by themselves."""

from types import ModuleType

import click

from folkmoot.cli.django_ready import with_django
from folkmoot.cli.officers import ORG
from folkmoot.cli.words import examples
from folkmoot.procedure.words import OFFICES

_EMAIL = click.argument("email")
_ROLE = click.Choice([role.value for role in OFFICES])


@click.group(
    "user",
    epilog=examples(
        "user list",
        'user invite nia@example.org --name "Nia Roe" --role moderator',
        "user roles nia@example.org --give secretary --end moderator",
        "user link nia@example.org",
        "user reset nia@example.org",
    ),
)
def command() -> None:
    """People who sign in: who they are, what they may do, and how they get in."""


@command.command("list", epilog=examples("user list", "user list --json"))
@ORG
def show_all(org: str | None) -> None:
    """List the people: address, name, roles, when they last signed in, and how they prove that it is they."""
    _work().show_all(org)


@command.command(
    "invite", epilog=examples('user invite nia@example.org --name "Nia Roe" --role moderator --role secretary')
)
@_EMAIL
@click.option("--name", required=True, metavar="NAME", help="Their name, as the others know it.")
@click.option(
    "--role", "roles", multiple=True, required=True, type=_ROLE, help="What they do; can be given several times."
)
@click.option("--mail", is_flag=True, help="Mail them the link as well.")
@ORG
def invite(email: str, name: str, roles: tuple[str, ...], mail: bool, org: str | None) -> None:
    """Invite the person with the address EMAIL, and print the link that lets them in once.

    Somebody who is invited already gets a new link by the page People, or by ./folkmoot user link.
    """
    _work().invite(org, email, name=name, roles=roles, mail=mail)


@command.command("roles", epilog=examples("user roles nia@example.org --give secretary --end moderator"))
@_EMAIL
@click.option("--give", multiple=True, type=_ROLE, help="A role that is theirs from now on.")
@click.option("--end", multiple=True, type=_ROLE, help="A role that is theirs no longer.")
@ORG
def roles(email: str, give: tuple[str, ...], end: tuple[str, ...], org: str | None) -> None:
    """Say which roles the person with the address EMAIL has; give some, end others, all or none of it."""
    _work().change_roles(org, email, give=give, end=end)


@command.command("link", epilog=examples("user link nia@example.org"))
@_EMAIL
def link(email: str) -> None:
    """Make a link that signs the person with the address EMAIL in once.

    For servers without mail, and for the day when mail does not arrive. Their second factor is asked for as ever.
    """
    _work().link(email)


@command.command("reset", epilog=examples("user reset nia@example.org"))
@_EMAIL
def reset(email: str) -> None:
    """Remove the passkeys, the app and the recovery codes of the person with the address EMAIL.

    For whoever lost them all. They are signed out everywhere, told by mail, and add a new second factor the next
    time they sign in. Make sure first that it is they who ask.
    """
    _work().reset(email)


def _work() -> ModuleType:
    return with_django("folkmoot.cli.work.user")
