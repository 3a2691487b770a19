"""Answering an appeal: the author's words beside the decision, does it stand, and why."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.casefile.models import Case, Paper
from folkmoot.notices.letters import Letter
from folkmoot.procedure.words import TAKES_AWAY, Answer, Outcome, Step
from folkmoot.steps.gone_along import falls_with
from folkmoot.steps.reconsider import answer_letter, reconsider, require_answer
from folkmoot.steps.seen import caught_up, took_already
from folkmoot.steps.standing import by_necessity as necessary
from folkmoot.steps.standing import capacity, decided_by
from folkmoot.steps.tell import author_address
from folkmoot.steps.vary import Instead
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk import casework, evidence, words
from folkmoot.web.desk.case import decides
from folkmoot.web.desk.decision_form import REASONS_LIMIT
from folkmoot.web.desk.going import READERS, SeeOther, address, go, is_open_to, note_reading, the_case
from folkmoot.web.desk.instead import InsteadForm
from folkmoot.web.desk.meanwhile import came_second
from folkmoot.web.desk.necessity import reason
from folkmoot.web.desk.news import news, require_current, seen_by
from folkmoot.web.desk.next_step import refusal
from folkmoot.web.forms import Words, attempt
from folkmoot.web.look.widgets import ChoiceCards


class ReconsiderationForm(InsteadForm):
    """It stands, is varied or is overturned, and why."""

    answer = forms.ChoiceField(
        label=later("Does the decision stand?"),
        choices=list(words.ANSWERS.items()),
        widget=ChoiceCards(hints={answer.value: str(hint) for answer, hint in words.ANSWER_HINTS.items()}),
    )
    reasons = Words(
        limit=REASONS_LIMIT,
        label=later("Your reasons"),
        help_text=later("Answer what the author says. They read these words as you write them."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args: Any, by_necessity: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.can_vary:
            answers = cast(forms.ChoiceField, self.fields["answer"])
            answers.choices = [(one.value, said) for one, said in words.ANSWERS.items() if one is not Answer.VARIED]
        if by_necessity:
            self.fields["necessity"] = reason()


@officer(*READERS)
def reconsideration(request: OfficerRequest, case: int) -> HttpResponse:
    """Show the appeal and the form; then all of it, to check; then answer."""
    found = the_case(request, case)
    if not is_open_to(found, request):
        return go(request, "case", case=found.pk)
    if casework.appeal(casework.papers_of(found)) is None:
        messages.error(request, _("There is no appeal in this case."))
        return SeeOther(address(request, "case", case=found.pk))
    by_necessity = necessary(found, request.person, Step.RECONSIDER, at=request.now)
    if request.method != "POST":
        why = "" if by_necessity else refusal(found, request, Step.RECONSIDER)
        if why:
            messages.error(request, why)
            return SeeOther(address(request, "case", case=found.pk))
        note_reading(request, "reconsideration", found)
        return _form_page(request, found, ReconsiderationForm(case=found, by_necessity=by_necessity))
    return _sent(request, found, ReconsiderationForm(request.POST, case=found, by_necessity=by_necessity))


def _sent(request: OfficerRequest, case: Case, form: ReconsiderationForm) -> HttpResponse:
    wish, seen = request.POST.get("go", "check"), seen_by(request)
    second = came_second(request, case, Step.RECONSIDER, form, seen=seen)
    if second or not form.is_valid() or wish == "change":
        return second or _form_page(request, case, form)
    if took_already(case, Step.RECONSIDER, request.person, seen):
        return go(request, "case", say=_("You have answered this appeal."), case=case.pk)
    letter = attempt(form, lambda: _letter(request, case, form))
    if letter and wish != "confirm":
        return _check_page(request, case, form, letter)
    if letter and attempt(form, lambda: _take(request, case, form)):
        return go(request, "case", say=_done(case, form), case=case.pk)
    now = the_case(request, case.pk)  # somebody may have been first a moment ago
    form.catch_up(now.seq)
    return came_second(request, now, Step.RECONSIDER, form, seen=seen) or _form_page(request, now, form, seen=seen)


def _letter(request: OfficerRequest, case: Case, form: ReconsiderationForm) -> Letter:
    """Return the answer as it would be sent, or refuse what cannot be sent."""
    require_current(case, form.cleaned_data["seen"])
    necessity = form.cleaned_data.get("necessity", "")
    capacity(case, request.person, Step.RECONSIDER, at=request.now, necessity=necessity)
    answer, reasons = Answer(form.cleaned_data["answer"]), form.cleaned_data["reasons"]
    return answer_letter(
        case,
        answer,
        reasons,
        require_answer(case, answer, reasons, form.said_instead(), at=request.now),
        same_moderator=decided_by(case, request.person),
        necessity=bool(necessity),
        grant=None,
        at=request.now,
    )


def _take(request: OfficerRequest, case: Case, form: ReconsiderationForm) -> Paper:
    return reconsider(
        case.pk,
        answer=Answer(form.cleaned_data["answer"]),
        reasons=form.cleaned_data["reasons"],
        instead=form.said_instead(),
        necessity=form.cleaned_data.get("necessity", ""),
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
        "varied": answer is Answer.VARIED,
        "comes_back": comes_back(case, answer, form.said_instead()),
        "with_it": falls_with(case) if comes_back(case, answer, form.said_instead()) else 0,
        "rejected": case.outcome == Outcome.REJECT,
        "address": author_address(case),
    }
    return render(request, "desk/reconsideration_check.html", context)


def comes_back(case: Case, answer: Answer, instead: Instead | None) -> bool:
    """Say whether the answer gives the post back."""
    if case.outcome not in TAKES_AWAY or answer is Answer.STANDS:
        return False
    return answer is Answer.OVERTURNED or (instead is not None and instead.outcome not in TAKES_AWAY)


def _done(case: Case, form: ReconsiderationForm) -> str:
    if comes_back(case, Answer(form.cleaned_data["answer"]), form.said_instead()):
        return _("Answered. Now the post has to be put back by hand.")
    return _("Answered. The author’s letter is on its way, or waits to be handed over.")
