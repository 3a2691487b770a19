"""In which turn tasks are done by hand: what everybody can see comes before letters, and each of them oldest first."""

from functools import partial

from django.db.models import Q

from folkmoot.members.models import Organisation
from folkmoot.outbox.models import Task
from folkmoot.outbox.to_do import to_do
from folkmoot.web.desk.keyed import Place, Slice, past, sliced

PAGE = 40  # tasks


def page_of_tasks(org: Organisation, *, after: str = "", before: str = "") -> Slice:
    """Return one page of what is to be done; `after` or `before` is a key of an earlier `Slice`."""
    return sliced(partial(_walk, org), size=PAGE, after=after, before=before)


def next_task(org: Organisation, *, than: Task) -> int | None:
    """Return the number of what is to be done first, other `than` the one at hand; `None` when nothing is."""
    return next((place.number for place in _walk(org, most=2) if place.number != than.pk), None)


def _walk(org: Organisation, *, most: int, beyond: Place | None = None, back: bool = False) -> list[Place]:
    pieces = [True, False]  # what everybody can see, then letters: each in the order of an index
    if back:
        pieces.reverse()
    if beyond:
        pieces = pieces[pieces.index(beyond.urgent) :]
    found: list[Place] = []
    letter = Q(op=Task.Op.HAND_OVER_NOTICE)
    for seen in pieces:
        tasks = to_do(org).filter(~letter if seen else letter)
        if beyond and seen == beyond.urgent:
            tasks = tasks.filter(past(beyond, "made_at", back=back))
        ordered = tasks.order_by(*(("-made_at", "-pk") if back else ("made_at", "pk")))
        rows = ordered.values_list("made_at", "pk")[: most - len(found)]
        found += [Place(seen, made_at, number) for made_at, number in rows]
        if len(found) == most:
            break
    return found
