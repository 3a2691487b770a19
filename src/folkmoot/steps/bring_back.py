"""What went with a removed post comes back when that removal does not hold any more (Md, D41)."""

from datetime import datetime

from folkmoot.casefile.models import Case, Duty, Fallen, Paper
from folkmoot.casefile.papers import decision_in_force
from folkmoot.casefile.record import SYSTEM, file_paper, locked
from folkmoot.notices.letters import lifted, link_mark
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.words import TAKES_AWAY, Role, Stage, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.enforce import enforce
from folkmoot.steps.finding import appeal_until, place_said
from folkmoot.steps.measures import end_all
from folkmoot.steps.reporting import UNDECIDED
from folkmoot.steps.tell import open_to_author, tell_author, tell_reporters

REASONS = (
    "Your post was taken down because it repeated, quoted or referred to another one. The decision about that other "
    "post does not hold any more, so what was done about yours does not hold either."
)


def bring_back(case: Case, *, at: datetime) -> None:
    """Lift what fell with the post of `case` where that is not taken down any more.

    Call with the case locked and its columns set, before `advance`. Whoever had appealed has what they asked for.
    """
    if case.outcome in TAKES_AWAY and case.standing:
        return
    for one in Fallen.objects.filter(root=case).order_by("case_id"):
        _lift(case, one, at=at)


def _lift(root: Case, one: Fallen, *, at: datetime) -> None:
    child = locked(one.case_id)
    if child.stage in UNDECIDED or not child.standing or decision_in_force(child) != one.decision:
        return  # it has been lifted, taken back or decided afresh by itself, or somebody is at it
    if one.decision.answered_by.filter(kind=Paper.Kind.BROUGHT_BACK).exists():
        return  # no decision is lifted twice
    paper = file_paper(
        child, Paper.Kind.BROUGHT_BACK, by=SYSTEM, at=at, facts={"goes_with": root.uid}, answers=one.decision
    )
    child.standing = False
    if child.stage != Stage.FINAL and child.settles_at is None:
        child.settles_at = appeal_until(child, at=at)
    bring_back(child, at=at)  # what went with this one in its turn
    enforce(child, because=paper, at=at)
    end_all(child, because=paper, at=at)
    grant = open_to_author(child, paper, at=at)
    marker = new_marker()
    letter = lifted(
        child.org,
        place=place_said(child),
        reasons=REASONS,
        with_it=True,
        link=link_mark(marker, grant.pk),
        marker=marker,
    )
    papers = [paper, tell_author(child, letter, grant=grant, at=at, about=paper)]
    papers += tell_reporters(child, about=paper, at=at)
    owed = Duty.objects.filter(case=child, met_at=None).select_related("paper")
    advance(child, Step.BRING_BACK, by=SYSTEM, role=Role.SYSTEM, at=at, papers=papers, grants=[grant], met=owed)
