"""The author's side before anything is decided: what was asked, and the answer; what is hidden meanwhile, and why."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.papers import decision_in_force, papers_in_force
from folkmoot.casefile.record import procedure_of
from folkmoot.kernel.errors import NotPermitted
from folkmoot.procedure.words import Role, Stage, Step
from folkmoot.steps.clarify import ASKS, MOST, Did, clarify
from folkmoot.steps.finding import evidence_text
from folkmoot.web.access import PartyRequest, party
from folkmoot.web.forms import Words
from folkmoot.web.look.widgets import ChoiceCards
from folkmoot.web.public.forms import KeyedForm
from folkmoot.web.public.sending import go, page, take

DID = {
    Did.EXPLAINED: later("I can explain"),
    Did.EDITED: later("I have changed my post"),
    Did.TAKEN_DOWN: later("I have taken my post down"),
}


class AnswerForm(KeyedForm):
    """The author's answer, or what they have done themselves."""

    did = forms.ChoiceField(
        label=later("Your answer"),
        choices=list(DID.items()),
        initial=Did.EXPLAINED,
        widget=ChoiceCards(),
    )
    words = Words(
        label=later("In your own words"),
        required=False,
        help_text=later("What you meant, or what you have changed. A sentence is enough."),
        widget=forms.Textarea(attrs={"rows": 6, "class": "words"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@party(Role.AUTHOR)
def answer(request: PartyRequest) -> HttpResponse:
    """Take the author's answer to a question that came before deciding (Sg)."""
    if request.method != "POST":
        return go(request, "public:notice", grant=request.grant.pk)
    form = AnswerForm(request.POST)
    paper, status = take(request, form, "answer", lambda _files: _send(request, form))
    if paper is None:
        return before(request, form, status=status)
    messages.success(request, _("We have your answer. Whoever decides will read it."))
    return go(request, "public:notice", grant=request.grant.pk)


def before(request: PartyRequest, form: AnswerForm | None = None, *, status: int = 200) -> HttpResponse:
    """Show the author's side of a case in which nothing is decided."""
    case = request.grant.case
    questions = _questions(case)
    open_now = bool(questions) and procedure_of(case).allows(Stage(case.stage), Step.CLARIFY, Role.AUTHOR)
    answered = sum(len(one["answers"]) for one in questions)
    context = {
        "case": case,
        "grant": request.grant,
        "place": case.platform.name if case.platform else "",
        "text": evidence_text(case),
        "questions": questions,
        "afresh": decision_in_force(case) is not None,  # Sh: what was decided before no longer counts
        "waits": bool(questions) and not questions[-1]["hid"] and not questions[-1]["answers"],
        "form": form or (AnswerForm() if open_now and answered < MOST else None),
        "draft": answered,
    }
    return page(request, "before.html", context, status=status)


def _send(request: PartyRequest, form: AnswerForm) -> Paper:
    grant, given = request.grant, form.cleaned_data
    key = form.replay_key(f"answer:{grant.case_id}", [])
    try:
        return clarify(
            grant.case_id, did=Did(given["did"]), words=given["words"], by=grant, at=request.now, form_key=key
        )
    except NotPermitted:
        grant.case.refresh_from_db()
        if procedure_of(grant.case).allows(Stage(grant.case.stage), Step.CLARIFY, Role.AUTHOR):
            raise
        # It was decided while they wrote: said in the author's words rather than the table's.
        raise NotPermitted(
            _("It has been decided meanwhile. Your words were not sent: the page about your post says what you can do.")
        ) from None


def _questions(case: Case) -> list[dict[str, Any]]:
    papers = papers_in_force(case, *ASKS, Paper.Kind.CLARIFICATION).prefetch_related("texts")
    answers = [paper for paper in papers if paper.kind == Paper.Kind.CLARIFICATION]
    return [
        {
            "at": paper.at,
            "hid": paper.kind == Paper.Kind.HIDING,
            "text": paper.words.get("question", "") or paper.words.get("reasons", ""),
            "answers": [
                {"at": one.at, "did": DID[Did(one.facts["did"])], "text": one.words.get("words", "")}
                for one in answers
                if one.answers_id == paper.pk
            ],
        }
        for paper in papers
        if paper.kind in ASKS
    ]
