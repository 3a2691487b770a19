"""What has to be done by hand: of several letters to one author in a matter one thing, the newest of them.

An earlier letter that nobody has handed over is still owed, and tells of what is past: whoever hands over the newest
hands it over with it, below.
"""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from folkmoot.members.models import Organisation
from folkmoot.outbox.models import Task

_LETTERS = Task.objects.filter(op=Task.Op.HAND_OVER_NOTICE, state=Task.State.OPEN)


def to_do(org: Organisation) -> QuerySet[Task]:
    """Return the open tasks of an organisation, but for letters that a later one has overtaken."""
    later = _LETTERS.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    return Task.objects.within(org).filter(~Q(op=Task.Op.HAND_OVER_NOTICE) | ~Exists(later), state=Task.State.OPEN)


def overtaken_by(task: Task) -> Task | None:
    """Return the newest letter to the same author that waits as well, where `task` is an earlier one."""
    if task.op != Task.Op.HAND_OVER_NOTICE or task.state != Task.State.OPEN:
        return None
    return _LETTERS.filter(case=task.case_id, pk__gt=task.pk).order_by("-pk").first()


def handed_over_with(task: Task) -> QuerySet[Task]:
    """Return the earlier letters that wait and are handed over with `task`, the newest first."""
    if task.op != Task.Op.HAND_OVER_NOTICE:
        return Task.objects.none()
    return _LETTERS.filter(case=task.case_id, pk__lt=task.pk).select_related("paper").order_by("-pk")


def how_many_with(tasks: Collection[Task]) -> dict[int, int]:
    """Return how many earlier letters are handed over with each of `tasks`, by its number; asked for once."""
    letters = [task for task in tasks if task.op == Task.Op.HAND_OVER_NOTICE]
    if not letters:
        return {}
    waiting = list(_LETTERS.filter(case__in={task.case_id for task in letters}).values_list("case", "pk"))
    return {task.pk: sum(case == task.case_id and number < task.pk for case, number in waiting) for task in letters}
