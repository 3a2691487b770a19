"""The Executive has met: who sat, who stood aside, how they voted, and why (Mg)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import file_paper, locked, procedure_of
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Person
from folkmoot.notices.letters import minute_to_confirm
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.panel import result
from folkmoot.procedure.words import Answer, Role, Stage, Step, Vote
from folkmoot.steps.advancing import advance
from folkmoot.steps.finding import REASONS_AT_LEAST
from folkmoot.steps.make_final import settle_if_confirmed
from folkmoot.steps.sitting import Sat, put_by, recorder, require_met, require_sitting
from folkmoot.steps.tell import tell_people
from folkmoot.steps.vary import Instead, instead_facts, require_milder


@dataclass(frozen=True)
class Minute:
    """The record of the meeting: votes by person number; those who stood aside by person number.

    `instead` is what takes the place of the decision where the votes vary it.
    """

    met_on: date
    votes: Mapping[int, Vote]
    aside: Sequence[int]
    reasons: str
    necessity: str = ""
    instead: Instead | None = None


@transaction.atomic
def record_minute(case_id: int, minute: Minute, *, by: Person, at: datetime, seen: int | None = None) -> Paper:
    """File the minute and mail it to each who sat; it is final on their confirmation, or by silence (`make_final`).

    Whoever records it and sat themselves has confirmed their vote by recording it.
    """
    case = locked(case_id, seen=seen)
    role = recorder(case, by, at=at)
    procedure_of(case).way(Stage(case.stage), Step.RECORD_MINUTE, role)
    sat = _require_sound(case, minute, at=at)
    answer = result(minute.votes.values())
    instead = require_milder(case, minute.instead, at=at) if answer is Answer.VARIED else None
    necessity = minute.necessity if sat.necessity else ""  # a reason that nobody needed is no override
    paper = file_paper(
        case,
        Paper.Kind.MINUTE,
        by=by,
        at=at,
        facts={
            "met_on": minute.met_on.isoformat(),
            "votes": {str(pk): vote for pk, vote in minute.votes.items()},
            "aside": sorted(minute.aside),
            "answer": answer,
            **instead_facts(instead),
            "necessity": bool(necessity),
            **({"by_necessity": True} if sat.by_necessity else {}),
            "quorum": sat.quorum,
            "confirmed": [by.pk] if by.pk in minute.votes else [],
        },
        texts={"reasons": minute.reasons, **({"necessity": necessity} if necessity else {})},
        answers=put_by(case),
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
        for person in sat.people
        if person.pk != by.pk
    ]
    papers = [paper, *tell_people(case, told, role=Role.EXECUTIVE, about=paper, at=at)]
    advance(case, Step.RECORD_MINUTE, by=by, role=role, at=at, papers=papers)
    settle_if_confirmed(case, at=at)
    return paper


_SAID = {
    Vote.STANDS: "the decision stands",
    Vote.VARIED: "the decision is varied",
    Vote.OVERTURNED: "the decision is overturned",
    Vote.ABSTAIN: "abstained",
}


def _require_sound(case: Case, minute: Minute, *, at: datetime) -> Sat:
    sat = require_sitting(case, votes=minute.votes.keys(), aside=minute.aside, necessity=minute.necessity, at=at)
    put = put_by(case)
    require_met(case, minute.met_on, since=put.at if put else case.opened_at, at=at)
    if len(minute.reasons.strip()) < REASONS_AT_LEAST:
        raise BadInput(
            gettext("Please write the reasons in a sentence or two: the author will read them."), field="reasons"
        )
    return sat
