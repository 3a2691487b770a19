"""Somebody has done at the place what was asked, or says that it cannot be done, or that they are not sure."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.archive.models import Post
from folkmoot.casefile.models import Case, Paper
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Person
from folkmoot.outbox.models import Dispatch, Item, Task
from folkmoot.outbox.promise import ask_by_hand, call_off
from folkmoot.outbox.to_do import handed_over_with
from folkmoot.steps.attach import Upload
from folkmoot.steps.service import appeal_runs_from
from folkmoot.steps.taking_task import advance_by_tick, file_end, see, take_in_hand

_OBSERVED = {
    Task.Op.REMOVE: Item.Visibility.GONE,
    Task.Op.REJECT: Item.Visibility.GONE,
    Task.Op.HIDE: Item.Visibility.HIDDEN,
    Task.Op.RESTORE: Item.Visibility.VISIBLE,
    Task.Op.UNHIDE: Item.Visibility.VISIBLE,
    Task.Op.APPROVE: Item.Visibility.VISIBLE,
}


@transaction.atomic
def tick_task(
    task_id: int, *, done: bool, note: str = "", proof: Sequence[Upload] = (), by: Person, at: datetime
) -> Paper:
    """End the task as done, or as impossible with a note. For a notice, impossible means: not served.

    With a letter end those to the same author that it has overtaken: they are handed over together.

    Raises `NotPermitted` when it has ended already, with what it ended as.
    """
    held = take_in_hand(task_id, by=by, at=at)
    case, task = held.case, held.task
    for earlier in handed_over_with(task).values_list("pk", flat=True).reverse():
        tick_task(earlier, done=done, note=note, by=by, at=at)
    held = take_in_hand(task_id, by=by, at=at)
    case, task = held.case, held.task
    if done and task.op == Task.Op.LOOK:
        raise BadInput(gettext("Please say what you see: whether the post is there."), field="done")
    if not done and not note:
        raise BadInput(gettext("Please write why it cannot be done."), field="note")
    paper = file_end(held, done=done, note=note, proof=proof, at=at)
    if task.op == Task.Op.HAND_OVER_NOTICE:
        _serve(case, task, done=done, at=at)
    if done and task.op in _OBSERVED:
        see(held.item, _OBSERVED[Task.Op(task.op)], at=at)
    if done and task.post_id and task.op == Task.Op.APPROVE:
        Post.objects.filter(pk=task.post_id).update(state=Post.State.PUBLISHED)  # from now on it can be removed
    advance_by_tick(held, paper, at=at)
    return paper


@transaction.atomic
def tick_unsure(task_id: int, *, note: str = "", proof: Sequence[Upload] = (), by: Person, at: datetime) -> Paper:
    """End the task as tried, by somebody who cannot tell what came of it: somebody is asked to look.

    Raises `BadInput` for what has nothing to do with how a post is seen.
    """
    held = take_in_hand(task_id, by=by, at=at)
    if held.task.op not in _OBSERVED:
        raise BadInput(gettext("Please say whether it is done, or cannot be done."), field="done")
    paper = file_end(held, done=True, note=note, proof=proof, at=at, facts={"sure": False})
    see(held.item, Item.Visibility.UNCERTAIN, at=at)
    ask_by_hand(held.case, Task.Op.LOOK, paper=paper, at=at)
    advance_by_tick(held, paper, at=at)
    return paper


def _serve(case: Case, task: Task, *, done: bool, at: datetime) -> None:
    """Let the time to appeal run from now, when the letter was handed over, or is known not to be served."""
    if done:  # it need not leave by mail any more, should there be a mail server some day
        call_off(case, Dispatch.objects.filter(paper=task.paper))
    appeal_runs_from(case, task.paper, since=at)
