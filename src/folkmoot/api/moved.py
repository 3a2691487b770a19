"""What is told to whoever acts on a case that has moved on since they read it."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse

from folkmoot.api.caller import Caller
from folkmoot.api.problems import MOVED_ON, problem
from folkmoot.api.shapes import NewThing
from folkmoot.casefile.models import Event
from folkmoot.kernel.errors import StalePage
from folkmoot.web.desk.casework import papers_of
from folkmoot.web.desk.going import is_open_to, the_case
from folkmoot.web.desk.timeline import timeline


def moved_on(request: Caller, case: Any, sent: Iterable[Any], stale: StalePage) -> HttpResponse:
    """Return the problem; `sent` are the view's arguments, one of which may have `seen`.

    What is new is told where the route names a `case` that is open to the reader.
    """
    if not isinstance(case, int) or request.token is None:
        return problem(MOVED_ON, str(stale))
    found = the_case(request, case)
    if not is_open_to(found, request):
        return problem(MOVED_ON, str(stale), seen=found.seq)
    seen = next((one.seen for one in sent if isinstance(getattr(one, "seen", None), int)), 0)
    events = Event.objects.filter(case=found).order_by("-seq")
    said = zip(events, timeline(found, papers_of(found)), strict=True)
    new = [
        NewThing(seq=event.seq, at=event.at, step=event.step, words=moment.title).model_dump(mode="json")
        for event, moment in said
        if event.seq > seen
    ]
    return problem(MOVED_ON, str(stale), new=new[::-1], seen=found.seq)
