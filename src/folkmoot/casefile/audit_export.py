"""Replays an export of the record: every chain, every paper, every stage, without any database."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext

from folkmoot.casefile.chain import Link, link_faults, said_by
from folkmoot.casefile.checkpoint_file import CheckpointFile
from folkmoot.casefile.checkpoint_reader import read_lines
from folkmoot.casefile.heads import Chain, Chains
from folkmoot.kernel.canonical import digest
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.procedure.table import Procedure
from folkmoot.procedure.words import Role, Stage, Step


@dataclass
class Export:
    """What an export holds, and what does not agree in it."""

    name: str
    chains: Chains
    own: CheckpointFile | None = None  # the checkpoints that the server kept when it was made
    faults: list[tuple[str, str]] = field(default_factory=list)  # where and what


def read_export(path: Path) -> Export:
    """Return what the export at `path` holds, replayed. Raises `BadInput` when it is none."""
    if not path.is_file():
        raise BadInput(gettext("There is no file %(path)s.") % {"path": path}, field="export")
    with path.open(encoding="utf-8", errors="replace") as lines:
        first = _read(lines.readline())
        if first.get("folkmoot") != "record" or not isinstance(first.get("org"), int):
            raise BadInput(
                gettext("%(path)s is not an export of a record: ./folkmoot audit export makes one.") % {"path": path},
                field="export",
            )
        found = Export(str(first.get("name")), Chains(first["org"]))
        editions: dict[int, str] = {}
        for place, line in enumerate(lines, start=2):
            try:
                _take(found, editions, _read(line))
            except (KeyError, TypeError, ValueError, AttributeError):
                found.faults.append(("the export", f"line {place} cannot be read"))
    if not found.chains.register.entries:
        found.faults.append(("the register", "it is not in the export"))
    return found


def _take(found: Export, editions: dict[int, str], said: Mapping[str, Any]) -> None:
    if "procedure" in said:
        editions[said["procedure"]] = said["facts"]
    elif "register" in said:
        found.chains.register = _chain(found, "the register", f"register:{found.chains.org}", said, said["register"])
        for what in _edition_faults(said["entries"], editions):
            found.faults.append(("the register", what))
    elif "access" in said:
        found.chains.access = _chain(found, "the access log", f"access:{found.chains.org}", said, said["access"])
    elif "case" in said:
        uid, number, seq, head = said["case"]
        where = f"case {number}"
        chain = _chain(found, where, uid, said, (seq, head))
        chain.number = number
        found.chains.cases[uid] = chain
        faults = [*_paper_faults(uid, said), *_stage_faults(said["entries"], editions)]
        found.faults += [(where, what) for what in faults]
    elif "kept" in said:
        found.own = read_lines(said["kept"])
    else:
        raise ValueError("neither case nor chain nor checkpoint")


def _chain(found: Export, where: str, uid: str, said: Mapping[str, Any], head: tuple[int, str]) -> Chain:
    """Return a chain of the export, its hashes counted anew; note what is wrong with it."""
    payloads = [entry.encode() for entry in said["entries"]]
    links = [Link(place, payload, digest(payload)) for place, payload in enumerate(payloads, start=1)]
    found.faults += [(where, what) for what in link_faults(links, uid=uid, seq=head[0], head=head[1], name="entry")]
    return Chain(0, {link.seq: (link.hash, str(said_by(link.payload).get("at"))) for link in links})


def _edition_faults(entries: list[str], editions: Mapping[int, str]) -> Iterator[str]:
    said = [said_by(entry.encode()) for entry in entries]
    published = [entry["facts"] for entry in said if entry.get("step") == "publish_procedure"]
    told = {facts["edition"]: facts["fingerprint"] for facts in published}
    if told != {number: digest(facts.encode()) for number, facts in editions.items()}:
        yield "the procedure is not the one that was published"


def _paper_faults(uid: str, said: Mapping[str, Any]) -> Iterator[str]:
    told: dict[int, str] = {}
    for entry in said["entries"]:
        told |= dict(said_by(entry.encode()).get("papers", []))
    filed = {number: digest(body.encode()) for number, body in enumerate(said["papers"], start=1)}
    for number in sorted(told.keys() | filed.keys()):
        if number not in filed:
            yield f"paper {number} is gone"
        elif number not in told:
            yield f"paper {number} was put in without an event"
        elif told[number] != filed[number]:
            yield f"paper {number} is another than the one that was filed"
        elif said_by(said["papers"][number - 1].encode()).get("case") != uid:
            yield f"paper {number} is of another case"


def _stage_faults(entries: list[str], editions: Mapping[int, str]) -> Iterator[str]:
    stage = Stage.RECEIVED
    for place, entry in enumerate(entries, start=1):
        said = said_by(entry.encode())
        try:
            facts = said["facts"]
            table = _table(editions[facts["bookmark"]["procedure"]])
            stage = table.way(stage, Step(said["step"]), Role(facts["role"])).to
        except (NotPermitted, ValueError, KeyError):
            yield f"entry {place} ({said.get('step')}) is a step that the procedure does not allow there"
            return
        if facts["bookmark"]["stage"] != stage:
            yield f"entry {place} says another stage than the procedure gives"


@lru_cache(maxsize=64)
def _table(facts: str) -> Procedure:
    return Procedure.from_facts(json.loads(facts))


def _read(line: str) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
