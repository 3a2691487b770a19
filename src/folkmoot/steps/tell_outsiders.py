"""A checkpoint is promised by mail to those outside who keep it."""

from datetime import datetime, timedelta

from folkmoot.casefile.checkpoint_file import first_line, short_line
from folkmoot.casefile.models import Checkpoint
from folkmoot.kernel.canonical import digest
from folkmoot.members.models import Organisation, Outsider
from folkmoot.outbox.marks import new_marker
from folkmoot.outbox.models import Dispatch
from folkmoot.outbox.promise import promise_mail

KIND = "checkpoint"
_A_DAY = timedelta(hours=23, minutes=30)  # a little less, or the hour would wander


def tell_outsiders(org: Organisation, checkpoint: Checkpoint, *, key: str, at: datetime) -> int:
    """Promise `checkpoint` to each outsider whose turn it is, and return how many that are.

    `key` is the public key. Call inside the transaction that keeps the checkpoint.
    """
    told = 0
    for outsider in Outsider.objects.within(org).filter(until=None).order_by("pk"):
        if outsider.rhythm == Outsider.Rhythm.DAILY and _told_today(outsider, at=at):
            continue  # each checkpoint holds the hash of the one before it, so the next covers this one too
        promise_mail(
            org=org,
            kind=KIND,
            to=outsider.email,
            subject=f"Checkpoint {checkpoint.number} of the record of {org.name}",
            body=_words(org, outsider, checkpoint, key=key),
            marker=new_marker(),
            at=at,
        )
        told += 1
    return told


def _told_today(outsider: Outsider, *, at: datetime) -> bool:
    letters = Dispatch.objects.within(outsider.org).filter(kind=KIND, to=outsider.email)
    return letters.filter(made_at__gt=at - _A_DAY, made_at__gte=outsider.since).exists()


def _words(org: Organisation, outsider: Outsider, checkpoint: Checkpoint, *, key: str) -> str:
    says = checkpoint.says
    return (
        f"Hello {outsider.name},\n\n"
        f"{org.name} asked you to keep this. It proves how its record stood at this moment: "
        f"{says['count']} cases with {says['steps']} steps. No name and no word of any case is in it.\n\n"
        "You need do nothing. Please keep this mail. If somebody asks you one day whether the record was changed "
        "afterwards, save the two lines below as a text file and give it to them:\n\n"
        f"{first_line(org.pk, key)}\n"
        f"{short_line(bytes(checkpoint.line).decode())}\n\n"
        "They hold it against the record with: ./folkmoot audit verify --checkpoint FILE\n\n"
        "The key that signed it has this fingerprint, the same in each of these mails:\n"
        f"{digest(bytes.fromhex(key))}\n"
    )
