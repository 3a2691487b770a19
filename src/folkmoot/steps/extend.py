"""Whoever owes an answer takes longer for it, once, with a reason; those who wait for it are told (D14)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Duty, Grant, Paper
from folkmoot.casefile.record import file_paper, locked, procedure_of
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.kernel.times import stamp
from folkmoot.members.models import Person
from folkmoot.members.prepared import prepared
from folkmoot.notices.letters import appeal_extended, link_mark
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.calendar import due_after
from folkmoot.procedure.duties import Owed
from folkmoot.procedure.words import Role, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.standing import capacity
from folkmoot.steps.tell import tell_author, tell_reporter_extended

AT_LEAST = 10  # characters of a reason
# An emergency and a legal complaint cannot wait; a review is about lateness itself, among other things (Sh).
EXTENDABLE = (Owed.REPORT, Owed.APPEAL)


@transaction.atomic
def extend(
    case_id: int, *, reason: str, by: Person, at: datetime, seen: int | None = None, form_key: str = ""
) -> Paper:
    """Put off every answer that the case owes by the role of `by` now, by the procedure's extension.

    Each can be put off once, and not after its time is up. A replayed form meets its first paper. Raises
    `NotPermitted`, or `BadInput` (field "reason").
    """
    case = locked(case_id)
    first = case.papers.filter(form_key=form_key, kind=Paper.Kind.EXTENSION).first() if form_key else None
    if first:
        return first
    case = locked(case_id, seen=seen)
    role = capacity(case, by, Step.EXTEND, at=at)
    owed = extendable(case, by, at=at)
    if not owed:
        raise NotPermitted(_why_not(case, by, at=at))
    if len(reason.strip()) < AT_LEAST:
        raise BadInput(
            gettext("Please write why it takes longer: those who wait for the answer read it."), field="reason"
        )
    until = [(duty, _later(case, duty)) for duty in owed]
    paper = file_paper(
        case,
        Paper.Kind.EXTENSION,
        by=by,
        at=at,
        facts={"extended": [[duty.paper.number, duty.holder, stamp(late)] for duty, late in until]},
        texts={"reason": reason},
        answers=owed[0].paper,
        form_key=form_key,
    )
    notices = [notice for duty, late in until for notice in _told(case, duty, late, paper, at=at)]
    Duty.objects.filter(pk__in=[duty.pk for duty in owed]).update(warned_at=None)  # of the new time, the day before it
    advance(case, Step.EXTEND, by=by, role=role, at=at, papers=[paper, *notices], extended=until)
    return paper


def extendable(case: Case, person: Person, *, at: datetime) -> list[Duty]:
    """Return the answers that `person` owes and may put off now, the earliest first."""
    owed = _owed(case, person, at=at)
    return [duty for duty in owed if duty.extended_at is None and duty.due_at >= at]


def extension_of(asked: Paper) -> Paper | None:
    """Return the newest paper that put off the answer to `asked`, a report or an appeal, or `None`."""
    papers = Paper.objects.filter(case=asked.case_id, kind=Paper.Kind.EXTENSION).order_by("-number")
    mine = (one for one in papers if any(number == asked.number for number, _holder, _until in one.facts["extended"]))
    return next(mine, None)


def _owed(case: Case, person: Person, *, at: datetime) -> list[Duty]:
    roles = sorted(person.offices(at=at))
    return _running(case, roles)


def _why_not(case: Case, person: Person, *, at: datetime) -> str:
    owed = _owed(case, person, at=at)
    if any(duty.due_at < at for duty in owed):
        return "The time for this answer is up, so it cannot be put off any more."
    if owed:
        return "This answer was put off once already. It cannot be put off again."
    return "You owe no answer here that could be put off."


def _later(case: Case, duty: Duty) -> datetime:
    limits = procedure_of(case).limits
    return due_after(duty.due_at, limits.extension_days, limits, zone=case.org.zone)


def _told(case: Case, duty: Duty, until: datetime, paper: Paper, *, at: datetime) -> list[Paper]:
    if duty.owed == Owed.REPORT:
        return tell_reporter_extended(case, duty.paper, until=until, about=paper, at=at)
    grant = Grant.objects.get(pk=int(duty.paper.by.removeprefix("grant:")))
    marker = new_marker()
    letter = appeal_extended(
        case.org, until=until, reason=paper.words["reason"], link=link_mark(marker, grant.pk), marker=marker
    )
    return [tell_author(case, letter, grant=grant, at=at, about=paper)]


@prepared
def _running(case: Case, holders: Sequence[Role]) -> QuerySet[Duty]:
    running = Duty.objects.filter(case=case, met_at=None, lapsed_at=None, holder__in=holders, owed__in=EXTENDABLE)
    return running.select_related("paper").order_by("due_at", "pk")
