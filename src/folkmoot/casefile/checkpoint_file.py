"""The file of an organisation's checkpoints: what stands in it, and how it is written.

The first line names the public key. Each further line is one checkpoint: what is signed (as the very text that
is signed), its signature, and the cases that moved since the line before. Whoever holds the file can add them
up, and the signed root says whether the sum is right: see `checkpoint_reader`, and docs/record.md for exact words.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from folkmoot.kernel.canonical import canonical_bytes, digest

VERSION: Final = 1
MARK: Final = b"folkmoot checkpoint\n"  # goes before what is signed: the key signs nothing else


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

    @cached_property
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
    after: int = 0  # the number of the last checkpoint before this file, where the key that had signed it is lost

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


def first_line(org_id: int, key: str, after: int = 0) -> str:
    """Return the first line of an organisation's file; `after` is the last number that a lost key signed."""
    says = {"folkmoot": "checkpoints", "version": VERSION, "org": org_id, "key": key}
    return canonical_bytes(says | ({"after": after} if after else {})).decode()


def signed_line(seed: bytes, facts: Mapping[str, Any], moved: Mapping[str, CaseHead]) -> str:
    """Return the line of a checkpoint that says `facts`, with the cases that moved, without the end of the line."""
    text = canonical_bytes(facts)
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(MARK + text).hex()
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
        kept = whole(held)
        file.truncate(len(kept))
        begin = b"\n" if kept and not kept.endswith(b"\n") else b""
        file.write(begin + "".join(f"{line}\n" for line in lines).encode())
        file.flush()
        os.fsync(file.fileno())


def whole(held: bytes) -> bytes:
    """Return what was written to its end: a last line that was cut off while it was written is none."""
    last = held[held.rfind(b"\n") + 1 :]
    try:
        json.loads(last or b"0")
    except ValueError:
        return held[: len(held) - len(last)]
    return held
