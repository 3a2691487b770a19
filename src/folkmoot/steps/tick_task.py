"""Somebody has done at the place what was asked, or says that it cannot be done."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from folkmoot.archive.models import Post
from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import advance, file_paper, locked
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Person
from folkmoot.outbox.models import Dispatch, Item, Task
from folkmoot.outbox.promise import call_off
from folkmoot.procedure.words import OFFICES, Step
from folkmoot.steps.attach import Upload, attach, hashes
from folkmoot.steps.service import appeal_runs_from
from folkmoot.steps.standing import wrote_it

_OBSERVED = {
    Task.Op.REMOVE: Item.Visibility.GONE,
    Task.Op.REJECT: Item.Visibility.GONE,
    Task.Op.RESTORE: Item.Visibility.VISIBLE,
    Task.Op.APPROVE: Item.Visibility.VISIBLE,
}


@transaction.atomic
def tick_task(
    task_id: int, *, done: bool, note: str = "", proof: Sequence[Upload] = (), by: Person, at: datetime
) -> Paper:
    """End the task as done, or as impossible with a note. For a notice, impossible means: not served.

    Raises `NotPermitted` when it has ended already, with what it ended as.
    """
    case = locked(Task.objects.values_list("case", flat=True).get(pk=task_id))
    task = Task.objects.select_for_update(of=("self",)).get(pk=task_id)
    if by.org_id != case.org_id:
        raise NotPermitted("This task belongs to another organisation.")
    held = by.offices(at=at)
    roles = [role for role in reversed(OFFICES) if role in held]
    if not roles:
        raise NotPermitted("Only people with a role in this organisation can do this.")
    if wrote_it(case, by):
        raise NotPermitted("The post was written from an account of yours, so somebody else has to act.")
    if task.state == Task.State.SUPERSEDED:
        raise NotPermitted(
            "This task is no longer wanted: the matter was decided otherwise since. Please look at the newer one."
        )
    if task.state != Task.State.OPEN:
        raise NotPermitted("Somebody has already ended this task. Thank you.")
    if not done and not note:
        raise BadInput("Please write why it cannot be done.", field="note")
    paper = file_paper(
        case,
        Paper.Kind.TASK,
        by=by,
        at=at,
        facts={"task": task.pk, "op": task.op, "done": done, "files": hashes(proof)},
        texts={"note": note} if note else {},
        answers=task.paper,
    )
    attach(paper, proof)
    task.state = Task.State.DONE if done else Task.State.CANNOT
    task.ended_at, task.ended_by = at, by
    task.lapses_at = None
    task.save()
    if task.op == Task.Op.HAND_OVER_NOTICE:
        _serve(case, task, done=done, at=at)
    if done and task.post_id and task.op in _OBSERVED:
        Item.objects.filter(post=task.post_id).update(observed=_OBSERVED[Task.Op(task.op)], changed_at=at)
    if done and task.post_id and task.op == Task.Op.APPROVE:
        Post.objects.filter(pk=task.post_id).update(state=Post.State.PUBLISHED)  # from now on it can be removed
    advance(case, Step.TICK_TASK, by=by, role=roles[0], at=at, papers=[paper])
    return paper


def _serve(case: Case, task: Task, *, done: bool, at: datetime) -> None:
    """Let the time to appeal run from now, when the letter was handed over, or is known not to be served."""
    if done:  # it need not leave by mail any more, should there be a mail server some day
        call_off(case, Dispatch.objects.filter(paper=task.paper))
    appeal_runs_from(case, task.paper, since=at)
