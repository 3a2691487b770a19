"""Reads a Dockerfile's steps; as much of the language as ours needs."""

import json
import shlex
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One step: its word in capitals, and what follows on one line."""

    word: str
    text: str

    @property
    def words(self) -> list[str]:
        """What follows, word by word."""
        return shlex.split(self.text)

    def listed(self) -> list[str]:
        """Return the JSON list that it gives, behind its options and a CMD of its own."""
        return [str(word) for word in json.loads(self.text[self.text.index("[") :])]


def read_steps(text: str) -> list[Step]:
    """Return the steps; comments are left out, lines that go on are joined."""
    found, held = [], ""
    for line in text.splitlines():
        if line.lstrip().startswith("#") or not (held or line.strip()):
            continue
        held += line.removesuffix("\\").strip() + " "
        if not line.endswith("\\"):
            word, _, rest = held.strip().partition(" ")
            found.append(Step(word.upper(), rest.strip()))
            held = ""
    return found
