"""Whether an upgrade was begun and has not come to its end: then the backup from before it is the one to keep."""

from pathlib import Path

FOLDER = "backups"  # in the data folder
_BEGUN = "upgrade-begun"  # names the backup


def backup_of_upgrade(data: Path) -> Path | None:
    """Return the backup from before the upgrade that did not end; `None` where there is none."""
    begun = data / FOLDER / _BEGUN
    made = data / FOLDER / begun.read_text().strip() if begun.is_file() else None
    return made if made and made.is_file() else None


def upgrade_begins(data: Path, made: Path) -> None:
    """Note that `made` is from before what is changed now."""
    (data / FOLDER / _BEGUN).write_text(made.name)


def upgrade_is_over(data: Path) -> None:
    """Note that the database was brought up to date: the next upgrade makes a backup of its own."""
    (data / FOLDER / _BEGUN).unlink(missing_ok=True)
