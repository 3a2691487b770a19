"""A reporter is not satisfied, or nobody answered (Sh): their words go on as they are, past whom they are about."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Grant, Paper
from folkmoot.casefile.papers import papers_in_force
from folkmoot.casefile.record import NewDuty, file_paper, label, locked, procedure_of
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Person
from folkmoot.notices.letters import local_day, review_asked
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.duties import Owed, Turn, first_turn, turn_of
from folkmoot.procedure.words import Role, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.reporting import UNDECIDED, own_answer, withdrawal
from folkmoot.steps.reviews import meant_by, open_reviews
from folkmoot.steps.standing import decided_by, involvement
from folkmoot.steps.tell import tell_nobody_free, tell_people


@transaction.atomic
def ask_for_review(
    case_id: int, *, words: str, about: Collection[Role] = (), by: Grant, at: datetime, form_key: str = ""
) -> Paper:
    """File the reporter's words verbatim and start the clock of whoever answers them; a replayed form does so once.

    `about`: the Secretary, the moderators, both or neither. Whom it is about does not answer it. Raises `BadInput`
    or `NotPermitted`.
    """
    case = locked(case_id)
    if by.case_id != case.pk or by.party != Role.REPORTER:
        raise NotPermitted(gettext("Only the person who made the report can ask for this."))
    first = case.papers.filter(form_key=form_key, kind=Paper.Kind.REVIEW_REQUEST).first() if form_key else None
    if first:
        return first
    why = no_review(case, by, at=at)
    if why:
        raise NotPermitted(why)
    answer = answer_to(case, by.paper)
    if not words:
        raise BadInput(
            gettext("Please write what should be looked at again: your words go on as they are."), field="words"
        )
    accused = sorted(set().union(*(meant_by(case, role, at=at) for role in about)))
    paper = file_paper(
        case,
        Paper.Kind.REVIEW_REQUEST,
        by=by,
        at=at,
        facts={"unanswered": answer is None, "about": sorted(about), "accused": accused},
        texts={"words": words},
        answers=answer or by.paper,
        form_key=form_key,
    )
    turn = _first(case, accused, at=at)
    advance(
        case,
        Step.ASK_FOR_REVIEW,
        by=by,
        role=Role.REPORTER,
        at=at,
        papers=[paper, *tell_of_review(case, paper, turn, at=at)],
        new_duties=[NewDuty(paper, Owed.REVIEW, turn)],
    )
    return paper


def answer_to(case: Case, report: Paper) -> Paper | None:
    """Return what the reporter was answered last, or `None` while nobody has."""
    kinds = () if case.stage in UNDECIDED else (Paper.Kind.DECISION, Paper.Kind.RECONSIDERATION)
    said = [papers_in_force(case, kind).last() for kind in kinds]
    return max((one for one in [*said, own_answer(report)] if one), key=lambda one: one.number, default=None)


def no_review(case: Case, by: Grant, *, at: datetime) -> str:
    """Return why this reporter cannot ask for a review now, as a sentence; empty when they can."""
    if withdrawal(by.paper):
        return "You withdrew this report, so there is nothing left to look at."
    answer, due = answer_to(case, by.paper), due_before(by.paper)
    if answer is None and due and due >= at:
        return f"There is still time to answer you, until the end of {local_day(due, case.org)}."
    asked = case.papers.filter(kind=Paper.Kind.REVIEW_REQUEST, by=label(by))
    if any(one in open_reviews(case) for one in asked):
        return "You have asked for this, and your words wait for their answer."
    if asked.filter(answers=answer or by.paper).exists():
        return "You have asked for this once, and it was answered."
    return ""


def due_before(report: Paper) -> datetime | None:
    """Return until when the first who was asked had time to answer the report, or `None` where no clock ran."""
    first = report.duties.order_by("since", "pk").first()
    return first.due_at if first else None


def tell_of_review(case: Case, request: Paper, turn: Turn, *, at: datetime) -> list[Paper]:
    """File and promise the letters to those whose turn it is, or to the administrators where nobody is free."""
    accused = request.facts["accused"]
    told = [
        (
            person,
            review_asked(
                case.org,
                case=case.pk,
                review=request.number,
                name=person.name,
                due=turn.due_at,
                role=turn.holder,
                marker=new_marker(),
            ),
        )
        for person in _free(case, turn.holder, accused, at=at)
    ]
    return tell_people(case, told, role=turn.holder, about=request, at=at) or tell_nobody_free(
        case, turn.holder, due=turn.due_at, about=request, at=at
    )


def _first(case: Case, accused: list[int], *, at: datetime) -> Turn:
    limits, zone = procedure_of(case).limits, case.org.zone
    # Sh: an accused officer is bypassed; so is one who would answer for their own decision
    if _free(case, Role.SECRETARY, accused, at=at):
        return first_turn(Owed.REVIEW, limits, at=at, zone=zone)
    return turn_of(Owed.REVIEW, Role.EXECUTIVE, limits, at=at, zone=zone)


def _free(case: Case, role: Role, accused: list[int], *, at: datetime) -> list[Person]:
    holding = Person.objects.holding(case.org, role, at=at)
    return [p for p in holding if p.pk not in accused and not involvement(case, p) and not decided_by(case, p)]
