"""Who is told at once of an emergency or a legal complaint: nobody waits for the evening's look (D10, Se)."""

from datetime import datetime

from folkmoot.casefile.models import Case, Paper
from folkmoot.members.models import Person
from folkmoot.notices.letters import Letter, emergency, legal_clock
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.words import Lane, Role
from folkmoot.steps.standing import involvement
from folkmoot.steps.tell import tell_nobody_free, tell_people


def tell_of_lane(case: Case, *, about: Paper, due: datetime, at: datetime) -> list[Paper]:
    """File and promise letters to the moderators and the Secretary who are free to act; none for an ordinary case."""
    if case.lane == Lane.ORDINARY:
        return []
    told: dict[int, tuple[Person, Letter]] = {}
    for role in (Role.MODERATOR, Role.SECRETARY):
        for person in Person.objects.holding(case.org, role, at=at):
            if not involvement(case, person):
                told[person.pk] = (person, _letter(case, person, due=due))
    papers = tell_people(case, list(told.values()), role=Role.MODERATOR, about=about, at=at)
    return papers or tell_nobody_free(case, Role.MODERATOR, due=due, about=about, at=at)


def _letter(case: Case, person: Person, *, due: datetime) -> Letter:
    if case.lane == Lane.EMERGENCY:
        return emergency(case.org, case=case.pk, name=person.name, marker=new_marker())
    return legal_clock(case.org, case=case.pk, name=person.name, due=due, marker=new_marker())
