"""What follows once a backup is unpacked: migrations, comparison, destroying again, the declaration, the audit.

Runs with the unpacked folder as its data folder; nobody else knows of that folder yet.
"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, connections

from folkmoot.casefile.audit import verify
from folkmoot.casefile.audit_checkpoint import proof_faults
from folkmoot.casefile.checkpoint_file import path_of
from folkmoot.casefile.checkpoint_reader import fingerprint_in, read_file
from folkmoot.casefile.heads import access_head, chains_of, register_head
from folkmoot.casefile.models import Case, Grant
from folkmoot.casefile.tombstones import NAME as TOMBSTONES
from folkmoot.casefile.tombstones import (
    Tombstone,
    add_tombstones,
    keep_tombstones,
    read_tombstones,
    read_what_can_be_read,
)
from folkmoot.cli.backups.database import require_sound
from folkmoot.cli.backups.making import COUNTED
from folkmoot.cli.backups.manifest import Manifest
from folkmoot.config.clock import now
from folkmoot.config.places import key
from folkmoot.config.readiness import bring_up_to_date
from folkmoot.kernel.errors import FolkmootError, NotReady
from folkmoot.members.models import OneTimeLink, Organisation, SignInCode
from folkmoot.outbox.audit import verify_promises
from folkmoot.outbox.models import Dispatch
from folkmoot.steps.destroy_again import destroy_again
from folkmoot.steps.make_checkpoint import declare_restored


@dataclass
class Found:
    """What came of bringing a backup back."""

    faults: list[str] = field(default_factory=list)
    destroyed_again: int = 0
    lists_known: bool = False  # whether a list of what was destroyed was there, beside the one in the backup
    declared: dict[str, int] = field(default_factory=dict)  # by organisation: the checkpoint that says it
    lost_steps: dict[str, int] = field(default_factory=dict)  # by organisation, as its newest checkpoint knew them
    fingerprint: str = ""
    receipts: int = 0
    links: int = 0
    letters_waiting: int = 0


def bring_back(
    manifest: Manifest, *, lists: Sequence[Path], lost: Sequence[str], reason: str, elsewhere: Path | None
) -> Found:
    """Make the unpacked data fit to be served, and say what was found; `faults` are what is not as it should be.

    `lists` name what was destroyed since; `lost` are the names of keys that are not those of the backup; `elsewhere`
    is a folder with checkpoints that may know more than those of the backup, and is only read.
    """
    found = Found(lists_known=bool(lists))
    require_sound()
    bring_up_to_date()
    data, folder = Path(settings.DATA), Path(settings.CHECKPOINTS)
    found.faults += [*_differences(manifest), *_proof_faults(data / "checkpoints", "the backup’s checkpoints")]
    tombstones = [*_came_along(data / "checkpoints", found), *(one for path in lists for one in read_tombstones(path))]
    _take_younger(elsewhere, folder)
    if "checkpoints" in lost:
        _put_away(folder)
    else:
        found.lost_steps = _lost(folder)
    _destroy(tombstones, found)
    add_tombstones(folder, tombstones)
    keep_tombstones(folder)
    Session.objects.all().delete()  # whoever signed out after the backup would be signed in again
    SignInCode.objects.all().delete()
    OneTimeLink.objects.filter(used_at=None).update(used_at=now())  # used since, perhaps, or taken back
    seed = key(data, "checkpoints")
    for org in Organisation.objects.order_by("pk"):
        declared = declare_restored(org, reason=reason, folder=folder, seed=seed, at=now())
        found.declared[org.slug] = declared.number
        found.fingerprint = fingerprint_in(path_of(folder, org.pk))
    found.faults += [*_record_faults(), *_proof_faults(folder, "the checkpoints")]
    found.receipts = Grant.objects.exclude(code_hash=None).count()
    found.links = Grant.objects.filter(code_hash=None).count()
    found.letters_waiting = Dispatch.objects.filter(state=Dispatch.State.WAITING).count()
    _let_go()
    return found


def _differences(manifest: Manifest) -> Iterator[str]:
    """Yield where the database is not the one that the list of contents tells of."""
    for name, told in manifest.counts.items():
        counted = apps.get_model(COUNTED[name])._default_manager.count() if name in COUNTED else told
        if counted != told:
            yield f"{name}: the backup says {told}, and {counted} are there"
    orgs = {org.pk: org for org in Organisation.objects.all()}
    for stand in manifest.organisations:
        org = orgs.get(stand.number)
        if org is None:
            yield f"{stand.slug}: it is not there"
            continue
        heads = list(Case.objects.within(org).values_list("seq", flat=True))
        there = (len(heads), sum(heads), register_head(org), access_head(org))
        if there != (stand.cases, stand.steps, stand.register_head, stand.access_head):
            yield f"{stand.slug}: its record does not stand where the backup says"


def _proof_faults(folder: Path, whose: str) -> Iterator[str]:
    for org in Organisation.objects.order_by("pk"):
        proof = read_file(path_of(folder, org.pk))
        if proof is None:
            continue
        if proof.fault:
            yield f"{org.slug}: {whose}: {proof.fault}"
        for where, what in proof_faults(chains_of(org), proof):
            yield f"{org.slug}: {where}: {what}"


def _record_faults() -> Iterator[str]:
    for org in Organisation.objects.order_by("pk"):
        for one in (*verify(org), *verify_promises(org)):
            yield f"{org.slug}: {one.where}: {one.what}"


def _take_younger(elsewhere: Path | None, folder: Path) -> None:
    """Put the checkpoints that are kept `elsewhere` over those that came with the backup: they know more."""
    folder.mkdir(exist_ok=True, mode=0o700)
    for path in elsewhere.glob("organisation-*.jsonl") if elsewhere else ():
        shutil.copyfile(path, folder / path.name)


def _put_away(folder: Path) -> None:
    """Put files away that were signed with a key that is lost: they go on proving what they prove."""
    for path in folder.glob("organisation-*.jsonl"):
        away = folder / "put-away" / f"{path.stem}-{fingerprint_in(path)[:12]}.jsonl"
        away.parent.mkdir(exist_ok=True, mode=0o700)
        path.replace(away)


def _lost(folder: Path) -> dict[str, int]:
    """Return for each organisation how many steps its newest checkpoint knows that are not in the backup."""
    found = {}
    for org in Organisation.objects.order_by("pk"):
        proof = read_file(path_of(folder, org.pk))
        newest: dict[str, Any] = proof.newest.says if proof and proof.newest else {"steps": 0}
        lost = newest["steps"] - sum(Case.objects.within(org).values_list("seq", flat=True))
        if lost > 0:
            found[org.slug] = lost
    return found


def _came_along(came: Path, found: Found) -> list[Tombstone]:
    """Return what the list in the backup names; a line of it that was torn keeps nobody from the rest."""
    path = came / TOMBSTONES
    tombstones, strange = read_what_can_be_read(path) if path.exists() else ([], [])
    for line in strange:
        found.faults.append(f"Line {line} of the list of what was destroyed that is in the backup cannot be read.")
        path.unlink(missing_ok=True)  # the others are written anew
    return tombstones


def _destroy(tombstones: Sequence[Tombstone], found: Found) -> None:
    """Destroy all of it again. Raises `NotReady` where that fails: what follows would let it be served."""
    refused = []
    for one in tombstones:
        try:
            found.destroyed_again += destroy_again(one, at=now())
        except (FolkmootError, ValueError) as error:
            refused.append(f"{one.org}: what was destroyed on {one.at[:10]} could not be destroyed again: {error}")
    if refused:
        raise NotReady(f"{' '.join(refused)} Nothing is brought back, because that would be as well.")


def _let_go() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections.close_all()
