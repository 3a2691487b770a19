"""`folkmoot backtest`: what the present model, or changed lists of words, would make of the posts that are there."""

from datetime import datetime
from pathlib import Path

import click

from folkmoot.cli.django_ready import with_django
from folkmoot.cli.officers import ORG
from folkmoot.cli.words import examples


@click.command(
    "backtest",
    epilog=examples(
        "backtest",
        "backtest --sample 2000 --place harbour-page",
        "backtest --lists changed-lists --since 2026-01-01 --json",
        "backtest --apply",
    ),
)
@ORG
@click.option("--place", metavar="NAME", help="Only posts of this place.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Only posts from this day on.")
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Only N posts, chosen by chance.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed chooses the same posts.")
@click.option(
    "--lists", type=click.Path(path_type=Path), metavar="FOLDER", help="Try the lists of words in FOLDER (*.txt)."
)
@click.option("--processes", type=click.IntRange(1, 64), metavar="N", help="How many judge at the same time.")
@click.option("--apply", is_flag=True, help="Let the server judge all these posts afresh, and keep what comes of it.")
def command(
    org: str | None,
    place: str | None,
    since: datetime | None,
    sample: int | None,
    seed: int,
    lists: Path | None,
    processes: int | None,
    apply: bool,
) -> None:
    """Judge the posts that are there once more, and say what would change. Nothing that was kept is touched.

    It compares with what was kept of each post, with how people decided, and with hints that they called wrong. The
    desk shows the last result with a plot and examples. Ctrl-C breaks it off, and leaves no trace.
    """
    work = with_django("folkmoot.cli.work.backtest")
    wanted = work.Wanted(
        place=place,
        since=since,
        sample=sample or 0,
        seed=seed,
        lists=lists,
        processes=processes or 0,
        apply=apply,
    )
    work.back_test(org, wanted)
