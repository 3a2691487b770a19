"""Reports: anybody may make one, and nobody needs a token for it."""

from datetime import datetime
from typing import Annotated

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from pydantic import Field

from folkmoot.api.caller import Caller
from folkmoot.api.case_shapes import CaseInShort
from folkmoot.api.case_shown import in_short
from folkmoot.api.problems import INVALID, Refusal
from folkmoot.api.routes.posts import field_errors, open_post
from folkmoot.api.routing import Routes
from folkmoot.api.shapes import Line, Number, Sent, Shown, Words, example
from folkmoot.casefile.record import VISITOR
from folkmoot.kernel.errors import NotPermitted
from folkmoot.kernel.tokens import new_nonce
from folkmoot.members.models import Scope
from folkmoot.procedure.words import ReportKind, Step, Subject
from folkmoot.steps.file_report import Receipt, Report, file_report
from folkmoot.steps.many import accounts_of
from folkmoot.web.desk.going import READERS, the_case
from folkmoot.web.desk.posts import NOTE_LIMIT
from folkmoot.web.limits import allow
from folkmoot.web.public.forms import ELSEWHERE, ReportForm

router = Routes("Reports")


class ReportSent(Sent):
    """What somebody tells us. Only `kind` and some words, a link or what the post says are needed."""

    model_config = example(
        {
            "kind": "attack",
            "words": "Calling somebody a crook is not how we talk to each other.",
            "link": "https://example.org/posts/100",
            "affected": False,
            "name": "Wren Lacey",
            "email": "wren.lacey@example.org",
        }
    )

    kind: ReportKind
    subject: Subject = Field(default=Subject.POST, description="A post, a conversation, an account, or without a link")
    words: Words = Field(default="", description="What happened")
    link: Line = ""
    quoted: Words = Field(default="", description="What the post says. Never where a child may be in danger")
    account: Line = Field(default="", description="Whose account it is, where `subject` is pattern")
    place: Number | None = Field(default=None, description="The number of a place; none: somewhere else, or not sure")
    affected: bool = Field(default=False, description="Whether it is about whoever reports")
    name: Line = ""
    email: Line = Field(default="", description="To be told that there is news; the mail says nothing of the matter")


class Noticed(Sent):
    """What somebody on the desk has noticed about a post."""

    model_config = example({"kind": "attack", "words": "It names her, and calls her a crook."})

    kind: ReportKind
    words: Annotated[Words, Field(max_length=NOTE_LIMIT)] = ""


class ReceiptShown(Shown):
    """What whoever reported gets at once. The code opens the report, and nothing else does: keep it."""

    model_config = example(
        {
            "code": "4821903377561204",
            "due_at": "2026-11-07T23:59:59Z",
            "follow": "https://folkmoot.example.org/o/harbour-branch/track/",
        }
    )

    code: str = Field(description="16 digits, for the header `Folkmoot-Receipt` and for the page to follow it")
    due_at: datetime | None = Field(description="Until when it is answered; none where it was answered before")
    follow: str = Field(description="The page where people follow their report")


@router.writes(
    "/reports",
    scope=Scope.REPORT,
    public=True,
    returns=ReceiptShown,
    status=201,
    steps=(Step.FILE_REPORT,),
)
def report(request: Caller, said: ReportSent) -> ReceiptShown:
    """Report a problem.

    Nobody needs a token. With one, it is its owner’s report: where they are affected, or give their name, they decide
    nothing in the matter. Pictures can be added with the receipt. By sending it you say that, as far as you know, it is
    true. In danger, call 999 first.
    """
    form = _form(request, said)
    allow(request, "report", count_limit=settings.REPORTS_PER_HOUR)
    given = form.cleaned_data
    told = Report(
        kind=said.kind,
        words=given["words"],
        subject=said.subject,
        link=given.get("link", ""),
        account=given.get("account", ""),
        quoted=given.get("quoted", ""),
        platform=form.platform,
        affected=said.affected,
        name=given["name"],
        email=given["email"],
        good_faith=True,  # D3: the document says so, as the page does
    )
    by = request.person if request.token else VISITOR
    return _receipt(request, file_report(request.org, told, by=by, at=request.now, form_key=new_nonce()))


@router.writes(
    "/posts/{int:post}/reports",
    scope=Scope.DESK,
    offices=READERS,
    returns=CaseInShort,
    status=201,
    steps=(Step.FILE_REPORT,),
)
def noticed(request: Caller, post: Number, said: Noticed) -> CaseInShort:
    """Open a case about a post that somebody on the desk has noticed, or join the open one."""
    found = open_post(request, post)
    if found.account_id in accounts_of(request.org, request.person):  # the answer would say whether there is a case
        raise NotPermitted(
            gettext("This post was written from an account of yours, so somebody else has to look at it.")
        )
    told = Report(kind=said.kind, words=said.words, platform=found.platform, post=found)
    receipt = file_report(request.org, told, by=request.person, at=request.now, form_key=new_nonce())
    return in_short(the_case(request, receipt.case.pk))


def _form(request: Caller, said: ReportSent) -> ReportForm:
    """Return the page's own form, filled in: what it refuses is refused here, in the same words."""
    data = said.model_dump(mode="json") | {
        "place": str(said.place or ELSEWHERE),
        "affected": "yes" if said.affected else "no",
    }
    form = ReportForm(data, org=request.org, kind=said.kind, subject=said.subject)
    _require_fields(form, said)
    if not form.is_valid():
        raise Refusal(INVALID, errors=field_errors(form))
    return form


def _require_fields(form: ReportForm, said: ReportSent) -> None:
    """Refuse what the form for this kind of report has no place for: it would be lost, or is not to be sent (DP20)."""
    lost = [name for name in ("link", "quoted", "account") if getattr(said, name) and name not in form.fields]
    if lost:
        errors = [{"field": name, "message": "A report of this kind and subject does not take this."} for name in lost]
        raise Refusal(INVALID, errors=errors)


def _receipt(request: Caller, receipt: Receipt) -> ReceiptShown:
    return ReceiptShown(
        code=receipt.code,
        due_at=receipt.due_at,
        follow=settings.FOLKMOOT_URL + reverse("public:track", kwargs={"org": request.org.slug}),
    )
