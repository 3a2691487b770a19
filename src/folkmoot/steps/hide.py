"""A post is hidden while we look: in an emergency act first, for a legal complaint hide first (D10, Se)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.archive.models import Post
from folkmoot.casefile.models import Case, Duty, Grant, Paper
from folkmoot.casefile.record import NewDuty, file_paper, locked, procedure_of
from folkmoot.editions.citing import cited
from folkmoot.editions.models import Clause
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Person
from folkmoot.notices.letters import Letter, Reasons, hidden_meanwhile, link_mark
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.duties import first_turn, owed_to_report
from folkmoot.procedure.words import AimedAt, Lane, Outcome, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.enforce import enforce
from folkmoot.steps.finding import appeal_until, evidence_text, only_noticed, place_said, require_why
from folkmoot.steps.standing import capacity
from folkmoot.steps.tell import open_to_author, tell_author


@transaction.atomic
def hide(
    case_id: int,
    *,
    reasons: str,
    codes: Sequence[str] = (),
    by: Person,
    at: datetime,
    seen: int | None = None,
    necessity: str = "",
) -> Paper:
    """Ask for the post to be hidden now, and tell its author in the same moment (Me). Nothing is decided by it."""
    case = locked(case_id, seen=seen)
    role = capacity(case, by, Step.HIDE, at=at, necessity=necessity)
    if case.lane == Lane.ORDINARY:
        raise NotPermitted(
            gettext("Only in an emergency or for a legal complaint is a post hidden before anybody has decided.")
        )
    if case.hidden:
        raise NotPermitted(gettext("The post is hidden already."))
    require_why(reasons)
    clauses = [clause for clause in cited(case.policy, codes) if clause.kind == "ground"]
    if len(clauses) != len(set(codes)):
        raise BadInput(gettext("One of these rules is no ground for this."), field="codes")
    facts = {"lane": case.lane, "codes": [clause.code for clause in clauses], "edition": case.policy.number}
    paper = file_paper(
        case,
        Paper.Kind.HIDING,
        by=by,
        at=at,
        facts={**facts, **({"necessity": True} if necessity else {})},
        texts={"reasons": reasons, **({"necessity": necessity} if necessity else {})},
    )
    case.hidden = True
    enforce(case, because=paper, at=at)
    grant = open_to_author(case, paper, at=at)
    letter = _letter(case, clauses, reasons, grant=grant, at=at, necessity=bool(necessity))
    notice = tell_author(case, letter, grant=grant, at=at, about=paper)
    advance(
        case,
        Step.HIDE,
        by=by,
        role=role,
        at=at,
        papers=[paper, notice],
        grants=[grant],
        new_duties=_owed(case, paper, at=at),
    )
    return paper


def _owed(case: Case, paper: Paper, *, at: datetime) -> list[NewDuty]:
    """Return the answer that its author waits for, where no clock runs any more: nothing is hidden without an end."""
    if Duty.objects.filter(case=case, met_at=None).exists():
        return []
    owed = owed_to_report(Lane(case.lane))
    return [NewDuty(paper, owed, first_turn(owed, procedure_of(case).limits, at=at, zone=case.org.zone))]


def _letter(
    case: Case, clauses: Sequence[Clause], reasons: str, *, grant: Grant, at: datetime, necessity: bool
) -> Letter:
    marker = new_marker()
    post = case.post
    said = Reasons(
        outcome=Outcome.REMOVE,
        place=place_said(case),
        posted=post.posted_at if post and post.precision != Post.Precision.UNKNOWN else None,
        text=evidence_text(case),
        passage="",
        clauses=clauses,
        edition=case.policy,
        aimed_at=AimedAt.NEITHER,
        reasons=reasons,
        appeal_until=appeal_until(case, at=at),
        found_by="a moderator who noticed it" if only_noticed(case) else "a report",
        necessity=necessity,
    )
    link = link_mark(marker, grant.pk)
    return hidden_meanwhile(case.org, said, legal=case.lane == Lane.LEGAL, link=link, marker=marker)
