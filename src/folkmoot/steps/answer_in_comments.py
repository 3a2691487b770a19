"""Somebody argues about moderation below a post (Sf): a polite standard answer with the right way to go."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import file_paper, locked
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Organisation, Person
from folkmoot.notices.write import address
from folkmoot.outbox.by_hand import ask_beside
from folkmoot.outbox.models import Task
from folkmoot.procedure.words import Outcome, Role, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.enforce import waits
from folkmoot.steps.finding import Decision, evidence_text, require_sound
from folkmoot.steps.issue import issue
from folkmoot.steps.standing import capacity

REASONS = gettext_noop(
    "We do not discuss moderation below posts: others cannot follow it, and nobody there can answer for somebody "
    "else’s matter. It is no fault to ask. We have told you where your question gets its answer."
)


def standard_answer(org: Organisation) -> str:
    """Return what is posted: where to go with a question, and nothing about anybody's matter."""
    return gettext(
        "Thank you for asking. We do not discuss moderation here, so that everybody gets a proper answer in private. "
        "If it is about a post of yours, answer the letter that you had from us. "
        "If you want to tell us of a problem, write to us here: %(address)s"
    ) % {"address": address(org, "report/")}


@transaction.atomic
def answer_in_comments(case_id: int, *, words: str, by: Person, at: datetime, seen: int | None = None) -> Paper:
    """Ask somebody to post `words` at the place. It decides nothing."""
    case = locked(case_id, seen=seen)
    return _answer(case, words, by=by, at=at)


@transaction.atomic
def answer_and_take_down(
    case_id: int, *, words: str, code: str, by: Person, at: datetime, seen: int | None = None
) -> Paper:
    """Ask for the answer to be posted, and decide that the comment goes: with its notice, and without a strike.

    `code` is the ground. Returns the decision.
    """
    case = locked(case_id, seen=seen)
    role = capacity(case, by, Step.DECIDE, at=at)
    _answer(case, words, by=by, at=at)
    decision = Decision(
        outcome=Outcome.REJECT if waits(case) else Outcome.REMOVE,
        reasons=gettext(REASONS),
        codes=[code],
        passage=evidence_text(case),
    )
    clauses = require_sound(case, decision)
    return issue(case, decision, clauses, step=Step.DECIDE, by=by, role=role, at=at, facts={"strike": False})


def _answer(case: Case, words: str, *, by: Person, at: datetime) -> Paper:
    role: Role = capacity(case, by, Step.ANSWER_IN_COMMENTS, at=at)
    if not words.strip():
        raise BadInput(gettext("Please write the answer that is posted."), field="words")
    facts = {"standard": words == standard_answer(case.org), "strike": False}
    paper = file_paper(case, Paper.Kind.COMMENT, by=by, at=at, facts=facts, texts={"words": words})
    ask_beside(case, Task.Op.COMMENT, paper=paper, at=at)
    advance(case, Step.ANSWER_IN_COMMENTS, by=by, role=role, at=at, papers=[paper])
    return paper
