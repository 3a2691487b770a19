"""Who looks after a place (Sh: the relevant operator): those who are named for it, and those who cover for them."""

from datetime import datetime

from django.db.models import QuerySet

from folkmoot.archive.models import Operator, Platform
from folkmoot.members.models import Cover, Person
from folkmoot.members.prepared import prepared
from folkmoot.procedure.words import Role


def operators(place: Platform, *, at: datetime) -> set[int]:
    """Return who looks after `place` at that moment, by number."""
    named = Operator.objects.filter(platform=place, until=None).values("person")
    covers = Cover.objects.running(at=at).filter(person__in=named, role=Role.MODERATOR)
    return {*named.values_list("person", flat=True), *covers.values_list("covering", flat=True)}


def places_of(person: Person, *, at: datetime) -> set[int]:
    """Return the places that `person` looks after at that moment, by number."""
    return set(_looked_after(person.org_id, [person.pk, *_covered(person.pk, at)]))


@prepared
def _covered(person: int, at: datetime) -> QuerySet[Cover, int]:
    covers = Cover.objects.running(at=at).filter(covering=person, role=Role.MODERATOR)
    return covers.values_list("person", flat=True)


@prepared
def _looked_after(org: int, people: list[int]) -> QuerySet[Operator, int]:
    return Operator.objects.filter(org=org, person__pk__in=people, until=None).values_list("platform", flat=True)
