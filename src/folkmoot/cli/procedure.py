"""`folkmoot procedure`: who may do what when, its limits, and publishing another edition."""

from types import ModuleType

import click

from folkmoot.cli.django_ready import with_django
from folkmoot.cli.words import examples

_ORG = click.option("--org", metavar="SLUG", help="Whose procedure it is; implied where there is one organisation.")
_SET = click.option(
    "--set",
    "wanted",
    metavar="LIMIT=VALUE",
    multiple=True,
    help="A limit as it should be, e.g. report_days=7, working_days=yes, nation=SCT. Can be given several times.",
)


@click.group(
    "procedure",
    epilog=examples("procedure show", "procedure diff --set report_days=7", "procedure publish --set report_days=7"),
)
def command() -> None:
    """The procedure: who may do what when, and by when. Roles are chosen on the administration's page."""


@command.command("show", epilog=examples("procedure show", "procedure show --edition 1 --json"))
@_ORG
@click.option("--edition", "number", type=click.IntRange(1, 2**31), help="An earlier edition, by its number.")
def show(org: str | None, number: int | None) -> None:
    """Print the table in plain words."""
    _work().show(org, number)


@command.command("diff", epilog=examples("procedure diff", "procedure diff --set report_days=7 --set working_days=yes"))
@_ORG
@_SET
def diff(org: str | None, wanted: tuple[str, ...]) -> None:
    """Say what would be different: with --set, or else in Folkmoot's own table of today."""
    _work().diff(org, wanted)


@command.command("publish", epilog=examples("procedure publish --set report_days=7"))
@_ORG
@_SET
def publish(org: str | None, wanted: tuple[str, ...]) -> None:
    """Make it the organisation's procedure: a new edition, for new cases. Open ones keep theirs."""
    _work().publish(org, wanted)


def _work() -> ModuleType:
    return with_django("folkmoot.cli.work.procedure")
