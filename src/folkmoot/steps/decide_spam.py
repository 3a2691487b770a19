"""Spam goes with one tap and a standard notice (Me, Mh); whatever is not clearly spam is decided like any other."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import locked
from folkmoot.editions.models import Clause, PolicyEdition
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import Person
from folkmoot.members.prepared import prepared
from folkmoot.procedure.words import Outcome, ReportKind, Step
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.enforce import waits
from folkmoot.steps.finding import Decision, evidence_text, require_sound
from folkmoot.steps.issue import issue
from folkmoot.steps.standing import capacity, declared

REASONS = "It looked like spam to us: an advertisement, or the same words many times."
_LIKE_SPAM = frozenset({ReportKind.SPAM, ReportKind.SUSPICIOUS})


@transaction.atomic
def decide_spam(case_id: int, *, code: str = "", by: Person, at: datetime, seen: int | None = None) -> Paper:
    """Decide that the post is spam. Who does so says by it that they have no interest in the matter.

    `code` is the ground, where the case's edition has no clause about spam of its own.
    """
    case = locked(case_id, seen=seen)
    why = why_not_spam(case)
    if why:
        raise NotPermitted(why)
    if case.claimed_by and case.claimed_by_id != by.pk:
        raise NotPermitted(gettext("%(name)s has taken this case.") % {"name": case.claimed_by.name})
    if declared(case, by) is None:
        declare_interest(case_id, interested=False, by=by, at=at)
        case = locked(case_id)
    role = capacity(case, by, Step.DECIDE, at=at)
    decision = Decision(
        outcome=Outcome.REJECT if waits(case) else Outcome.REMOVE,
        reasons=REASONS,
        codes=[_ground(case, code)],
        passage=evidence_text(case),
        spam=True,
    )
    clauses = require_sound(case, decision)
    return issue(case, decision, clauses, step=Step.DECIDE, by=by, role=role, at=at)


def why_not_spam(case: Case) -> str:
    """Return why the case cannot go this way, as a sentence; empty when it can."""
    if case.post is None:
        return "Nobody has said yet which post it is."
    kinds = {ReportKind(paper.facts["kind"]) for paper in _reports(case)}
    if ReportKind.SPAM not in kinds:
        return "Nobody has said that it is spam. Please decide it by itself."
    if kinds - _LIKE_SPAM:
        return "Something else was reported about it, too. Please decide it by itself."
    return ""


def spam_clause(edition: PolicyEdition) -> Clause | None:
    """Return the edition's ground against spam, or `None` where no clause speaks of it."""
    grounds = list(edition.clauses.filter(kind="ground"))
    for part in ("title", "limited_to", "text"):  # the clause that is about it comes before one that mentions it
        found = next((clause for clause in grounds if "spam" in str(getattr(clause, part)).casefold()), None)
        if found:
            return found
    return None


def _ground(case: Case, code: str) -> str:
    found = spam_clause(case.policy)
    if found:
        return found.code
    if not code:
        raise NotPermitted(gettext("The rules have no clause about spam. Please choose the one that it goes under."))
    return code


@prepared
def _reports(case: Case) -> QuerySet[Paper]:
    return Paper.objects.filter(case=case, kind=Paper.Kind.REPORT).order_by("number")
