"""Compares what was promised to the outside with what the record says of it: every letter, every task by hand."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from folkmoot.casefile.audit import Discrepancy
from folkmoot.casefile.chain import said_by
from folkmoot.casefile.models import Event, Paper
from folkmoot.members.models import Organisation
from folkmoot.outbox.hooks import hook_mark
from folkmoot.outbox.models import Dispatch, Hook, Task
from folkmoot.outbox.promise import letter_mark

_LEFT = {  # what the last delivery paper says of a letter, and the state that goes with it
    "sent": Dispatch.State.SENT,
    "served": Dispatch.State.SENT,
    "returned": Dispatch.State.RETURNED,
    "given_up": Dispatch.State.GIVEN_UP,
}
_ON_ITS_WAY = (Dispatch.State.WAITING, Dispatch.State.SENDING)


@dataclass
class _Told:
    """What the events and papers of an organisation say of letters and tasks, by their row numbers."""

    letters: dict[int, str] = field(default_factory=dict)  # to whom with what: `letter_mark`
    tasks: dict[int, str] = field(default_factory=dict)  # what was asked
    superseded: set[int] = field(default_factory=set)
    called_off: set[int] = field(default_factory=set)
    outcomes: dict[int, str] = field(default_factory=dict)  # of letters: the last one
    ends: dict[int, bool] = field(default_factory=dict)  # of tasks: whether it was done
    papers: set[tuple[int, int]] = field(default_factory=set)  # case and number: with these, all promises are told


def verify_promises(org: Organisation) -> Iterator[Discrepancy]:
    """Yield what does not agree between the outbox of `org` and its record; nothing when all is as written."""
    told = _told(org)
    yield from _letter_faults(org, told)
    yield from _task_faults(org, told)
    yield from _hook_faults(org)


def _hook_faults(org: Organisation) -> Iterator[Discrepancy]:
    told: dict[int, list[Any]] = {}  # [kinds, mark of the address, since, ended, how]
    steps = ("add_hook", "renew_hook_secret", "end_hook")
    for event in Event.objects.within(org).filter(case=None, step__in=steps).order_by("seq"):
        facts = said_by(event.payload).get("facts", {})
        if event.step == "add_hook":
            told[facts["hook"]] = [facts["kinds"], facts["mark"], event.at, None, ""]
        elif event.step == "renew_hook_secret" and facts["hook"] in told:
            told[facts["hook"]][1] = facts["mark"]
        elif facts["hook"] in told:
            told[facts["hook"]][3:] = [event.at, facts["ending"]]
    rows = {
        one.pk: [one.kinds.split(), hook_mark(one), one.since, one.ended_at, one.ending]
        for one in Hook.objects.within(org)
    }
    if told != rows:
        yield Discrepancy("register", "which other programs are told is not what the register says")


def _told(org: Organisation) -> _Told:
    told = _Told()
    events = Event.objects.within(org).exclude(case=None).order_by("case", "seq").values_list("case", "payload")
    for case, payload in events.iterator():
        said = said_by(payload)
        promised = said.get("facts", {}).get("promised")
        if promised is None:
            continue  # written before promises stood in events
        told.papers |= {(case or 0, number) for number, _ in said["papers"]}
        told.letters |= {number: mark for number, _, mark in promised.get("letters", [])}
        told.tasks |= dict(promised.get("tasks", []))
        told.superseded |= {number for (number,) in promised.get("superseded", [])}
        told.called_off |= {number for (number,) in promised.get("called_off", [])}
    kinds = [Paper.Kind.DELIVERY, Paper.Kind.TASK]
    papers = Paper.objects.within(org).filter(kind__in=kinds).order_by("case", "number").values_list("body", flat=True)
    for body in papers.iterator():
        facts = said_by(body).get("facts", {})
        if facts.get("outcome") in _LEFT and "dispatch" in facts:
            told.outcomes[facts["dispatch"]] = facts["outcome"]
        elif "done" in facts:
            told.ends[facts["task"]] = facts["done"]
    return told


def _letter_faults(org: Organisation, told: _Told) -> Iterator[Discrepancy]:
    gone = dict(told.letters)
    letters = Dispatch.objects.within(org).exclude(case=None).select_related("paper").order_by("pk")
    for letter in letters.iterator():
        where, mark = f"case {letter.case_id}", gone.pop(letter.pk, None)
        if mark is not None and mark != letter_mark(letter):
            yield Discrepancy(where, f"letter {letter.pk} is not the one that was promised: to whom, or with what")
        if mark is None and letter.paper and (letter.case_id, letter.paper.number) in told.papers:
            yield Discrepancy(where, f"letter {letter.pk} was promised, and no event tells of it")
        outcome = told.outcomes.get(letter.pk)
        if outcome is not None:
            sound = letter.state == _LEFT[outcome]
        elif letter.pk in told.called_off:
            sound = letter.state == Dispatch.State.CANCELLED
        else:
            sound = letter.state in _ON_ITS_WAY
        if not sound:
            yield Discrepancy(where, f"letter {letter.pk} is {letter.state}, and that is not what the record says")
    for number in gone:
        yield Discrepancy("the outbox", f"letter {number} is gone")


def _task_faults(org: Organisation, told: _Told) -> Iterator[Discrepancy]:
    gone = dict(told.tasks)
    for task in Task.objects.within(org).select_related("paper").order_by("pk").iterator():
        where, op = f"case {task.case_id}", gone.pop(task.pk, None)
        if op is not None and op != task.op:
            yield Discrepancy(where, f"task {task.pk} is not what was asked")
        if op is None and (task.paper.case_id, task.paper.number) in told.papers:
            yield Discrepancy(where, f"task {task.pk} was asked, and no event tells of it")
        if task.state != _state(task, told):
            yield Discrepancy(where, f"task {task.pk} is {task.state}, and that is not what the record says")
    for number in gone:
        yield Discrepancy("the outbox", f"task {number} is gone")


def _state(task: Task, told: _Told) -> Any:
    if task.pk in told.ends:
        return Task.State.DONE if told.ends[task.pk] else Task.State.CANNOT
    if task.pk in told.superseded:
        return Task.State.SUPERSEDED
    # tasks of before are superseded without a word
    known = task.pk in told.tasks
    return task.state if not known and task.state == Task.State.SUPERSEDED else Task.State.OPEN
