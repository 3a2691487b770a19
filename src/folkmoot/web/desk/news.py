"""What has happened in a case since a page was opened, and whether it matters to what is being written."""

from folkmoot.casefile.models import Case
from folkmoot.casefile.record import label
from folkmoot.kernel.errors import StalePage
from folkmoot.members.models import Person
from folkmoot.procedure.words import Step
from folkmoot.web.access import OfficerRequest
from folkmoot.web.desk.casework import papers_of
from folkmoot.web.desk.timeline import Moment, timeline

# A letter that leaves, a task that is ticked or a word on interests changes nothing for whoever writes a decision.
_BESIDE = (Step.RECORD_DELIVERY, Step.TICK_TASK, Step.DECLARE_INTEREST, Step.HAND_OVER)


def seen_by(request: OfficerRequest) -> int:
    """Return the `seq` that the form's page showed; 0 where that is no number, which the form itself refuses."""
    typed = request.POST.get("seen", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


def caught_up(case: Case, seen: int) -> int:
    """Return the `seq` to hand to a step: the newest when only things beside the matter came since `seen`."""
    since = case.events.filter(seq__gt=seen).exclude(step__in=_BESIDE)
    return seen if since.exists() else max(seen, case.seq)


def require_current(case: Case, seen: int) -> None:
    """Raise `StalePage` when something that matters came since `seen`."""
    if caught_up(case, seen) != case.seq:
        raise StalePage(
            "Something has happened in this case since you opened the page. It stands below. "
            "Nothing of yours was lost: please read it, then go on."
        )


def news(case: Case, seen: int) -> list[Moment]:
    """Return what came since `seen`, newest first."""
    moments = timeline(case, papers_of(case))
    return moments[: max(0, len(moments) - seen)]


def took_already(case: Case, step: Step, person: Person, seen: int) -> bool:
    """Say whether `person` took `step` on this page before: their button was pressed twice."""
    return case.events.filter(step=step, by=label(person), seq__gt=seen).exists()
