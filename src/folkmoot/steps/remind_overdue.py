"""Everybody who could be added was added, and nobody answers: those who could mend it hear so once a week."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from folkmoot.casefile.models import Case, Duty, Paper
from folkmoot.casefile.record import SYSTEM, locked, procedure_of
from folkmoot.members.models import Person
from folkmoot.notices.letters import still_overdue
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.duties import Owed, holders
from folkmoot.procedure.words import Role, Stage, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.tell import tell_people
from folkmoot.steps.turns import who_can_answer

EVERY = timedelta(days=7)


@transaction.atomic
def remind_overdue(case_id: int, *, at: datetime) -> bool:
    """Remind of the case if its last reminder is a week old; says whether it did. The case stays where it is."""
    case = locked(case_id)
    late = [duty for duty in past_everybody(case) if not duty.warned_at or duty.warned_at <= at - EVERY]
    if not late:
        return False
    if not procedure_of(case).allows(Stage(case.stage), Step.WARN_DUE, Role.SYSTEM):
        # an edition from before there were reminders: looked at again in a week
        Duty.objects.filter(pk__in=[duty.pk for duty in late]).update(warned_at=at)
        return False
    papers = remind(case, since=late[0].due_at, about=late[0].paper, at=at)
    facts = {"overdue": [[duty.paper.number, duty.holder] for duty in late]}
    advance(case, Step.WARN_DUE, by=SYSTEM, role=Role.SYSTEM, at=at, papers=papers, facts=facts)
    return True


def to_remind(*, at: datetime, limit: int) -> list[int]:
    """Return the cases, by number, of which nobody was reminded for a week, the longest ago first."""
    late = Duty.objects.filter(met_at=None, lapsed_at__isnull=False, holder=Role.EXECUTIVE)
    late = late.filter(Q(warned_at=None) | Q(warned_at__lte=at - EVERY)).exclude(case__stage=Stage.MINUTED)
    return list(dict.fromkeys(late.order_by("warned_at", "pk").values_list("case", flat=True)[:limit]))


def past_everybody(case: Case) -> list[Duty]:
    """Return the answers still owed for which nobody is left to add, the longest overdue first."""
    lapsed = Duty.objects.filter(case=case, met_at=None, lapsed_at__isnull=False).select_related("paper")
    return [duty for duty in lapsed.order_by("due_at", "pk") if duty.holder == holders(Owed(duty.owed))[-1]]


def remind(case: Case, *, since: datetime, about: Paper, at: datetime) -> list[Paper]:
    """File and promise the letters to the Executive and to the administrators; note that the case was reminded of."""
    past = Q(lapsed_at__isnull=False) | Q(paper=about)
    Duty.objects.filter(past, case=case, met_at=None, holder=Role.EXECUTIVE).update(warned_at=at)
    owed = Owed(about.duties.order_by("pk")[0].owed)
    members = who_can_answer(case, owed, Role.EXECUTIVE, at=at)
    known = {person.pk for person in members}
    others = Person.objects.holding(case.org, Role.ADMINISTRATOR, at=at).exclude(pk__in=known).order_by("name", "pk")
    papers = []
    for role, people in ((Role.EXECUTIVE, members), (Role.ADMINISTRATOR, list(others))):
        told = [
            (
                person,
                still_overdue(case.org, case=case.pk, name=person.name, role=role, since=since, marker=new_marker()),
            )
            for person in people
        ]
        papers += tell_people(case, told, role=role, about=about, at=at)
    return papers
