"""Writing the minute: the form, all of it to check, and then the step."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import procedure_of
from folkmoot.members.models import Person
from folkmoot.notices.letters import Letter
from folkmoot.procedure.panel import result
from folkmoot.procedure.words import Answer, Role, Stage, Step
from folkmoot.steps.gone_along import falls_with
from folkmoot.steps.make_final import executive_letter, minute_of
from folkmoot.steps.record_minute import Minute, record_minute
from folkmoot.steps.seen import caught_up, took_already
from folkmoot.steps.sitting import bench
from folkmoot.steps.vary import instead_of
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk.going import SeeOther, is_open_to, note_reading
from folkmoot.web.desk.instead import INSTEAD
from folkmoot.web.drafts import arrived
from folkmoot.web.forms import attempt
from folkmoot.web.panel.bundle import contents, executive_case
from folkmoot.web.panel.home import SITS
from folkmoot.web.panel.minute_form import MinuteForm
from folkmoot.web.panel.reading import ANSWERS, recorded


@officer(*SITS)
def minute(request: OfficerRequest, case: int) -> HttpResponse:
    """Show the form; then the minute as it will stand, to check; then record it."""
    found = executive_case(request, case)
    if not is_open_to(found, request):
        return _to(request, found)
    if request.method != "POST":
        if found.stage != Stage.BEFORE_EXECUTIVE:
            messages.info(request, _("The minute of this case is written already."))
            return _to(request, found)
        note_reading(request, "minute", found)
        return _form_page(request, found, _form(request, found))
    form = _form(request, found, bound=True)
    if not form.is_valid() or request.POST.get("go") == "change":
        return _form_page(request, found, form)
    if took_already(found, Step.RECORD_MINUTE, request.person, form.cleaned_data["seen"]):
        return _to(request, found)
    if request.POST.get("go") == "confirm":
        paper = attempt(form, lambda: _record(request, found, form.minute(), form.cleaned_data["seen"]))
        if paper:
            arrived(request, _done(executive_case(request, case)))
            return _to(request, found)
        return _form_page(request, found, form)
    letter = attempt(form, lambda: _rehearse(request, found, form))
    return _check_page(request, found, form, letter) if letter else _form_page(request, found, form)


def _to(request: OfficerRequest, case: Case) -> SeeOther:
    return SeeOther(reverse("panel:case", kwargs={"org": request.org.slug, "case": case.pk}))


def _form(request: OfficerRequest, case: Case, *, bound: bool = False) -> MinuteForm:
    members = list(Person.objects.holding(case.org, Role.EXECUTIVE, at=request.now).order_by("name"))
    seats = bench(case, at=request.now)
    data = request.POST if bound else None
    today = timezone.localdate(request.now)
    return MinuteForm(data, case=case, members=members, bench=seats, initial={"met_on": today})


def _record(request: OfficerRequest, case: Case, said: Minute, seen: int) -> Paper:
    return record_minute(case.pk, said, by=request.person, at=request.now, seen=caught_up(case, seen))


def _rehearse(request: OfficerRequest, case: Case, form: MinuteForm) -> Letter:
    """Return the author's letter as it would be sent, after trying the step and taking it back."""
    said = form.minute()
    with transaction.atomic():
        paper = _record(request, case, said, form.cleaned_data["seen"])
        facts, instead = paper.facts, instead_of(paper)
        transaction.set_rollback(True)
    return executive_letter(case, facts, said.reasons, instead, grant=None)


def _form_page(request: OfficerRequest, case: Case, form: MinuteForm) -> HttpResponse:
    wrong = form.is_bound and not form.is_valid()
    quorum = procedure_of(case).limits.quorum
    context = {
        **contents(request, case),
        "form": form,
        "quorum": quorum,
        "able": len(form.seats.bench.members),
        "by_necessity": form.seats.bench.by_necessity,
        "short": form.seats.bench.by_necessity or len(form.seats.bench.members) < quorum or "necessity" in form.errors,
    }
    return render(request, "panel/minute.html", context, status=422 if wrong else 200)


def _check_page(request: OfficerRequest, case: Case, form: MinuteForm, letter: Letter) -> HttpResponse:
    said = form.minute()
    answers = [(line.person.name, line.said) for line in form.lines()]
    context = {
        "case": case,
        "form": form,
        "said": said,
        "answers": answers,
        "answer": ANSWERS[result(said.votes.values())],
        "varied": result(said.votes.values()) is Answer.VARIED,
        "overturned": result(said.votes.values()) is Answer.OVERTURNED,
        "comes_back_too": falls_with(case),
        "instead": INSTEAD.get(said.instead.outcome) if said.instead else "",
        "letter": letter,
        "hours": procedure_of(case).limits.objection_hours,
        "others": len(set(said.votes) - {request.person.pk}),
    }
    return render(request, "panel/minute_check.html", context)


def _done(case: Case) -> str:
    if case.stage == Stage.FINAL:
        return _("The minute is on the record, and the decision is final.")
    paper = minute_of(case)
    waiting = len(recorded(case, paper).unconfirmed) if paper else 0
    return _("The minute is on the record. %(n)d who sat are asked to confirm it.") % {"n": waiting}
