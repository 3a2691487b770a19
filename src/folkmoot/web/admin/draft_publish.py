"""The draft's end: a look at what changes and from when, then publishing it; or discarding it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from folkmoot.editions.as_packs import pack_of
from folkmoot.editions.current import coming_policies, newest_policy, open_draft
from folkmoot.editions.draft_pack import pack_of_draft
from folkmoot.editions.held import never_held, would_not_hold
from folkmoot.editions.models import DraftClause, PolicyDraft, PolicyEdition
from folkmoot.procedure.words import Role
from folkmoot.standards.changes import compare
from folkmoot.steps.from_when import first_day, may_keep
from folkmoot.steps.many import written_by
from folkmoot.steps.publish_draft import discard_draft, publish_draft, says_nothing_new
from folkmoot.steps.reporting import open_cases
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.admin.draft_checks import can_restrict, to_put_right
from folkmoot.web.admin.draft_forms import DiscardForm, PublishForm
from folkmoot.web.admin.going import go
from folkmoot.web.changes import notes, shown
from folkmoot.web.forms import PlainForm, attempt


@officer(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: OfficerRequest) -> HttpResponse:
    """Show all that would be different, and ask from which day; then show it with that day; then publish."""
    draft = open_draft(request.org)
    if draft is None:
        return go(request, "policy")
    if request.method != "POST":
        return _page(request, draft, _fresh(request, draft))
    form = PublishForm(request.POST)
    if form.is_valid() and request.POST.get("go") == "publish":
        typed = form.cleaned_data
        edition = attempt(
            form,
            lambda: publish_draft(
                request.org,
                day=typed["day"],
                seen=typed["seen"],
                beside=typed["beside"],
                by=request.person,
                at=request.now,
            ),
        )
        if edition:
            return go(request, "policy", say=_said(request, edition))
    return _page(request, draft, form)


@officer(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: OfficerRequest) -> HttpResponse:
    """Show what would be lost, then discard the draft."""
    draft = open_draft(request.org)
    if draft is None:
        return go(request, "policy")
    form = DiscardForm(request.POST or None, initial={"seen": draft.seq})
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        if attempt(form, lambda: discard_draft(request.org, seen=seen, by=request.person, at=request.now) or True):
            return go(request, "policy", say=_("The draft is discarded. What is in force stays as it is."))
    if form.errors:
        form = _with_errors(DiscardForm(initial={"seen": draft.seq}), form)
    context = {**_differences(request, draft), "form": form, "draft": draft}
    return render(request, "administration/draft_discard.html", context, status=422 if form.errors else 200)


def _fresh(request: OfficerRequest, draft: PolicyDraft, *, day: date | None = None) -> PublishForm:
    keeps = may_keep(request.org, draft.own_date, at=request.now)
    beside = newest_policy(request.org).number
    wanted = day or (draft.own_date if keeps else first_day(request.org, at=request.now))
    return PublishForm(initial={"seen": draft.seq, "beside": beside, "day": wanted})


def _page(request: OfficerRequest, draft: PolicyDraft, form: PublishForm) -> HttpResponse:
    rows = list(draft.clauses.all())
    status = 422 if form.errors else 200
    if form.errors and form.is_bound:
        day = form.cleaned_data.get("day") if hasattr(form, "cleaned_data") else None
        form = _with_errors(_fresh(request, draft, day=day), form)  # the page shows what is so now
    chosen = form.cleaned_data["day"] if form.is_bound and form.is_valid() else form["day"].value()
    day = chosen if isinstance(chosen, date) else first_day(request.org, at=request.now)
    wrong = to_put_right(draft, rows, at=request.now, day=day)
    context = {
        **_differences(request, draft, rows),
        "draft": draft,
        "form": form,
        "wrong": wrong,
        "from_pack": draft.origin == PolicyDraft.Origin.PACK,
        "open_cases": open_cases(request.org).exclude(pk__in=written_by(request.org, request.person)).count(),
        "coming": coming_policies(request.org, at=request.now),
        "takes_place_of": would_not_hold(request.org, day, at=request.now),
        "can_restrict": can_restrict(draft, rows),
    }
    return render(request, "administration/draft_check.html", context, status=status)


def _differences(
    request: OfficerRequest, draft: PolicyDraft, rows: Sequence[DraftClause] | None = None
) -> dict[str, Any]:
    newest = newest_policy(request.org)
    changes = compare(pack_of(newest), pack_of_draft(draft, rows or list(draft.clauses.all())))
    return {
        "newest": newest,
        "changes": changes,
        "nothing": says_nothing_new(draft, newest, changes),
        "shown": shown(changes),
        "notes": notes(changes, newest.parent, draft.parent),
    }


def _with_errors(fresh: Any, refused: PlainForm) -> Any:
    """Return `fresh` with what was said of `refused`."""
    fresh.full_clean()
    fresh._errors = refused.errors
    return fresh


def _said(request: OfficerRequest, edition: PolicyEdition) -> str:
    day = formats.date_format(edition.in_force_from, "j F Y")
    said = _("Published. It holds from %(day)s.") % {"day": day}
    if edition in coming_policies(request.org, at=request.now):
        said = _("Published. It holds from %(day)s; until then your public page announces it.") % {"day": day}
    never = [one for one, by in never_held(request.org).items() if by == edition]
    for one in PolicyEdition.objects.filter(pk__in=never).order_by("number"):
        said += " " + _("Edition %(number)d never comes into force: this one took its place.") % {"number": one.number}
    return said
