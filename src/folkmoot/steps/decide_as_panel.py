"""Nobody is left for a fresh decision: members of the Executive decide, as a panel, by recorded votes (Sh)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import locked
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Person
from folkmoot.procedure.words import Step
from folkmoot.steps.finding import Decision, require_sound
from folkmoot.steps.issue import issue
from folkmoot.steps.reviews import sent_back
from folkmoot.steps.standing import free_to_decide_afresh
from folkmoot.steps.vote import Motion, recorder, require_vote

CONTEXT = "Members of the Executive read your post in the conversation around it, and decided by a vote."


@transaction.atomic
def decide_as_panel(
    case_id: int, decision: Decision, *, motion: Motion, by: Person, at: datetime, seen: int | None = None
) -> Paper:
    """Issue the decision that more than half of the panel voted for.

    An appeal against it goes straight to members of the Executive who did not sit.
    """
    case = locked(case_id, seen=seen)
    role = recorder(case, by, at=at)
    why = no_panel(case, at=at)
    if why:
        raise NotPermitted(why)
    voted = require_vote(case, motion, at=at)
    if not motion.carried:
        raise BadInput(
            gettext("A decision needs more than half of the votes cast. Please record the decision that has them."),
            field="votes",
        )
    clauses = require_sound(case, decision)
    return issue(
        case,
        decision,
        clauses,
        step=Step.DECIDE_AS_PANEL,
        by=by,
        role=role,
        at=at,
        answers=sent_back(case),
        facts=voted.facts,
        context=CONTEXT,
        necessity=voted.necessity,
    )


def no_panel(case: Case, *, at: datetime) -> str:
    """Return why no panel decides in this case, as a sentence; empty where it does."""
    if sent_back(case) is None:
        return "The Executive decides in place of a moderator only what a review has sent back."
    if free_to_decide_afresh(case, at=at):
        return "A moderator is free who had no part in what was decided: they decide."
    return ""
