"""What was hidden while we looked comes back, before anything is decided."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Paper
from folkmoot.casefile.record import file_paper, locked
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import Person
from folkmoot.notices.letters import lifted, link_mark
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.words import Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.enforce import enforce
from folkmoot.steps.finding import place_said, require_why
from folkmoot.steps.standing import capacity
from folkmoot.steps.tell import open_to_author, tell_author


@transaction.atomic
def unhide(case_id: int, *, reasons: str, by: Person, at: datetime, seen: int | None = None) -> Paper:
    """Ask for the post to be shown again, and tell its author why."""
    case = locked(case_id, seen=seen)
    role = capacity(case, by, Step.UNHIDE, at=at)
    if not case.hidden:
        raise NotPermitted(gettext("The post is not hidden."))
    require_why(reasons)
    hiding = case.papers.filter(kind=Paper.Kind.HIDING).order_by("-number").first()
    paper = file_paper(case, Paper.Kind.UNHIDING, by=by, at=at, texts={"reasons": reasons}, answers=hiding)
    case.hidden = False
    enforce(case, because=paper, at=at)
    grant = open_to_author(case, paper, at=at)
    marker = new_marker()
    letter = lifted(
        case.org,
        place=place_said(case),
        reasons=reasons,
        afterwards=False,
        link=link_mark(marker, grant.pk),
        marker=marker,
    )
    notice = tell_author(case, letter, grant=grant, at=at, about=paper)
    advance(case, Step.UNHIDE, by=by, role=role, at=at, papers=[paper, notice], grants=[grant])
    return paper
