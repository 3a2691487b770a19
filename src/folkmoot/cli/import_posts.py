"""`folkmoot import`: posts from a file into the archive, as they are seen now for the first time."""

from pathlib import Path

import click

from folkmoot.archive.intake import FIELDS, FORMATS
from folkmoot.cli.django_ready import with_django
from folkmoot.cli.words import examples


@click.command(
    "import",
    epilog=examples(
        "import posts.csv --map text=message,author=from,date=created --place harbour-page",
        "import chat.txt --dates dmy --dry-run",
        "import - --format jsonl --rejects not-taken.csv --yes",
    ),
)
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format", "word", type=click.Choice([form.word for form in FORMATS]), help="What FILE is, if not as it looks."
)
@click.option(
    "--map", "mapping", default="", metavar="text=COLUMN,…", help=f"Which column is what: {', '.join(FIELDS)}."
)
@click.option("--org", metavar="SLUG", help="Whose posts they are; implied where there is one organisation.")
@click.option("--place", metavar="NAME", help="Where they were posted; implied where there is one place.")
@click.option("--date", "constant", metavar="DATE", help="When those were posted whose row does not say it.")
@click.option("--dates", type=click.Choice(["dmy", "mdy", "ymd"]), help="The order of day, month and year in a chat.")
@click.option("--pick", default="", metavar="3,7-9", help="Which posts of a Facebook download.")
@click.option(
    "--find", default="", metavar="WORDS", help="List only the posts of a Facebook download with these words."
)
@click.option("--encoding", default="", metavar="NAME", help="How the file writes its letters, if not UTF-8: cp1252, …")
@click.option("--rejects", type=click.Path(path_type=Path), metavar="FILE", help="Write every row not taken to FILE.")
@click.option("--dry-run", is_flag=True, help="Say what would come of it, and write nothing.")
@click.option("--yes", is_flag=True, help="Make a new place without asking, also where another has nearly its name.")
def command(
    file: Path,
    word: str | None,
    mapping: str,
    org: str | None,
    place: str | None,
    constant: str | None,
    dates: str | None,
    pick: str,
    find: str,
    encoding: str,
    rejects: Path | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Bring the posts in FILE in: tables (CSV), JSON lines, mailboxes, chats, conversations; - is standard input.

    Doing it again does no harm: what is known is recognised, a changed text becomes a revision. An import that was cut
    short goes on where it was.
    """
    work = with_django("folkmoot.cli.work.import_posts")
    wanted = work.Wanted(
        word=word or "",
        mapping=mapping,
        org=org,
        place=place,
        constant=constant,
        dates=dates or "",
        pick=pick,
        find=find,
        encoding=encoding,
        rejects=rejects,
        dry_run=dry_run,
        yes=yes,
    )
    work.bring_in(file, wanted)
