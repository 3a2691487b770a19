"""Whether the author has been told of what can be appealed: the time to appeal runs from then (D26, D28)."""

from datetime import datetime

from django.db.models import QuerySet

from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.papers import papers_in_force
from folkmoot.outbox.models import Dispatch, Task
from folkmoot.procedure.words import Role, Stage
from folkmoot.steps.finding import appeal_until

_TO_APPEAL = (Paper.Kind.DECISION, Paper.Kind.RECONSIDERATION)
_RUNS = (Stage.DECIDED, Stage.RECONSIDERED)


def service_pending(case: Case) -> bool:
    """Say whether a letter that can be appealed is neither served nor known not to be served yet."""
    if case.stage not in _RUNS:
        return False
    told = _letters(case)
    on_its_way = [Dispatch.State.WAITING, Dispatch.State.SENDING]
    mailed = Dispatch.objects.filter(case=case, paper__in=told)
    if mailed.filter(state__in=on_its_way).exists() or mailed.filter(serves_at__isnull=False).exists():
        return True
    by_hand = Task.objects.filter(case=case, paper__in=told, op=Task.Op.HAND_OVER_NOTICE, state=Task.State.OPEN)
    return by_hand.filter(lapses_at__isnull=False).exists()


def appeal_runs_from(case: Case, notice: Paper, *, since: datetime) -> None:
    """Let the time to appeal run from `since`, when `notice` was served, or known not to be: only ever later.

    What the letter itself says stays true: until then it can be appealed in any case. Call with the case locked,
    and `advance` it afterwards.
    """
    if case.settles_at is None or case.stage not in _RUNS or not _letters(case).filter(pk=notice.pk).exists():
        return
    case.settles_at = max(case.settles_at, appeal_until(case, at=since))


def _letters(case: Case) -> QuerySet[Paper]:
    """Return the author's letters since the newest decision about which they may complain."""
    newest = papers_in_force(case, *_TO_APPEAL).last()
    after = newest.number if newest else 0
    notices = case.papers.filter(kind=Paper.Kind.NOTICE, number__gt=after).exclude(answers__kind=Paper.Kind.MEASURE_END)
    return notices.filter(pk__in=[notice.pk for notice in notices if notice.facts["audience"] == Role.AUTHOR])
