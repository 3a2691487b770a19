"""Nobody is left for a fresh decision: the Executive's own, with its votes, checked and then issued (Sh)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import procedure_of
from folkmoot.editions.models import Clause
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Person
from folkmoot.notices.letters import Letter
from folkmoot.procedure.words import APPEALABLE, Role
from folkmoot.steps.decide_as_panel import CONTEXT, decide_as_panel, no_panel
from folkmoot.steps.finding import Decision, require_sound, statement
from folkmoot.steps.measures import require_measures
from folkmoot.steps.seen import caught_up
from folkmoot.steps.sitting import bench
from folkmoot.steps.tell import author_address
from folkmoot.steps.vote import recorder, require_vote
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk import casework, evidence, words
from folkmoot.web.desk.conversation import around
from folkmoot.web.desk.decision import said_of
from folkmoot.web.desk.decision_form import DecisionForm, draft
from folkmoot.web.desk.going import SeeOther, is_open_to, note_reading, the_case
from folkmoot.web.desk.measure_fields import said_of_measures
from folkmoot.web.desk.news import news
from folkmoot.web.desk.stakes import closed_to
from folkmoot.web.drafts import arrived
from folkmoot.web.forms import attempt
from folkmoot.web.panel.home import SITS
from folkmoot.web.panel.vote_form import DECISION, Ballots, voters


@dataclass(frozen=True)
class Ready:
    """A decision of the panel that can be issued as it is."""

    said: Decision
    clauses: Sequence[Clause]
    letter: Letter | None


@require_http_methods(["GET", "HEAD", "POST"])
@officer(*SITS)
def decision(request: OfficerRequest, case: int) -> HttpResponse:
    """Show what is to be found and who voted how; then all of it, to check; then decide."""
    found = the_case(request, case)
    desk = SeeOther(reverse("desk:case", kwargs={"org": request.org.slug, "case": found.pk}))
    if not is_open_to(found, request):
        return desk
    why = no_panel(found, at=request.now)
    if why:
        messages.error(request, why)
        return desk
    if request.method != "POST":
        note_reading(request, "panel decision", found)
        return _page(
            request, found, DecisionForm(case=found, today=timezone.localdate(request.now)), _ballots(request, found)
        )
    form, ballots = DecisionForm(request.POST, case=found), _ballots(request, found, bound=True)
    if not (form.is_valid() and ballots.is_valid()) or request.POST.get("go") == "change":
        return _page(request, found, form, ballots)
    ready = attempt(form, lambda: _ready(request, found, form, ballots))
    if ready and request.POST.get("go") != "confirm":
        return _check(request, found, form, ballots, ready)
    if ready and attempt(form, lambda: _take(request, found, form, ballots, ready.said)):
        arrived(request, _("Decided. The letters are on their way, or wait to be handed over."))
        return desk
    return _page(request, found, form, ballots)


def _ballots(request: OfficerRequest, case: Case, *, bound: bool = False) -> Ballots:
    members = list(Person.objects.holding(case.org, Role.EXECUTIVE, at=request.now).order_by("name"))
    seats = voters(case, bench(case, at=request.now))
    data = request.POST if bound else None
    return Ballots(data, members=members, bench=seats, votes=DECISION, prefix="vote")


def _ready(request: OfficerRequest, case: Case, form: DecisionForm, ballots: Ballots) -> Ready:
    recorder(case, request.person, at=request.now)
    require_vote(case, ballots.motion(), at=request.now)
    said = draft(form)
    if said is None:
        raise BadInput(_("Please say what was found."), field="outcome")
    if not ballots.motion().carried:
        raise BadInput(_("More than half of the votes cast have to be for this decision."))
    clauses = require_sound(case, said)
    require_measures(case, said.measures, at=request.now)
    if said.outcome not in APPEALABLE:
        return Ready(said, clauses, None)
    letter = statement(case, said, clauses, at=request.now, grant=None, context=CONTEXT, afresh=True, to_members=True)
    return Ready(said, clauses, letter)


def _take(request: OfficerRequest, case: Case, form: DecisionForm, ballots: Ballots, said: Decision) -> Paper:
    seen = caught_up(case, form.cleaned_data["seen"])
    return decide_as_panel(case.pk, said, motion=ballots.motion(), by=request.person, at=request.now, seen=seen)


def _page(request: OfficerRequest, case: Case, form: DecisionForm, ballots: Ballots) -> HttpResponse:
    papers = casework.papers_of(case)
    post = evidence.kept(case, papers)
    wrong = bool(form.errors or ballots.errors)
    context: dict[str, Any] = {
        "case": case,
        "form": form,
        "ballots": ballots,
        "place": words.place(case),
        "post": post,
        "around": around(case.post if not post.child else None, closed=closed_to(request.person)),
        "reports": casework.reports(papers, names=False),
        "names": False,
        "before": casework.decision(case, papers),
        "quorum": procedure_of(case).limits.quorum,
        "able": len(ballots.seats.bench.members),
        "short": ballots.short(case),
        "news": news(case, form.cleaned_data.get("seen", case.seq)) if wrong and form.is_bound else [],
    }
    return render(request, "panel/decision.html", context, status=422 if wrong else 200)


def _check(request: OfficerRequest, case: Case, form: DecisionForm, ballots: Ballots, ready: Ready) -> HttpResponse:
    context = {
        "case": case,
        "form": form,
        "ballots": ballots,
        "said": ready.said,
        "outcome": words.OUTCOMES[ready.said.outcome],
        "found": [*said_of(ready.said, only=form.asks), *said_of_measures(ready.said.measures)],
        "clauses": ready.clauses,
        "letter": ready.letter,
        "answers": [(line.person.name, line.said) for line in ballots.seats.lines()],
        "address": author_address(case),
    }
    return render(request, "panel/decision_check.html", context)
