"""Writing down the Executive's vote on opening a final case again (D35)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import procedure_of
from folkmoot.members.models import Person
from folkmoot.procedure.words import Ballot, Reopening, Role, Step
from folkmoot.steps.reopen import Why, reopen, why_not_reopen
from folkmoot.steps.seen import caught_up, took_already
from folkmoot.steps.sitting import Bench, bench
from folkmoot.steps.vote import Motion
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk.going import SeeOther, is_open_to, note_reading, the_case
from folkmoot.web.desk.news import done_already, seen_by
from folkmoot.web.drafts import arrived
from folkmoot.web.forms import Line, StepForm, Words, attempt
from folkmoot.web.look.widgets import ChoiceCards
from folkmoot.web.panel.home import SITS
from folkmoot.web.panel.reading import GROUNDS
from folkmoot.web.panel.seats import Seats

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_VOTES: "list[tuple[str, StrOrPromise]]" = [
    (Ballot.FOR.value, later("Sat: for it")),
    (Ballot.AGAINST.value, later("Sat: against")),
    (Ballot.ABSTAIN.value, later("Sat: abstained")),
]
_HINTS = {
    Reopening.NEW_EVIDENCE: later("Something has come to light that nobody knew then."),
    Reopening.PROCEDURAL_ERROR: later("Something was not done as the rules say."),
    Reopening.COURT_ORDER: later("A court has ordered it."),
}


class ReopeningForm(StepForm):
    """On which ground, who voted how, and why."""

    ground = forms.ChoiceField(
        label=later("On which ground?"),
        choices=[(ground.value, said) for ground, said in GROUNDS.items()],
        widget=ChoiceCards(hints={ground.value: str(hint) for ground, hint in _HINTS.items()}),
    )
    reference = Line(
        required=False,
        label=later("Which court, and which order?"),
        help_text=later("Only where a court has ordered it."),
    )
    met_on = forms.DateField(
        label=later("When did the Executive vote?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": later("Please give the date as day, month and year.")},
    )
    necessity = Words(
        limit=2000,
        required=False,
        label=later("Fewer sat than the quorum: why did it go ahead?"),
        help_text=later("Only where no other member is free to sit. It stays sealed."),
        widget=forms.Textarea(attrs={"rows": 3, "data-unkept": ""}),
    )
    reasons = Words(
        limit=10_000,
        label=later("The Executive’s reasons"),
        help_text=later("They stay on the record. The parties are told the ground, not these words."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, case: Case, members: Sequence[Person], bench: Bench, **kwargs: Any) -> None:
        super().__init__(*args, seen=case.seq, **kwargs)
        self.seats = Seats(self, members, bench, _VOTES)

    def why(self) -> Why:
        """Return the ground and the reasons, once the form is valid."""
        given = self.cleaned_data
        return Why(Reopening(given["ground"]), given["reasons"], given["reference"])

    def motion(self) -> Motion:
        """Return how they voted, once the form is valid."""
        votes = {pk: Ballot(word) for pk, word in self.seats.votes.items()}
        return Motion(votes, self.seats.aside, self.cleaned_data["necessity"])


@officer(*SITS)
def reopening(request: OfficerRequest, case: int) -> HttpResponse:
    """Show the form; then record the vote."""
    found = the_case(request, case)
    back = SeeOther(reverse("panel:case", kwargs={"org": request.org.slug, "case": found.pk}))
    desk = SeeOther(reverse("desk:case", kwargs={"org": request.org.slug, "case": found.pk}))
    if not is_open_to(found, request):
        return desk
    steps = (Step.REOPEN, Step.KEEP_FINAL)
    if request.method == "POST" and any(took_already(found, step, request.person, seen_by(request)) for step in steps):
        arrived(request, done_already())
        return back
    why = why_not_reopen(found, request.person, at=request.now)
    if why and request.method != "POST":
        messages.error(request, why)
        return desk
    form = _form(request, found)
    if form.is_bound and form.is_valid():
        paper = attempt(form, lambda: _reopen(request, found, form))
        if paper:
            arrived(request, _done(paper))
            return back
    note_reading(request, "reopening", found)
    seats, quorum = form.seats.bench, procedure_of(found).limits.quorum
    context = {
        "case": found,
        "form": form,
        "quorum": quorum,
        "able": len(seats.members),
        "short": seats.by_necessity or len(seats.members) < quorum or "necessity" in form.errors,
    }
    return render(request, "panel/reopening.html", context, status=422 if form.errors else 200)


def _form(request: OfficerRequest, case: Case) -> ReopeningForm:
    members = list(Person.objects.holding(case.org, Role.EXECUTIVE, at=request.now).order_by("name"))
    data = request.POST if request.method == "POST" else None
    today = timezone.localdate(request.now)
    seats = bench(case, at=request.now)
    return ReopeningForm(data, case=case, members=members, bench=seats, initial={"met_on": today})


def _reopen(request: OfficerRequest, case: Case, form: ReopeningForm) -> Paper:
    return reopen(
        case.pk,
        form.why(),
        motion=form.motion(),
        met_on=form.cleaned_data["met_on"],
        by=request.person,
        at=request.now,
        seen=caught_up(case, form.cleaned_data["seen"]),
    )


def _done(paper: Paper) -> str:
    if paper.facts["carried"]:
        return _("Carried: the case is before the Executive again, and its parties are told.")
    return _("Not carried: the case stays closed. The vote is on the record.")
