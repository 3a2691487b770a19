"""`folkmoot doctor`: whether everything works, in sentences."""

import click

from folkmoot.cli.django_ready import with_django
from folkmoot.cli.officers import ORG
from folkmoot.cli.words import examples


@click.command("doctor", epilog=examples("doctor", "doctor --quiet", "doctor --json"))
@ORG
@click.option("--quiet", is_flag=True, help="Only what somebody should know or put right.")
def command(org: str | None, quiet: bool) -> None:
    """Look whether everything works: database, guards, worker, mail, backups, checkpoints, places, roles.

    Each is one sentence, with what to do where something is to be done; the page “Is everything working?” says the
    same. Nothing is changed by looking.

    Exit status 0: everything works, or there is only something to look at, such as mail that is not set up yet:
    reports can be taken. 1: something does not work.
    """
    with_django("folkmoot.cli.work.doctor").look(org, quiet=quiet)
