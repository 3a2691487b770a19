"""Before an upgrade changes a database that holds something, a backup of it is made without being asked for."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from folkmoot.cli.backups.edge import in_a_sentence
from folkmoot.cli.backups.making import BEFORE_UPGRADE, Wanted, make_backup
from folkmoot.cli.backups.manifest import in_words
from folkmoot.cli.backups.under_way import FOLDER, backup_of_upgrade, upgrade_begins
from folkmoot.cli.words import say
from folkmoot.kernel.errors import FolkmootError, NotReady

KEPT = 3  # the newest; older ones of these are removed, and nothing else is


def back_up_before_upgrade(*, at: datetime) -> None:
    """Make a backup in the data folder's `backups/`, and keep the newest three of these.

    Raises `NotReady` where none can be made: then nothing may be changed either.
    """
    folder = Path(settings.DATA) / FOLDER
    before = backup_of_upgrade(Path(settings.DATA))
    if before:  # else the next one would be of a database that is half changed, and this one would go
        say(f"An upgrade was begun and did not end. {before} is from before it, and stays.")
        return
    to = folder / f"{BEFORE_UPGRADE}{at:%Y%m%d-%H%M%S}.backup"
    say("This version changes the database. First a backup is made.")
    try:
        with in_a_sentence(f"{to} could not be written"):
            folder.mkdir(mode=0o700, exist_ok=True)
            made = make_backup(Wanted(to, replace=True), at=at)
            for older in sorted(folder.glob(f"{BEFORE_UPGRADE}*.backup"))[:-KEPT]:
                older.unlink()
            upgrade_begins(Path(settings.DATA), to)
    except FolkmootError as refusal:
        raise NotReady(
            "The database is older than this software, and before it is brought up to date a backup is made. "
            f"That could not be done: {refusal} Nothing was changed. Mend that; or, if you have a backup, start once "
            "with --upgrade-without-backup."
        ) from None
    say(f"{to}: {made.bytes:,} bytes, in {made.seconds:.1f} seconds: {in_words(made.manifest.counts)}.")
