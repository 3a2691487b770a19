"""The author's two ways to object: an appeal to the moderators, then the case before the Executive (Mf, Mg)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from folkmoot.casefile.models import Paper
from folkmoot.casefile.record import procedure_of
from folkmoot.kernel.errors import NotPermitted
from folkmoot.notices.letters import local_day
from folkmoot.procedure.words import Role
from folkmoot.steps.attach import Upload, hashes
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.put_to_executive import put_to_executive
from folkmoot.web.access import PartyRequest, party
from folkmoot.web.public.forms import PleaForm
from folkmoot.web.public.notice import about
from folkmoot.web.public.sending import go, page, take
from folkmoot.web.public.side import duties_to, may_appeal, may_go_on, side_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Way:
    """One way to object: its step, when it is open, and its words."""

    name: str
    step: Callable[..., Paper]
    is_open: Callable[..., bool]
    template: str
    question: "StrOrPromise"
    empty: "StrOrPromise"
    closed: "StrOrPromise"
    thanks: "StrOrPromise"


APPEAL = Way(
    name="appeal",
    step=lodge_appeal,
    is_open=may_appeal,
    template="appeal.html",
    question=later("Why should we look at it again?"),
    empty=later("Please write a sentence: that you disagree is enough."),
    closed=later("An appeal can no longer be made here. The page about your post says where the matter stands now."),
    thanks=later("We have your appeal. Nobody has answered yet: you will have a written answer by the end of %(day)s."),
)
EXECUTIVE = Way(
    name="executive",
    step=put_to_executive,
    is_open=may_go_on,
    template="executive.html",
    question=later("Your case, in your own words"),
    empty=later("Please make your case in writing: the Executive decides on your words."),
    closed=later("This can no longer be sent. The page about your post says where the matter stands now."),
    thanks=later("Your case is before the Executive, word for word. You will have its decision by the end of %(day)s."),
)


@require_http_methods(["GET", "HEAD", "POST"])
@party(Role.AUTHOR)
def appeal(request: PartyRequest) -> HttpResponse:
    """Ask us to look at the decision again."""
    return _object(request, APPEAL)


@require_http_methods(["GET", "HEAD", "POST"])
@party(Role.AUTHOR)
def executive(request: PartyRequest) -> HttpResponse:
    """Put the case to the Executive in writing."""
    return _object(request, EXECUTIVE)


def _object(request: PartyRequest, way: Way) -> HttpResponse:
    grant = request.grant
    back = go(request, "public:notice", grant=grant.pk)
    if request.method != "POST":
        if not way.is_open(grant.case, now=request.now):
            return back
        return _show(request, way, _form(way))
    form = _form(way, request.POST, request.FILES)
    paper, status = take(request, form, way.name, lambda files: _send(request, way, form, files))
    if paper is None:
        return _show(request, way, form, status=status)
    due = duties_to(paper)[0].due_at
    messages.success(request, str(way.thanks) % {"day": local_day(due, request.org)})
    return back


def _form(way: Way, *sent: Any) -> PleaForm:
    return PleaForm(*sent, question=str(way.question), empty=str(way.empty))


def _send(request: PartyRequest, way: Way, form: PleaForm, files: Sequence[Upload]) -> Paper:
    grant = request.grant
    key = form.replay_key(f"{way.name}:{grant.case_id}", hashes(files))
    words = form.cleaned_data["words"]
    try:
        return way.step(grant.case_id, words=words, files=files, by=grant, at=request.now, form_key=key)
    except NotPermitted:
        grant.case.refresh_from_db()
        if way.is_open(grant.case, now=request.now):
            raise
        # The matter moved on: said in the author's words rather than the table's.
        raise NotPermitted(str(way.closed)) from None


def _show(request: PartyRequest, way: Way, form: PleaForm, *, status: int = 200) -> HttpResponse:
    side = side_of(request.grant.case)
    context = {
        **about(side),
        "form": form,
        "grant": request.grant,
        "limits": procedure_of(side.case).limits,
        "closed": not way.is_open(side.case, now=request.now),
    }
    return page(request, way.template, context, status=status)
