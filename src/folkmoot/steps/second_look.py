"""An unclear restriction is looked at twice (Mc): before, by somebody else who is free; or else afterwards."""

from datetime import datetime

from folkmoot.casefile.models import Case, Duty, Paper
from folkmoot.casefile.papers import papers_in_force
from folkmoot.casefile.record import procedure_of
from folkmoot.members.models import Person
from folkmoot.notices.statement import CONTEXT
from folkmoot.procedure.words import RESTRICTING, Clarity, Role, Step
from folkmoot.steps.finding import Decision
from folkmoot.steps.standing import decided_by, free_among, uninvolved

LOOKED_TWICE = f"{CONTEXT} It was not clear at once, so a second person looked at it before it was decided."
ALONE = f"{CONTEXT} It was not clear at once, and nobody else was free to look first. So somebody looks at it again."


def asks_second_look(decision: Decision) -> bool:
    """Say whether the decision takes something away although it is open to interpretation."""
    return decision.clarity is Clarity.UNCLEAR and decision.outcome in RESTRICTING


def knows_looks(case: Case) -> bool:
    """Say whether the case's edition of the procedure knows of looks before and afterwards; an early one does not."""
    known = {way.step for way in procedure_of(case).ways}
    return {Step.PROPOSE, Step.LOOK_AFTERWARDS} <= known


def context_of(case: Case, decision: Decision, *, looked: bool) -> str:
    """Return what the author's letter says of how it was looked at; `looked`: somebody else looks first."""
    if not (asks_second_look(decision) and knows_looks(case)):
        return CONTEXT
    return LOOKED_TWICE if looked else ALONE


def free_to_look(case: Case, *, but: Person, at: datetime) -> tuple[Role, list[Person]]:
    """Return who could look at a proposal of `but`: moderators, or else those who have been added; and in what role.

    An empty list: nobody else is free.
    """
    if not knows_looks(case):
        return Role.MODERATOR, []
    added = set(Duty.objects.filter(case=case, met_at=None).values_list("holder", flat=True))
    for role in (Role.MODERATOR, *(role for role in (Role.SECRETARY, Role.EXECUTIVE) if role in added)):
        people = Person.objects.holding(case.org, role, at=at).exclude(pk=but.pk)
        free = free_among(case, people, Step.CONFIRM_PROPOSAL, at=at)
        if free:
            return role, free
    return Role.MODERATOR, []


def who_looks_afterwards(case: Case, *, but: Person, at: datetime) -> tuple[Role, list[Person]]:
    """Return who looks at what `but` decided alone: the Secretary, or where that is nobody else, the Executive."""
    for role in (Role.SECRETARY, Role.EXECUTIVE):
        people = Person.objects.holding(case.org, role, at=at).exclude(pk=but.pk)
        free = [person for person in uninvolved(case, people) if not decided_by(case, person)]
        if free:
            return role, free
    return Role.SECRETARY, []


def proposal_in_force(case: Case) -> Paper | None:
    """Return the newest proposal that nobody has undone, or `None`."""
    return papers_in_force(case, Paper.Kind.PROPOSAL).last()
