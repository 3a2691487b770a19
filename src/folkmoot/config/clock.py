"""The clock that entry points read; nothing below them reads one."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """Return the time in UTC. A demo or a rehearsal may move it by `CLOCK_SHIFT_SECONDS`."""
    return timezone.now() + timedelta(seconds=settings.CLOCK_SHIFT_SECONDS)
