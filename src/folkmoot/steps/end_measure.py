"""A measure ends: by itself when its time has come, or sooner because somebody says so (Ma)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Grant, Measure, Paper
from folkmoot.casefile.record import SYSTEM, Actor, file_paper, locked, procedure_of
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import Person
from folkmoot.notices.letters import Letter, Measured, link_mark, measure_ended, measure_lifted, measure_words
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.words import MeasureKind, Role, Stage, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.finding import require_why
from folkmoot.steps.make_final import minute_of
from folkmoot.steps.measures import end_these
from folkmoot.steps.standing import capacity, require_uninvolved
from folkmoot.steps.tell import open_to_author, tell_author


@transaction.atomic
def end_measure(measure_id: int, *, reasons: str, by: Person, at: datetime, seen: int | None = None) -> Paper:
    """End a measure before its time, with a reason, and tell its author.

    What the Executive has let stand is eased by the Secretary or a member of the Executive only (Mg). Raises
    `NotPermitted`, `BadInput` or `StalePage`.
    """
    case = locked(Measure.objects.values_list("case", flat=True).get(pk=measure_id), seen=seen)
    role = who_may_end(case, by, at=at)
    measure = Measure.objects.select_related("platform").get(pk=measure_id)
    if measure.ended_at:
        raise NotPermitted(gettext("This measure has ended already."))
    require_why(reasons)
    return _end(case, measure, reasons, by=by, role=role, at=at)


def let_measure_end(measure_id: int, *, at: datetime) -> bool:
    """End a measure whose time has come; says whether it did. Safe to call twice at once."""
    with transaction.atomic():
        case = locked(Measure.objects.values_list("case", flat=True).get(pk=measure_id))
        measure = Measure.objects.select_related("platform").get(pk=measure_id)
        if measure.ended_at or measure.until >= at:
            return False
        _end(case, measure, "", by=SYSTEM, role=Role.SYSTEM, at=at)
        return True


def who_may_end(case: Case, person: Person, *, at: datetime) -> Role:
    """Return the role in which `person` may end a measure of the case now, or raise `NotPermitted`."""
    if case.stage != Stage.FINAL or minute_of(case) is None:
        return capacity(case, person, Step.END_MEASURE, at=at)
    if person.org_id != case.org_id:
        raise NotPermitted(gettext("This case belongs to another organisation."))
    require_uninvolved(case, person)
    offices = person.offices(at=at)
    role = next((role for role in (Role.SECRETARY, Role.EXECUTIVE) if role in offices), None)
    if role is None:
        raise NotPermitted(
            gettext("The Executive has let this stand. The Secretary or a member of it can end it sooner.")
        )
    procedure_of(case).way(Stage(case.stage), Step.END_MEASURE, role)
    return role


def _end(case: Case, measure: Measure, reasons: str, *, by: Actor, role: Role, at: datetime) -> Paper:
    paper = file_paper(
        case,
        Paper.Kind.MEASURE_END,
        by=by,
        at=at,
        facts={"ended": [measure.pk], "early": bool(reasons)},
        texts={"reasons": reasons} if reasons else {},
        answers=measure.paper,
    )
    end_these(case, [measure], because=paper, at=at)
    grant = open_to_author(case, paper, at=at)
    letter = _letter(case, measure, reasons, grant)
    notice = tell_author(case, letter, grant=grant, at=at, about=paper)
    advance(case, Step.END_MEASURE, by=by, role=role, at=at, papers=[paper, notice], grants=[grant])
    return paper


def _letter(case: Case, measure: Measure, reasons: str, grant: Grant) -> Letter:
    marker = new_marker()
    place = measure.platform.name if measure.platform else "one of our places"
    held = measure_words(Measured(MeasureKind(measure.kind), measure.until), case.org)
    link = link_mark(marker, grant.pk)
    if reasons:
        return measure_lifted(case.org, place=place, measure=held, reasons=reasons, link=link, marker=marker)
    return measure_ended(case.org, place=place, measure=held, link=link, marker=marker)
