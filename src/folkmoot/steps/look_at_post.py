"""Somebody has looked whether a post is there, because nobody was sure; what is not as it should be is asked anew."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Paper
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Person
from folkmoot.outbox.models import Item, Task
from folkmoot.steps.attach import Upload
from folkmoot.steps.enforce import ask_anew
from folkmoot.steps.taking_task import advance_by_tick, file_end, see, take_in_hand


@transaction.atomic
def look_at_post(
    task_id: int, *, there: bool, note: str = "", proof: Sequence[Upload] = (), by: Person, at: datetime
) -> Paper:
    """End the task with what is seen. Raises `NotPermitted`, or `BadInput` for a task that asks for something else."""
    held = take_in_hand(task_id, by=by, at=at)
    if held.task.op != Task.Op.LOOK:
        raise BadInput(gettext("Please say whether it is done, or cannot be done."), field="done")
    paper = file_end(held, done=True, note=note, proof=proof, at=at, facts={"there": there})
    see(held.item, Item.Visibility.VISIBLE if there else Item.Visibility.GONE, at=at)
    ask_anew(held.case, there=there, because=paper, at=at)
    advance_by_tick(held, paper, at=at)
    return paper
