"""Who has a case open before them just now: a word between colleagues, forgotten after minutes, never of the record."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import QuerySet

from folkmoot.casefile.models import Case
from folkmoot.members.models import Organisation, Person
from folkmoot.members.prepared import prepared
from folkmoot.pinboard.models import Looking

HERE = timedelta(minutes=2)  # as long somebody counts as looking after they were last heard of
_OFTEN = timedelta(seconds=45)  # no oftener is it written down


def note_looking(case: Case, *, by: Person, at: datetime) -> None:
    """Write down that somebody looks at the case, unless that was written just before."""
    known = Looking.objects.filter(case=case, person=by).first()
    if known is None:
        row = Looking(org_id=case.org_id, case=case, person=by, since=at, at=at)
        Looking.objects.bulk_create([row], ignore_conflicts=True)  # two windows may say so at once
    elif not known.at <= at < known.at + _OFTEN:
        since = known.since if at - known.at < HERE else at
        Looking.objects.filter(pk=known.pk).update(at=at, since=since)


def others_looking(org: Organisation, cases: Collection[int], *, than: Person, at: datetime) -> list[Looking]:
    """Return who else looks at any of `cases`, by number, those who came first before the others."""
    return _looking(org.pk, list(cases), than.pk, at - HERE)


@prepared
def _looking(org: int, cases: list[int], person: int, since: datetime) -> QuerySet[Looking]:
    here = Looking.objects.filter(org=org, case__pk__in=cases, at__gt=since)
    return here.exclude(person=person).select_related("person").order_by("case", "since", "pk")
