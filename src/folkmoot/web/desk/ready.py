"""What helps before deciding: a question to the author, a private note, the standard answer, support for the target."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_POST

from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import label
from folkmoot.editions.citing import citable
from folkmoot.kernel.errors import FolkmootError
from folkmoot.notices.letters import local_day
from folkmoot.procedure.words import ReportKind, Role, Stage, Step
from folkmoot.steps.answer_in_comments import answer_and_take_down, answer_in_comments, standard_answer
from folkmoot.steps.ask_clarification import MOST, ask_clarification, helpful_by
from folkmoot.steps.clarify import ASKS, Did
from folkmoot.steps.decide_spam import why_not_spam
from folkmoot.steps.offer_support import Hears, Offered, offer_support
from folkmoot.steps.write_note import write_note
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk import words
from folkmoot.web.desk.casework import name_of, people_named
from folkmoot.web.desk.going import READERS, SeeOther, address, go, is_open_to, the_case
from folkmoot.web.desk.next_step import refusal
from folkmoot.web.desk.one_form import OneForm, one_form
from folkmoot.web.drafts import arrived
from folkmoot.web.forms import StepForm, Words
from folkmoot.web.look.widgets import CheckCards, ChoiceCards

NOTE_LIMIT = 5000
QUESTION_LIMIT = 3000
_ONLY_ANSWER = ""


class NoteForm(StepForm):
    """A note for those who decide."""

    words = Words(
        limit=NOTE_LIMIT,
        label=later("A private note"),
        help_text=later("For those who decide in this case. No party ever sees it, and it is in no bundle."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class QuestionForm(StepForm):
    """What the author is asked."""

    question = Words(
        limit=QUESTION_LIMIT,
        label=later("What would you like to know?"),
        help_text=later("They read it as you write it. Ask what they meant; do not say who told us."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class CommentForm(StepForm):
    """The standard answer, and whether the comment goes."""

    words = Words(
        limit=2000,
        label=later("What we answer there"),
        help_text=later("Say nothing of anybody’s matter. You copy it at the place by hand."),
        widget=forms.Textarea(attrs={"rows": 6, "class": "words"}),
    )
    code = forms.ChoiceField(
        required=False,
        label=later("And the comment?"),
        help_text=later("If it goes, its author gets a notice. It counts for nothing later: to ask is no fault."),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, seen=case.seq, **kwargs)
        self.initial.setdefault("words", standard_answer(case.org))
        field = self.fields["code"]
        if isinstance(field, forms.ChoiceField):
            rules = [(one.code, f"{one.code} · {one.title}") for one in citable(case.policy)]
            field.choices = [(_ONLY_ANSWER, _("It stays, for now")), (_("It goes, under this rule"), rules)]
        if case.stage != Stage.RECEIVED:
            del self.fields["code"]


class SupportForm(StepForm):
    """What was offered, and how much they want to hear."""

    offered = forms.MultipleChoiceField(
        label=later("What was offered?"), choices=list(words.OFFERED.items()), widget=CheckCards()
    )
    hears = forms.ChoiceField(
        label=later("How much do they want to hear?"), choices=list(words.HEARS.items()), widget=ChoiceCards()
    )
    note = Words(
        limit=NOTE_LIMIT,
        required=False,
        label=later("A note"),
        help_text=later("Without names. For those who decide in this case only."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_POST
@officer(*READERS)
def note(request: OfficerRequest, case: int) -> HttpResponse:
    """Keep a private note; its form stands on the case page."""
    found = the_case(request, case)
    if not is_open_to(found, request):
        return go(request, "case", case=found.pk)
    form = NoteForm(request.POST, seen=found.seq)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return SeeOther(address(request, "case", case=found.pk) + "#notes")
    key = f"note:{found.pk}:{label(request.person)}:{form.cleaned_data['form_key']}"[:64]
    try:
        write_note(found.pk, words=form.cleaned_data["words"], by=request.person, at=request.now, form_key=key)
    except FolkmootError as error:
        messages.error(request, str(error))
    else:
        arrived(request, _("The note is kept."))
    return SeeOther(address(request, "case", case=found.pk) + "#notes")


@officer(*READERS)
def question(request: OfficerRequest, case: int) -> HttpResponse:
    """Ask the author what they meant (Sg)."""
    found = the_case(request, case)
    page = OneForm(
        title=_("Ask the author"),
        lead=_("They can answer, or change the post themselves. The time to answer runs on; you need not wait."),
        button=_("Send the question"),
        done=_("The question leaves in about a minute, or has to be handed over."),
        more={"helpful_by": local_day(helpful_by(found, at=request.now), request.org)},
    )

    def take(given: dict[str, Any]) -> Paper:
        return ask_clarification(
            found.pk, question=given["question"], by=request.person, at=request.now, seen=given["seen"]
        )

    form = QuestionForm(request.POST or None, seen=found.seq)
    return one_form(request, found, Step.ASK_CLARIFICATION, page, form, take)


@officer(*READERS)
def comment(request: OfficerRequest, case: int) -> HttpResponse:
    """Answer somebody who argues about moderation in the comments (Sf)."""
    found = the_case(request, case)
    page = OneForm(
        title=_("Answer in the comments"),
        lead=_("Questions about moderation are not argued below posts. This says politely where they get an answer."),
        button=_("Ask for it to be posted"),
        done=_("Now somebody has to post the answer by hand."),
    )

    def take(given: dict[str, Any]) -> Paper:
        step = {"words": given["words"], "by": request.person, "at": request.now, "seen": given["seen"]}
        if given.get("code"):
            return answer_and_take_down(found.pk, code=given["code"], **step)
        return answer_in_comments(found.pk, **step)

    form = CommentForm(request.POST or None, case=found)
    return one_form(request, found, Step.ANSWER_IN_COMMENTS, page, form, take)


@officer(*READERS)
def support(request: OfficerRequest, case: int) -> HttpResponse:
    """Write down what was offered to the person targeted (D44)."""
    found = the_case(request, case)
    page = OneForm(
        title=_("Support for whoever was targeted"),
        lead=_("Often it is not they who told us. Offer it, let them choose, and write down here what was offered."),
        button=_("Write it down"),
        done=_("Thank you. It is in the file."),
    )

    def take(given: dict[str, Any]) -> Paper:
        return offer_support(
            found.pk,
            offered=[Offered(one) for one in given["offered"]],
            hears=Hears(given["hears"]),
            note=given["note"],
            by=request.person,
            at=request.now,
        )

    form = SupportForm(request.POST or None, seen=found.seq)
    return one_form(request, found, Step.OFFER_SUPPORT, page, form, take)


def ready_box(request: OfficerRequest, case: Case, papers: Sequence[Paper], *, decides: bool) -> dict[str, Any]:
    """Return what the case page says of all this, and what the reader can do there now.

    Notes, and what was offered to whom, are for those who decide.
    """
    can = {
        name: decides and not refusal(case, request, step)
        for name, step in (
            ("note", Step.WRITE_NOTE),
            ("ask", Step.ASK_CLARIFICATION),
            ("beside", Step.PUT_BESIDE),
            ("comment", Step.ANSWER_IN_COMMENTS),
            ("support", Step.OFFER_SUPPORT),
        )
    }
    asked = [paper for paper in papers if paper.kind == Paper.Kind.QUESTION]
    can["ask"] = can["ask"] and len(asked) < MOST and case.post is not None
    can["spam"] = decides and not why_not_spam(case) and not refusal(case, request, Step.WRITE_NOTE)
    people = people_named([paper.by for paper in papers if paper.kind == Paper.Kind.NOTE]) if decides else {}
    kinds = {paper.facts["kind"] for paper in papers if paper.kind == Paper.Kind.REPORT}
    return {
        "can": can,
        "note_form": NoteForm(seen=case.seq) if can["note"] else None,
        "notes": [_note(paper, people) for paper in papers if paper.kind == Paper.Kind.NOTE] if decides else [],
        "questions": questions_of(papers),
        "beside": beside_of(papers),
        "support": [_support(paper) for paper in papers if paper.kind == Paper.Kind.SUPPORT] if decides else [],
        "may_be_spam": ReportKind.SPAM in kinds and case.stage == Stage.RECEIVED and can["spam"],
        "account": case.post.account if case.post else case.account,
        "officer": bool(request.offices & {Role.ADMINISTRATOR, Role.MODERATOR}),
    }


def beside_of(papers: Sequence[Paper]) -> list[dict[str, Any]]:
    """Return our own posts that were put beside the contested one."""
    return [{"at": paper.at, **paper.words} for paper in papers if paper.kind == Paper.Kind.BESIDE]


def questions_of(papers: Sequence[Paper]) -> list[dict[str, Any]]:
    """Return what the author was asked before deciding, or told when their post was hidden, with what they answered."""
    asked = [_question(paper, papers) for paper in papers if paper.kind in ASKS]
    return [one for one in asked if one["answers"] or not one["hid"]]


def _note(paper: Paper, people: dict[int, str]) -> dict[str, Any]:
    return {"by": name_of(paper.by, people), "at": paper.at, "text": paper.words.get("words", "")}


def _question(paper: Paper, papers: Sequence[Paper]) -> dict[str, Any]:
    answers = [one for one in papers if one.kind == Paper.Kind.CLARIFICATION and one.answers_id == paper.pk]
    return {
        "at": paper.at,
        "hid": paper.kind == Paper.Kind.HIDING,
        "text": paper.words.get("question", "") or paper.words.get("reasons", ""),
        "answers": [
            {"at": one.at, "did": words.DID[Did(one.facts["did"])], "text": one.words.get("words", "")}
            for one in answers
        ],
    }


def _support(paper: Paper) -> dict[str, Any]:
    return {
        "at": paper.at,
        "offered": [words.OFFERED[Offered(one)] for one in paper.facts.get("offered", [])],
        "hears": words.HEARS[Hears(paper.facts["hears"])],
        "note": paper.words.get("note", ""),
    }
