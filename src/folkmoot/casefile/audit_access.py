"""Replays the access log: who read what, each entry bound to the one before it."""

from collections.abc import Iterator

from folkmoot.casefile.access import mark_of_earlier
from folkmoot.casefile.chain import Link, link_faults, said_by
from folkmoot.casefile.heads import access_head
from folkmoot.casefile.models import Reading
from folkmoot.kernel.times import stamp
from folkmoot.members.models import Organisation


def access_faults(org: Organisation) -> Iterator[str]:
    """Yield what does not agree in the access log of `org`."""
    readings = Reading.objects.within(org).exclude(seq=None).select_related("case").order_by("seq")
    seq, head = access_head(org)
    links = (_link(reading) for reading in readings.iterator(chunk_size=500))
    yield from link_faults(links, uid=f"access:{org.pk}", seq=seq, head=head, name="entry")
    first = readings.first()
    if first is None:
        return
    if said_by(first.payload).get("earlier") != mark_of_earlier(org):
        yield "its entries from before it was chained are not those that were there when the chain began"


def _link(reading: Reading) -> Link:
    columns = {
        "by": reading.by,
        "at": stamp(reading.at),
        "what": reading.what,
        "case": reading.case.uid if reading.case else None,
    }
    return Link(reading.seq or 0, bytes(reading.payload), reading.hash, columns)
