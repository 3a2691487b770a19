"""What a file of checkpoints proves by itself: signatures, the chain of its lines, and the cases of each root."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from folkmoot.casefile.checkpoint_file import MARK, CaseHead, CheckpointFile, SignedCheckpoint, whole
from folkmoot.kernel.canonical import digest
from folkmoot.kernel.merkle import MerkleTree


def read_file(path: Path) -> CheckpointFile | None:
    """Return what the file at `path` proves; `None` when there is no such file, or nothing in it yet."""
    text = whole(path.read_bytes()).decode(errors="replace") if path.exists() else ""
    return read_lines(text.split("\n")) if text.strip() else None


def read_own_file(path: Path) -> CheckpointFile | None:
    """Return what the server's own file knows now, as `read_file` does, in a fraction of the time.

    The last text holds the hash of the one before it, and so on to the first: its signature stands for them all, and
    its root for all cases. Where anything does not fit, every line is looked at, so as to name the one at fault.
    """
    text = whole(path.read_bytes()).decode(errors="replace") if path.exists() else ""
    lines = [line for line in text.split("\n") if line.strip()]
    return (_read_quickly(lines) or read_lines(text.split("\n"))) if lines else None


def read_lines(lines: Sequence[str]) -> CheckpointFile:
    """Return what `lines`, a file's or a mail's, prove; lines that are neither first line nor checkpoint are passed by.

    A mail's checkpoints come without their cases; then numbers may be left out, and `cases` stays empty.
    """
    told = [(place, said) for place, line in enumerate(lines, start=1) if (said := _read(line)) is not None]
    if not told or "key" not in told[0][1]:
        return CheckpointFile(0, "0" * 64, "", fault="it does not begin with the line that names the key")
    place, begins = told[0]
    found = CheckpointFile(_number(begins.get("org")), str(begins["key"]), lines[place - 1].strip())
    found.after = _number(begins.get("after"))
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(found.key))
    except ValueError:
        found.fault = f"line {place}: what it calls a key is none"
        return found
    tree = MerkleTree()
    for place, said in told[1:]:
        if "key" in said:
            continue  # several mails put together: each has the first line of its own
        found.fault = next(_faults(found, key, tree, said), "")
        if found.fault:
            found.fault = f"line {place}: {found.fault}"
            break
        moved = _moved(said)
        checkpoint = SignedCheckpoint(said["checkpoint"], lines[place - 1].strip(), moved)
        found.checkpoints.append(checkpoint)
        for uid, head in (moved or {}).items():
            found.cases.setdefault(uid, []).append((checkpoint.number, head))
    return found


def is_signed_with(key: str, line: str) -> bool:
    """Say whether the checkpoint in `line`, as one of our files has it, was signed with the key of this public key."""
    said = json.loads(line)
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(
            bytes.fromhex(said["signature"]), MARK + said["checkpoint"].encode()
        )
    except InvalidSignature:
        return False
    return True


def fingerprint_in(path: Path) -> str:
    """Return the fingerprint of the key that the file at `path` names; empty when there is no such file."""
    if not path.exists():
        return ""
    with path.open(encoding="utf-8", errors="replace") as lines:
        return read_lines([lines.readline()]).fingerprint


def _read_quickly(lines: Sequence[str]) -> CheckpointFile | None:
    """Return what whole lines of ours know, or `None` where anything in them is not as we write it."""
    try:
        begins, *rest = [json.loads(line) for line in lines]
        found = CheckpointFile(begins["org"], begins["key"], lines[0], after=begins.get("after", 0))
        before, tree = digest(found.first_line.encode()), MerkleTree()
        for line, said in zip(lines[1:], rest, strict=True):
            one = SignedCheckpoint(said["checkpoint"], line, _moved(said))
            if (
                one.says["before"] != before
                or one.number != found.after + len(found.checkpoints) + 1
                or one.moved is None
            ):
                return None
            if one.restored:
                found.cases.clear()
            for uid, head in one.moved.items():
                found.cases.setdefault(uid, []).append((one.number, head))
            found.checkpoints.append(one)
            before = one.hash
        if not rest:
            return found
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(found.key))
        key.verify(bytes.fromhex(rest[-1]["signature"]), MARK + rest[-1]["checkpoint"].encode())
        for uid, head in found.heads.items():
            tree.put(uid, *head)
        says = found.checkpoints[-1].says
    except (InvalidSignature, ValueError, KeyError, TypeError):
        return None
    return found if (len(tree), tree.root()) == (says["count"], says["root"]) else None


def is_short(found: CheckpointFile) -> bool:
    """Say whether the checkpoints came without their cases, as in a mail."""
    return any(checkpoint.moved is None for checkpoint in found.checkpoints)


def _read(line: str) -> dict[str, Any] | None:
    begin = line.find('{"')
    if begin < 0 or not ('"checkpoint"' in line or '"checkpoints"' in line):
        return None
    try:
        said = json.loads(line[begin:])
    except ValueError:
        return {"checkpoint": "", "signature": ""}  # it wants to be one and cannot be read
    return said if isinstance(said, dict) else None


def _faults(found: CheckpointFile, key: Ed25519PublicKey, tree: MerkleTree, said: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a checkpoint that follows those of `found`; put its cases into `tree`."""
    text = said.get("checkpoint")
    try:
        key.verify(bytes.fromhex(said["signature"]), MARK + str(text).encode())
        facts = json.loads(str(text))
        number, before, org = int(facts["number"]), facts["before"], facts["org"]
    except (InvalidSignature, ValueError, KeyError, TypeError):
        yield "it was not signed with this key, or was changed since"
        return
    if org != found.org:
        yield "it is of another organisation"
    newest, short = found.newest, "cases" not in said
    if newest and number <= newest.number:
        yield f"checkpoint {number} does not come after checkpoint {newest.number}"
    follows = newest is not None and number == newest.number + 1
    if follows and newest and before != newest.hash:
        yield f"checkpoint {number} does not follow the one before it"
    if short:
        return
    is_first = newest is None and number == found.after + 1
    if not follows and not is_first:
        yield f"checkpoint {number} does not follow the one before it"
    if is_first and before != digest(found.first_line.encode()):
        yield f"checkpoint {number} does not follow the first line"
    yield from _case_faults(found, tree, said, facts)


def _case_faults(
    found: CheckpointFile, tree: MerkleTree, said: Mapping[str, Any], facts: Mapping[str, Any]
) -> Iterator[str]:
    try:
        moved = _moved(said) or {}
    except (TypeError, ValueError):
        yield "its cases cannot be read"
        return
    number = facts["number"]
    if "restored" in facts:  # what was younger than the backup is gone, and whoever holds the key says so
        tree.clear()
        found.cases.clear()
    for uid, head in moved.items():
        before = found.cases.get(uid)
        if before and head.seq <= before[-1][1].seq:
            yield f"checkpoint {number} has fewer steps of case {head.number} than the one before it"
        tree.put(uid, *head)
    if len(tree) != facts["count"] or tree.root() != facts["root"]:
        yield f"the cases of checkpoint {number} are not those that were signed"


def _moved(said: Mapping[str, Any]) -> dict[str, CaseHead] | None:
    if "cases" not in said:
        return None
    return {str(uid): CaseHead(int(number), int(seq), str(head)) for uid, number, seq, head in said["cases"]}


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
