"""`folkmoot queue`: what waits, in the order in which it should be taken."""

import click

from folkmoot.cli.django_ready import with_django
from folkmoot.cli.officers import NO_LESS, acts
from folkmoot.cli.words import examples
from folkmoot.procedure.words import ReportKind


@click.command(
    "queue",
    epilog=f"{NO_LESS}\n\n"
    + examples(
        "queue --as mo@example.org",
        "queue --as mo@example.org --lane overdue",
        "queue --as mo@example.org --lane mine --place harbour-page --json",
        "queue --as mo@example.org --lanes",
    ),
)
@acts
@click.option("--lane", default="", metavar="LANE", help="Which cases: one of --lanes; those that wait for us if none.")
@click.option("--lanes", "only_lanes", is_flag=True, help="List the lanes, with how many cases are in each.")
@click.option("--place", default="", metavar="PLACE", help="Only cases of this place, by its short name or its name.")
@click.option("--kind", type=click.Choice([kind.value for kind in ReportKind]), help="Only what was reported as this.")
@click.option("--urgent", is_flag=True, help="Only what may do harm while it waits.")
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=25, show_default=True, metavar="NUMBER", help="How many to show."
)
def command(
    email: str, org: str | None, lane: str, only_lanes: bool, place: str, kind: str | None, urgent: bool, limit: int
) -> None:
    """List the cases that wait, as the officer EMAIL may see them; nobody's words are shown.

    In a terminal it is a table, most urgent first; into a file or a pipe, a line for each case with tabs between.
    """
    work = with_django("folkmoot.cli.desk.queue")
    if only_lanes:
        work.show_lanes(org, email)
        return
    work.show(org, email, work.Wanted(lane, place, kind or "", urgent, limit))
