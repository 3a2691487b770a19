"""One mail with what waits for somebody, in the morning of their organisation; none where nothing waits."""

from dataclasses import asdict
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from folkmoot.members.models import Digest, Person
from folkmoot.notices.digest import Counts, waiting_for_you
from folkmoot.notices.write import Letter
from folkmoot.outbox.marks import new_marker
from folkmoot.outbox.models import Dispatch
from folkmoot.outbox.promise import promise_mail
from folkmoot.steps.waiting import AT_MOST, waiting_for

MORNING = time(7)  # local
KIND = "waiting_for_you"


@transaction.atomic
def send_digest(person_id: int, *, at: datetime) -> bool:
    """Promise the mail if it is this person's turn and something waits; says whether it was their turn.

    When it is their turn next is written in the same transaction, so that each morning has one mail at most, whoever
    asks and whoever is killed. Somebody seen for the first time is told from the next morning on.
    """
    people = Person.objects.select_for_update(of=("self",), no_key=True).select_related("org", "user")
    person = people.get(pk=person_id)
    if person.digest_at and person.digest_at > at:
        return False
    is_new = person.digest_at is None
    person.digest_at = next_morning(at, zone=person.org.zone, weekly=person.digest == Digest.WEEKLY)
    person.save(update_fields=["digest_at"])
    if is_new or person.digest == Digest.NEVER or person.user is None or not person.user.is_active:
        return True
    waiting = waiting_for(person, at=at)
    if waiting:
        counts = Counts(**asdict(waiting), most=AT_MOST)
        _promise(person, waiting_for_you(person.org, name=person.name, counts=counts, marker=new_marker()), at=at)
    return True


def next_morning(at: datetime, *, zone: str, weekly: bool) -> datetime:
    """Return the first local morning after `at`; where `weekly`, the first on a Monday."""
    local = at.astimezone(ZoneInfo(zone))
    day = local.date() + timedelta(days=1 if local.time() >= MORNING else 0)
    if weekly:
        day += timedelta(days=-day.weekday() % 7)
    return datetime.combine(day, MORNING, tzinfo=ZoneInfo(zone))


def _promise(person: Person, letter: Letter, *, at: datetime) -> None:
    """Promise the mail; an older one that has not left yet is out of date."""
    older = Dispatch.objects.within(person.org).filter(kind=KIND, to=person.email, state=Dispatch.State.WAITING)
    older.update(state=Dispatch.State.CANCELLED)
    promise_mail(
        org=person.org,
        kind=KIND,
        to=person.email,
        subject=letter.subject,
        body=letter.body,
        marker=letter.marker,
        at=at,
    )
