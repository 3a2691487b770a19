"""It is said when and where the Executive hears a case: as a panel, or at its ordinary meeting (Mg)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.papers import papers_in_force
from folkmoot.casefile.record import file_paper, locked, procedure_of
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.kernel.times import stamp
from folkmoot.members.models import Person
from folkmoot.notices.letters import convened
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.words import Role, Stage, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.sitting import bench, put_by, recorder, sits_by_necessity
from folkmoot.steps.standing import decided_by, involvement
from folkmoot.steps.tell import tell_people


@dataclass(frozen=True)
class Meeting:
    """When (UTC) and where; `ordinary` when the case is minuted at the Executive's ordinary meeting."""

    meets_at: datetime
    where: str
    ordinary: bool = False


@transaction.atomic
def convene(case_id: int, meeting: Meeting, *, by: Person, at: datetime, seen: int | None = None) -> Paper:
    """File the meeting and tell each member who may sit, with the link behind which their interests are asked first.

    Said again, the newest counts, and all are told again. Raises `BadInput` (fields "meets_at", "where").
    """
    case = locked(case_id, seen=seen)
    role = _convener(case, by, at=at)
    if meeting.meets_at <= at:
        raise BadInput(gettext("Please choose a time that is still to come."), field="meets_at")
    if not meeting.where:
        raise BadInput(gettext("Please write where they meet: a room, or how to call in."), field="where")
    paper = file_paper(
        case,
        Paper.Kind.CONVENING,
        by=by,
        at=at,
        facts={"meets_at": stamp(meeting.meets_at), "ordinary": meeting.ordinary, **_left_over(case, by, at=at)},
        texts={"where": meeting.where},
        answers=put_by(case),
    )
    told = [
        (
            person,
            convened(
                case.org,
                case=case.pk,
                name=person.name,
                meets_at=meeting.meets_at,
                where=meeting.where,
                ordinary=meeting.ordinary,
                marker=new_marker(),
            ),
        )
        for person in bench(case, at=at).members
    ]
    papers = [paper, *tell_people(case, told, role=Role.EXECUTIVE, about=paper, at=at)]
    advance(case, Step.CONVENE, by=by, role=role, at=at, papers=papers)
    return paper


def meeting_of(case: Case) -> Paper | None:
    """Return the paper that says when the case is heard, the newest since it came before the Executive, or `None`."""
    put = put_by(case)
    said = papers_in_force(case, Paper.Kind.CONVENING).last()
    return said if said and put and said.number > put.number else None


def free_secretaries(case: Case, *, at: datetime) -> list[Person]:
    """Return the Secretary, and deputies, who have no part in the case: they convene."""
    people = Person.objects.holding(case.org, Role.SECRETARY, at=at)
    return [person for person in people if not involvement(case, person) and not decided_by(case, person)]


def why_not_convene(case: Case, person: Person, *, at: datetime) -> str:
    """Return why `person` does not say when the case is heard, as a sentence; empty when they may."""
    try:
        _convener(case, person, at=at)
    except NotPermitted as refusal:
        return str(refusal)
    return ""


def _left_over(case: Case, by: Person, *, at: datetime) -> dict[str, bool]:
    # D32: whoever sits because nobody else is left may say when, too, and that is on the record as the minute's is.
    return {"by_necessity": True} if sits_by_necessity(case, by, at=at) else {}


def _convener(case: Case, by: Person, *, at: datetime) -> Role:
    role = recorder(case, by, at=at)
    procedure_of(case).way(Stage(case.stage), Step.CONVENE, role)
    if role is Role.EXECUTIVE and free_secretaries(case, at=at):
        raise NotPermitted(gettext("The Secretary convenes the Executive. Please ask them."))
    return role
