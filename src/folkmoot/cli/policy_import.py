"""`folkmoot policy import`: a published policy becomes a draft pack, with a report of what to check by hand."""

from datetime import UTC, date, datetime
from pathlib import Path

import click

from folkmoot.cli.words import answer, examples, say
from folkmoot.standards.importing import REPORT_FILE, Imported, import_policy, import_policy_again, may_be_grounds

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command(
    "import",
    epilog=examples(
        "policy import rules.docx --out our-rules",
        'policy import rules.txt --out our-rules --since 2026-01-01 --title "Our rules" --replace',
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--out", "folder", required=True, metavar="DIR", type=click.Path(path_type=Path), help="The folder to make."
)
@click.option("--since", type=_DAY, metavar="DATE", help="Since when it is in force, if the text does not say so.")
@click.option("--title", default="", help="What it is called, if the text does not say so.")
@click.option("--lang", default="en-GB", show_default=True, help="The language that it is written in.")
@click.option("--replace", is_flag=True, help="Put what is in DIR aside under another name first.")
def command(file: Path, folder: Path, since: datetime | None, title: str, lang: str, *, replace: bool) -> None:
    """Make a draft pack of the policy in FILE: text, Markdown, Word (.docx), PDF or HTML.

    Each numbered, lettered or bulleted paragraph becomes a clause, and so does each paragraph outside of lists. The
    report in DIR says what was guessed and left out. Exit status 1, and nothing written, when it cannot be done.
    """
    make = import_policy_again if replace else import_policy
    day = since.date() if since else None
    _tell(make(file, folder, today=_today(), since=day, lang=lang, title=title), folder)


def _today() -> date:
    return datetime.now(UTC).date()


def _tell(made: Imported, folder: Path) -> None:
    pack = made.draft.pack
    say(f"“{pack.title}”: {len(pack.clauses)} clauses in {len(pack.headings)} sections, in {folder}.")
    for heading in pack.headings:
        codes = [clause.code for clause in pack.under(heading)]
        span = codes[0] if len(codes) == 1 else f"{codes[0]} to {codes[-1]}"
        say(f"  {span}: {heading.title}")
    if made.before:
        say(f"What was there before is in {made.before}.")
    doubts, left_out = len(made.source.doubts), len(made.source.left_out)
    say(f"{_several(doubts, 'doubtful place')} and {_several(left_out, 'piece')} left out: see {folder / REPORT_FILE}.")
    grounds = may_be_grounds(made.draft)
    answer(
        folder=folder,
        title=pack.title,
        clauses=[clause.code for clause in pack.clauses],
        doubtful=doubts,
        left_out=left_out,
        report=folder / REPORT_FILE,
        put_aside=made.before,
        may_be_grounds=list(grounds),
    )
    if grounds:
        say(f"No clause is a ground (marked Rule on the pages) yet. These forbid something: {', '.join(grounds)}.")


def _several(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
