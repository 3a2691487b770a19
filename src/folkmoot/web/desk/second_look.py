"""The second look (Mc): do I agree with what is proposed? And the look afterwards at what somebody decided alone."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import label
from folkmoot.editions.citing import cited
from folkmoot.procedure.words import APPEALABLE, TAKES_AWAY, Answer, Outcome, Step
from folkmoot.steps.confirm_proposal import confirm_proposal
from folkmoot.steps.decline_proposal import decline_proposal
from folkmoot.steps.finding import statement
from folkmoot.steps.issue import read_decision
from folkmoot.steps.look_afterwards import look_afterwards
from folkmoot.steps.reviews import sent_back
from folkmoot.steps.second_look import LOOKED_TWICE, proposal_in_force
from folkmoot.steps.seen import caught_up, took_already
from folkmoot.steps.standing import by_necessity
from folkmoot.steps.tell import author_address
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk import casework, evidence, words
from folkmoot.web.desk.case import decides
from folkmoot.web.desk.conversation import around
from folkmoot.web.desk.decision_form import REASONS_LIMIT
from folkmoot.web.desk.going import READERS, SeeOther, address, go, is_open_to, note_reading, the_case
from folkmoot.web.desk.meanwhile import came_second
from folkmoot.web.desk.necessity import reason
from folkmoot.web.desk.news import seen_by
from folkmoot.web.desk.next_step import refusal
from folkmoot.web.desk.one_form import OneForm, one_form
from folkmoot.web.desk.ready import beside_of
from folkmoot.web.desk.stakes import closed_to
from folkmoot.web.forms import StepForm, Words, attempt
from folkmoot.web.look.widgets import ChoiceCards


class SecondLookForm(StepForm):
    """Why one does not agree; whoever agrees writes nothing."""

    reasons = Words(
        limit=REASONS_LIMIT,
        label=later("Why not?"),
        help_text=later("Whoever proposed it reads this. The case is open again then."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reasons"].required = self.data.get("go") != "agree"


class AfterwardsForm(StepForm):
    """Whether it stands, and why."""

    answer = forms.ChoiceField(
        label=later("Does it stand?"),
        choices=[
            (Answer.STANDS.value, later("It stands")),
            (Answer.OVERTURNED.value, later("It is overturned")),
        ],
        widget=ChoiceCards(
            hints={
                Answer.STANDS.value: str(later("Nothing changes. The author can still appeal.")),
                Answer.OVERTURNED.value: str(later("What was done is undone, and both sides are told.")),
            }
        ),
    )
    reasons = Words(
        limit=REASONS_LIMIT,
        label=later("Your reasons"),
        help_text=later("If it is overturned, the author reads them as you write them."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )


@officer(*READERS)
def second_look(request: OfficerRequest, case: int) -> HttpResponse:
    """Show what is proposed and the letter that would go; agree, or say why not."""
    found = the_case(request, case)
    if not is_open_to(found, request):
        return go(request, "case", case=found.pk)
    form = SecondLookForm(request.POST or None, seen=found.seq)
    needed = by_necessity(found, request.person, Step.DECLINE_PROPOSAL, at=request.now)
    if needed:
        form.fields["necessity"] = reason()
    if request.method == "POST" and form.is_valid():
        answered = _answer(request, found, form)
        if answered:
            return go(request, "case", say=answered, case=found.pk)
        found = the_case(request, case)  # somebody else may have been first
        second = came_second(request, found, Step.DECLINE_PROPOSAL, form, seen=seen_by(request))
        if second:
            return second
        form.catch_up(found.seq)
    proposal = proposal_in_force(found)
    why = "" if needed else refusal(found, request, Step.DECLINE_PROPOSAL)
    if proposal is None or why:
        messages.error(request, why or _("Nothing is proposed in this case."))
        return SeeOther(address(request, "case", case=found.pk))
    if request.method != "POST":
        note_reading(request, "second look", found)
    status = 422 if form.errors else 200
    return render(request, "desk/second_look.html", _page(request, found, proposal, form), status=status)


@officer(*READERS)
def afterwards(request: OfficerRequest, case: int) -> HttpResponse:
    """Look at what a moderator decided alone."""
    found = the_case(request, case)
    papers = casework.papers_of(found)
    page = OneForm(
        title=_("Look at it afterwards"),
        lead=_("One moderator found this unclear, and nobody else was free to look first. What do you find?"),
        button=_("Give your answer"),
        done=_("Thank you. Your answer is in the file."),
        template="desk/afterwards.html",
        more={
            "post": evidence.kept(found, papers),
            "decision": casework.decision(found, papers),
            "beside": beside_of(papers),
            "reports": casework.reports(papers, names=False),
        },
    )

    def take(given: dict[str, Any]) -> Paper:
        seen, answer = caught_up(found, given["seen"]), Answer(given["answer"])
        return look_afterwards(
            found.pk, answer=answer, reasons=given["reasons"], by=request.person, at=request.now, seen=seen
        )

    form = AfterwardsForm(request.POST or None, seen=found.seq)
    return one_form(request, found, Step.LOOK_AFTERWARDS, page, form, take)


def _answer(request: OfficerRequest, case: Case, form: SecondLookForm) -> str:
    """Take the answer and return what is said of it; empty when it was refused: the form says why."""
    agrees = request.POST.get("go") == "agree"
    step = Step.CONFIRM_PROPOSAL if agrees else Step.DECLINE_PROPOSAL
    if took_already(case, step, request.person, form.cleaned_data["seen"]):
        return _("You have answered already: what was sent first counts.")
    paper = attempt(form, lambda: _take(request, case, form, agrees=agrees))
    return _done(case, agrees=agrees) if paper else ""


def _take(request: OfficerRequest, case: Case, form: SecondLookForm, *, agrees: bool) -> Paper:
    seen = caught_up(case, form.cleaned_data["seen"])
    if agrees:
        return confirm_proposal(case.pk, by=request.person, at=request.now, seen=seen)
    reasons, necessity = form.cleaned_data["reasons"], form.cleaned_data.get("necessity", "")
    return decline_proposal(case.pk, reasons=reasons, by=request.person, at=request.now, seen=seen, necessity=necessity)


def _page(request: OfficerRequest, case: Case, proposal: Paper, form: SecondLookForm) -> dict[str, Any]:
    papers = casework.papers_of(case)
    said = read_decision(proposal)
    clauses = cited(case.policy, said.codes)
    letter = None
    if said.outcome in APPEALABLE:
        letter = statement(
            case,
            said,
            clauses,
            at=request.now,
            grant=None,
            necessity=bool(proposal.facts.get("necessity")),
            context=LOOKED_TWICE,
            afresh=sent_back(case) is not None,
        )
    return {
        "case": case,
        "form": form,
        "own": proposal.by == label(request.person),
        "may_agree": not refusal(case, request, Step.CONFIRM_PROPOSAL),
        "proposal": casework.found_in(case, proposal),
        "post": evidence.kept(case, papers),
        "around": around(None if evidence.kept(case, papers).child else case.post, closed=closed_to(request.person)),
        "beside": beside_of(papers),
        "reports": casework.reports(papers, names=decides(case, request)),
        "names": decides(case, request),
        "letter": letter,
        "address": author_address(case),
        "place": words.place(case),
        "button": words.OUTCOME_BUTTONS[said.outcome],
        "takes_away": said.outcome in TAKES_AWAY,
        "rejects": said.outcome is Outcome.REJECT,
    }


def _done(case: Case, *, agrees: bool) -> str:
    if not agrees:
        return _("The case is open again, and whoever proposed it is told.")
    if author_address(case):
        return _("Decided. The author’s letter leaves in about a minute. Now it has to be done by hand.")
    return _("Decided. Nobody has an address for the author: their letter has to be handed over.")
