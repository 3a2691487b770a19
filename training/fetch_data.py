"""Fetches the public sets that triage learns from: python -m training.fetch_data [FOLDER] [--only NAME] [--list].

They come from where their authors, or others, published them, as of one commit each (`data.toml`), and each file is
kept only if it has the bytes that we trained on. What was cut short goes on where it was; nothing is ever replaced.
"""

import argparse
import hashlib
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

TABLE = Path(__file__).parent / "data.toml"
FOLDER = Path(__file__).parents[2] / "shared" / "data"  # where training and tests look
SOURCE = "https://raw.githubusercontent.com"
TRIES = 3  # of a connection that breaks; each goes on where the last one was
PATIENCE = 30.0  # seconds without a byte
WARNING = "These sets hold hateful, sexual and offensive language, and words of real people. Keep them to yourself.\n"


@dataclass(frozen=True)
class File:
    """One file: what it is called here, where it is in its repository, and which bytes it has."""

    name: str
    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Set:
    """One labelled set, with what must be said of it wherever it is used."""

    name: str
    repository: str  # owner/name
    commit: str
    licence: str
    citation: str
    holds: str
    files: tuple[File, ...]


class NotFetched(Exception):
    """Why a file is not there, in a sentence."""


def main(typed: Sequence[str] | None = None) -> int:
    """Fetch what is missing, and return 0 when everything is there and as it should be."""
    said = _arguments(typed)
    wanted = [one for one in read_table(said.table) if not said.only or one.name in said.only]
    if unknown := set(said.only) - {one.name for one in wanted}:
        print(f"There is no set called {', '.join(sorted(unknown))}; --list shows all.", file=sys.stderr)
        return 2
    print(WARNING)
    missing = 0
    with httpx.Client(follow_redirects=True, timeout=PATIENCE, headers={"Accept-Encoding": "identity"}) as client:
        for one in wanted:
            _introduce(one)
            for file in () if said.list else one.files:
                try:
                    _say(file, fetch(client, said.source, one, file, said.folder / one.name))
                except (NotFetched, OSError) as why:
                    missing += 1
                    _say(file, f"NOT THERE: {why}")
    if missing:
        many = "One file is" if missing == 1 else f"{missing} files are"
        print(f"\n{many} not there. Run it again: what was fetched stays.", file=sys.stderr)
    return 1 if missing else 0


def read_table(table: Path = TABLE) -> list[Set]:
    """Return all sets in their order."""
    found = tomllib.loads(table.read_text(encoding="utf-8"))["set"]
    return [Set(**one | {"files": tuple(File(**file) for file in one["files"])}) for one in found]


def fetch(client: httpx.Client, source: str, one: Set, file: File, folder: Path) -> str:
    """Put a file of a set into `folder`, unless it is there, and return what was done. Raises `NotFetched`."""
    target = folder / file.name
    if target.exists():
        if _hash(target) != file.sha256:
            raise NotFetched(f"{target} is another file. It is left alone: move it away, and try again.")
        return "is there already"
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{file.name}.part"
    address = f"{source.rstrip('/')}/{one.repository}/{one.commit}/{file.path}"
    _complete(client, address, part, file.size)
    if _hash(part) != file.sha256:
        part.unlink()
        raise NotFetched(f"what {address} sends is not what we trained on (its SHA-256 differs), and was not kept.")
    if target.exists():
        raise NotFetched(f"{target} came into being meanwhile, and is left alone.")
    part.rename(target)
    return f"fetched, {file.size:,} bytes"


def _complete(client: httpx.Client, address: str, part: Path, size: int) -> None:
    """Fetch what is still missing of a file, as often as it takes."""
    why: Exception | None = None
    for _try in range(TRIES):
        if part.exists() and part.stat().st_size >= size:
            return
        try:
            _go_on(client, address, part, size)
        except httpx.TransportError as error:
            why = error
    got = part.stat().st_size if part.exists() else 0
    if got < size:
        reason = f" ({why or 'it ends too early'})"
        raise NotFetched(f"{address} sent {got:,} of {size:,} bytes{reason}.")


def _go_on(client: httpx.Client, address: str, part: Path, size: int) -> None:
    """Ask once for the rest of a file, and keep what comes; what comes from the start again takes the place of all."""
    got = part.stat().st_size if part.exists() else 0
    headers = {"Range": f"bytes={got}-"} if got else {}
    with client.stream("GET", address, headers=headers) as answer:
        if answer.status_code not in (200, 206):
            raise NotFetched(f"{address} answers {answer.status_code} {answer.reason_phrase}.")
        goes_on = answer.status_code == 206 and answer.headers.get("content-range", "").startswith(f"bytes {got}-")
        if answer.status_code == 206 and not goes_on:
            part.unlink(missing_ok=True)
            raise NotFetched(f"{address} sends another part than was asked for.")
        with part.open("ab" if goes_on else "wb") as out:
            for piece in answer.iter_raw():
                out.write(piece)
                if out.tell() > size:
                    return  # too much: the hash will say so


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _introduce(one: Set) -> None:
    print(f"{one.name}: {one.holds}")
    print(f"    licence   {one.licence}")
    print(f"    cite      {one.citation}")
    print(f"    from      {one.repository} at {one.commit[:12]}")


def _say(file: File, what: str) -> None:
    print(f"    {file.name}: {what}", flush=True)


def _arguments(typed: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.fetch_data", description="Fetch the sets to train on.")
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help=f"where they are put ({FOLDER})")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="only this set; may be repeated")
    parser.add_argument("--list", action="store_true", help="show sets, licences and citations, and fetch nothing")
    parser.add_argument("--source", default=SOURCE, metavar="URL", help="another server that has the repositories")
    parser.add_argument("--table", type=Path, default=TABLE, metavar="FILE", help="another table than data.toml")
    return parser.parse_args(typed)


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:
        print("\nStopped. Run it again to go on.", file=sys.stderr)
        raise SystemExit(130) from None
