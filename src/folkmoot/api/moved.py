"""What is told to whoever acts on a case that has moved on since they read it."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse

from folkmoot.api.caller import Caller
from folkmoot.api.case_shown import happened
from folkmoot.api.problems import MOVED_ON, problem
from folkmoot.api.shapes import NewThing
from folkmoot.kernel.errors import StalePage
from folkmoot.members.models import Scope
from folkmoot.web.desk.casework import papers_of
from folkmoot.web.desk.going import is_open_to, note_reading, the_case


def moved_on(request: Caller, case: Any, sent: Iterable[Any], stale: StalePage) -> HttpResponse:
    """Return the problem; `sent` are the view's arguments, one of which may have `seen`.

    What is new is told where the route names a `case` that is open to the reader, to a token that may read; it is
    reading, and stands on the access log (DP9).
    """
    if not isinstance(case, int) or request.token is None or Scope.READ not in request.token.scopes:
        return problem(MOVED_ON, str(stale))
    found = the_case(request, case)
    if not is_open_to(found, request):
        return problem(MOVED_ON, str(stale))
    note_reading(request, "what is new", found)
    seen = next((one.seen for one in sent if isinstance(getattr(one, "seen", None), int)), 0)
    new = [
        NewThing(seq=one.seq, at=one.at, step=one.step, words=one.words).model_dump(mode="json")
        for one in happened(found, papers_of(found))
        if one.seq > seen
    ]
    return problem(MOVED_ON, str(stale), new=new, seen=found.seq)
