"""Promises to the outside, written in the same transaction as the step that makes them."""

import secrets
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q, QuerySet

from folkmoot.casefile.models import Case, Grant, Measure, Paper
from folkmoot.casefile.record import mention
from folkmoot.kernel.canonical import canonical_bytes, digest
from folkmoot.members.models import Organisation
from folkmoot.outbox.models import Dispatch, Task
from folkmoot.procedure.words import Lane

NEWS_PER_DAY = 5  # to an address that nobody has proven
HANDED_OVER_WITHIN = timedelta(days=28)  # a letter that nobody has handed over by then counts as not served


def promise_letter(
    case: Case, notice: Paper, *, kind: str, to: str, subject: str, marker: str, at: datetime
) -> Dispatch:
    """Promise to mail the words of `notice`. It leaves `UNDO_SECONDS` later, until when the step can be taken back;
    in an emergency at once, and then nothing is taken back (D10).

    The event that follows in `case` tells of it, as of every promise here.
    """
    dispatch = Dispatch.objects.create(
        org_id=case.org_id,
        case=case,
        paper=notice,
        kind=kind,
        audience=notice.facts["audience"],
        to=to,
        subject=subject,
        marker=marker,
        message_id=_message_id(),
        made_at=at,
        next_at=at if case.lane == Lane.EMERGENCY else at + timedelta(seconds=settings.UNDO_SECONDS),
    )
    mention(case, "letters", [dispatch.pk, notice.number, letter_mark(dispatch)])
    return dispatch


def promise_again(case: Case, notice: Paper, *, to: str, at: datetime) -> Dispatch:
    """Promise the frozen words of `notice` once more, to another address than before."""
    facts = notice.facts
    subject, marker = notice.words["subject"], facts["marker"]
    return promise_letter(case, notice, kind=facts["letter"], to=to, subject=subject, marker=marker, at=at)


def promise_mail(
    *,
    org: Organisation | None,
    kind: str,
    to: str,
    subject: str,
    body: str,
    marker: str,
    at: datetime,
    after_seconds: int = 0,
) -> Dispatch:
    """Promise a mail that belongs to no case: a sign-in code, an invitation."""
    return Dispatch.objects.create(
        org=org,
        kind=kind,
        to=to,
        subject=subject,
        body=body,
        marker=marker,
        message_id=_message_id(),
        made_at=at,
        next_at=at + timedelta(seconds=after_seconds),
    )


def may_send_news(org: Organisation, address: str, *, at: datetime) -> bool:
    """Say whether an unproven address may get one more mail today: it could be anybody's."""
    day = Dispatch.objects.within(org).filter(to=address, made_at__gt=at - timedelta(days=1))
    return day.count() < NEWS_PER_DAY


def ask_by_hand(case: Case, op: Task.Op, *, paper: Paper, at: datetime, told_in: Case | None = None) -> Task:
    """Ask for an action at the place; an open one for the same post, of whatever case, is superseded first.

    `told_in` is the case whose event tells of it, where that is another one.
    """
    same = Q(case=case) | Q(post=case.post_id) if case.post_id else Q(case=case)
    supersede(told_in or case, Task.objects.filter(same, state=Task.State.OPEN, op__in=Task.POST_OPS), at=at)
    return new_task(case, op, paper=paper, at=at, told_in=told_in or case)


def new_task(
    case: Case, op: Task.Op, *, paper: Paper, at: datetime, told_in: Case, measure: Measure | None = None
) -> Task:
    """Write down a task, and let the next event of `told_in` tell of it."""
    task = Task.objects.create(
        org_id=case.org_id,
        case=case,
        op=op,
        platform_id=case.platform_id,
        post_id=case.post_id,
        link=_link(case),
        paper=paper,
        measure=measure,
        made_at=at,
    )
    tell_of_task(told_in, task)
    return task


def ask_to_hand_over(case: Case, notice: Paper, grant: Grant, *, at: datetime) -> Task:
    """Ask somebody to give the author their notice where they can be reached; one who is asked already is enough."""
    task, is_new = Task.objects.get_or_create(
        paper=notice,
        op=Task.Op.HAND_OVER_NOTICE,
        state=Task.State.OPEN,
        defaults={
            "org_id": case.org_id,
            "case": case,
            "platform_id": case.platform_id,
            "post_id": case.post_id,
            "link": _link(case),
            "grant": grant,
            "made_at": at,
            "lapses_at": at + HANDED_OVER_WITHIN,
        },
    )
    if is_new:
        tell_of_task(case, task)
    return task


def tell_of_task(case: Case, task: Task) -> None:
    """Let the next event of `case` tell that `task` was asked for: whoever makes one in another way calls this."""
    mention(case, "tasks", [task.pk, task.op])


def supersede(case: Case, tasks: QuerySet[Task], *, at: datetime) -> None:
    """End open tasks that nobody wants any more; the next event of `case` tells of it."""
    for task in tasks.filter(state=Task.State.OPEN).order_by("pk"):
        mention(case, "superseded", [task.pk])
        Task.objects.filter(pk=task.pk).update(state=Task.State.SUPERSEDED, ended_at=at, ended_by=None)


def call_off(case: Case, letters: QuerySet[Dispatch]) -> None:
    """Keep letters back that have not left yet; the next event of `case` tells of it."""
    for letter in letters.filter(state=Dispatch.State.WAITING).order_by("pk"):
        mention(case, "called_off", [letter.pk])
        Dispatch.objects.filter(pk=letter.pk).update(state=Dispatch.State.CANCELLED)


def letter_mark(letter: Dispatch) -> str:
    """Return the hash by which the record knows a letter: to whom it goes, with what; its Message-ID is the salt."""
    names = ("message_id", "to", "kind", "subject", "marker")
    return digest(canonical_bytes({name: str(getattr(letter, name)) for name in names}))


def _link(case: Case) -> str:
    return case.post.url if case.post and case.post.url else case.link


def _message_id() -> str:
    host = urlsplit(settings.FOLKMOOT_URL).hostname or "localhost"
    return f"<{secrets.token_hex(16)}@{host}>"
