"""A checkpoint is signed: where all chains of an organisation stand, for those outside who keep it."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from folkmoot.casefile.checkpoint_file import (
    CaseHead,
    ChainHead,
    CheckpointFile,
    SignedCheckpoint,
    append,
    first_line,
    path_of,
    public_key,
    signed_line,
)
from folkmoot.casefile.checkpoint_reader import is_signed_with, read_lines, read_own_file
from folkmoot.casefile.heads import access_head, case_heads, register_head
from folkmoot.casefile.models import Checkpoint, Event
from folkmoot.casefile.record import SYSTEM, enter_register
from folkmoot.kernel.canonical import digest
from folkmoot.kernel.errors import Tampered
from folkmoot.kernel.merkle import MerkleTree
from folkmoot.kernel.times import stamp
from folkmoot.members.models import Organisation
from folkmoot.steps.tell_outsiders import tell_outsiders


@dataclass(frozen=True)
class _Standing:
    """Where all chains stand at one moment."""

    cases: dict[str, CaseHead]
    register: ChainHead
    access: ChainHead


def make_checkpoint(org: Organisation, *, folder: Path, seed: bytes, at: datetime) -> Checkpoint | None:
    """Sign where the record stands, add it to the file in `folder`, and promise it to those outside.

    `seed` is the secret key, 32 bytes. Returns `None` when nothing has changed since the newest one. One
    process at a time; others may write meanwhile, for it holds the database only while it keeps what it signed.
    Raises `Tampered` when the database is not the one of the checkpoints before, or the file is not ours: then
    nothing is signed, and `declare_restored` is the way out of it.
    """
    known, stands = _known(org, folder, seed), _standing(org)
    _require_grown(org, known, stands)
    _catch_up(org, known, at=at)
    facts = _facts(org, known, stands, at=at)
    if known.newest and all(known.newest.says[name] == facts[name] for name in ("count", "root", "register", "access")):
        return None
    heads = known.heads
    moved = {uid: head for uid, head in stands.cases.items() if heads.get(uid) != head}
    return _sign(org, facts, moved, folder=folder, seed=seed, at=at)


def declare_restored(org: Organisation, *, reason: str, folder: Path, seed: bytes, at: datetime) -> Checkpoint:
    """Sign that the database was brought back from a backup, and what it holds now: the gap is on the record.

    What younger checkpoints knew is lost and said to be. Raises `Tampered` when the file is not ours.
    """
    known = _known(org, folder, seed)
    last = known.newest.number if known.newest else known.after
    with transaction.atomic():
        told = {"checkpoint": last + 1, "reason": digest(reason.encode())}
        enter_register(org, "declare_restored", by=SYSTEM, at=at, facts=told)
        stands = _standing(org)
    facts = {**_facts(org, known, stands, at=at), "restored": reason}
    return _sign(org, facts, stands.cases, folder=folder, seed=seed, at=at)


def _standing(org: Organisation) -> _Standing:
    # No transaction of its own: on SQLite all who write would wait until a hundred thousand cases are read. Each
    # statement reads one moment; what a case has gained since is signed for the next time.
    cases = {uid: CaseHead(number, seq, head) for uid, number, seq, head in case_heads(org)}
    return _Standing(cases, ChainHead(*register_head(org)), ChainHead(*access_head(org)))


def _known(org: Organisation, folder: Path, seed: bytes) -> CheckpointFile:
    """Return what the file knows; where it is gone or short, its lines are put back out of the database."""
    path, key = path_of(folder, org.pk), public_key(seed)
    found = read_own_file(path)
    if found is None:
        begins = first_line(org.pk, key, _signed_otherwise(org, key))
        append(path, [begins])
        found = read_lines([begins])
    begins = first_line(org.pk, key, found.after)
    if found.first_line != begins:
        raise Tampered(
            f"The checkpoints in {path} were signed with another key. Bring the key back from your backup of the "
            "keys; if it is lost for good, put the file away safely, and a new one is begun."
        )
    if found.fault:
        raise Tampered(f"The checkpoints in {path} were changed: {found.fault}.")
    last = found.newest.number if found.newest else found.after
    rows = Checkpoint.objects.within(org).filter(number__gt=last).order_by("number")
    missing = [bytes(line).decode() for line in rows.values_list("line", flat=True)]
    if not missing:
        return found
    whole = read_lines([begins, *(one.line for one in found.checkpoints), *missing])
    if whole.fault:
        raise Tampered(f"The database has other checkpoints than {path}: {whole.fault}.")
    append(path, missing)
    return whole


def _signed_otherwise(org: Organisation, key: str) -> int:
    """Return the number of the newest checkpoint that another key signed, which is lost; 0 where there is none."""
    rows = Checkpoint.objects.within(org).order_by("-number").values_list("number", "line")
    return next((number for number, line in rows if not is_signed_with(key, bytes(line).decode())), 0)


def _require_grown(org: Organisation, known: CheckpointFile, stands: _Standing) -> None:
    """Raise `Tampered` unless everything that the newest checkpoint knows is still there."""
    newest = known.newest
    if newest is None:
        return
    heads = stands.cases
    moved = {uid: head for uid, head in known.heads.items() if heads.get(uid) != head}
    lost = [head.number for uid, head in moved.items() if uid not in heads or heads[uid].seq <= head.seq]
    grown = {heads[uid].number: head for uid, head in moved.items() if head.number not in lost}
    lost += [number for number, head in grown.items() if _hash_at(org, number, head.seq) != head.head]
    if lost:
        raise Tampered(f"Case {min(lost)} is not what checkpoint {newest.number} knows. {_SAY}")
    for name, (seq, head) in (("register", stands.register), ("access", stands.access)):
        before, its_head = newest.says[name]
        if seq < before or (seq == before and head != its_head):
            raise Tampered(f"The {_NAMES[name]} is not what checkpoint {newest.number} knows. {_SAY}")


_NAMES = {"register": "register", "access": "access log"}
_SAY = (
    "Either the record was changed behind the software’s back, or the database was brought back from a backup: "
    "./folkmoot audit verify says more. Nothing is signed until that is cleared up."
)


def _hash_at(org: Organisation, number: int, seq: int) -> str | None:
    return Event.objects.within(org).filter(case=number, seq=seq).values_list("hash", flat=True).first()


@transaction.atomic
def _catch_up(org: Organisation, known: CheckpointFile, *, at: datetime) -> None:
    """Keep as rows, and promise, what was signed by a process that was killed before it could."""
    last = Checkpoint.objects.within(org).order_by("-number").values_list("number", flat=True).first() or 0
    for one in known.checkpoints:
        if one.number > last:
            _keep(org, one, key=known.key, at=at)


def _facts(org: Organisation, known: CheckpointFile, stands: _Standing, *, at: datetime) -> dict[str, Any]:
    tree = MerkleTree()
    for uid, head in stands.cases.items():
        tree.put(uid, *head)
    newest = known.newest
    return {
        "org": org.pk,
        "number": (newest.number if newest else known.after) + 1,
        "before": newest.hash if newest else digest(known.first_line.encode()),
        # Never before the one that it follows, whatever the clock says: what is lost by a restore is told by it.
        "at": max(stamp(at), newest.at) if newest else stamp(at),
        "count": len(stands.cases),
        "steps": sum(head.seq for head in stands.cases.values()),
        "root": tree.root(),
        "register": list(stands.register),
        "access": list(stands.access),
    }


def _sign(
    org: Organisation,
    facts: dict[str, Any],
    moved: dict[str, CaseHead],
    *,
    folder: Path,
    seed: bytes,
    at: datetime,
) -> Checkpoint:
    line = signed_line(seed, facts, moved)
    # The file first: what is in it and not among the rows yet, the next round puts there.
    append(path_of(folder, org.pk), [line])
    return _keep(org, SignedCheckpoint(json.loads(line)["checkpoint"], line, moved), key=public_key(seed), at=at)


@transaction.atomic
def _keep(org: Organisation, one: SignedCheckpoint, *, key: str, at: datetime) -> Checkpoint:
    row = Checkpoint.objects.create(
        org=org,
        number=one.number,
        at=datetime.fromisoformat(one.at),
        line=one.line.encode(),
        hash=one.hash,
    )
    tell_outsiders(org, row, key=key, at=at)
    return row
