"""The letters of a case, made ready for its page: to whom, in which words, and what became of them."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from folkmoot.casefile.models import Case, Paper
from folkmoot.members.prepared import prepared
from folkmoot.outbox.marks import fill
from folkmoot.outbox.models import Dispatch, Task
from folkmoot.procedure.words import Role
from folkmoot.web.desk import words

State = tuple[str, str, datetime | None, str]  # a word, its sign, since when or for when, a remark
_AUDIENCES = {
    Role.AUTHOR: lambda: _("To the author"),
    Role.REPORTER: lambda: _("To a reporter"),
    Role.MODERATOR: lambda: _("To a moderator"),
    Role.ADMINISTRATOR: lambda: _("To an administrator"),
    Role.SECRETARY: lambda: _("To the Secretary"),
    Role.EXECUTIVE: lambda: _("To a member of the Executive"),
}


@dataclass(frozen=True)
class Sent:
    """One letter and what became of it."""

    title: str
    to: str
    subject: str
    body: str
    at: datetime
    state: str
    sign: str
    when: datetime | None
    note: str = ""
    task: int | None = None
    left: int | None = None  # the number of what has left by mail, and may come back
    not_served: bool = False


def letters(case: Case, papers: Sequence[Paper]) -> list[Sent]:
    """Return the case's letters, newest first, with their words; links stay out (they are the parties' own)."""
    dispatches: dict[int, Dispatch] = {one.paper_id or 0: one for one in _dispatches(case)}
    tasks = {task.paper_id: task for task in _handed_over(case)}
    notices = [paper for paper in papers if paper.kind == Paper.Kind.NOTICE]
    lapsed = {paper.facts.get("task") for paper in papers if paper.kind == Paper.Kind.DELIVERY}
    return [_sent(notice, dispatches.get(notice.pk), tasks.get(notice.pk), lapsed) for notice in reversed(notices)]


def author_not_told(letters: Sequence[Sent]) -> bool:
    """Say whether the newest letter to the author is known not to have reached them; `letters` newest first."""
    newest = next((letter for letter in letters if letter.to == _AUDIENCES[Role.AUTHOR]()), None)
    return newest is not None and newest.not_served


def without_links(text: str, marker: str) -> str:
    """Return a letter's words with a remark where its link goes."""
    return fill(text, marker, lambda _purpose, _subject: _("(a link that only they get)"))


def letter_state(dispatch: Dispatch) -> State:
    """Return what has become of a letter: its word, its sign, since when or for when, and a remark."""
    match dispatch.state:
        case Dispatch.State.SENT:
            return (_("Served") if dispatch.served_at else _("Sent")), "ok", dispatch.sent_at, ""
        case Dispatch.State.RETURNED:
            return _("Came back"), "harm", dispatch.returned_at, dispatch.last_error
        case Dispatch.State.GIVEN_UP:
            return _("Given up"), "harm", None, dispatch.last_error
        case Dispatch.State.CANCELLED:
            return _("Cancelled"), "neutral", None, _why_cancelled(dispatch)
        case _:
            return _("Waiting"), "soon", dispatch.next_at, dispatch.last_error


def _sent(notice: Paper, dispatch: Dispatch | None, task: Task | None, lapsed: Set[int | None]) -> Sent:
    facts, said = notice.facts, notice.words
    if dispatch and task and task.ended_at and dispatch.made_at >= task.ended_at:
        task = None  # it was mailed to another address since
    state, sign, when, note = _state(facts, dispatch, task, lapsed)
    return Sent(
        title=str(words.LETTERS.get(facts["letter"], facts["letter"])),
        to=_AUDIENCES[Role(facts["audience"])](),
        subject=said.get("subject", ""),
        body=without_links(said.get("body", ""), facts["marker"]),
        at=notice.at,
        state=state,
        sign=sign,
        when=when,
        note=note,
        task=task.pk if task and task.state == Task.State.OPEN else None,
        left=dispatch.pk if dispatch and dispatch.state == Dispatch.State.SENT else None,
        not_served=bool(task and (task.state == Task.State.CANNOT or _open_for_weeks(task, lapsed))),
    )


def _open_for_weeks(task: Task, lapsed: Set[int | None]) -> bool:
    """Say whether a letter counts as not served since nobody has handed it over in time (D28)."""
    return task.state == Task.State.OPEN and task.pk in lapsed


def _state(facts: dict[str, Any], dispatch: Dispatch | None, task: Task | None, lapsed: Set[int | None]) -> State:
    if task and task.state == Task.State.DONE:
        return _("Handed over"), "ok", task.ended_at, ""
    if task and task.state == Task.State.CANNOT:
        return (
            _("Not served"),
            "harm",
            task.ended_at,
            _("Nobody could reach them. The time to appeal runs from then."),
        )
    if task and _open_for_weeks(task, lapsed):
        return (
            _("Not served"),
            "harm",
            None,
            _("Nobody has handed it over in four weeks. Whoever does it now serves it all the same."),
        )
    if task and task.state == Task.State.OPEN:
        return _("To hand over by hand"), "soon", None, _why_by_hand(dispatch)
    return letter_state(dispatch) if dispatch else (_("Not mailed"), "neutral", None, _not_mailed(facts))


def _why_cancelled(dispatch: Dispatch) -> str:
    if dispatch.kind == "minute_to_confirm":
        return _("The minute was confirmed before it left, so there was nothing to answer any more.")
    return ""


def _why_by_hand(dispatch: Dispatch | None) -> str:
    if dispatch is None:
        return _("Nobody has an address.")
    if dispatch.state in (Dispatch.State.WAITING, Dispatch.State.SENDING):
        return _("There is no mail server yet.")
    return _("The mail did not arrive.")


def _not_mailed(facts: dict[str, Any]) -> str:
    if facts["audience"] == Role.REPORTER and not facts["mailed"]:
        return _("This address has had several mails today. The news waits on their page.")
    if facts["audience"] == Role.AUTHOR and not facts["mailed"]:
        return _("Nobody has an address. The author read it on their page.")
    return ""


@prepared
def _dispatches(case: Case) -> QuerySet[Dispatch]:
    return Dispatch.objects.filter(case=case).order_by("pk")


@prepared
def _handed_over(case: Case) -> QuerySet[Task]:
    return Task.objects.filter(case=case, op=Task.Op.HAND_OVER_NOTICE).order_by("pk")
