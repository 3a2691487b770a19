"""The author's side: what was decided about my post, why, and what I can do."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.papers import is_sealed
from folkmoot.casefile.record import procedure_of
from folkmoot.notices.letters import measure_words
from folkmoot.notices.statement import Measured
from folkmoot.outbox.models import Task
from folkmoot.procedure.words import APPEALABLE, TAKES_AWAY, MeasureKind, Outcome, Role, Stage
from folkmoot.steps.extend import extension_of
from folkmoot.steps.finding import evidence_text, only_noticed, shown_link
from folkmoot.web.access import PartyRequest, open_until, party
from folkmoot.web.look.moments import local_day
from folkmoot.web.public.clarify import before
from folkmoot.web.public.sending import page
from folkmoot.web.public.side import Side, duties_to, may_appeal, may_go_on, side_of
from folkmoot.web.public.stages import author_stages, deadline, who_answers

TAKING_DOWN = (Task.Op.REMOVE, Task.Op.REJECT)
PUTTING_BACK = (Task.Op.RESTORE, Task.Op.APPROVE)


@require_safe
@party(Role.AUTHOR)
def notice(request: PartyRequest) -> HttpResponse:
    """Show the author their side of the case."""
    side = side_of(request.grant.case)
    if side.undecided:
        return before(request)
    context = {
        **about(side),
        "grant": request.grant,
        "stages": author_stages(side, now=request.now),
        "who": who_answers(_awaited(side), now=request.now),
        "may_appeal": may_appeal(side.case, now=request.now),
        "may_go_on": may_go_on(side.case, now=request.now),
        "limits": procedure_of(side.case).limits,
        "longer": extension_of(side.appeal) if side.appeal and side.case.stage == Stage.APPEALED else None,
        "until": deadline(side.case.settles_at, request.now) if side.case.settles_at else "",
        "open_until": local_day(ends) if (ends := open_until(side.case)) else None,
    }
    return page(request, "notice.html", context)


def about(side: Side) -> dict[str, Any]:
    """Return what every page of the author's side says of the decision."""
    case, decision = side.case, side.decision
    text = evidence_text(case)
    sealed = is_sealed(case)
    passage = decision.words.get("passage", "") if decision and not sealed else ""
    return {
        "side": side,
        "case": case,
        "place": case.platform.name if case.platform else "",
        "text": text,
        "passage": passage,
        "whole": passage.split() == text.split(),
        "reasons": decision.words.get("reasons", "") if decision else "",
        "aimed_at": decision.facts["aimed_at"] if decision else "",
        "clarity": decision.facts["clarity"] if decision else "",
        "edition": case.policy,
        "official": case.policy.official_url or case.org.official_url,
        "restricts": side.outcome in TAKES_AWAY,
        "warned": side.outcome is Outcome.WARN,
        "nothing": side.outcome not in APPEALABLE,  # held against the post: it was lifted by a decision
        "limited": side.outcome is Outcome.MEASURE,
        "looked_twice": bool(decision and "looked" in decision.facts),
        "alone": bool(decision and decision.facts.get("alone")),
        "rejected": side.outcome is Outcome.REJECT,
        "down": side.task(*TAKING_DOWN),
        "back": side.task(*PUTTING_BACK),
        "too_few": _too_few(side.minute),
        "minuted": case.stage == Stage.MINUTED,
        "reopened": case.stage == Stage.BEFORE_EXECUTIVE and side.put is not None and side.put == side.reopening,
        "link": "" if sealed else shown_link(case),
        "lasting": [measure_words(Measured(MeasureKind(one.kind), one.until), case.org) for one in side.measures],
        "noticed": only_noticed(case),
        "goes_with": bool(decision and "goes_with" in decision.facts),
        "by_itself": bool(decision and decision.facts.get("by_itself")),
    }


def _too_few(minute: Paper | None) -> bool:
    """Say whether fewer sat than the quorum (D32)."""
    return minute is not None and minute.facts["necessity"] and len(minute.facts["votes"]) < minute.facts["quorum"]


def _awaited(side: Side) -> list[Any]:
    """Return the duties to what the author asked last."""
    asked: Paper | None = side.put or side.appeal
    return duties_to(asked) if asked and _open(side.case) else []


def _open(case: Case) -> bool:
    return case.stage in (Stage.APPEALED, Stage.BEFORE_EXECUTIVE)
