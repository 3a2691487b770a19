"""Which letters should leave now."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from folkmoot.outbox.models import Dispatch

ON_ITS_WAY = (Dispatch.State.WAITING, Dispatch.State.SENDING)


def letters_due(*, at: datetime) -> QuerySet[Dispatch]:
    """Return the letters due at `at` that nobody has in hand; of one case and address only the earliest."""
    earlier = Dispatch.objects.filter(
        case=OuterRef("case"), to=OuterRef("to"), pk__lt=OuterRef("pk"), state__in=ON_ITS_WAY
    )
    due = Dispatch.objects.filter(next_at__lte=at, state__in=ON_ITS_WAY).exclude(lease_until__gt=at)
    return due.exclude(Exists(earlier))
