"""The author, still unhappy, makes their case in writing to the Executive (Mg)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Duty, Grant, Paper
from folkmoot.casefile.record import NewDuty, locked, procedure_of
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Person
from folkmoot.notices.letters import link_mark, submission_received
from folkmoot.notices.letters import put_to_executive as convene
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.duties import Owed, Turn, first_turn
from folkmoot.procedure.words import APPEALABLE, Role, Stage, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.attach import Upload
from folkmoot.steps.plea import file_plea, filed_before, require_author, require_in_time
from folkmoot.steps.reviews import decided_as_panel
from folkmoot.steps.sitting import put_by
from folkmoot.steps.standing import decided_by, involvement
from folkmoot.steps.tell import acknowledge_author, tell_nobody_free, tell_people


@transaction.atomic
def put_to_executive(
    case_id: int, *, words: str, files: Sequence[Upload] = (), by: Grant, at: datetime, form_key: str = ""
) -> Paper:
    """File the author's case verbatim, start the Executive's clock and ask the Secretary to convene.

    Where a final case was opened again, the author is heard once more, and the clock runs already.
    """
    case = locked(case_id)
    require_author(case, by)
    first = filed_before(case, Paper.Kind.SUBMISSION, form_key)
    if first:
        return first
    why = nothing_to_put(case)
    if why:
        raise NotPermitted(why)
    require_in_time(case, at=at)
    if not words:
        raise BadInput(gettext("Please make your case in writing: the Executive decides on your words."), field="words")
    paper = file_plea(case, Paper.Kind.SUBMISSION, words=words, files=files, by=by, at=at, form_key=form_key)
    turn = _turn(case, at=at)
    marker = new_marker()
    letter = submission_received(case.org, due=turn.due_at, link=link_mark(marker, by.pk), marker=marker)
    papers = [paper, acknowledge_author(case, letter, about=paper, at=at)]
    if case.stage != Stage.BEFORE_EXECUTIVE:
        papers += _ask_to_convene(case, paper, due=turn.due_at, at=at)
    advance(
        case,
        Step.PUT_TO_EXECUTIVE,
        by=by,
        role=Role.AUTHOR,
        at=at,
        papers=papers,
        new_duties=[NewDuty(paper, Owed.SUBMISSION, turn)],
    )
    return paper


def nothing_to_put(case: Case) -> str:
    """Return why the author has nothing to put to the Executive now, as a sentence; empty where they have."""
    if not case.standing:
        return "The decision was overturned, so there is nothing left to put to the Executive."
    if case.stage == Stage.DECIDED and not (decided_as_panel(case) and case.outcome in APPEALABLE):
        return "Please ask us first to look again: that comes before the Executive."
    if case.stage == Stage.BEFORE_EXECUTIVE and not waits_to_be_heard_again(case):
        return "Your case is before the Executive already."
    return ""


def waits_to_be_heard_again(case: Case) -> bool:
    """Say whether the case was opened again, and its author has not written to the Executive since (D35, D36)."""
    put = put_by(case)
    return put is not None and put.kind == Paper.Kind.REOPENING


def _turn(case: Case, *, at: datetime) -> Turn:
    """Return until when the Executive answers; in a case that was opened again its time runs already."""
    running = Duty.objects.filter(case=case, owed=Owed.SUBMISSION, met_at=None).first()
    if running:
        return Turn(Role(running.holder), running.due_at)
    return first_turn(Owed.SUBMISSION, procedure_of(case).limits, at=at, zone=case.org.zone)


def _ask_to_convene(case: Case, submission: Paper, *, due: datetime, at: datetime) -> list[Paper]:
    # Without a Secretary who is free to act, the Executive itself is asked.
    for role in (Role.SECRETARY, Role.EXECUTIVE):
        holding = Person.objects.holding(case.org, role, at=at)
        people = [p for p in holding if not involvement(case, p) and not decided_by(case, p)]
        if people:
            told = [(p, convene(case.org, case=case.pk, name=p.name, due=due, marker=new_marker())) for p in people]
            return tell_people(case, told, role=role, about=submission, at=at)
    return tell_nobody_free(case, Role.EXECUTIVE, due=due, about=submission, at=at)
