"""Deciding: the form with the letter growing beside it, a look at all of it, and then the step."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from folkmoot.casefile.models import Case, Paper
from folkmoot.editions.citing import cited
from folkmoot.editions.models import Clause
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Person
from folkmoot.notices.letters import Letter
from folkmoot.procedure.words import APPEALABLE, RESTRICTING, TAKES_AWAY, Intent, Lane, Outcome, Role, Step
from folkmoot.steps.decide import decide
from folkmoot.steps.enforce import waits
from folkmoot.steps.finding import Decision, require_sound, statement
from folkmoot.steps.measures import require_measures
from folkmoot.steps.propose import propose
from folkmoot.steps.reviews import sent_back
from folkmoot.steps.second_look import asks_second_look, context_of, free_to_look
from folkmoot.steps.seen import caught_up, took_already
from folkmoot.steps.standing import by_necessity, capacity
from folkmoot.steps.tell import author_address
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk import casework, evidence, words
from folkmoot.web.desk.case import decides
from folkmoot.web.desk.conversation import around
from folkmoot.web.desk.decision_form import DecisionForm, draft, missing, worth_a_thought
from folkmoot.web.desk.going import READERS, SeeOther, address, go, is_open_to, note_reading, the_case
from folkmoot.web.desk.meanwhile import came_second
from folkmoot.web.desk.measure_fields import running_elsewhere, said_of_measures
from folkmoot.web.desk.necessity import reason
from folkmoot.web.desk.news import news, require_current, seen_by
from folkmoot.web.desk.next_step import refusal
from folkmoot.web.desk.ready import beside_of, questions_of
from folkmoot.web.desk.stakes import closed_to
from folkmoot.web.desk.taken_back import written_before
from folkmoot.web.forms import attempt


@dataclass(frozen=True)
class Ready:
    """A decision that can be taken as it is."""

    said: Decision
    clauses: Sequence[Clause]
    letter: Letter | None
    lookers: Sequence[Person]  # who looks first, where it is unclear and takes something away


@officer(*READERS)
def decision(request: OfficerRequest, case: int) -> HttpResponse:
    """Show the form; then all that was said, to check; then decide."""
    found = the_case(request, case)
    if not is_open_to(found, request):
        return go(request, "case", case=found.pk)
    if request.method != "POST":
        why = "" if _by_necessity(request, found) else refusal(found, request, Step.DECIDE)
        if why:
            messages.error(request, why)
            return SeeOther(address(request, "case", case=found.pk))
        note_reading(request, "decision", found)
        return _form_page(request, found, _fresh(request, found))
    return _sent(request, found)


@require_POST
@officer(*READERS)
def letter(request: OfficerRequest, case: int) -> HttpResponse:
    """Return the letter as it would be sent now, and what is still missing. Nothing is kept."""
    found = the_case(request, case)
    if not is_open_to(found, request):
        raise Http404
    return render(request, "desk/_letter.html", _preview(request, found, _bound(request, found)))


def today(request: OfficerRequest) -> date:
    """Return the day it is where the organisation is."""
    return request.now.astimezone(ZoneInfo(request.org.zone)).date()


def _sent(request: OfficerRequest, case: Case) -> HttpResponse:
    form = _bound(request, case)
    wish, seen = request.POST.get("go", "check"), seen_by(request)
    second = came_second(request, case, Step.DECIDE, form, seen=seen)
    if second or wish in ("change", "letter"):
        return second or _form_page(request, case, _as_typed(request, case))
    if not form.is_valid():
        return _form_page(request, case, form)
    if any(took_already(case, step, request.person, seen) for step in (Step.DECIDE, Step.PROPOSE)):
        return go(
            request, "case", say=_("You had decided this case already: what was sent first counts."), case=case.pk
        )
    ready = attempt(form, lambda: _ready(request, case, form))
    if ready and wish not in ("confirm", "propose"):
        return _check_page(request, case, form, ready)
    step = propose if wish == "propose" else decide
    if ready and attempt(form, lambda: _take(request, case, form, step, ready.said)):
        return go(request, "case", say=_done(case, ready, wish), case=case.pk)
    now = the_case(request, case.pk)  # somebody may have been first a moment ago
    form.catch_up(now.seq)
    return came_second(request, now, Step.DECIDE, form, seen=seen) or _form_page(request, now, form, seen=seen)


def _fresh(request: OfficerRequest, case: Case) -> DecisionForm:
    """Return the form with what the reader took back a moment ago, or empty."""
    form = DecisionForm(case=case, today=today(request), initial=written_before(case, request.person))
    return _asking_why(request, case, form)


def _bound(request: OfficerRequest, case: Case) -> DecisionForm:
    """Return the form as it was sent."""
    return _asking_why(request, case, DecisionForm(request.POST, case=case))


def _asking_why(request: OfficerRequest, case: Case, form: DecisionForm) -> DecisionForm:
    """Let the form ask for the reason of somebody who decides by necessity (D42)."""
    if _by_necessity(request, case):
        form.fields["necessity"] = reason()
    return form


def _by_necessity(request: OfficerRequest, case: Case) -> bool:
    return by_necessity(case, request.person, Step.DECIDE, at=request.now)


def _as_typed(request: OfficerRequest, case: Case) -> DecisionForm:
    """Return the form with what was typed, before anything in it counts as wrong."""
    form = _asking_why(request, case, DecisionForm(case=case))
    typed: dict[str, Any] = {name: request.POST.get(name, "") for name in form.fields}
    form.initial.update(typed, **{name: request.POST.getlist(name) for name in ("codes", "measures")})
    form.initial["seen"] = seen_by(request)
    return form


def _ready(request: OfficerRequest, case: Case, form: DecisionForm) -> Ready:
    require_current(case, form.cleaned_data["seen"])
    necessity = form.cleaned_data.get("necessity", "")
    capacity(case, request.person, Step.DECIDE, at=request.now, necessity=necessity)
    said = draft(form)
    if said is None:
        raise BadInput(_("Please say what you find."), field="outcome")
    clauses = require_sound(case, said)
    require_measures(case, said.measures, at=request.now)
    return Ready(said, clauses, _letter(request, case, said, clauses), _lookers(request, case, said))


def _lookers(request: OfficerRequest, case: Case, said: Decision) -> list[Person]:
    return free_to_look(case, but=request.person, at=request.now)[1] if asks_second_look(said) else []


def _letter(request: OfficerRequest, case: Case, said: Decision, clauses: Sequence[Clause]) -> Letter | None:
    """Return the letter as it would be sent now, or `None` where the author is not written to."""
    if said.outcome not in APPEALABLE:
        return None
    context = context_of(case, said, looked=bool(_lookers(request, case, said)))
    afresh = sent_back(case) is not None
    necessity = _by_necessity(request, case)
    return statement(
        case, said, clauses, at=request.now, grant=None, context=context, afresh=afresh, necessity=necessity
    )


def _take(request: OfficerRequest, case: Case, form: DecisionForm, step: Callable[..., Paper], said: Decision) -> Paper:
    seen = caught_up(case, form.cleaned_data["seen"])
    necessity = form.cleaned_data.get("necessity", "")
    return step(case.pk, said, by=request.person, at=request.now, seen=seen, necessity=necessity)


def _form_page(request: OfficerRequest, case: Case, form: DecisionForm, *, seen: int | None = None) -> HttpResponse:
    papers = casework.papers_of(case)
    post = evidence.kept(case, papers)
    wrong = form.is_bound and not form.is_valid()
    writing = _bound(request, case)  # the preview shows what is there, wrong or not
    context = {
        "case": case,
        "form": form,
        "wrong": wrong,
        "place": words.place(case),
        "post": post,
        "around": around(case.post if not post.child else None, closed=closed_to(request.person)),
        "reports": casework.reports(papers, names=decides(case, request)),
        "names": decides(case, request),
        "beside": beside_of(papers),
        "questions": questions_of(papers),
        "news": news(case, seen) if seen is not None and wrong else [],
        "administrators": _administrators(request) if not form.grounds else "",
        "too_new": bool(case.post and case.policy.in_force_from > case.post.written_on(case.org.zone)),
        "running": running_elsewhere(case),
        "elsewhere": case.claimed_by if case.claimed_by_id != request.person.pk else None,
        **_preview(request, case, writing),
    }
    return render(request, "desk/decision.html", context, status=422 if wrong else 200)


def _administrators(request: OfficerRequest) -> str:
    """Return the names of those who can change the rules, where none of them can be cited."""
    found = Person.objects.holding(request.org, Role.ADMINISTRATOR, at=request.now).order_by("name")
    return ", ".join(found.values_list("name", flat=True))


def _check_page(request: OfficerRequest, case: Case, form: DecisionForm, ready: Ready) -> HttpResponse:
    said = ready.said
    context = {
        "case": case,
        "form": form,
        "said": said,
        "clauses": ready.clauses,
        "letter": ready.letter,
        "outcome": words.OUTCOMES[said.outcome],
        "found": [*said_of(said, only=form.asks), *said_of_measures(said.measures)],
        "restricts": said.outcome in TAKES_AWAY,
        "limits": said.outcome is Outcome.MEASURE,
        "corrects": said.outcome is Outcome.CORRECTED,
        "lookers": ready.lookers,
        "alone": asks_second_look(said) and not ready.lookers,
        "rejects": said.outcome is Outcome.REJECT,
        "lets_through": said.outcome not in TAKES_AWAY and waits(case),
        "address": author_address(case),
        "at_once": case.lane == Lane.EMERGENCY,
        "place": words.place(case),
        "told": sum(1 for report in casework.reports(casework.papers_of(case), names=True) if report.email),
        "button": words.OUTCOME_BUTTONS[said.outcome],
    }
    return render(request, "desk/decision_check.html", context)


def _preview(request: OfficerRequest, case: Case, form: DecisionForm) -> dict[str, Any]:
    said = draft(form)
    clauses = cited(case.policy, said.codes) if said else []
    return {
        "case": case,
        "letter": _letter(request, case, said, clauses) if said else None,
        "missing": missing(form, said),
        "worth_a_thought": worth_a_thought(said),
        "undecided": said is None,
    }


def said_of(said: Decision, *, only: Callable[[str], bool]) -> list[tuple[str, str]]:
    """Return what was chosen beside the finding itself, as label and words; `only` says which questions count."""
    found = [
        ("aimed_at", _("Aimed at"), words.AIMS[said.aimed_at]),
        ("clarity", _("Clear?"), words.CLARITIES[said.clarity]),
        ("severity", _("How grave"), words.SEVERITIES[said.severity]),
        ("intent", _("Meant?"), "" if said.intent is Intent.NOT_SAID else words.INTENTS[said.intent]),
        ("route", _("Goes to"), words.ROUTES[said.route] if said.route else ""),
    ]
    return [(label, str(value)) for name, label, value in found if value and only(name)]


def _done(case: Case, ready: Ready, wish: str) -> str:
    outcome = ready.said.outcome
    if wish == "propose":
        names = ", ".join(person.name for person in ready.lookers)
        return _("Nothing happens yet: %(names)s can take a second look. The time to answer runs on.") % {
            "names": names
        }
    if outcome is Outcome.CORRECTED:
        return _("Decided. Now our post has to be put right by hand. Whoever reported it is told that there is news.")
    if outcome is Outcome.REFERRED:
        return _("Decided. Whoever reported it is told that there is news.")
    if outcome not in APPEALABLE:
        return _("Decided: the post stays. Whoever reported it is told that there is news.")
    if not author_address(case):
        way = _("Nobody has an address for the author: their letter has to be handed over.")
    elif case.lane == Lane.EMERGENCY:
        way = _("The author’s letter leaves at once.")
    else:
        way = _("The author’s letter leaves in about a minute.")
    if outcome is Outcome.MEASURE:
        return _("Decided. %(way)s Now it has to be put in place by hand.") % {"way": way}
    if outcome in RESTRICTING:
        return _("Decided. %(way)s Now the post has to be taken care of by hand.") % {"way": way}
    return _("Decided: the author is warned. %(way)s") % {"way": way}
