"""Which checkpoints a record is held against: those that somebody kept elsewhere, or else the server's own."""

from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext

from folkmoot.casefile.checkpoint_file import CheckpointFile, SignedCheckpoint
from folkmoot.casefile.checkpoint_reader import is_short, read_file
from folkmoot.kernel.errors import BadInput


@dataclass
class Evidence:
    """What proves something, what is wrong with it, and what a reader has to know of it."""

    proof: CheckpointFile
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def kept_elsewhere(file: Path, *, own: CheckpointFile | None, fingerprint: str = "") -> Evidence:
    """Return what `file` proves: a copy of a checkpoint file, or the lines of mails put together.

    Lines of mails come without the cases: the server's own file (`own`) has to lend them, and the signed root
    says whether they are right. Raises `BadInput` when the file cannot be read, or its key is not `fingerprint`.
    """
    given = read_file(_readable(file))
    if given is None or (given.fault and not given.checkpoints):
        raise BadInput(
            gettext("%(file)s holds no checkpoint: %(fault)s.")
            % {"file": file, "fault": given.fault if given else gettext("it is empty")},
            field="checkpoint",
        )
    if fingerprint and _plain(fingerprint) != given.fingerprint:
        raise BadInput(
            gettext("%(file)s was signed with the key %(fingerprint)s, and that is not the one that you gave.")
            % {"file": file, "fingerprint": given.fingerprint},
            field="key",
        )
    found = Evidence(given)
    if given.fault:
        found.faults.append(f"{file}: {given.fault}. What stands before it is looked at.")
    newest = given.newest
    another_key = own is not None and own.key != given.key  # theirs is lost: a full file proves by itself what it can
    if newest is not None and (is_short(given) or (not another_key and _declared_since(given, own) is not None)):
        _lend(found, newest, own)
    return found


def _lend(found: Evidence, newest: SignedCheckpoint, own: CheckpointFile | None) -> None:
    """Let the server's own file stand in for `found.proof`, if it holds each of its checkpoints word for word.

    Those that were signed between a backup and the restore of it are lost with the rest; the restore says that.
    """
    given = found.proof
    held = {one.number: one.text for one in own.checkpoints} if own and own.key == given.key else {}
    absent = [one for one in given.checkpoints if held.get(one.number) != one.text]
    strange = [one.number for one in absent if own is None or not held or not _is_lost(one, own, given)]
    if own is None or strange:
        missing = strange[0] if strange else newest.number
        found.faults.append(
            f"checkpoint {missing} was given out, and the checkpoints kept by the server do not have it (or another)"
        )
        return
    declared = _declared_since(given, own)
    if declared is not None:
        found.notes.append(
            f"Checkpoint {declared.number} declares that the database was brought back from a backup: "
            f"“{declared.restored}”. What the checkpoints before it knew and the backup did not have is lost, "
            "and it is said to be."
        )
        if absent:
            found.notes.append(
                f"So are the checkpoints from number {absent[0].number} on that were given out before that: they were "
                "signed after the backup was made."
            )
        found.proof = own
        return
    found.proof = upto(own, newest.number)


def upto(whole: CheckpointFile, number: int) -> CheckpointFile:
    """Return what `whole` proved when checkpoint `number` was its newest."""
    cases = {
        uid: kept for uid, heads in whole.cases.items() if (kept := [known for known in heads if known[0] <= number])
    }
    checkpoints = [one for one in whole.checkpoints if one.number <= number]
    return CheckpointFile(whole.org, whole.key, whole.first_line, checkpoints, cases)


def _declared_since(given: CheckpointFile, own: CheckpointFile | None) -> SignedCheckpoint | None:
    """Return the newest restore that the server declares and that what was `given` out does not know of."""
    newest = given.newest
    if own is None or newest is None:
        return None
    later = [
        one
        for one in own.checkpoints
        if one.restored and (one.number > newest.number or (one.at > newest.at and not _knows_of(given, one)))
    ]
    return later[-1] if later else None


def _is_lost(one: SignedCheckpoint, own: CheckpointFile, given: CheckpointFile) -> bool:
    """Say whether a restore explains that the server does not have `one`: it was signed before that was declared.

    What was given out after the declaration it never explains, or one declaration would excuse every later roll-back.
    """
    return any(
        declared.restored and declared.number <= one.number and declared.at > one.at and not _knows_of(given, declared)
        for declared in own.checkpoints
    )


def _knows_of(given: CheckpointFile, declared: SignedCheckpoint) -> bool:
    """Say whether `declared` is among the checkpoints that were given out, or the one after it is."""
    return any(one.hash == declared.hash or one.says["before"] == declared.hash for one in given.checkpoints)


def _readable(file: Path) -> Path:
    if not file.is_file():
        raise BadInput(gettext("There is no file %(file)s.") % {"file": file}, field="checkpoint")
    return file


def _plain(fingerprint: str) -> str:
    return "".join(sign for sign in fingerprint.lower() if sign in "0123456789abcdef")
