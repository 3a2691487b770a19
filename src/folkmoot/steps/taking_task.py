"""A task is taken in hand and ended: what ticking it, and looking for it, have in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import file_paper, locked
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import Person
from folkmoot.outbox.models import Item, Task
from folkmoot.procedure.words import Role, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.attach import Upload, attach, hashes
from folkmoot.steps.enforce import asked_of_post, item_of
from folkmoot.steps.office import weightiest_office
from folkmoot.steps.standing import wrote_it


@dataclass(frozen=True)
class InHand:
    """An open task and its case, both locked, with how its post is seen, and in what capacity somebody acts."""

    case: Case
    task: Task
    item: Item | None
    by: Person
    role: Role


def take_in_hand(task_id: int, *, by: Person, at: datetime) -> InHand:
    """Return the task, locked, if `by` may end it; raise `NotPermitted` with what it ended as, and where to go."""
    case = locked(Task.objects.values_list("case", flat=True).get(pk=task_id))
    task = Task.objects.select_related("post", "paper").get(pk=task_id)
    if by.org_id != case.org_id:
        raise NotPermitted(gettext("This task belongs to another organisation."))
    role = weightiest_office(by, at=at)
    if role is None:
        raise NotPermitted(gettext("Only people with a role in this organisation can do this."))
    if wrote_it(case, by):
        raise NotPermitted(gettext("The post was written from an account of yours, so somebody else has to act."))
    # The post comes before the task: whoever decides on another case about it holds the post when they end the task.
    item = item_of(task.post, at=at) if task.post and task.op in Task.POST_OPS else None
    state = Task.objects.select_for_update(of=("self",), no_key=True).get(pk=task_id).state
    if state == Task.State.SUPERSEDED:
        raise NotPermitted(_where_to_go(case, task))
    if state != Task.State.OPEN:
        raise NotPermitted(gettext("Somebody has already ended this task. Thank you."))
    return InHand(case, task, item, by, role)


def file_end(
    held: InHand, *, done: bool, note: str, proof: Sequence[Upload], at: datetime, facts: dict[str, Any] | None = None
) -> Paper:
    """End the task and file who says so; `advance_by_tick` follows."""
    task = held.task
    paper = file_paper(
        held.case,
        Paper.Kind.TASK,
        by=held.by,
        at=at,
        facts={"task": task.pk, "op": task.op, "done": done, "files": hashes(proof), **(facts or {})},
        texts={"note": note} if note else {},
        answers=task.paper,
    )
    attach(paper, proof)
    task.state = Task.State.DONE if done else Task.State.CANNOT
    task.ended_at, task.ended_by, task.lapses_at = at, held.by, None
    task.save()
    return paper


def advance_by_tick(held: InHand, paper: Paper, *, at: datetime) -> None:
    """Write the event: nothing moves by it."""
    advance(held.case, Step.TICK_TASK, by=held.by, role=held.role, at=at, papers=[paper])


def see(item: Item | None, observed: Item.Visibility, *, at: datetime) -> None:
    """Write down how somebody says that the post is seen."""
    if item:
        item.observed, item.changed_at = observed, at
        item.save()


def newer_task(task: Task) -> Task | None:
    """Return what is asked now in place of a task that nobody wants any more, or `None`."""
    if task.op in Task.POST_OPS:
        asked = asked_of_post(task.case)
    elif task.measure_id:
        asked = Task.objects.filter(measure=task.measure_id)
    else:
        asked = Task.objects.filter(case=task.case_id, op=task.op)
    return asked.filter(state=Task.State.OPEN).order_by("-pk").first()


def _where_to_go(case: Case, task: Task) -> str:
    task.case = case
    said = "This task is no longer wanted: the matter was decided otherwise since."
    if newer_task(task):
        return f"{said} Please look at the newer one: it asks for what is wanted now."
    return f"{said} If you have done it all the same, please put it back as it was."
