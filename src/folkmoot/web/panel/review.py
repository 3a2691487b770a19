"""A reporter who is not satisfied: their words as they are, and what is done with them (Sh)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from folkmoot.casefile.models import Case, Duty, Paper
from folkmoot.casefile.record import procedure_of
from folkmoot.kernel.text import whole_number
from folkmoot.members.models import Person
from folkmoot.procedure.words import Role, Stage, Step
from folkmoot.steps.answer_review import answer_review, report_of
from folkmoot.steps.forward_review import forward_review
from folkmoot.steps.reviews import accuses, open_reviews
from folkmoot.steps.seen import caught_up, took_already
from folkmoot.steps.send_back import not_now, send_back
from folkmoot.steps.sitting import bench
from folkmoot.steps.standing import decided_by, free_to_decide_afresh
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk import casework, evidence, words
from folkmoot.web.desk.going import SeeOther, is_open_to, note_reading, the_case
from folkmoot.web.desk.interest import question
from folkmoot.web.desk.news import done_already
from folkmoot.web.drafts import arrived
from folkmoot.web.forms import StepForm, Words, attempt
from folkmoot.web.panel.home import SITS
from folkmoot.web.panel.vote_form import VoteForm, voters

_ANSWERS = (Step.FORWARD_REVIEW, Step.SEND_BACK, Step.ANSWER_REVIEW)


class SendBackForm(StepForm):
    """Why the Secretary alone sends it back."""

    reasons = Words(
        limit=10_000,
        label=later("Why it has to be decided afresh"),
        help_text=later("The reporter reads these words, and so do those who decide afresh. The author does not."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@officer(*SITS)
def review(request: OfficerRequest, case: int, review: int) -> HttpResponse:
    """Show what the reporter wrote; pass it on, send it back, or write down what the Executive decided."""
    found = the_case(request, case)
    asked = found.papers.filter(kind=Paper.Kind.REVIEW_REQUEST, number=review).first()
    if asked is None:
        raise Http404
    if not is_open_to(found, request):
        return question(request, found)
    if accuses(asked, request.person) and asked in open_reviews(found):
        # Sh: whom it is about neither answers it nor reads it before it is answered
        return render(request, "panel/review_closed.html", {"case": found})
    if request.method != "POST":
        note_reading(request, f"review {asked.number}", found)
        return _page(request, found, asked)
    if _answered_already(request, found, asked):
        arrived(request, done_already())
        return _here(request, found, asked)
    match request.POST.get("go"):
        case "forward":
            return _forward(request, found, asked)
        case "own":
            return _send_back(request, found, asked)
    return _vote(request, found, asked)


def _answered_already(request: OfficerRequest, case: Case, asked: Paper) -> bool:
    """Say whether this very page was sent before: the button was pressed twice."""
    typed = request.POST.get("own-seen", "") or request.POST.get("seen", "")
    seen = whole_number(typed, digits=9) or 0
    return any(took_already(case, step, request.person, seen, answers=asked) for step in _ANSWERS)


def _forward(request: OfficerRequest, case: Case, asked: Paper) -> HttpResponse:
    form = StepForm(request.POST, seen=case.seq, prefix="own")
    if form.is_valid() and _pass_on(request, case, asked, form):
        arrived(request, _("The Executive has these words now, as they are."))
    for problem in form.non_field_errors():
        messages.error(request, str(problem))
    return _here(request, case, asked)


def _pass_on(request: OfficerRequest, case: Case, asked: Paper, form: StepForm) -> Paper | None:
    return attempt(form, lambda: forward_review(case.pk, **_by(request, case, asked, form)))


def _send_back(request: OfficerRequest, case: Case, asked: Paper) -> HttpResponse:
    form = SendBackForm(request.POST, seen=case.seq, prefix="own")
    if form.is_valid():
        why = form.cleaned_data["reasons"]
        if attempt(form, lambda: send_back(case.pk, reasons=why, **_by(request, case, asked, form))):
            return _sent_back(request, case)
    return _page(request, case, asked, own=form)


def _vote(request: OfficerRequest, case: Case, asked: Paper) -> HttpResponse:
    form = _vote_form(request, case, bound=True)
    wish = request.POST.get("go")
    if not form.is_valid() or wish == "change":
        return _page(request, case, asked, vote=form)
    motion, reasons = form.motion(), form.cleaned_data["reasons"]
    if wish != "confirm":
        return _check(request, case, asked, form)
    step = send_back if motion.carried else answer_review
    paper = attempt(
        form,
        lambda: step(case.pk, motion=motion, reasons=reasons, **_by(request, case, asked, form)),
    )
    if paper is None:
        return _page(request, case, asked, vote=form)
    if motion.carried:
        return _sent_back(request, case)
    arrived(request, _("The vote is on the record, and the reporter can read the answer."))
    return _here(request, case, asked)


def _by(request: OfficerRequest, case: Case, asked: Paper, form: StepForm) -> dict[str, Any]:
    seen = caught_up(case, form.cleaned_data["seen"])
    return {"review": asked.number, "by": request.person, "at": request.now, "seen": seen}


def _vote_form(request: OfficerRequest, case: Case, *, bound: bool = False) -> VoteForm:
    members = list(Person.objects.holding(case.org, Role.EXECUTIVE, at=request.now).order_by("name"))
    seats = voters(case, bench(case, at=request.now))
    return VoteForm(request.POST if bound else None, seen=case.seq, members=members, bench=seats)


def _here(request: OfficerRequest, case: Case, asked: Paper) -> SeeOther:
    where = {"org": request.org.slug, "case": case.pk, "review": asked.number}
    return SeeOther(reverse("panel:review", kwargs=where))


def _sent_back(request: OfficerRequest, case: Case) -> SeeOther:
    free = free_to_decide_afresh(case, at=request.now)
    who = _("A moderator who had no part in it decides.") if free else _("Members of the Executive decide, by a vote.")
    arrived(request, _("It is sent back for a fresh decision. %(who)s") % {"who": who})
    return SeeOther(reverse("desk:case", kwargs={"org": request.org.slug, "case": case.pk}))


def _page(
    request: OfficerRequest,
    case: Case,
    asked: Paper,
    *,
    own: SendBackForm | None = None,
    vote: VoteForm | None = None,
) -> HttpResponse:
    is_open = asked in open_reviews(case)
    seats = is_open and not decided_by(case, request.person) and case.stage not in (Stage.RECEIVED, Stage.SECOND_LOOK)
    with_secretary = is_open and not asked.duties.filter(holder=Role.EXECUTIVE).exists()
    form = vote or _vote_form(request, case)
    wrong = own or vote
    context = {
        **_shown(case, asked),
        "is_open": is_open,
        "undecided": case.stage in (Stage.RECEIVED, Stage.SECOND_LOOK),
        "own": own or SendBackForm(seen=case.seq, prefix="own"),
        "vote": form if seats else None,
        "may_pass_on": seats and with_secretary and Role.SECRETARY in request.offices,
        "not_now": not_now(case),
        "panel": not free_to_decide_afresh(case, at=request.now),
        "quorum": procedure_of(case).limits.quorum,
        "limits": procedure_of(case).limits,
        "able": len(form.seats.bench.members),
        "short": form.short(case),
        "wrong": wrong,
    }
    return render(request, "panel/review.html", context, status=422 if wrong and wrong.errors else 200)


def _shown(case: Case, asked: Paper) -> dict[str, Any]:
    papers = casework.papers_of(case)
    report = report_of(asked)
    answer = asked.answered_by.filter(kind=Paper.Kind.REVIEW).order_by("-number").first()
    current = Duty.objects.filter(paper=asked, met_at=None).order_by("-since").first()
    return {
        "case": case,
        "asked": asked,
        "about": [words.ROLES[Role(role)] for role in asked.facts["about"]],
        "answer": answer,
        "duty": current,
        "holder": words.ROLES[Role(current.holder)] if current else "",
        "place": words.place(case),
        "post": evidence.kept(case, papers),
        "decision": casework.decision(case, papers),
        "reconsideration": casework.reconsideration(papers),
        "reports": [told for told in casework.reports(papers, names=False) if told.number == report.number],
        "names": False,
    }


def _check(request: OfficerRequest, case: Case, asked: Paper, form: VoteForm) -> HttpResponse:
    context = {
        **_shown(case, asked),
        "form": form,
        "carried": form.motion().carried,
        "answers": [(line.person.name, line.said) for line in form.seats.lines()],
        "said": form.cleaned_data,
        "panel": not free_to_decide_afresh(case, at=request.now),
    }
    return render(request, "panel/review_check.html", context)
