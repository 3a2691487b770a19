"""Unpacks a backup and its keys into a folder, everything checked before anything of it is used. Needs no Django."""

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from folkmoot.cli.backups.asking import known_passphrase
from folkmoot.cli.backups.manifest import DATABASE, KEYS, Manifest, key_mark
from folkmoot.cli.backups.parcel import is_sealed, read_parcel
from folkmoot.config.places import key
from folkmoot.kernel.errors import BadInput, NotReady


@dataclass(frozen=True)
class Order:
    """What is to be brought back, and by what means."""

    file: Path
    keys: Path | None = None  # a file of keys, or a folder with them
    without_keys: bool = False
    lists: Sequence[Path] = ()  # of what was destroyed since
    passphrase_file: Path | None = None
    keys_passphrase_file: Path | None = None  # where the keys are under another one
    reason: str = ""


@dataclass
class Unpacked:
    """What lies in the folder now."""

    manifest: Manifest
    lost: list[str] = field(default_factory=list)  # names of keys that are not there, or are others


def unpack(order: Order, into: Path, *, keys_there: Path | None, rehearsal: bool) -> Unpacked:
    """Unpack `order.file` and its keys into the new folder `into`; missing keys are made anew.

    `keys_there` is a folder in which keys may lie already. Raises `BadInput` where anything does not fit.
    """
    passphrase = known_passphrase(order.passphrase_file, order.file) if is_sealed(order.file) else ""
    manifest = read_parcel(order.file, into, passphrase=passphrase)
    database = DATABASE[manifest.engine]
    if manifest.folkmoot != "backup" or manifest.member(database) is None:
        raise BadInput(f"{order.file} holds keys, not a backup. Name it by --keys.", field="file")
    _require_engine(manifest)
    _put_keys(order, into, passphrase, keys_there)
    lost = [name for name, mark in manifest.keys.items() if _mark_in(into / "keys" / name) != mark]
    if lost and not (order.without_keys or rehearsal):
        raise BadInput(
            f"The keys of this backup are not here ({', '.join(lost)}). Name their file by --keys. If they are gone "
            "for good, --without-keys makes new ones; then these do not work any more: links in letters, receipts, "
            "invitations, apps and recovery codes for signing in; and checkpoints begin anew, with a new key.",
            field="keys",
        )
    for name in lost:
        (into / "keys" / name).unlink(missing_ok=True)
    for name in KEYS:
        key(into, name)
    return Unpacked(manifest, lost)


def _require_engine(manifest: Manifest) -> None:
    outside = bool(os.environ.get("DATABASE_URL"))
    if manifest.engine == "sqlite" and outside:
        raise NotReady(
            "This backup is of the built-in database, and DATABASE_URL names one of PostgreSQL. Leave it out: data "
            "cannot be moved from one to the other by a backup."
        )
    if manifest.engine == "postgresql" and not outside:
        raise NotReady(
            "This backup is of a PostgreSQL database. Make an empty one, and let DATABASE_URL name it: data cannot be "
            "moved to the built-in database by a backup."
        )


def _put_keys(order: Order, into: Path, passphrase: str, keys_there: Path | None) -> None:
    folder = into / "keys"
    folder.mkdir(mode=0o700)
    source = order.keys or keys_there
    if source is None:
        return
    if source.is_dir():
        _copy_keys(source, folder)
        return
    aside = into / "unpacked"
    aside.mkdir(mode=0o700)
    if _read_keys(order, source, aside, passphrase).folkmoot != "keys":
        raise BadInput(f"{source} holds a backup, not keys.", field="keys")
    _copy_keys(aside / "keys", folder)
    shutil.rmtree(aside)


def _read_keys(order: Order, source: Path, aside: Path, passphrase: str) -> Manifest:
    """Unpack a file of keys: they are written once, so mostly under an older passphrase than the backup."""
    if not is_sealed(source):
        return read_parcel(source, aside, passphrase="")
    if order.keys_passphrase_file or not passphrase:
        passphrase = known_passphrase(order.keys_passphrase_file or order.passphrase_file, source)
    try:
        return read_parcel(source, aside, passphrase=passphrase)
    except BadInput as refusal:
        if refusal.field != "passphrase" or order.keys_passphrase_file:
            raise
        if not sys.stdin.isatty():
            raise BadInput(
                f"That is not the passphrase of {source}. Put the one of the keys into a file, and name that by "
                "--keys-passphrase-file.",
                field="passphrase",
            ) from None
    return read_parcel(source, aside, passphrase=known_passphrase(None, source))


def _copy_keys(source: Path, folder: Path) -> None:
    for name in KEYS:
        if (source / name).is_file():
            shutil.copyfile(source / name, folder / name)
            (folder / name).chmod(0o600)
            with (folder / name).open("rb") as file:
                os.fsync(file.fileno())


def _mark_in(path: Path) -> str:
    try:
        return key_mark(bytes.fromhex(path.read_text().strip()))
    except (OSError, ValueError):
        return ""
