"""Compares an organisation's chains with what checkpoints kept elsewhere know of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from folkmoot.casefile.checkpoint_file import CheckpointFile
from folkmoot.casefile.heads import Chain, Chains
from folkmoot.kernel.times import stamp

# Steps carry the time at which their page was sent: one may be on its way while a checkpoint is signed.
ON_ITS_WAY: Final = timedelta(minutes=10)
_Known = Sequence[tuple[int, int, str]]  # checkpoint, seq, head


@dataclass(frozen=True)
class Younger:
    """What the newest checkpoint does not cover."""

    cases: int = 0
    steps: int = 0
    register: int = 0
    readings: int = 0

    @property
    def nothing(self) -> bool:
        """Whether all is covered."""
        return self == Younger()


def proof_faults(chains: Chains, proof: CheckpointFile) -> Iterator[tuple[str, str]]:
    """Yield where, and what, is not as the checkpoints of `proof` know it."""
    newest = proof.newest
    if newest is None:
        return
    if chains.org != proof.org:
        yield "the checkpoints", "they are of another organisation"
        return
    limit = stamp(datetime.fromisoformat(newest.at) - ON_ITS_WAY)
    yield from _case_faults(chains, proof, newest.number, limit)
    begins = max((place for place, one in enumerate(proof.checkpoints) if one.restored), default=0)
    for name, where, chain in (
        ("register", "the register", chains.register),
        ("access", "the access log", chains.access),
    ):
        known = [(one.number, *one.says[name]) for one in proof.checkpoints[begins:]]
        for what in _chain_faults(chain, known, newest.number, limit):
            yield where, what


def younger_than(chains: Chains, proof: CheckpointFile) -> Younger:
    """Return what came after the newest checkpoint of `proof`: nothing proves it yet."""
    newest = proof.newest
    if newest is None:
        return Younger(
            len(chains.cases),
            sum(chain.length for chain in chains.cases.values()),
            chains.register.length,
            chains.access.length,
        )
    heads = proof.heads
    return Younger(
        cases=len(chains.cases.keys() - heads.keys()),
        steps=sum(_after(chain, heads[uid].seq if uid in heads else 0) for uid, chain in chains.cases.items()),
        register=_after(chains.register, newest.says["register"][0]),
        readings=_after(chains.access, newest.says["access"][0]),
    )


def _case_faults(chains: Chains, proof: CheckpointFile, newest: int, limit: str) -> Iterator[tuple[str, str]]:
    for uid, heads in proof.cases.items():
        checkpoint, last = heads[-1]
        chain = chains.cases.get(uid)
        if chain is None:
            yield f"case {last.number}", f"it is gone: checkpoint {checkpoint} knows {last.seq} steps of it"
            continue
        if chain.number != last.number:
            yield f"case {chain.number}", f"checkpoint {checkpoint} knows it as case {last.number}"
        for what in _chain_faults(chain, [(number, head.seq, head.head) for number, head in heads], newest, limit):
            yield f"case {last.number}", what
    for uid in chains.cases.keys() - proof.cases.keys():
        for what in _chain_faults(chains.cases[uid], [], newest, limit):
            yield f"case {chains.cases[uid].number}", what


def _chain_faults(chain: Chain, known: _Known, newest: int, limit: str) -> Iterator[str]:
    """Yield the first place where a chain is not as the checkpoints know it, and entries that pretend to be older."""
    for checkpoint, seq, head in known:
        found = chain.entries.get(seq) if seq else ("", "")
        if found is None:
            yield (
                f"it has {chain.length} entries and checkpoint {checkpoint} knows {seq}: "
                "its end was cut off, or the database was brought back from an older copy"
            )
            return
        if found[0] != head:
            yield f"entry {seq}, or one before it, is not the one that checkpoint {checkpoint} knows"
            return
    covered = known[-1][1] if known else 0
    for seq in sorted(seq for seq, (_, at) in chain.entries.items() if seq > covered and at < limit):
        yield f"entry {seq} says that it is older than checkpoint {newest}, which does not know it"


def _after(chain: Chain, covered: int) -> int:
    return sum(seq > covered for seq in chain.entries)
