"""An answer to a reporter alone, or to all who reported after the decision; and a fresh look at what they say (Sh)."""

from typing import Any, cast

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from folkmoot.casefile.models import Case, Paper
from folkmoot.procedure.words import Step
from folkmoot.steps.answer_report import answer_report, answerable
from folkmoot.steps.look_again import look_again, nothing_to_look_at
from folkmoot.steps.reporting import UNDECIDED
from folkmoot.steps.seen import caught_up
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk import casework
from folkmoot.web.desk.case import decides
from folkmoot.web.desk.going import READERS, the_case
from folkmoot.web.desk.one_form import OneForm, one_form
from folkmoot.web.forms import StepForm, Words
from folkmoot.web.look.widgets import ChoiceCards

ONE, ALL = "one", "all"


class AnswerForm(StepForm):
    """What a reporter is answered; `others` is how many more have no answer of their own."""

    words = Words(
        limit=10_000,
        label=later("Your answer"),
        help_text=later("With your reasons. The reporter reads these words as you write them; your name is not told."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    whom = forms.ChoiceField(label=later("Whom is it for?"), initial=ONE, widget=ChoiceCards())

    def __init__(self, *args: Any, others: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not others:
            del self.fields["whom"]
            return
        whom = cast(forms.ChoiceField, self.fields["whom"])
        whom.choices = [
            (ONE, _("Only this reporter")),
            (ALL, _("All %(n)d who have no answer yet") % {"n": others + 1}),
        ]


class FreshLookForm(StepForm):
    """What is new in a later report."""

    reasons = Words(
        limit=10_000,
        label=later("What is new?"),
        help_text=later("It stays with the case, for those who decide it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@officer(*READERS)
def answer(request: OfficerRequest, case: int, report: int) -> HttpResponse:
    """Answer the report with this number in the case."""
    found = the_case(request, case)
    open_now = answerable(found)
    paper = found.papers.filter(kind=Paper.Kind.REPORT, number=report).first()
    if paper is None:
        raise Http404
    others = [one.number for one in open_now if one.number != report]
    data = request.POST if request.method == "POST" else None
    form = AnswerForm(data, seen=found.seq, others=len(others))
    lead = _("It ends the time limit of this report, and of no other. The case goes on.")
    if found.stage not in UNDECIDED:
        lead = _("They reported after the decision, and read it on their page. Say what it means for what they wrote.")
    page = OneForm(
        title=_("Answer a report"),
        lead=lead,
        button=_("Send the answer"),
        done=_("Answered. The reporter is told that there is news."),
        template="desk/answer.html",
        more=_reported(request, found, paper),
        about={"answers__number": report},
    )

    def take(said: dict[str, Any]) -> list[Paper]:
        chosen = [report, *(others if said.get("whom") == ALL else [])]
        return answer_report(
            found.pk,
            reports=chosen,
            words=said["words"],
            by=request.person,
            at=request.now,
            seen=caught_up(found, said["seen"]),
        )

    return one_form(request, found, Step.ANSWER_REPORT, page, form, take)


@require_http_methods(["GET", "HEAD", "POST"])
@officer(*READERS)
def fresh_look(request: OfficerRequest, case: int) -> HttpResponse:
    """Take a decided case up again, because a later report says something new."""
    found = the_case(request, case)
    form = FreshLookForm(request.POST if request.method == "POST" else None, seen=found.seq)
    page = OneForm(
        title=_("Take it up again"),
        lead=_(
            "What was decided no longer counts, and the case waits for a decision. The author hears nothing, unless "
            "something is decided against them."
        ),
        button=_("Take it up again"),
        done=_("The case waits for a decision again. Whoever reported it is told that there is news."),
        more={"later": nothing_to_look_at(found)},
    )

    def take(said: dict[str, Any]) -> Paper:
        seen = caught_up(found, said["seen"])
        return look_again(found.pk, reasons=said["reasons"], by=request.person, at=request.now, seen=seen)

    return one_form(request, found, Step.LOOK_AGAIN, page, form, take)


def _reported(request: OfficerRequest, case: Case, report: Paper) -> dict[str, Any]:
    papers = casework.papers_of(case)
    names = decides(case, request)
    return {
        "reports": [told for told in casework.reports(papers, names=names) if told.number == report.number],
        "names": names,
        "decision": casework.decision(case, papers) if case.stage not in UNDECIDED else None,
    }
