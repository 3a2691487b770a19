"""What has happened in a case since a page was opened, and whether it matters to what is being written."""

from django.utils.translation import gettext as _

from folkmoot.casefile.models import Case
from folkmoot.kernel.errors import StalePage
from folkmoot.kernel.text import whole_number
from folkmoot.steps.seen import caught_up
from folkmoot.web.access import OfficerRequest
from folkmoot.web.desk.casework import papers_of
from folkmoot.web.desk.timeline import Moment, timeline


def seen_by(request: OfficerRequest) -> int:
    """Return the `seq` that the form's page showed; 0 where that is no number, which the form itself refuses."""
    return whole_number(request.POST.get("seen", ""), digits=9) or 0


def require_current(case: Case, seen: int) -> None:
    """Raise `StalePage` when something that matters came since `seen`."""
    if caught_up(case, seen) != case.seq:
        raise StalePage(
            _(
                "Something has happened in this case since you opened the page. It stands below. Nothing "
                "of yours was lost: please read it, then go on."
            )
        )


def require_fresh(request: OfficerRequest, case: Case) -> None:
    """Raise `StalePage` when a button was pressed on a page that is out of date, where its page said what it showed."""
    if "seen" in request.POST:
        require_current(case, seen_by(request))


def news(case: Case, seen: int) -> list[Moment]:
    """Return what came since `seen`, newest first."""
    moments = timeline(case, papers_of(case))
    return moments[: max(0, len(moments) - seen)]


def done_already() -> str:
    """Return what somebody is told whose button was pressed twice."""
    return _("You had done this already: what was sent first counts.")
