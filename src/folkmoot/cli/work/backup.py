"""A backup is made: everything into one file, while people go on working."""

from contextlib import suppress
from pathlib import Path

from django.conf import settings

from folkmoot.cli.backups.asking import new_passphrase
from folkmoot.cli.backups.edge import in_a_sentence
from folkmoot.cli.backups.making import Made, Wanted, make_backup
from folkmoot.cli.backups.manifest import in_words
from folkmoot.cli.words import answer, for_programs, say, warn
from folkmoot.config.clock import now
from folkmoot.config.health.marks import BackupMade, note_backup
from folkmoot.config.places import is_demo
from folkmoot.config.readiness import require_current
from folkmoot.kernel.errors import BadInput, NotReady


def back_up(file: Path, *, keys: Path | None, encrypt: bool, passphrase_file: Path | None, replace: bool) -> None:
    """Write the backup, and say what is in it. Raises `BadInput` or `NotReady`."""
    require_current()
    if is_demo(Path(settings.DATA)):
        raise NotReady(f"{settings.DATA} holds the demo, and nothing real: there is nothing to back up.")
    at = now()
    to = file / f"folkmoot-{at:%Y%m%d-%H%M%S}.backup" if file.is_dir() else file
    for path in [to, *([keys] if keys else [])]:
        _require_place(path, replace=replace)
    if keys and keys.resolve() == to.resolve():
        raise BadInput("The keys go into a file of their own.", field="keys")
    passphrase = new_passphrase(passphrase_file) if encrypt or passphrase_file else ""
    with in_a_sentence("The backup could not be made"):
        made = make_backup(Wanted(to, keys, passphrase, replace), at=at)
    with suppress(OSError):  # the backup is made, whether or not somebody can read here that it was
        known = BackupMade(at, str(to.resolve()), made.bytes, encrypted=bool(passphrase))
        note_backup(Path(settings.DATA), known)
    answer(**_told(made, to, keys, sealed=bool(passphrase)))
    say(f"{to}: {made.bytes:,} bytes, in {made.seconds:.1f} seconds: {in_words(made.manifest.counts)}.")
    say(f"The keys are in {keys}. Put that file somewhere else." if keys else _NO_KEYS)
    if not passphrase and not for_programs():  # they are told so in their answer
        warn("It is not encrypted: whoever has the file can read everything in it (--encrypt).")


_NO_KEYS = (
    "The keys are not in it; without them links, receipts and checkpoints do not work after a restore. "
    "--with-keys FILE writes them as well; they do not change, so once is enough."
)


def _require_place(path: Path, *, replace: bool) -> None:
    if path.is_dir():
        raise BadInput(f"{path} is a folder.", field="file")
    if not path.parent.is_dir():
        raise BadInput(f"There is no folder {path.parent}.", field="file")
    if path.exists() and not replace:
        raise BadInput(f"{path} is there already. --replace lets a new one take its place.", field="file")


def _told(made: Made, to: Path, keys: Path | None, *, sealed: bool) -> dict[str, object]:
    said = made.manifest.model_dump()
    return {
        "file": str(to),
        "bytes": made.bytes,
        "seconds": round(made.seconds, 3),
        "encrypted": sealed,
        "keys_file": str(keys) if keys else None,
        **{name: said[name] for name in ("made_at", "software", "engine", "counts", "organisations", "files")},
    }
