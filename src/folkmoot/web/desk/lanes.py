"""Which lane a case travels in, what is hidden meanwhile, and the checklist of a legal complaint."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.casefile.models import Case, Paper
from folkmoot.editions.citing import citable
from folkmoot.procedure.checklists import Complaint, questions
from folkmoot.procedure.words import Lane, ReportKind, Step
from folkmoot.steps.check_complaint import check_complaint
from folkmoot.steps.hide import hide
from folkmoot.steps.set_lane import set_lane
from folkmoot.steps.unhide import unhide
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk.casework import papers_of
from folkmoot.web.desk.going import READERS, the_case
from folkmoot.web.desk.next_step import refusal
from folkmoot.web.desk.one_form import OneForm, one_form
from folkmoot.web.forms import LINE_LIMIT, Line, StepForm, Words
from folkmoot.web.look.widgets import CheckCards, ChoiceCards

LANES = {
    Lane.ORDINARY: later("Ordinary"),
    Lane.EMERGENCY: later("Emergency"),
    Lane.LEGAL: later("Legal complaint"),
}
_HINTS = {
    Lane.ORDINARY: later("The usual time to answer."),
    Lane.EMERGENCY: later(
        "Somebody may come to harm: a threat, a home address, an intimate picture, a child in danger. "
        "Everybody who can act is told now. You can hide the post first."
    ),
    Lane.LEGAL: later("A complaint of libel or about copyright. Hide first; its hours count working days only."),
}


def lane_hints() -> dict[str, str]:
    """Return what is said of each lane where one is chosen."""
    return {lane.value: str(hint) for lane, hint in _HINTS.items()}


class LaneForm(StepForm):
    """Another lane, and why."""

    lane = forms.ChoiceField(label=later("Which lane?"))
    reason = Line(limit=LINE_LIMIT, label=later("Why?"), help_text=later("It stays on the record."))

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, seen=case.seq, **kwargs)
        others = [lane for lane in Lane if lane != case.lane]
        field = self.fields["lane"]
        if isinstance(field, forms.ChoiceField):
            field.widget = ChoiceCards(hints={lane.value: str(_HINTS[lane]) for lane in others})
            field.choices = [(lane.value, LANES[lane]) for lane in others]


class HidingForm(StepForm):
    """Why the post is hidden while somebody looks."""

    reasons = Words(
        limit=10_000,
        label=later("Why is it hidden now?"),
        help_text=later("The author reads these words at once. Say what could happen, and that nobody has decided."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    codes = forms.MultipleChoiceField(required=False, label=later("Does a rule stand behind it?"))

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, seen=case.seq, **kwargs)
        grounds = citable(case.policy)
        field = self.fields["codes"]
        if isinstance(field, forms.MultipleChoiceField):
            field.widget = CheckCards(hints={clause.code: clause.text for clause in grounds})
            field.choices = [(clause.code, f"{clause.code} · {clause.title}") for clause in grounds]


class UnhidingForm(StepForm):
    """Why it can be shown again."""

    reasons = Words(
        limit=10_000,
        label=later("Why can it be shown again?"),
        help_text=later("The author reads these words."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ComplaintForm(StepForm):
    """What a complaint says to each question of its checklist; what it does not say stays empty."""

    def __init__(self, *args: Any, case: Case, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, seen=case.seq, **kwargs)
        for key, question in questions(complaint).items():
            widget = forms.Textarea(attrs={"rows": 2})
            self.fields[key] = Words(limit=4000, required=False, label=question, widget=widget)


@officer(*READERS)
def lane(request: OfficerRequest, case: int) -> HttpResponse:
    """Move the case into another lane."""
    found = the_case(request, case)
    page = OneForm(
        title=_("Which lane is this case in?"),
        lead=_("Now: %(lane)s. No time limit that runs already is stopped by moving it.")
        % {"lane": LANES[Lane(found.lane)]},
        button=_("Move it"),
        done=_("The case has moved."),
    )

    def take(given: dict[str, Any]) -> Paper:
        to = Lane(given["lane"])
        return set_lane(found.pk, to, reason=given["reason"], by=request.person, at=request.now, seen=given["seen"])

    return one_form(request, found, Step.SET_LANE, page, LaneForm(request.POST or None, case=found), take)


@officer(*READERS)
def hiding(request: OfficerRequest, case: int) -> HttpResponse:
    """Hide the post while somebody looks, or end that."""
    found = the_case(request, case)
    return _end_hiding(request, found) if found.hidden else _begin_hiding(request, found)


@officer(*READERS)
def complaint(request: OfficerRequest, case: int) -> HttpResponse:
    """Go through the checklist of a legal complaint."""
    found = the_case(request, case)
    kind = request.GET.get("kind", "")
    which = Complaint(kind) if kind in set(Complaint) else _likely(papers_of(found))
    page = OneForm(
        title=_("What does the complaint say?"),
        lead=_("Leave empty what it does not say: then you see what to ask for. This is no legal advice."),
        button=_("Keep the answers"),
        done=_("The checklist is in the file."),
        template="desk/complaint.html",
        more={"kind": which.value, "kinds": [(one.value, COMPLAINTS[one]) for one in Complaint]},
    )

    def take(given: dict[str, Any]) -> Paper:
        answers = {key: given[key] for key in questions(which)}
        return check_complaint(found.pk, which, answers, by=request.person, at=request.now, seen=given["seen"])

    form = ComplaintForm(request.POST or None, case=found, complaint=which)
    return one_form(request, found, Step.CHECK_COMPLAINT, page, form, take)


def lane_box(request: OfficerRequest, case: Case, papers: Sequence[Paper]) -> dict[str, Any]:
    """Return what the case page says of its lane, and what the reader can do there now."""
    in_lane = Lane(case.lane)
    can_hide = not refusal(case, request, Step.HIDE) and (case.hidden or in_lane is not Lane.ORDINARY)
    checklist = next((paper for paper in reversed(list(papers)) if paper.kind == Paper.Kind.CHECKLIST), None)
    return {
        "lane": LANES[in_lane],
        "in_lane": in_lane.value,
        "can_move": not refusal(case, request, Step.SET_LANE),
        "can_hide": can_hide,
        "checklist": _checked(checklist) if checklist else None,
    }


COMPLAINTS = {
    Complaint.DEFAMATION: later("Libel or defamation"),
    Complaint.COPYRIGHT: later("Copyright"),
    Complaint.OTHER: later("Another law"),
}


def _begin_hiding(request: OfficerRequest, case: Case) -> HttpResponse:
    page = OneForm(
        title=_("Hide the post while you look"),
        lead=_("Nothing is decided by it. Its author is told now, and somebody has to hide it at the place by hand."),
        button=_("Hide it and tell the author"),
        done=_("The author’s letter leaves at once. Now the post has to be hidden by hand.")
        if case.lane == Lane.EMERGENCY
        else _("The author’s letter leaves in about a minute. Now the post has to be hidden by hand."),
        harm=True,
    )

    def take(given: dict[str, Any]) -> Paper:
        why, codes, seen = given["reasons"], given["codes"], given["seen"]
        return hide(case.pk, reasons=why, codes=codes, by=request.person, at=request.now, seen=seen)

    return one_form(request, case, Step.HIDE, page, HidingForm(request.POST or None, case=case), take)


def _end_hiding(request: OfficerRequest, case: Case) -> HttpResponse:
    page = OneForm(
        title=_("Show the post again"),
        lead=_("The case stays open, and somebody still decides. The author is told now."),
        button=_("Show it again and tell the author"),
        done=_("The author’s letter leaves in about a minute. Now the post has to be shown again by hand."),
    )

    def take(given: dict[str, Any]) -> Paper:
        return unhide(case.pk, reasons=given["reasons"], by=request.person, at=request.now, seen=given["seen"])

    return one_form(request, case, Step.UNHIDE, page, UnhidingForm(request.POST or None, seen=case.seq), take)


def _checked(checklist: Paper) -> dict[str, Any]:
    which = Complaint(checklist.facts["complaint"])
    asked, words = questions(which), checklist.words
    return {
        "kind": COMPLAINTS[which],
        "answers": [(asked[key], words.get(key, "")) for key in checklist.facts["given"]],
        "missing": [asked[key] for key in checklist.facts["missing"]],
        "at": checklist.at,
    }


def _likely(papers: Sequence[Paper]) -> Complaint:
    """Return the kind of complaint that the reports speak of."""
    kinds = {paper.facts["kind"] for paper in papers if paper.kind == Paper.Kind.REPORT}
    return Complaint.COPYRIGHT if ReportKind.COPYRIGHT in kinds else Complaint.DEFAMATION
