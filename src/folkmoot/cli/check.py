"""`folkmoot check`: what may be wrong with a text, in words for people, or a line of JSON for each."""

import importlib
import os
from pathlib import Path

import click

from folkmoot.cli.ending import MISTYPED
from folkmoot.cli.ending import of_the_machine as said_of_the_machine
from folkmoot.cli.whole_number import WholeNumber
from folkmoot.cli.words import examples
from folkmoot.kernel.errors import FolkmootError

_FILE = click.Path(path_type=Path, allow_dash=True)


class NotChecked(click.ClickException):
    """Nothing could be said of a text: the status is another than that of one that is flagged."""

    exit_code = MISTYPED


@click.command(
    "check",
    epilog=examples(
        'check "That was a reckless decision, and I am furious about it."',
        "check - --explain",
        'check --advice "COME TO THE MEETING ON TUESDAY!!!"',
        "check --jsonl posts.jsonl > checked.jsonl",
        "check --lines comments.txt --workers 2",
        "check --house-style - < post.txt",
    ),
)
@click.argument("texts", nargs=-1, metavar="[TEXT]...")
@click.option("--jsonl", "rows", type=_FILE, metavar="FILE", help='Check each line of FILE: {"text": "…", …}.')
@click.option("--lines", "lines", type=_FILE, metavar="FILE", help="Check each line of FILE as a text of its own.")
@click.option("--explain", is_flag=True, help="Say also which words moved the score.")
@click.option("--advice", is_flag=True, help="Say also how each TEXT could be said better.")
@click.option(
    "--workers", type=WholeNumber(1, 256), metavar="N", help="Processes for a file; all processors unless said."
)
@click.option(
    "--house-style", is_flag=True, help="Read TEXT as an official post: is it clear, plain, and for everyone?"
)
@click.option("--campaign", is_flag=True, help="With --house-style: it is campaign material, which needs an imprint.")
def command(
    texts: tuple[str, ...],
    rows: Path | None,
    lines: Path | None,
    explain: bool,
    advice: bool,
    workers: int | None,
    house_style: bool,
    campaign: bool,
) -> None:
    """Say which rules TEXT may run into, with which words, and why; - is standard input.

    It is a hint, never a verdict, and nothing is kept of the text. In a terminal the answer is in words; anywhere
    else, and with --json, it is a line of JSON for each text, in their order.

    Exit status 0 when nothing is flagged, 1 when a text is, 2 when a text could not be read. With --house-style, 1 says
    that there is something to look at again.
    """
    given = [one for one in (rows, lines) if one is not None]
    if len(given) + bool(texts) != 1:
        raise click.UsageError("Give texts, or one of --jsonl FILE and --lines FILE.")
    _fit_together(texts, advice=advice, house_style=house_style, campaign=campaign)
    # One thread for each process: several would wait for each other. Read once, when numpy is loaded.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        if house_style:
            status = importlib.import_module("folkmoot.cli.checking.house").check_house_style(texts, campaign=campaign)
        elif texts:
            status = importlib.import_module("folkmoot.cli.checking.texts").check_texts(
                texts, explain=explain, advice=advice
            )
        else:
            files = importlib.import_module("folkmoot.cli.checking.files")
            order = files.Order(given[0], plain=lines is not None, explain=explain, workers=workers)
            status = files.check_file(order)
    except BrokenPipeError:
        raise
    except FolkmootError as error:
        raise NotChecked(str(error)) from error
    except OSError as error:
        raise NotChecked(said_of_the_machine(error) or str(error)) from error
    raise SystemExit(status)


def _fit_together(texts: tuple[str, ...], *, advice: bool, house_style: bool, campaign: bool) -> None:
    if advice and not texts:
        raise click.UsageError("--advice goes with texts that are given; of a file nothing is said but what was found.")
    if house_style and (advice or not texts):
        raise click.UsageError("--house-style reads texts, or standard input for -, by itself.")
    if campaign and not house_style:
        raise click.UsageError("--campaign goes with --house-style.")
