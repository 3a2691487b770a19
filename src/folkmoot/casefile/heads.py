"""Where all chains of an organisation stand, in the database or in an export: what checkpoints are compared with."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from folkmoot.casefile.models import AccessLog, Case, Event, Reading, Register
from folkmoot.kernel.times import stamp
from folkmoot.members.models import Organisation


@dataclass
class Chain:
    """One chain: the hash and the time of each of its entries, by place."""

    number: int = 0  # of the case, as people see it
    entries: dict[int, tuple[str, str]] = field(default_factory=dict)

    @property
    def length(self) -> int:
        """How many entries it has."""
        return len(self.entries)


@dataclass
class Chains:
    """All chains of one organisation; cases by uid."""

    org: int
    cases: dict[str, Chain] = field(default_factory=dict)
    register: Chain = field(default_factory=Chain)
    access: Chain = field(default_factory=Chain)


def chains_of(org: Organisation) -> Chains:
    """Return the chains as they lie in the database."""
    found = Chains(org.pk)
    for uid, number in Case.objects.within(org).values_list("uid", "pk"):
        found.cases[uid] = Chain(number)
    events = Event.objects.within(org).order_by().values_list("case__uid", "seq", "hash", "at")
    for uid, seq, hash_, at in events.iterator():
        chain = found.register if uid is None else found.cases.setdefault(uid, Chain())
        chain.entries[seq] = (hash_, stamp(at))
    readings = Reading.objects.within(org).exclude(seq=None).order_by().values_list("seq", "hash", "at")
    found.access.entries = {seq: (hash_, stamp(at)) for seq, hash_, at in readings.iterator() if seq is not None}
    return found


def case_heads(org: Organisation) -> Iterator[tuple[str, int, int, str]]:
    """Yield where each case stands: uid, number, how many steps, the hash of the last."""
    heads = Case.objects.within(org).order_by().values_list("uid", "pk", "seq", "head")
    yield from heads.iterator()


def register_head(org: Organisation) -> tuple[int, str]:
    """Return how many entries the register has, and the hash of the last."""
    return Register.objects.within(org).values_list("seq", "head").first() or (0, "")


def access_head(org: Organisation) -> tuple[int, str]:
    """Return how many entries the access log has, and the hash of the last."""
    return AccessLog.objects.within(org).values_list("seq", "head").first() or (0, "")
