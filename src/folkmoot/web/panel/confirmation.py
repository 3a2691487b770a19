"""Those who sat confirm their own vote as the minute has it, or say what is wrong."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.casefile.models import Case, Paper
from folkmoot.kernel.errors import FolkmootError
from folkmoot.procedure.words import Role, Stage, Vote
from folkmoot.steps.confirm_minute import confirm_minute
from folkmoot.steps.make_final import minute_of
from folkmoot.steps.object_to_minute import object_to_minute
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk.going import SeeOther, is_open_to, note_reading
from folkmoot.web.drafts import arrived
from folkmoot.web.forms import PlainForm, Words, attempt
from folkmoot.web.panel.bundle import executive_case
from folkmoot.web.panel.reading import VOTES, recorded


class ReadForm(PlainForm):
    """Which minute the page showed: nobody answers for one that they have not read."""

    minute = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31)


class ObjectionForm(ReadForm):
    """What is wrong in the record."""

    words = Words(
        limit=5000,
        label=later("What is wrong in the record?"),
        help_text=later("Whoever wrote the minute is told, and the meeting is recorded again."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@officer(Role.EXECUTIVE)
def confirmation(request: OfficerRequest, case: int) -> HttpResponse:
    """Show the record to confirm; take the answer."""
    found = executive_case(request, case)
    paper = minute_of(found)
    mine = paper.facts["votes"].get(str(request.person.pk)) if paper else None
    if paper is None or mine is None or found.stage != Stage.MINUTED or not is_open_to(found, request):
        if mine is not None and found.stage == Stage.FINAL:
            messages.info(request, _("This case is final already. Thank you."))
        return _to(request, found)
    form = ObjectionForm(request.POST if request.POST.get("go") == "object" else None)
    if request.method == "POST" and request.POST.get("go") == "confirm":
        return _confirm(request, found, ReadForm(request.POST))
    if form.is_bound and form.is_valid():
        objection = attempt(form, lambda: _object(request, found, form))
        if objection:
            arrived(request, _("Your objection is on the record. The minute has no effect."))
            return _to(request, found)
    note_reading(request, "confirmation", found)
    shown = recorded(found, paper)
    context = {
        "case": found,
        "form": form,
        "minute": shown,
        "number": paper.number,
        "vote": VOTES[Vote(mine)],
        "done": request.person.pk not in shown.unconfirmed,
    }
    return render(request, "panel/confirmation.html", context, status=422 if form.errors else 200)


def _confirm(request: OfficerRequest, case: Case, form: ReadForm) -> SeeOther:
    read = form.cleaned_data["minute"] if form.is_valid() else 0  # no page of ours: no minute has that number
    try:
        final = confirm_minute(case.pk, by=request.person, at=request.now, read=read)
    except FolkmootError as error:
        messages.info(request, str(error))
        return _to(request, case)
    said = (
        _("Everybody who sat has confirmed: the decision is final.") if final else _("Thank you. You have confirmed.")
    )
    arrived(request, said)
    return _to(request, case)


def _object(request: OfficerRequest, case: Case, form: ObjectionForm) -> Paper:
    given = form.cleaned_data
    return object_to_minute(case.pk, words=given["words"], by=request.person, at=request.now, read=given["minute"])


def _to(request: OfficerRequest, case: Case) -> SeeOther:
    return SeeOther(reverse("panel:case", kwargs={"org": request.org.slug, "case": case.pk}))
