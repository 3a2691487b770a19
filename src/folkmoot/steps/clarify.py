"""The author answers a question, or says that they have changed or taken down the post themselves (Sg)."""

from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Grant, Paper
from folkmoot.casefile.papers import papers_in_force
from folkmoot.casefile.record import file_paper, locked
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.procedure.words import Role, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.plea import filed_before, require_author

MOST = 6  # answers in one case
# Me: who is told that their post is hidden is told as well that they may explain before anybody decides.
ASKS = (Paper.Kind.QUESTION, Paper.Kind.HIDING)


class Did(StrEnum):
    """What the author says they have done."""

    EXPLAINED = "explained"
    EDITED = "edited"
    TAKEN_DOWN = "taken_down"


@transaction.atomic
def clarify(case_id: int, *, did: Did, words: str, by: Grant, at: datetime, form_key: str = "") -> Paper:
    """File the author's words beside the question, or what hid their post; a replayed form returns the first paper.

    Raises `NotPermitted` when it is decided already: then there is the appeal.
    """
    case = locked(case_id)
    require_author(case, by)
    first = filed_before(case, Paper.Kind.CLARIFICATION, form_key)
    if first:
        return first
    question = papers_in_force(case, *ASKS).last()
    if question is None:
        raise NotPermitted(gettext("Nobody has asked you anything in this matter."))
    if not words.strip() and did is Did.EXPLAINED:
        raise BadInput(gettext("Please write what you meant. A sentence is enough."), field="words")
    if case.papers.filter(kind=Paper.Kind.CLARIFICATION).count() >= MOST:
        raise NotPermitted(gettext("We have several answers of yours already. Whoever decides will read them all."))
    texts = {"words": words} if words.strip() else {}
    paper = file_paper(
        case,
        Paper.Kind.CLARIFICATION,
        by=by,
        at=at,
        facts={"did": did},
        texts=texts,
        answers=question,
        form_key=form_key,
    )
    advance(case, Step.CLARIFY, by=by, role=Role.AUTHOR, at=at, papers=[paper])
    return paper
