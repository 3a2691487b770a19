"""What a backup says of itself, in its first member: what is in it, of when, and where the record stood."""

import re
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from folkmoot.kernel.canonical import digest
from folkmoot.kernel.errors import BadInput

NAME: Final = "manifest.json"
LONGEST: Final = 16_000_000  # bytes
Engine = Literal["sqlite", "postgresql"]
DATABASE: Final[dict[str, str]] = {"sqlite": "folkmoot.sqlite3", "postgresql": "folkmoot.pgdump"}
KEYS: Final = ("letters", "sessions", "checkpoints")
_Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_FILES: Final = r"^(folkmoot\.(sqlite3|pgdump)|checkpoints/(put-away/)?[a-z0-9-]{1,80}\.jsonl|keys/[a-z]{1,40})$"


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Member(_Told):
    """One file of a backup."""

    name: Annotated[str, Field(pattern=_FILES)]
    bytes: Annotated[int, Field(ge=0)]
    sha256: _Hash


class Stand(_Told):
    """Where the record of one organisation stood."""

    number: int
    slug: str
    cases: int
    steps: int
    register_head: tuple[int, str]
    access_head: tuple[int, str]
    checkpoint: tuple[int, str] | None  # the newest: its number and hash


class Manifest(_Told):
    """What a file that `folkmoot backup` wrote says of itself: a backup, or the keys that go with one."""

    folkmoot: Literal["backup", "keys"]
    version: Literal[1] = 1
    software: str
    made_at: str
    engine: Engine
    migrations: dict[str, str] = {}  # the newest of each part of the software
    counts: dict[str, int] = {}  # rows, by table
    organisations: list[Stand] = []
    keys: dict[str, str] = {}  # by name: by what they are known, not what they are
    files: list[Member] = []

    def member(self, name: str) -> Member | None:
        """Return the file of that name."""
        return next((one for one in self.files if one.name == name), None)


def read_manifest(held: bytes) -> Manifest:
    """Return what `held` says; raises `BadInput` where it is nothing that we write."""
    try:
        found = Manifest.model_validate_json(held)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "it"
        if place == "version":
            raise BadInput(
                "A newer version of Folkmoot made this file. Restore it with that one.", field="file"
            ) from None
        raise BadInput(
            f"The list of its contents cannot be read ({place}: {first['msg'].lower()}).", field="file"
        ) from None
    names = [one.name for one in found.files]
    if len(set(names)) < len(names):
        raise BadInput("The list of its contents names a file twice.", field="file")
    return found


def can_be_in_one(name: str) -> bool:
    """Say whether a file of a backup can be called that."""
    return re.fullmatch(_FILES, name) is not None


def key_mark(key: bytes) -> str:
    """Return by what a key is known: it says nothing of the key, which is 32 random bytes."""
    return digest(b"folkmoot key\n" + key)


def in_words(counts: dict[str, int]) -> str:
    """Return the counts that tell people most: "1 organisation, 12 cases, 80 papers, 4,000 posts"."""
    told = [(name, counts.get(name, 0)) for name in ("organisations", "cases", "papers", "posts")]
    return ", ".join(f"{count:,} {name.removesuffix('s') if count == 1 else name}" for name, count in told)
