"""Whether the models that come with Folkmoot lie there as they were made: cards in `artefacts/` name their hashes."""

import hashlib
import json
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path


def damaged() -> list[str]:
    """Return the names of models that are missing, or are not what their card says. Loads none of them."""
    with as_file(files(__package__) / "artefacts") as folder:
        return damaged_in(folder)


def damaged_in(folder: Path) -> list[str]:
    """Return those of one folder; its own name where it has no card at all."""
    cards = sorted(folder.glob("*.json"))
    found = [name for card in cards for name in _damaged_of(card)]
    return found or ([] if cards else [folder.name])


def _damaged_of(card: Path) -> list[str]:
    try:
        said = json.loads(card.read_text(encoding="utf-8"))["sha256"]
    except (OSError, ValueError, KeyError, TypeError):
        return [card.name]
    # One hash is that of the file with the card's own name; several stand beside their names.
    wanted = said if isinstance(said, dict) else {card.with_suffix(".npz").name: said}
    return [name for name, hash_ in wanted.items() if _hash(card.with_name(name)) != hash_]


def _hash(path: Path) -> str:
    try:
        about = path.stat()
    except OSError:
        return ""
    return _hash_of(path, about.st_size, about.st_mtime_ns)


@lru_cache(maxsize=32)
def _hash_of(path: Path, size: int, changed: int) -> str:
    """Return it, worked out once for each version: the page that shows it is opened often."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
