"""Measures (Ma): what is done to an account or a conversation for a time, besides or instead of the post itself.

Each is a row with an end and a task that asks for it; when it ends, a task asks for its reverse, unless another
decision wants the same of the same account or conversation.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from folkmoot.archive.models import Account, Platform
from folkmoot.casefile.audit_measures import until_told
from folkmoot.casefile.models import Case, Measure, Paper
from folkmoot.casefile.record import procedure_of
from folkmoot.kernel.errors import BadInput
from folkmoot.kernel.times import last_moment, stamp
from folkmoot.outbox.by_hand import ask_beside
from folkmoot.outbox.models import Task
from folkmoot.outbox.promise import supersede
from folkmoot.procedure.words import MeasureKind, Role, Stage, Step

LONGEST = timedelta(days=366)
OF_A_THREAD = frozenset({MeasureKind.HOLD_THREAD, MeasureKind.CLOSE_THREAD})


@dataclass(frozen=True)
class MeasureWanted:
    """What is to be done to the account or the thread, up to and with the local day `until`."""

    kind: MeasureKind
    until: date

    def ends(self, case: Case) -> datetime:
        """Return the end of its last local day, in UTC."""
        return last_moment(self.until, zone=case.org.zone)


def require_measures(case: Case, wanted: Sequence[MeasureWanted], *, at: datetime) -> None:
    """Raise `BadInput` at "measures" unless each can be done: to something known, from now to a day within a year."""
    if wanted and not procedure_of(case).allows(Stage.FINAL, Step.END_MEASURE, Role.SYSTEM):
        raise BadInput(  # Ma: what cannot end by itself is not begun
            gettext(
                "This case was opened under an earlier edition of the procedure, which has no measures. "
                "Please decide about the post only."
            ),
            field="measures",
        )
    today = at.astimezone(ZoneInfo(case.org.zone)).date()
    if len({one.kind for one in wanted}) < len(wanted):
        raise BadInput(gettext("Please choose each measure once, with one end."), field="measures")
    for one in wanted:
        if one.until <= today:
            raise BadInput(gettext("A measure ends on a day after today. Please choose a later one."), field="measures")
        if one.until > today + LONGEST:
            raise BadInput(
                gettext("A measure lasts for a year at most. Please choose an earlier end."), field="measures"
            )
        if one.kind in OF_A_THREAD and not thread_of(case):
            raise BadInput(
                gettext(
                    "Nobody knows which conversation this is about. Please find the post first, or choose "
                    "another measure."
                ),
                field="measures",
            )
        if one.kind not in OF_A_THREAD and account_of(case) is None:
            raise BadInput(
                gettext(
                    "Nobody has said which account wrote this. Please say who it is first, or choose another measure."
                ),
                field="measures",
            )


def imposed_facts(case: Case, wanted: Sequence[MeasureWanted]) -> dict[str, Any]:
    """Return what a decision says of its measures for good: kind, place, account, conversation and last moment."""
    if not wanted:
        return {}
    return {"imposed": [[one.kind, *_target(case, one.kind), stamp(one.ends(case))] for one in wanted]}


def impose(case: Case, wanted: Sequence[MeasureWanted], *, because: Paper, at: datetime) -> None:
    """Write the measures of a decision down and ask for each by a task. They have been checked before."""
    _in_turn(case, wanted)
    for one in wanted:
        platform, account, thread = _target(case, one.kind)
        measure = Measure.objects.create(
            org_id=case.org_id,
            case=case,
            paper=because,
            kind=one.kind,
            platform_id=platform,
            account_id=account,
            thread=thread,
            since=at,
            until=one.ends(case),
        )
        _supersede(case, _same(measure), Task.Op.END_MEASURE, at=at)
        ask_beside(case, Task.Op.APPLY_MEASURE, paper=because, measure=measure, at=at)


def end_these(case: Case, measures: Sequence[Measure], *, because: Paper, at: datetime) -> None:
    """End measures of `case`, and ask for the reverse of each that no other decision wants.

    A place worked by hand cannot be observed: the reverse is asked even where nobody ticked the measure itself.
    """
    _in_turn(case, measures)
    for measure in measures:
        measure.ended_at, measure.ended_by = at, because
        measure.save(update_fields=["ended_at", "ended_by"])
        _supersede(case, Measure.objects.filter(pk=measure.pk), Task.Op.APPLY_MEASURE, at=at)
        if not _same(measure).filter(ended_at=None).exists():
            ask_beside(case, Task.Op.END_MEASURE, paper=because, measure=measure, at=at)


def end_all(case: Case, *, because: Paper, at: datetime) -> None:
    """End every measure of the case that runs: its decision is overturned, or another takes its place."""
    end_these(case, list(running(case)), because=because, at=at)


def vary_measures(case: Case, instead: Sequence[MeasureWanted], *, because: Paper, at: datetime) -> None:
    """Let `instead` hold in place of the measures that run: some end now, some sooner, others take their place.

    Whoever calls has checked that this is milder. Raises `BadInput` where one would last longer than before.
    """
    left = {one.kind: one for one in instead}
    for measure in running(case):
        kept = left.pop(MeasureKind(measure.kind), None)
        if kept is None:
            end_these(case, [measure], because=because, at=at)
            continue
        if kept.ends(case) > measure.until:
            raise BadInput(
                gettext("No measure lasts longer than before: an appeal never makes things worse."), field="instead"
            )
        if kept.ends(case) < measure.until:
            measure.until = kept.ends(case)
            measure.save(update_fields=["until"])
            _supersede(case, Measure.objects.filter(pk=measure.pk), Task.Op.APPLY_MEASURE, at=at)
            ask_beside(case, Task.Op.APPLY_MEASURE, paper=because, measure=measure, at=at)
    impose(case, list(left.values()), because=because, at=at)


def never_imposed(case: Case, undone: Paper, *, because: Paper, opened: Collection[int], at: datetime) -> None:
    """End the measures of a decision that is taken back; its tasks are superseded already.

    The reverse is asked for only where somebody may have acted: they have `opened` the task (by number), or had
    been asked to end the same measure of an earlier decision, which is wanted again.
    """
    imposed = list(Measure.objects.filter(case=case, paper=undone, ended_at=None))
    _in_turn(case, imposed)
    for measure in imposed:
        measure.ended_at, measure.ended_by = at, because
        measure.save(update_fields=["ended_at", "ended_by"])
        same = Task.objects.filter(measure__in=_same(measure))
        acted = same.filter(pk__in=opened, op=Task.Op.APPLY_MEASURE).exists()
        wanted = same.filter(op=Task.Op.END_MEASURE, state=Task.State.SUPERSEDED, ended_at=measure.since).exists()
        if (acted or wanted) and not _same(measure).filter(ended_at=None).exists():
            ask_beside(case, Task.Op.END_MEASURE, paper=because, measure=measure, at=at)


def never_ended(case: Case, undone: Paper, *, opened: Collection[int], at: datetime) -> None:
    """Let the measures that a paper ended or shortened hold as before: it has been taken back, and that is filed."""
    papers = list(case.papers.order_by("number"))
    for measure in Measure.objects.filter(Q(ended_by=undone) | Q(ended_at=None), case=case).select_related("paper"):
        until = until_told(case, measure, papers) or measure.until
        if measure.ended_by_id is None and measure.until == until:
            continue
        measure.until, measure.ended_at, measure.ended_by = until, None, None
        measure.save(update_fields=["until", "ended_at", "ended_by"])
        applied = measure.tasks.filter(op=Task.Op.APPLY_MEASURE, state=Task.State.DONE).exists()
        if not applied or measure.tasks.filter(pk__in=opened).exists():
            ask_beside(case, Task.Op.APPLY_MEASURE, paper=measure.paper, measure=measure, at=at)


def running(case: Case) -> QuerySet[Measure]:
    """Return the measures of the case that have not ended, in order."""
    return Measure.objects.filter(case=case, ended_at=None).select_related("case__org", "account", "platform")


def running_against(case: Case) -> QuerySet[Measure]:
    """Return what runs elsewhere against the same account or conversation, what ends first on top."""
    account, thread = account_of(case), thread_of(case)
    same = Q(pk__in=[])
    if account:
        same |= Q(account=account)
    if thread:
        same |= Q(platform=case.platform_id, thread=thread)
    found = Measure.objects.filter(same, org=case.org_id, ended_at=None).exclude(case=case)
    return found.select_related("account", "platform", "case").order_by("until", "pk")


def running_with(measure: Measure) -> QuerySet[Measure]:
    """Return what else runs against the same account or conversation as `measure`, what ends first on top."""
    same = Q(account=measure.account_id) if measure.account_id else Q(thread=measure.thread)
    found = Measure.objects.filter(same, org=measure.org_id, platform=measure.platform_id, ended_at=None)
    return found.exclude(pk=measure.pk).select_related("account", "platform").order_by("until", "pk")


def account_of(case: Case) -> Account | None:
    """Return the account that the case is about, where somebody has said which it is."""
    account = case.account or (case.post.account if case.post else None)
    return account if account and (account.handle or account.name) else None


def thread_of(case: Case) -> str:
    """Return the conversation that the case is about: the native id of its first post, or nothing."""
    if case.thread or case.post is None:
        return case.thread
    return case.post.thread or case.post.native_id


def usual_end(today: date) -> date:
    """Return the end that a measure has unless somebody chooses another: four weeks from now."""
    return today + timedelta(days=28)


def _in_turn(case: Case, measures: Sequence[object]) -> None:
    """Let those who impose or end measures against the same account, or at the same place, come one after another.

    Else two cases that end the same measure at once would each leave it to the other to lift it.
    """
    account = account_of(case) if measures else None
    if account:
        Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    if measures and case.platform_id:
        Platform.objects.select_for_update(no_key=True).get(pk=case.platform_id)


def _target(case: Case, kind: MeasureKind) -> tuple[int | None, int | None, str]:
    if kind in OF_A_THREAD:
        return case.platform_id, None, thread_of(case)
    account = account_of(case)
    return (account.platform_id if account else case.platform_id), (account.pk if account else None), ""


def _same(measure: Measure) -> QuerySet[Measure]:
    """Return the measures of every case that want the same of the same account or conversation."""
    return Measure.objects.filter(
        org=measure.org_id,
        kind=measure.kind,
        platform=measure.platform_id,
        account=measure.account_id,
        thread=measure.thread,
    )


def _supersede(case: Case, measures: QuerySet[Measure], op: Task.Op, *, at: datetime) -> None:
    supersede(case, Task.objects.filter(measure__in=measures, op=op), at=at)
