"""Follow a report: the code opens it, the page says who looks at it until when, and takes what is added."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.casefile.models import Grant, Paper
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.outbox.links import receipt_hash
from folkmoot.procedure.words import Role, Stage
from folkmoot.steps.add_to_report import add_to_report
from folkmoot.steps.attach import Upload, hashes
from folkmoot.steps.extend import extension_of
from folkmoot.web.access import GRANTS, OrgRequest, PartyRequest, hold_grant, party
from folkmoot.web.forms import attempt
from folkmoot.web.limits import allow
from folkmoot.web.public.choice import NEWS
from folkmoot.web.public.forms import AdditionForm, CodeForm
from folkmoot.web.public.hearing import hearing_of, takes_pictures
from folkmoot.web.public.sending import go, page, take
from folkmoot.web.public.side import duties_to, own_papers, side_of
from folkmoot.web.public.stages import reporter_stages, who_answers


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: OrgRequest) -> HttpResponse:
    """Ask for the code of a receipt, and open the report it belongs to."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        grant = attempt(form, lambda: _open(request, form.cleaned_data["code"]))
        if grant:
            return go(request, "public:progress_newest")
    held = _held(request)
    response = page(request, "track.html", {"form": form, "held": held}, status=422 if form.errors else 200)
    patch_cache_control(response, private=True, no_store=True)  # it names what this browser has opened
    return response


@require_safe
@party(Role.REPORTER)
def newest(request: PartyRequest) -> HttpResponse:
    """Show the report that was opened last."""
    return _show(request, _form(request))


@require_http_methods(["GET", "HEAD", "POST"])
@party(Role.REPORTER)
def progress(request: PartyRequest) -> HttpResponse:
    """Show where a report stands; take what its reporter adds."""
    if request.method != "POST":
        return _show(request, _form(request))
    form = _form(request)
    added, status = take(request, form, "addition", lambda files: _add(request, form, files))
    if added is None:
        return _show(request, form, status=status)
    messages.success(request, _("We have added this to your report. Whoever looks at it will read it."))
    return go(request, "public:progress", grant=request.grant.pk)


def _open(request: OrgRequest, code: str) -> Grant:
    allow(request, "lookup", count_limit=settings.LOOKUPS_PER_HOUR)
    grant = Grant.objects.within(request.org).filter(code_hash=receipt_hash(code), party=Role.REPORTER).first()
    if grant is None or (grant.ends_at is not None and grant.ends_at <= request.now):
        raise BadInput(_("We have no report with this code. Please check each group of four digits."), field="code")
    hold_grant(request, grant)
    return grant


def _held(request: OrgRequest) -> list[Grant]:
    """Return the reports that this browser has opened, the newest first."""
    if request.user.is_authenticated:
        return []
    numbers = request.session.get(GRANTS, [])
    grants = Grant.objects.within(request.org).filter(pk__in=numbers, party=Role.REPORTER).select_related("paper")
    open_now = [grant for grant in grants if grant.ends_at is None or grant.ends_at > request.now]
    return sorted(open_now, key=lambda grant: -numbers.index(grant.pk))


def _form(request: PartyRequest) -> AdditionForm:
    with_pictures = takes_pictures(request.grant.case, request.grant.paper)
    if request.method == "POST":
        return AdditionForm(request.POST, request.FILES, with_pictures=with_pictures)
    return AdditionForm(with_pictures=with_pictures)


def _add(request: PartyRequest, form: AdditionForm, files: Sequence[Upload]) -> Paper:
    grant = request.grant
    key = form.replay_key(f"addition:{grant.pk}", hashes(files))
    words = form.cleaned_data["words"]
    try:
        return add_to_report(grant.case_id, words=words, files=files, by=grant, at=request.now, form_key=key)
    except NotPermitted:
        grant.case.refresh_from_db()
        if grant.case.stage != Stage.FINAL:
            raise
        # Said in the reporter's words rather than the table's: it became final while they wrote.
        raise NotPermitted(_("This matter is closed, so nothing can be added any more. You can report anew.")) from None


def _show(request: PartyRequest, form: AdditionForm, *, status: int = 200) -> HttpResponse:
    grant = request.grant
    side = side_of(grant.case)
    heard = hearing_of(grant, side, now=request.now)
    mine = list(own_papers(grant))
    report, *additions = [paper for paper in mine if paper.kind in (Paper.Kind.REPORT, Paper.Kind.ADDITION)]
    decided_before = side.decision is not None and side.decision.at < report.at
    context = {
        "grant": grant,
        "side": side,
        "heard": heard,
        "news_choices": [(hears.value, label) for hears, label in NEWS.items()],
        "report": report,
        "additions": additions,
        "decided_before": decided_before,
        "longer": extension_of(report) if any(duty.met_at is None for duty in duties_to(report)) else None,
        "stages": reporter_stages(side, report, now=request.now),
        "who": who_answers(duties_to(report), now=request.now),
        "form": form if heard.may_add or form.is_bound else None,
        "others": [other for other in _held(request) if other.pk != grant.pk],
        "draft": len(additions),
        "draft_done": len(additions) - 1,
    }
    return page(request, "progress.html", context, status=status)
