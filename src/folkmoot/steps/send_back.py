"""A review finds that the matter has to be decided afresh, by a moderator who had no part in it (Sh)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Duty, Paper
from folkmoot.casefile.record import NewDuty, file_paper, locked, procedure_of
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Person
from folkmoot.notices.letters import sent_back as letter
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.duties import Turn, first_turn, owed_to_report, turn_of
from folkmoot.procedure.words import TAKES_AWAY, Lane, Role, Stage, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.answer_review import require_reasons
from folkmoot.steps.forward_review import require_secretary
from folkmoot.steps.reviews import open_review
from folkmoot.steps.sitting import bench
from folkmoot.steps.standing import decided_by, free_to_decide_afresh
from folkmoot.steps.tell import tell_nobody_free, tell_people, tell_reporters
from folkmoot.steps.vote import Motion, Voted, recorder, require_vote


@transaction.atomic
def send_back(
    case_id: int,
    *,
    review: int,
    reasons: str,
    motion: Motion | None = None,
    by: Person,
    at: datetime,
    seen: int | None = None,
) -> Paper:
    """Put the case back to before its decision and start the clock of a fresh one.

    Without a `motion` it is the Secretary's own word, before anything was passed on; with one, the Executive's. The
    author hears nothing yet: nothing is decided against them.
    """
    case = locked(case_id, seen=seen)
    role, voted = _by_whom(case, review, motion, by=by, at=at)
    request = open_review(case, review)
    why = not_now(case)
    if why:
        raise NotPermitted(why)
    require_reasons(reasons)
    paper = file_paper(
        case,
        Paper.Kind.REVIEW,
        by=by,
        at=at,
        facts={"afresh": True, **voted.facts},
        texts={"reasons": reasons, **voted.texts},
        answers=request,
    )
    case.outcome, case.standing, case.settles_at, case.claimed_by = "", True, None, None
    limits, zone, owed = procedure_of(case).limits, case.org.zone, owed_to_report(Lane(case.lane))
    free = free_to_decide_afresh(case, at=at)
    turn = first_turn(owed, limits, at=at, zone=zone)
    if not free:  # Sh: then members of the Executive decide, as a panel
        turn = turn_of(owed, Role.EXECUTIVE, limits, at=at, zone=zone)
    papers = [paper, *_tell_who_decides(case, free, turn, about=paper, at=at)]
    papers += tell_reporters(case, about=paper, at=at)
    waiting = Duty.objects.filter(case=case, met_at=None).select_related("paper")
    advance(
        case,
        Step.SEND_BACK,
        by=by,
        role=role,
        at=at,
        papers=papers,
        new_duties=[NewDuty(paper, owed, turn)],
        met=waiting,
    )
    return paper


def not_now(case: Case) -> str:
    """Return why nothing can be sent back now, as a sentence; empty when it can."""
    if case.stage in (Stage.APPEALED, Stage.BEFORE_EXECUTIVE, Stage.MINUTED):
        return "The author has asked for another look. Until that is answered, nothing is sent back."
    if case.outcome in TAKES_AWAY and case.standing:
        return "The post has been taken away already: a fresh decision could do no more about it."
    return ""


def _by_whom(case: Case, review: int, motion: Motion | None, *, by: Person, at: datetime) -> tuple[Role, Voted]:
    if motion is not None:
        role, voted = recorder(case, by, at=at), require_vote(case, motion, at=at)
        if not motion.carried:
            raise BadInput(
                gettext("Not more than half voted to have it decided afresh. Please answer instead."), field="votes"
            )
        return role, voted
    require_secretary(case, by, at=at)
    if decided_by(case, by):
        raise NotPermitted(gettext("You decided in this case before, so the Executive answers."))
    if open_review(case, review).duties.filter(holder=Role.EXECUTIVE).exists():
        raise NotPermitted(gettext("This is before the Executive, which answers it."))
    return Role.SECRETARY, Voted({}, "")


def _tell_who_decides(case: Case, free: Sequence[Person], turn: Turn, *, about: Paper, at: datetime) -> list[Paper]:
    """File and promise letters to the moderators who are `free`, or else to the members of the Executive."""
    role = Role.MODERATOR if free else Role.EXECUTIVE
    told = [
        (p, letter(case.org, case=case.pk, name=p.name, role=role, due=turn.due_at, marker=new_marker()))
        for p in (free or bench(case, at=at).members)
    ]
    return tell_people(case, told, role=role, about=about, at=at) or tell_nobody_free(
        case, role, due=turn.due_at, about=about, at=at
    )
