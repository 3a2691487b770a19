"""For whom a case is that waits: what leads somebody on leads them to nothing that others have to answer."""

from collections.abc import Collection

from django.db.models import QuerySet

from folkmoot.casefile.models import Case, Duty, Paper
from folkmoot.casefile.record import label
from folkmoot.members.models import Person
from folkmoot.procedure.words import Role, Stage
from folkmoot.steps.many import Standings
from folkmoot.web.access import OfficerRequest


def theirs(request: OfficerRequest, cases: QuerySet[Case]) -> QuerySet[Case]:
    """Return those that the reader may answer: Secretary and Executive only once they were added."""
    if Role.MODERATOR in request.offices:
        return cases
    added = Duty.objects.within(request.org).filter(holder__in=sorted(request.offices), met_at=None)
    return cases.filter(pk__in=added.values("case"))


def for_others_than(cases: Collection[Case], request: OfficerRequest) -> set[int]:
    """Return the numbers of those that are for others than the reader, who had a say in them (Mf, Mc)."""
    me = request.person
    moderators = list(Person.objects.holding(request.org, Role.MODERATOR, at=request.now))
    standings = Standings(cases, {person.pk: person for person in [*moderators, me]}.values())
    looked_at = [case.pk for case in cases if case.stage == Stage.SECOND_LOOK]
    proposals = Paper.objects.filter(case__in=looked_at, kind=Paper.Kind.PROPOSAL).order_by("number")
    mine = {one.case_id for one in {one.case_id: one for one in proposals}.values() if one.by == label(me)}
    found = set(mine)
    for case in cases:
        if not standings.decided(case, me):
            continue
        free = (p for p in moderators if not standings.decided(case, p) and not standings.is_involved(case, p))
        # a look afterwards is never one's own; an appeal is for another moderator where one is free
        if case.stage == Stage.DECIDED or (case.stage == Stage.APPEALED and any(free)):
            found.add(case.pk)
    return found
