"""What `folkmoot audit verify` says of checkpoints: which it holds the record against, and what they do not cover."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from folkmoot.casefile.audit_checkpoint import Younger, proof_faults, younger_than
from folkmoot.casefile.checkpoint_file import CheckpointFile
from folkmoot.casefile.checkpoint_reader import read_file
from folkmoot.casefile.evidence import Evidence, kept_elsewhere
from folkmoot.casefile.heads import Chains
from folkmoot.cli.words import say
from folkmoot.kernel.errors import BadInput


@dataclass(frozen=True)
class Held:
    """What the record is held against: `files` kept elsewhere, made with the key of this `fingerprint`."""

    files: Sequence[Path] = ()
    fingerprint: str = ""

    def against(self, org_id: int, own: CheckpointFile | None) -> list[Evidence]:
        """Return what proves something of an organisation; the server's own file only where nothing else does."""
        if not self.files:
            return [_own_only(own)] if own is not None and own.newest is not None else []
        given = [kept_elsewhere(file, own=own, fingerprint=self.fingerprint) for file in self.files]
        return [one for one in given if one.proof.org == org_id]

    def require_known(self, org_ids: Collection[int]) -> None:
        """Raise `BadInput` for a file whose organisation is not among those looked at: it may have been removed."""
        for file in self.files:
            found = read_file(file) if file.is_file() else None
            if found is not None and found.org and found.org not in org_ids:
                raise BadInput(f"{file} is of an organisation that is not there (number {found.org}).")


def hold(name: str, chains: Chains, evidence: Evidence) -> list[tuple[str, str]]:
    """Hold `chains` against `evidence`, say what comes of it, and return what is wrong: where, and what."""
    faults = [("the checkpoints", what) for what in evidence.faults] + list(proof_faults(chains, evidence.proof))
    for where, what in faults:
        say(f"{name}: {where}: {what}")
    for note in evidence.notes:
        say(f"{name}: {note}")
    newest = evidence.proof.newest
    if newest is not None:
        at = datetime.fromisoformat(newest.at)
        say(f"{name}: held against checkpoint {newest.number} of {at:%d %B %Y, %H:%M} UTC.")
        say(f"{name}: signed with the key {evidence.proof.fingerprint}")
        say(f"{name}: {_unproven(younger_than(chains, evidence.proof))}")
    return faults


def _own_only(own: CheckpointFile) -> Evidence:
    faults = [f"the file kept by this server: {own.fault}"] if own.fault else []
    return Evidence(
        own,
        faults,
        ["These checkpoints lie on this server; a copy kept elsewhere (--checkpoint FILE) proves more."],
    )


def _unproven(younger: Younger) -> str:
    if younger.nothing:
        return "nothing is younger: the checkpoint covers all of it."
    parts = [
        (younger.cases, "new case"),
        (younger.steps, "step"),
        (younger.register, "entry of the register"),
        (younger.readings, "reading"),
    ]
    told = ", ".join(_count(number, what) for number, what in parts if number)
    return f"younger than that, and not proven yet: {told}."


def _count(number: int, what: str) -> str:
    if number == 1:
        return f"1 {what}"
    return f"{number} {what.replace('entry', 'entries') if 'entry' in what else f'{what}s'}"
