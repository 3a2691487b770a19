"""Whoever decides says that a hint of the text check was wrong, or takes that back: for the figures, no more."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from folkmoot.archive.assessment import Assessment
from folkmoot.detectors.finding import Signal
from folkmoot.pinboard.wrong_hints import call_wrong, take_wrong_back
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk.case import decides
from folkmoot.web.desk.going import READERS, go, is_open_to, the_case


@require_POST
@officer(*READERS)
def wrong_hint(request: OfficerRequest, case: int) -> HttpResponse:
    """Keep that one hint on the post of the case was wrong, or that it was not."""
    found = the_case(request, case)
    signal = next((one for one in Signal if one == request.POST.get("signal")), None)
    kept = Assessment.objects.filter(post=found.post_id).first() if found.post_id else None
    open_to_them = not found.sealed and is_open_to(found, request) and decides(found, request)
    if found.post is None or signal is None or kept is None or not open_to_them:
        raise Http404
    if request.POST.get("wrong") == "no":
        take_wrong_back(found.post, signal)
        return go(request, "case", say=_("Taken back: nobody calls the hint wrong."), case=found.pk)
    call_wrong(found.post, signal, model=kept.model, by=request.person, at=request.now)
    said = _("Kept: the hint was wrong. It counts when another text check is tried, and changes nothing else.")
    return go(request, "case", say=said, case=found.pk)
