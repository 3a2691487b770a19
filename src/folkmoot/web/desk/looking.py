"""Somebody else has it open: said on the case page and in the queue while two look at the same case."""

from collections import defaultdict
from collections.abc import Collection

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from folkmoot.pinboard.looking import note_looking, others_looking
from folkmoot.procedure.words import Stage
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk.going import READERS, is_open_to, the_case
from folkmoot.web.desk.stakes import closed_to


@require_POST
@officer(*READERS)
def here(request: OfficerRequest, case: int) -> HttpResponse:
    """Note that the reader has the case open, and answer who else has."""
    found = the_case(request, case)
    if not is_open_to(found, request):
        raise Http404
    note_looking(found, by=request.person, at=request.now)
    others = others_looking(request.org, [found.pk], than=request.person, at=request.now)
    return render(
        request,
        "desk/_looking.html",
        {
            "others": [(one.person.name, one.at - one.since) for one in others],
            # Mf: whoever looks at a decision anew does so without those who made it
            "talk": found.stage == Stage.RECEIVED,
        },
    )


def looked_at(request: OfficerRequest, numbers: Collection[int]) -> dict[int, str]:
    """Return, by the number of a case, the sentence on who else looks at it."""
    names: dict[int, list[str]] = defaultdict(list)
    if request.offices & set(READERS):
        found = others_looking(request.org, numbers, than=request.person, at=request.now)
        closed = closed_to(request.person).among(one.case_id for one in found)
        for one in found:
            if one.case_id not in closed:
                names[one.case_id].append(one.person.name)
    return {number: looks(found) for number, found in names.items()}


def looks(names: list[str]) -> str:
    """Return the sentence on who looks at a case now."""
    if len(names) == 1:
        return _("%(name)s is looking at it now") % {"name": names[0]}
    said = {"names": ", ".join(names[:-1]), "last": names[-1]}
    return _("%(names)s and %(last)s are looking at it now") % said
