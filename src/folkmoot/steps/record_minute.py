"""The Executive has met: who sat, who stood aside, how they voted, and why (Mg)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.formats import date_format

from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import advance, file_paper, locked, procedure_of
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Person
from folkmoot.notices.letters import minute_to_confirm
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.panel import require_quorum, result
from folkmoot.procedure.words import Role, Step, Vote
from folkmoot.steps.finding import REASONS_AT_LEAST
from folkmoot.steps.make_final import settle_if_confirmed
from folkmoot.steps.standing import able_to_sit, decided_by, involvement
from folkmoot.steps.tell import tell_people


@dataclass(frozen=True)
class Minute:
    """The record of the meeting: votes by person number; those who stood aside by person number."""

    met_on: date
    votes: Mapping[int, Vote]
    aside: Sequence[int]
    reasons: str
    necessity: str = ""


@transaction.atomic
def record_minute(case_id: int, minute: Minute, *, by: Person, at: datetime, seen: int | None = None) -> Paper:
    """File the minute and mail it to each who sat; it is final on their confirmation, or by silence (`make_final`).

    Whoever records it and sat themselves has confirmed their vote by recording it.
    """
    case = locked(case_id, seen=seen)
    role = _recorder(case, by, at=at)
    able = able_to_sit(case, at=at)
    _require_sound(case, minute, able=able, at=at)
    sat = [person for person in able if person.pk in minute.votes]
    quorum = procedure_of(case).limits.quorum
    necessity = minute.necessity if len(sat) < quorum else ""  # a reason that nobody needed is no override
    paper = file_paper(
        case,
        Paper.Kind.MINUTE,
        by=by,
        at=at,
        facts={
            "met_on": minute.met_on.isoformat(),
            "votes": {str(pk): vote for pk, vote in minute.votes.items()},
            "aside": sorted(minute.aside),
            "answer": result(minute.votes.values()),
            "necessity": bool(necessity),
            "quorum": quorum,
            "confirmed": [by.pk] if by.pk in minute.votes else [],
        },
        texts={"reasons": minute.reasons, **({"necessity": necessity} if necessity else {})},
        answers=_submission(case),
    )
    case.settles_at = at + timedelta(hours=procedure_of(case).limits.objection_hours)
    told = [
        (
            person,
            minute_to_confirm(
                case.org,
                case=case.pk,
                name=person.name,
                vote=_SAID[minute.votes[person.pk]],
                until=case.settles_at,
                marker=new_marker(),
            ),
        )
        for person in sat
        if person.pk != by.pk
    ]
    papers = [paper, *tell_people(case, told, role=Role.EXECUTIVE, about=paper, at=at)]
    advance(case, Step.RECORD_MINUTE, by=by, role=role, at=at, papers=papers)
    settle_if_confirmed(case, at=at)
    return paper


_SAID = {
    Vote.STANDS: "the decision stands",
    Vote.OVERTURNED: "the decision is overturned",
    Vote.ABSTAIN: "abstained",
}


def _recorder(case: Case, by: Person, *, at: datetime) -> Role:
    if by.org_id != case.org_id:
        raise NotPermitted("This case belongs to another organisation.")
    why = involvement(case, by)
    if why:
        raise NotPermitted(why)
    role = next((role for role in (Role.SECRETARY, Role.EXECUTIVE) if by.holds(role, at=at)), None)
    if role is None:
        raise NotPermitted("The Secretary or a member of the Executive writes the minute.")
    if decided_by(case, by):
        # D31: a minute needs somebody who may sit, and who may then write it as well, so this is no dead end
        raise NotPermitted("You decided in this case before, so somebody else writes down what the Executive decided.")
    return role


def _require_sound(case: Case, minute: Minute, *, able: Sequence[Person], at: datetime) -> None:
    names = {person.pk: person.name for person in Person.objects.holding(case.org, Role.EXECUTIVE, at=at)}
    may = {person.pk for person in able}
    for pk in minute.votes:
        if pk not in names:
            raise BadInput("Somebody recorded as having sat is not on the Executive.", field="votes")
        if pk not in may:
            # D31: nobody votes on their own decision, nor with an interest
            raise BadInput(f"{names[pk]} cannot vote on this case. Please record that they stood aside.", field="votes")
        if pk in minute.aside:
            raise BadInput(f"{names[pk]} cannot both sit and stand aside.", field="votes")
    if set(minute.aside) - set(names):
        raise BadInput("Somebody recorded as having stood aside is not on the Executive.", field="aside")
    _require_date(case, minute.met_on, at=at)
    if len(minute.reasons.strip()) < REASONS_AT_LEAST:
        raise BadInput("Please write the reasons in a sentence or two: the author will read them.", field="reasons")
    able_now = len(may - set(minute.aside))
    quorum = procedure_of(case).limits.quorum
    try:
        require_quorum(sat=len(minute.votes), quorum=quorum, able=able_now, necessity=minute.necessity)
    except NotPermitted as refusal:
        raise BadInput(str(refusal), field="votes" if able_now >= quorum else "necessity") from None


def _require_date(case: Case, met_on: date, *, at: datetime) -> None:
    zone = ZoneInfo(case.org.zone)
    submission = _submission(case)
    first = (submission.at if submission else case.opened_at).astimezone(zone).date()
    if not first <= met_on <= at.astimezone(zone).date():
        raise BadInput(
            f"The meeting cannot be before the case was put to the Executive ({date_format(first, 'j F Y')}), "
            "or in the future. Please check its date.",
            field="met_on",
        )


def _submission(case: Case) -> Paper | None:
    return case.papers.filter(kind=Paper.Kind.SUBMISSION).order_by("-number").first()
