"""`folkmoot queue`: what waits, in the order in which it should be taken."""

import click

from folkmoot.cli.django_ready import with_django
from folkmoot.cli.officers import NO_LESS, acts
from folkmoot.cli.words import examples
from folkmoot.procedure.words import Lane, ReportKind

ONLY = ("mine", "free", "overdue", "places")  # as the page's chips, which need Django; a test compares


@click.command(
    "queue",
    epilog=f"{NO_LESS}\n\n"
    + examples(
        "queue --as mo@example.org",
        "queue --as mo@example.org --piles",
        "queue --as mo@example.org --show appeals --only overdue",
        "queue --as mo@example.org --only mine --place harbour-page --json",
    ),
)
@acts
@click.option("--show", "pile", default="", metavar="PILE", help="Which cases: one of --piles; else what waits for us.")
@click.option("--piles", is_flag=True, help="List the piles, with how many cases lie in each.")
@click.option(
    "--only",
    multiple=True,
    type=click.Choice(ONLY),
    help="Only those that you have, that nobody has, that are overdue, or of the places that you look after.",
)
@click.option("--place", default="", metavar="PLACE", help="Only cases of this place, by its short name or its name.")
@click.option("--kind", type=click.Choice([kind.value for kind in ReportKind]), help="Only what was reported as this.")
@click.option("--lane", type=click.Choice([lane.value for lane in Lane]), help="Only cases of this lane.")
@click.option("--search", default="", metavar="WORDS", help="Only cases with these words, wherever they lie.")
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=25, show_default=True, metavar="NUMBER", help="How many to show."
)
@click.option("--after", default="", metavar="KEY", help="Go on after a page: the key that stood below it.")
def command(
    email: str,
    org: str | None,
    pile: str,
    piles: bool,
    only: tuple[str, ...],
    place: str,
    kind: str | None,
    lane: str | None,
    search: str,
    limit: int,
    after: str,
) -> None:
    """List the cases that wait, as the officer EMAIL may see them; nobody's words are shown.

    In a terminal it is a table, most urgent first; into a file or a pipe, a line for each case with tabs between.
    """
    work = with_django("folkmoot.cli.desk.queue")
    if piles:
        work.show_piles(org, email)
        return
    wanted = work.Wanted(pile, only, place, kind or "", lane or "", search, limit, after)
    work.show(org, email, wanted)
