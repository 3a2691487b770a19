"""Signs checkpoints: for each organisation whose record has changed, within ten minutes of the change."""

import logging
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Sum

from folkmoot.casefile.models import AccessLog, Case, Checkpoint, Register
from folkmoot.config.aside import aside
from folkmoot.config.places import key, one_at_a_time
from folkmoot.kernel.errors import FolkmootError
from folkmoot.members.models import Organisation
from folkmoot.steps.make_checkpoint import make_checkpoint

REFUSED = 3  # the status of a process that could not sign for all of them
LOOKED = 30.0  # seconds between two looks
EVERY = timedelta(minutes=9)  # between two of one organisation: with the time for looking, signing is within ten
log = logging.getLogger(__name__)
_refused: dict[int, datetime] = {}  # by organisation: when, so that one that is refused is not said twice a minute


def checkpoint_aside(*, at: datetime) -> None:
    """Do what `checkpoint` does in a process of its own: with very many cases it takes a hundred megabytes."""
    changed = _changed(at=at)
    # Where that process was killed, nothing is noted: there is another one at the next look.
    if changed and aside(partial(_checkpoint_or_fail, at)) == REFUSED:
        _refused.update((org.pk, at) for org in changed)


def checkpoint(*, at: datetime) -> int:
    """Sign a checkpoint for each organisation that has changed and whose newest is old enough; return how many."""
    signed = 0
    for org in _changed(at=at):
        try:
            with one_at_a_time(Path(settings.DATA), "checkpoint"):
                made = make_checkpoint(org, folder=settings.CHECKPOINTS, seed=signing_key(), at=at)
        except (FolkmootError, OSError) as refusal:  # what is wrong with one is not wrong with the others
            log.error("no checkpoint for %s: %s", org.slug, refusal)
            _refused[org.pk] = at
            continue
        signed += made is not None
    return signed


def signing_key() -> bytes:
    """Return the 32 secret bytes of the key that signs; it lies beside the database, never in it."""
    return key(Path(settings.DATA), "checkpoints")


def _checkpoint_or_fail(at: datetime) -> None:
    checkpoint(at=at)
    if at in _refused.values():
        raise SystemExit(REFUSED)


def _changed(*, at: datetime) -> list[Organisation]:
    """Return the organisations whose counts are no longer those of their newest checkpoint: no count goes back."""
    cases = {row["org"]: row for row in Case.objects.values("org").annotate(count=Count("pk"), steps=Sum("seq"))}
    registers = dict(Register.objects.values_list("org", "seq"))
    logs = dict(AccessLog.objects.values_list("org", "seq"))
    found = []
    for org in Organisation.objects.order_by("pk"):
        # Its line may be long: one with all cases of an organisation is.
        newest = Checkpoint.objects.within(org).order_by("-number").defer("line").first()
        looked = [when for when in (newest.at if newest else None, _refused.get(org.pk)) if when]
        if looked and max(looked) > at - EVERY:
            continue
        row = cases.get(org.pk, {"count": 0, "steps": 0})
        if _counts(newest) != (row["count"], row["steps"], registers.get(org.pk, 0), logs.get(org.pk, 0)):
            found.append(org)
    return found


def _counts(newest: Checkpoint | None) -> tuple[int, int, int, int] | None:
    if newest is None:
        return None
    says: dict[str, Any] = newest.says
    return says["count"], says["steps"], says["register"][0], says["access"][0]
