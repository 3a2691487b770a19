"""How a step moves a case: as the case file does it, and with the promise to tell programs that want to hear of it.

Steps take `advance` from here, so that no event is without its promises (`tests/steps/test_form.py` looks).
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from folkmoot.casefile import record
from folkmoot.casefile.models import Case, Event
from folkmoot.outbox.hooks import promise_calls

P = ParamSpec("P")
Moving = Callable[Concatenate[Case, P], Event]


def _told(move: Moving[P]) -> Moving[P]:
    @wraps(move)
    def moved(case: Case, /, *args: P.args, **kwargs: P.kwargs) -> Event:
        event = move(case, *args, **kwargs)
        promise_calls(case, event)
        return event

    return moved


advance = _told(record.advance)
