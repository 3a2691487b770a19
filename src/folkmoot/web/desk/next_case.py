"""The next case for whoever has just dealt with one: their own first, then the most urgent that nobody has."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk.fitting import open_to
from folkmoot.web.desk.for_whom import for_others_than, theirs
from folkmoot.web.desk.going import READERS, SeeOther, address, go, the_case
from folkmoot.web.desk.keyed import in_order, most_urgent_first
from folkmoot.web.desk.rows import TO_ANSWER, full
from folkmoot.web.desk.stakes import stakes

_LOOKED_AT = 40  # cases that are looked through for one that the reader may answer


@require_safe
@officer(*READERS)
def next_case(request: OfficerRequest, case: int) -> HttpResponse:
    """Lead on from `case` to the next one that waits and that the reader may answer."""
    waiting = open_to(request).exclude(pk=the_case(request, case).pk)
    for rows in (waiting.filter(claimed_by=request.person), theirs(request, waiting.filter(claimed_by=None))):
        numbers = [place.number for place in most_urgent_first(rows, TO_ANSWER, most=_LOOKED_AT)]
        cases = in_order(full(request.org.pk, numbers), numbers)
        standing, others = stakes(cases, request.person), for_others_than(cases, request)
        found = next((one for one in cases if not standing[one.pk].barred and one.pk not in others), None)
        if found:
            return SeeOther(address(request, "case", case=found.pk))
    return go(request, "queue", say=_("No other case waits for you."))
