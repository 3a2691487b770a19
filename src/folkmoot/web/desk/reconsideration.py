"""Answering an appeal: the author's words beside the decision, does it stand, and why."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.casefile.models import Case, Paper
from folkmoot.kernel.errors import BadInput
from folkmoot.notices.letters import Letter, appeal_answered
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.words import RESTRICTING, Answer, Outcome, Step
from folkmoot.steps.finding import REASONS_AT_LEAST, appeal_until
from folkmoot.steps.reconsider import reconsider
from folkmoot.steps.standing import capacity, decided_by
from folkmoot.steps.tell import author_address
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk import casework, evidence, words
from folkmoot.web.desk.case import decides
from folkmoot.web.desk.decision_form import REASONS_LIMIT
from folkmoot.web.desk.going import READERS, SeeOther, address, go, is_open_to, note_reading, the_case
from folkmoot.web.desk.news import caught_up, news, require_current, took_already
from folkmoot.web.desk.next_step import refusal
from folkmoot.web.forms import StepForm, Words, attempt
from folkmoot.web.look.widgets import ChoiceCards


class ReconsiderationForm(StepForm):
    """It stands, or it is overturned, and why."""

    answer = forms.ChoiceField(
        label=later("Does the decision stand?"),
        choices=[(answer.value, words.ANSWERS[answer]) for answer in (Answer.STANDS, Answer.OVERTURNED)],
        widget=ChoiceCards(hints={answer.value: str(hint) for answer, hint in words.ANSWER_HINTS.items()}),
    )
    reasons = Words(
        limit=REASONS_LIMIT,
        label=later("Your reasons"),
        help_text=later("Answer what the author says. They read these words as you write them."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )


@officer(*READERS)
def reconsideration(request: OfficerRequest, case: int) -> HttpResponse:
    """Show the appeal and the form; then all of it, to check; then answer."""
    found = the_case(request, case)
    if not is_open_to(found, request):
        return go(request, "case", case=found.pk)
    if request.method != "POST":
        why = refusal(found, request, Step.RECONSIDER)
        if why:
            messages.error(request, why)
            return SeeOther(address(request, "case", case=found.pk))
        note_reading(request, "reconsideration", found)
        return _form_page(request, found, ReconsiderationForm(seen=found.seq))
    form = ReconsiderationForm(request.POST, seen=found.seq)
    wish = request.POST.get("go", "check")
    if not form.is_valid() or wish == "change":
        return _form_page(request, found, form)
    seen = form.cleaned_data["seen"]
    if took_already(found, Step.RECONSIDER, request.person, seen):
        return go(request, "case", say=_("You have answered this appeal."), case=found.pk)
    letter = attempt(form, lambda: _letter(request, found, form))
    if letter and wish == "confirm":
        if attempt(form, lambda: _take(request, found, form)):
            return go(request, "case", say=_done(found, form), case=found.pk)
    elif letter:
        return _check_page(request, found, form, letter)
    return _form_page(request, found, form, seen=seen)


def _letter(request: OfficerRequest, case: Case, form: ReconsiderationForm) -> Letter:
    """Return the answer as it would be sent, or refuse what cannot be sent."""
    require_current(case, form.cleaned_data["seen"])
    capacity(case, request.person, Step.RECONSIDER, at=request.now)
    if len(form.cleaned_data["reasons"]) < REASONS_AT_LEAST:
        raise BadInput(_("Please write your reasons in a sentence or two: the author will read them."), field="reasons")
    return appeal_answered(
        case.org,
        answer=Answer(form.cleaned_data["answer"]),
        reasons=form.cleaned_data["reasons"],
        same_moderator=decided_by(case, request.person),
        until=appeal_until(case, at=request.now),
        link=_("(a link that only the author gets)"),
        marker=new_marker(),
    )


def _take(request: OfficerRequest, case: Case, form: ReconsiderationForm) -> Paper:
    return reconsider(
        case.pk,
        answer=Answer(form.cleaned_data["answer"]),
        reasons=form.cleaned_data["reasons"],
        by=request.person,
        at=request.now,
        seen=caught_up(case, form.cleaned_data["seen"]),
    )


def _form_page(
    request: OfficerRequest, case: Case, form: ReconsiderationForm, *, seen: int | None = None
) -> HttpResponse:
    papers = casework.papers_of(case)
    wrong = form.is_bound and not form.is_valid()
    context: dict[str, Any] = {
        "case": case,
        "form": form,
        "wrong": wrong,
        "post": evidence.kept(case, papers),
        "appeal": casework.appeal(papers),
        "decision": casework.decision(case, papers),
        "reports": casework.reports(papers, names=decides(case, request)),
        "names": decides(case, request),
        "own": decided_by(case, request.person),
        "news": news(case, seen) if seen is not None and wrong else [],
    }
    return render(request, "desk/reconsideration.html", context, status=422 if wrong else 200)


def _check_page(request: OfficerRequest, case: Case, form: ReconsiderationForm, letter: Letter) -> HttpResponse:
    answer = Answer(form.cleaned_data["answer"])
    context = {
        "case": case,
        "form": form,
        "letter": letter,
        "answer": words.ANSWERS[answer],
        "reasons": form.cleaned_data["reasons"],
        "overturned": answer is Answer.OVERTURNED,
        "restricted": case.outcome in RESTRICTING,
        "rejected": case.outcome == Outcome.REJECT,
        "address": author_address(case),
    }
    return render(request, "desk/reconsideration_check.html", context)


def _done(case: Case, form: ReconsiderationForm) -> str:
    if form.cleaned_data["answer"] == Answer.OVERTURNED and case.outcome in RESTRICTING:
        return _("Answered: the decision is overturned. Now the post has to be put back by hand.")
    return _("Answered. The author’s letter is on its way, or waits to be handed over.")
