"""An answer is due tomorrow: those whose turn it is are told once, the local day before it ends."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from django.db import transaction

from folkmoot.casefile.models import Case, Duty
from folkmoot.casefile.record import SYSTEM, locked, procedure_of
from folkmoot.editions.models import ProcedureEdition
from folkmoot.members.models import Person
from folkmoot.notices.letters import due_tomorrow
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.duties import Owed
from folkmoot.procedure.words import Role, Stage, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.looking_after import operators
from folkmoot.steps.tell import tell_nobody_free, tell_people
from folkmoot.steps.turns import who_can_answer

FROM = time(8)  # of the local day before: nobody needs it at midnight
LONGEST = timedelta(hours=41)  # from then to the end of the next day, when clocks go back between


@transaction.atomic
def warn_due(duty_id: int, *, at: datetime) -> bool:
    """Warn of the duty if it is its time and nobody was warned yet; says whether it did.

    Re-checks under the case's lock, so that each duty is warned of once, whoever sweeps.
    """
    case = locked(Duty.objects.values_list("case", flat=True).get(pk=duty_id))
    duty = Duty.objects.select_related("paper").get(pk=duty_id)
    if duty.met_at or duty.lapsed_at or duty.warned_at or not may_be_warned(case) or not is_near(duty, case, at=at):
        return False
    role = Role(duty.holder)
    told = [
        (
            person,
            due_tomorrow(
                case.org, case=case.pk, name=person.name, owed=duty.owed, due=duty.due_at, marker=new_marker()
            ),
        )
        for person in _whose_turn(case, duty, at=at)
    ]
    papers = tell_people(case, told, role=role, about=duty.paper, at=at) or tell_nobody_free(
        case, role, due=duty.due_at, about=duty.paper, at=at
    )
    Duty.objects.filter(pk=duty.pk).update(warned_at=at)
    facts = {"warned": [[duty.paper.number, duty.holder]]}
    advance(case, Step.WARN_DUE, by=SYSTEM, role=Role.SYSTEM, at=at, papers=papers, facts=facts)
    return True


def to_warn(*, at: datetime, limit: int) -> list[int]:
    """Return the duties, by number, of which it is time to warn, the earliest first."""
    owed = Duty.objects.filter(met_at=None, lapsed_at=None, warned_at=None, due_at__range=(at, at + LONGEST))
    rows = owed.exclude(case__stage=Stage.MINUTED).order_by("due_at", "pk").select_related("case__org")
    found: list[int] = []
    for start in count(0, limit):  # page by page: on a bad morning thousands wait, and each round takes a few
        page = list(rows[start : start + limit])
        found += _able(duty for duty in page if is_near(duty, duty.case, at=at))
        if len(page) < limit or len(found) >= limit:
            break
    return found[:limit]


def may_be_warned(case: Case) -> bool:
    """Say whether somebody can still answer as the case stands: a minute that is being confirmed is the answer."""
    stage = Stage(case.stage)
    return stage is not Stage.MINUTED and procedure_of(case).allows(stage, Step.WARN_DUE, Role.SYSTEM)


def is_near(duty: Duty, case: Case, *, at: datetime) -> bool:
    """Say whether the local day before the duty's last one has come, and it was owed before that day began.

    So a clock that is shorter than a day, and one that began the day before it ends, has no warning.
    """
    zone = ZoneInfo(case.org.zone)
    eve = (duty.due_at.astimezone(zone) - timedelta(days=1)).date()
    begins = datetime.combine(eve, FROM, tzinfo=zone)
    return duty.since.astimezone(zone).date() < eve and begins <= at <= duty.due_at


def _able(near: Iterable[Duty]) -> list[int]:
    """Return those, by number, whose edition of the procedure knows of warnings."""
    near = list(near)
    editions = ProcedureEdition.objects.in_bulk({duty.case.procedure_edition_id for duty in near})
    able = {pk for pk, edition in editions.items() if any(w.step is Step.WARN_DUE for w in edition.procedure().ways)}
    return [duty.pk for duty in near if duty.case.procedure_edition_id in able]


def _whose_turn(case: Case, duty: Duty, *, at: datetime) -> list[Person]:
    """Return whoever took the case, with those who cover for them; else those who look after its place; else all."""
    role = Role(duty.holder)
    people = who_can_answer(case, Owed(duty.owed), role, at=at)
    if case.claimed_by is not None:
        first = {case.claimed_by.pk, *case.claimed_by.covered_by(role, at=at)}
    elif case.platform is not None and role is Role.MODERATOR:  # Sh: the relevant operator
        first = operators(case.platform, at=at)
    else:
        return people
    return [person for person in people if person.pk in first] or people
