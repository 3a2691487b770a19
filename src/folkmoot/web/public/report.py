"""Report a problem: what it is about comes first, then one screen that fits it (D3, DP20)."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from folkmoot.casefile.record import VISITOR, Visitor
from folkmoot.members.models import Person
from folkmoot.procedure.words import URGENT, ReportKind, Subject
from folkmoot.steps.attach import Upload, hashes
from folkmoot.steps.file_report import Receipt, Report, file_report
from folkmoot.web.access import OrgRequest
from folkmoot.web.kinds import KINDS, kind_of
from folkmoot.web.public.forms import KindForm, ReportForm
from folkmoot.web.public.receipt import remember
from folkmoot.web.public.sending import go, page, take
from folkmoot.web.subjects import SUBJECTS, subject_of


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: OrgRequest) -> HttpResponse:
    """Ask what it is about; then ask the rest, and file it."""
    asked = request.POST if request.method == "POST" else request.GET
    kind = kind_of(asked.get("kind", ""))
    if kind is None:
        return _ask_kind(request)
    by, subject = _reporter(request), subject_of(asked.get("subject", ""))
    if request.method != "POST":
        return _show(request, ReportForm(org=request.org, kind=kind, subject=subject), kind, subject, by)
    form = ReportForm(request.POST, request.FILES, org=request.org, kind=kind, subject=subject)
    receipt, status = take(request, form, "report", lambda files: _file(request, form, kind, subject, files, by))
    if receipt is None:
        return _show(request, form, kind, subject, by, status=status)
    response = go(request, "public:received")
    remember(request, response, receipt.grant)
    return response


def _ask_kind(request: OrgRequest) -> HttpResponse:
    # The button sends `step` as well: a form sent with nothing chosen is told apart from a first look.
    answered = "kind" in request.GET or "step" in request.GET or request.method == "POST"
    form = KindForm(request.GET if answered else None)
    return page(request, "report_kind.html", {"form": form}, status=422 if form.errors else 200)


def _show(
    request: OrgRequest,
    form: ReportForm,
    kind: ReportKind,
    subject: Subject,
    by: Person | Visitor,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "kind": kind,
        "kind_label": KINDS[kind].label,
        "subject": subject,
        "subject_label": SUBJECTS[subject].label,
        "urgent": kind in URGENT,
        "as_officer": by if isinstance(by, Person) else None,
    }
    return page(request, "report.html", context, status=status)


def _reporter(request: OrgRequest) -> Person | Visitor:
    # Whoever works here and is signed in reports under their name: nobody decides on their own report.
    if not request.user.is_authenticated:
        return VISITOR
    return Person.objects.within(request.org).filter(user=request.user).first() or VISITOR


def _file(
    request: OrgRequest,
    form: ReportForm,
    kind: ReportKind,
    subject: Subject,
    files: Sequence[Upload],
    by: Person | Visitor,
) -> Receipt:
    said = form.cleaned_data
    told = Report(
        kind=kind,
        words=said["words"],
        subject=subject,
        link=said.get("link", ""),
        account=said.get("account", ""),
        quoted=said.get("quoted", ""),
        platform=form.platform,
        affected=said["affected"] == "yes",
        name=said["name"],
        email=said["email"],
        good_faith=True,  # D3: it stands above the button
        files=files,
    )
    key = form.replay_key(f"report:{request.org.pk}:{kind}:{subject}", hashes(files))
    return file_report(request.org, told, by=by, at=request.now, form_key=key)
