"""Mails to each whose turn it is what waits for them."""

from datetime import datetime

from django.db.models import Q

from folkmoot.members.models import Digest, Person
from folkmoot.steps.send_digest import send_digest
from folkmoot.worker.sweep import BATCH, take


def send_digests(*, at: datetime) -> int:
    """Look at those whose turn it is at `at`; return how many these were. It may be killed at any moment."""
    turn = Person.objects.filter(Q(digest_at=None) | Q(digest_at__lte=at), user__is_active=True)
    numbers = turn.exclude(digest=Digest.NEVER).order_by("digest_at", "pk").values_list("pk", flat=True)
    return sum(take(send_digest, number, at=at) for number in numbers[:BATCH])
