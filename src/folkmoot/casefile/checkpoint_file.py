"""The file of an organisation's checkpoints: how it is written, and what it proves by itself.

The first line names the public key. Each further line is one checkpoint: what is signed (as the very text that
is signed), its signature, and the cases that moved since the line before. Whoever holds the file can add them
up, and the signed root says whether the sum is right. docs/record.md has the format in exact words.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from folkmoot.kernel.canonical import canonical_bytes, digest
from folkmoot.kernel.merkle import MerkleTree

VERSION: Final = 1
_MARK: Final = b"folkmoot checkpoint\n"  # goes before what is signed: the key signs nothing else


class CaseHead(NamedTuple):
    """Where a case stood: its number, how many steps it had, and the hash of the last."""

    number: int
    seq: int
    head: str


class ChainHead(NamedTuple):
    """Where the register or the access log stood."""

    seq: int
    head: str


@dataclass(frozen=True)
class SignedCheckpoint:
    """One checkpoint whose signature fits. `moved` is `None` where its line came without the cases, as in a mail."""

    text: str  # what is signed
    line: str
    moved: Mapping[str, CaseHead] | None

    @property
    def says(self) -> dict[str, Any]:
        """What is signed, read."""
        found: dict[str, Any] = json.loads(self.text)
        return found

    @property
    def number(self) -> int:
        """Its number, from 1."""
        return int(self.says["number"])

    @property
    def at(self) -> str:
        """When it was signed, as the record writes times."""
        return str(self.says["at"])

    @property
    def restored(self) -> str:
        """Why the database was brought back from a backup, where this checkpoint declares that it was."""
        return str(self.says.get("restored", ""))

    @property
    def hash(self) -> str:
        """What the next one holds of it."""
        return digest(self.text.encode())


@dataclass
class CheckpointFile:
    """What a file proves: all of its lines up to the first that is not sound, which `fault` names."""

    org: int
    key: str  # the public key, 64 hexadecimal digits
    first_line: str
    checkpoints: list[SignedCheckpoint] = field(default_factory=list)
    cases: dict[str, list[tuple[int, CaseHead]]] = field(default_factory=dict)  # by uid: (checkpoint, head), in order
    fault: str = ""

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the public key: what people compare."""
        return digest(bytes.fromhex(self.key))

    @property
    def newest(self) -> SignedCheckpoint | None:
        """The last checkpoint that is sound."""
        return self.checkpoints[-1] if self.checkpoints else None

    @property
    def heads(self) -> dict[str, CaseHead]:
        """Where each case stood at the newest checkpoint, by uid."""
        return {uid: known[-1][1] for uid, known in self.cases.items()}


def path_of(folder: Path, org_id: int) -> Path:
    """Return where the checkpoints of an organisation lie."""
    return folder / f"organisation-{org_id}.jsonl"


def public_key(seed: bytes) -> str:
    """Return the public key that belongs to the 32 secret bytes `seed`, as 64 hexadecimal digits."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw().hex()


def first_line(org_id: int, key: str) -> str:
    """Return the first line of an organisation's file."""
    return canonical_bytes({"folkmoot": "checkpoints", "version": VERSION, "org": org_id, "key": key}).decode()


def signed_line(seed: bytes, facts: Mapping[str, Any], moved: Mapping[str, CaseHead]) -> str:
    """Return the line of a checkpoint that says `facts`, with the cases that moved, without the end of the line."""
    text = canonical_bytes(facts)
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(_MARK + text).hex()
    cases = [[uid, *head] for uid, head in sorted(moved.items())]
    return canonical_bytes({"checkpoint": text.decode(), "signature": signature, "cases": cases}).decode()


def short_line(line: str) -> str:
    """Return a checkpoint's line without its cases: enough to be mailed, and to prove the file that has them."""
    said = json.loads(line)
    return canonical_bytes({"checkpoint": said["checkpoint"], "signature": said["signature"]}).decode()


def append(path: Path, lines: Sequence[str]) -> None:
    """Add whole lines to the file and see them onto the disk. What a killed writer left unfinished goes first."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("a+b") as file:
        file.seek(0)
        held = file.read()
        whole = _whole(held)
        file.truncate(len(whole))
        begin = b"\n" if whole and not whole.endswith(b"\n") else b""
        file.write(begin + "".join(f"{line}\n" for line in lines).encode())
        file.flush()
        os.fsync(file.fileno())


def read_file(path: Path) -> CheckpointFile | None:
    """Return what the file at `path` proves; `None` when there is no such file, or nothing in it yet."""
    text = _whole(path.read_bytes()).decode(errors="replace") if path.exists() else ""
    return read_lines(text.split("\n")) if text.strip() else None


def read_lines(lines: Sequence[str]) -> CheckpointFile:
    """Return what `lines`, a file's or a mail's, prove; lines that are neither first line nor checkpoint are passed by.

    A mail's checkpoints come without their cases; then numbers may be left out, and `cases` stays empty.
    """
    told = [(place, said) for place, line in enumerate(lines, start=1) if (said := _read(line)) is not None]
    if not told or "key" not in told[0][1]:
        return CheckpointFile(0, "0" * 64, "", fault="it does not begin with the line that names the key")
    place, begins = told[0]
    found = CheckpointFile(_number(begins.get("org")), str(begins["key"]), lines[place - 1].strip())
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


def fingerprint_in(path: Path) -> str:
    """Return the fingerprint of the key that the file at `path` names; empty when there is no such file."""
    if not path.exists():
        return ""
    with path.open(encoding="utf-8", errors="replace") as lines:
        return read_lines([lines.readline()]).fingerprint


def is_short(found: CheckpointFile) -> bool:
    """Say whether the checkpoints came without their cases, as in a mail."""
    return any(checkpoint.moved is None for checkpoint in found.checkpoints)


def _whole(held: bytes) -> bytes:
    """Return what was written to its end: a last line that was cut off while it was written is none."""
    last = held[held.rfind(b"\n") + 1 :]
    try:
        json.loads(last or b"0")
    except ValueError:
        return held[: len(held) - len(last)]
    return held


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
        key.verify(bytes.fromhex(said["signature"]), _MARK + str(text).encode())
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
    if not follows and number != 1:
        yield f"checkpoint {number} does not follow the one before it"
    if number == 1 and before != digest(found.first_line.encode()):
        yield "checkpoint 1 does not follow the first line"
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
