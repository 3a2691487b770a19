"""Makes a backup while the server runs: the database as it stood at one moment, and what lies beside it."""

import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from folkmoot import __version__
from folkmoot.casefile.heads import access_head, register_head
from folkmoot.casefile.models import Case, Checkpoint
from folkmoot.casefile.moment import one_moment
from folkmoot.cli.backups.database import require_programs, size, write_database
from folkmoot.cli.backups.manifest import DATABASE, KEYS, Manifest, Stand, can_be_in_one, key_mark
from folkmoot.cli.backups.parcel import described, require_room, write_parcel
from folkmoot.config.places import key, one_at_a_time
from folkmoot.kernel.errors import NotReady
from folkmoot.kernel.times import stamp
from folkmoot.members.models import Organisation

BEFORE_UPGRADE = "before-upgrade-"  # begins the names of those that an upgrade makes by itself
_MAKING = ".making-a-backup"  # the folder in the data folder in which a backup is put together: nobody else's name
_STALE = 3600  # seconds without a byte written, after which a half file is nobody's: other servers may write there too


@dataclass(frozen=True)
class Wanted:
    """What is to be made: which files, and how."""

    to: Path
    keys_to: Path | None = None
    passphrase: str = ""
    replace: bool = False


@dataclass(frozen=True)
class Made:
    """What came of it."""

    manifest: Manifest
    bytes: int
    seconds: float


def make_backup(wanted: Wanted, *, at: datetime) -> Made:
    """Make a backup of this server's data at `wanted.to`; people go on working meanwhile.

    One at a time. Where it raises `NotReady` or `BadInput`, no file stands under the name that was asked for.
    """
    began, data = time.monotonic(), Path(settings.DATA)
    require_programs()
    with one_at_a_time(data, "backup"):
        folder = data / _MAKING
        shutil.rmtree(folder, ignore_errors=True)  # of one that was killed
        _sweep(wanted.to.parent)
        require_room(data, size())
        try:
            folder.mkdir(mode=0o700)
            manifest = _gather(folder, wanted, at=at)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return Made(manifest, wanted.to.stat().st_size, time.monotonic() - began)


def _sweep(folder: Path) -> None:
    """Remove half files that nobody is writing: those of backups that were killed."""
    for part in (*folder.glob(".folkmoot-*.backup.part"), *folder.glob(f".{BEFORE_UPGRADE}*.backup.part")):
        with suppress(OSError):  # another server's, which has just got its name, or may not be removed by us
            if part.stat().st_mtime < time.time() - _STALE:
                part.unlink()


def _gather(folder: Path, wanted: Wanted, *, at: datetime) -> Manifest:
    engine = "sqlite" if connection.vendor == "sqlite" else "postgresql"
    files = _copy_checkpoints(folder)  # before the database: what they know, it knows too
    database = folder / DATABASE[engine]
    try:
        with one_moment():
            # Only columns that were always there: an upgrade makes a backup before the newer ones are.
            stands, counts = [_stand(org) for org in Organisation.objects.only("slug").order_by("pk")], _counts()
            migrations = _migrations()
            write_database(database)
    except OSError as error:
        raise NotReady(f"The database cannot be copied into {folder.parent}: {error.strerror}.") from None
    keys = {name: key(Path(settings.DATA), name) for name in KEYS}
    manifest = Manifest(
        folkmoot="backup",
        software=__version__,
        made_at=stamp(at),
        engine="sqlite" if engine == "sqlite" else "postgresql",
        migrations=migrations,
        counts=counts,
        organisations=stands,
        keys={name: key_mark(value) for name, value in keys.items()},
        files=described({database.name: database, **files}),
    )
    files[database.name] = database
    if wanted.keys_to:  # first: whoever finds the backup finds the keys that go with it
        _write_keys(folder, manifest, wanted, wanted.keys_to)
    write_parcel(wanted.to, manifest, files, passphrase=wanted.passphrase, replace=wanted.replace)
    return manifest


def _copy_checkpoints(folder: Path) -> dict[str, Path]:
    """Copy what is signed, and the list of what was destroyed; whoever signs waits for the moment that it takes.

    People put copies of their own beside those files: what has none of our names is left out.
    """
    found, source = dict[str, Path](), Path(settings.CHECKPOINTS)
    with one_at_a_time(Path(settings.DATA), "checkpoint"):
        for path in sorted([*source.glob("*.jsonl"), *source.glob("put-away/*.jsonl")]):
            name = f"checkpoints/{path.relative_to(source)}"
            if can_be_in_one(name):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                found[name] = Path(shutil.copyfile(path, folder / name))
    return found


def _write_keys(folder: Path, manifest: Manifest, wanted: Wanted, to: Path) -> None:
    files: Mapping[str, Path] = {f"keys/{name}": Path(settings.DATA) / "keys" / name for name in KEYS}
    mine = manifest.model_copy(
        update={"folkmoot": "keys", "files": described(files), "counts": {}, "organisations": []}
    )
    write_parcel(to, mine, files, passphrase=wanted.passphrase, replace=wanted.replace)


def _stand(org: Organisation) -> Stand:
    heads = list(Case.objects.within(org).values_list("seq", flat=True))
    newest = Checkpoint.objects.within(org).order_by("-number").values_list("number", "hash").first()
    return Stand(
        number=org.pk,
        slug=org.slug,
        cases=len(heads),
        steps=sum(heads),
        register_head=register_head(org),
        access_head=access_head(org),
        checkpoint=newest,
    )


def _counts() -> dict[str, int]:
    """Return how many rows there are of what people would miss."""
    return {name: apps.get_model(label)._default_manager.count() for name, label in COUNTED.items()}


COUNTED = {
    "organisations": "members.Organisation",
    "people": "members.Person",
    "posts": "archive.Post",
    "cases": "casefile.Case",
    "papers": "casefile.Paper",
    "files": "casefile.Attachment",
    "events": "casefile.Event",
    "letters": "outbox.Dispatch",
    "tasks": "outbox.Task",
}


def _migrations() -> dict[str, str]:
    applied = sorted(MigrationRecorder(connection).applied_migrations())
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("folkmoot.")}
    return {app: name for app, name in applied if app in ours}
