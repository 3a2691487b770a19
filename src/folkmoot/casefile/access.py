"""The one writer of the access log (DP9): who opened what, each entry chained to the one before it."""

from datetime import datetime

from django.db import transaction

from folkmoot.casefile.models import AccessLog, Case, Reading
from folkmoot.casefile.record import Actor, label
from folkmoot.kernel.canonical import canonical_bytes, digest
from folkmoot.kernel.times import stamp
from folkmoot.members.models import Organisation


@transaction.atomic
def note_access(org: Organisation, what: str, *, by: Actor, at: datetime, case: Case | None = None) -> Reading:
    """Write down that `by` opened `what`, at most 300 characters; it waits for whoever writes there at this moment."""
    log = AccessLog.objects.select_for_update(no_key=True).get_or_create(org=org)[0]
    facts = {
        "of": f"access:{org.pk}",
        "seq": log.seq + 1,
        "before": log.head,
        "by": label(by),
        "at": stamp(at),
        "what": what,
        "case": case.uid if case else None,
    }
    if not log.seq:
        facts["earlier"] = mark_of_earlier(org)
    payload = canonical_bytes(facts)
    reading = Reading.objects.create(
        org=org, case=case, by=label(by), what=what, at=at, seq=log.seq + 1, payload=payload, hash=digest(payload)
    )
    log.seq, log.head = log.seq + 1, reading.hash
    log.save(update_fields=["seq", "head"])
    return reading


def mark_of_earlier(org: Organisation) -> str:
    """Return the hash of all entries older than the chain."""
    rows = Reading.objects.within(org).filter(seq=None).order_by("pk").values_list("pk", "case", "by", "what", "at")
    return digest(canonical_bytes({"earlier": [[*row[:4], stamp(row[4])] for row in rows.iterator()]}))
