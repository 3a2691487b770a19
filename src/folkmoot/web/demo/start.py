"""The demo's first page, and one page for each case that shows it from all sides."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from folkmoot.casefile.models import Case
from folkmoot.web.access import OrgRequest
from folkmoot.web.demo.pages import demo_page
from folkmoot.web.demo.sides import authors_side, officers_side, reporters_side, whose_turn
from folkmoot.web.demo.standing import row_of, summary


@require_safe
@demo_page
def start(request: OrgRequest) -> HttpResponse:
    """Say what the demo is, where its cases stand, and where to begin."""
    return render(request, "demo/start.html", {"summary": summary()})


@require_safe
@demo_page
def case(request: OrgRequest, case: int) -> HttpResponse:
    """Show one case, and offer to open it as each of those who have to do with it."""
    found = Case.objects.within(request.org).select_related("org", "post__account", "platform").filter(pk=case).first()
    if found is None:
        raise Http404
    row = row_of(found)
    officers = officers_side(found, at=request.now)
    context = {
        "row": row,
        "post": found.post,
        "officers": officers,
        "turn": whose_turn(found, officers, at=request.now),
        "authors": authors_side(found),
        "reporters": reporters_side(found),
    }
    return render(request, "demo/case.html", context)
