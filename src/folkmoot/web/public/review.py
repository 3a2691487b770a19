"""A reporter is not satisfied, or withdraws what they told us: one page each, from the page of their report (Sh)."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from folkmoot.casefile.models import Paper
from folkmoot.casefile.record import procedure_of
from folkmoot.kernel.errors import FolkmootError, NotPermitted
from folkmoot.procedure.words import Role
from folkmoot.steps.ask_for_review import ask_for_review
from folkmoot.steps.withdraw_report import withdraw_report
from folkmoot.web.access import PartyRequest, party
from folkmoot.web.public.forms import ReviewForm
from folkmoot.web.public.hearing import Hearing, hearing_of
from folkmoot.web.public.sending import go, page, take
from folkmoot.web.public.side import side_of


@require_http_methods(["GET", "HEAD", "POST"])
@party(Role.REPORTER)
def review(request: PartyRequest) -> HttpResponse:
    """Take what a reporter says who is not satisfied, or whom nobody has answered."""
    back = go(request, "public:progress", grant=request.grant.pk)
    if request.method != "POST":
        return _show(request, ReviewForm()) if _heard(request).may_ask else back
    form = ReviewForm(request.POST)
    paper, status = take(request, form, "review", lambda _files: _ask(request, form))
    if paper is None:
        return _show(request, form, status=status)
    messages.success(request, _("We have your words. They go on as they are, and nobody can hold them back."))
    return back


@require_http_methods(["GET", "HEAD", "POST"])
@party(Role.REPORTER)
def withdrawal(request: PartyRequest) -> HttpResponse:
    """Ask whether the report is to be withdrawn; then withdraw it."""
    back = go(request, "public:progress", grant=request.grant.pk)
    heard = _heard(request)
    if request.method != "POST":
        return (
            page(request, "withdrawal.html", {"grant": request.grant, "heard": heard}) if heard.may_withdraw else back
        )
    try:
        withdraw_report(request.grant.case_id, by=request.grant, at=request.now)
    except NotPermitted:
        messages.error(request, _("This was decided before your report was withdrawn, so it stays as it is."))
    except FolkmootError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your report is withdrawn. Thank you for saying so."))
    return back


def _ask(request: PartyRequest, form: ReviewForm) -> Paper:
    grant, said = request.grant, form.cleaned_data
    key = form.replay_key(f"review:{grant.pk}", [])
    about = [Role(role) for role in said["about"]]
    try:
        return ask_for_review(grant.case_id, words=said["words"], about=about, by=grant, at=request.now, form_key=key)
    except NotPermitted:
        grant.case.refresh_from_db()
        if _heard(request).may_ask:
            raise
        # The matter moved on: said in the reporter's words rather than the table's.
        raise NotPermitted(
            _("This can no longer be sent. The page of your report says where the matter stands now.")
        ) from None


def _heard(request: PartyRequest) -> Hearing:
    return hearing_of(request.grant, side_of(request.grant.case), now=request.now)


def _show(request: PartyRequest, form: ReviewForm, *, status: int = 200) -> HttpResponse:
    case = request.grant.case
    context = {"form": form, "grant": request.grant, "heard": _heard(request), "side": side_of(case)}
    context["limits"] = procedure_of(case).limits
    return page(request, "review.html", context, status=status)
