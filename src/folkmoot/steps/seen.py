"""Whether what somebody had read before they acted is still all that matters."""

from typing import Any

from folkmoot.casefile.models import Case
from folkmoot.casefile.record import label
from folkmoot.members.models import Person
from folkmoot.procedure.words import Step

# A letter that leaves, a task that is ticked or a word on interests changes nothing for whoever writes a decision.
_BESIDE = (Step.RECORD_DELIVERY, Step.TICK_TASK, Step.DECLARE_INTEREST, Step.HAND_OVER)


def caught_up(case: Case, seen: int) -> int:
    """Return the `seq` to hand to a step: the newest when only things beside the matter came since `seen`."""
    since = case.events.filter(seq__gt=seen).exclude(step__in=_BESIDE)
    return seen if since.exists() else max(seen, case.seq)


def took_already(case: Case, step: Step, person: Person, seen: int, **what: Any) -> bool:
    """Say whether `person` took `step` since they read the case at `seen`: their button was pressed twice.

    Where a step can be taken several times, each about something else, `what` is true of its paper: another answer, to
    another reporter, is no second press.
    """
    about = {f"paper__{name}": value for name, value in what.items()}
    return case.events.filter(step=step, by=label(person), seq__gt=seen, **about).exists()
