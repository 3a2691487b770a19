"""Taking longer for an answer, once: why, and who is told until when (D14)."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.casefile.models import Case, Duty
from folkmoot.casefile.record import procedure_of
from folkmoot.procedure.calendar import due_after
from folkmoot.procedure.duties import Owed
from folkmoot.procedure.words import Step
from folkmoot.steps.extend import extend, extendable
from folkmoot.steps.seen import caught_up
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk.going import READERS, SeeOther, address, go, is_open_to, note_reading, the_case
from folkmoot.web.desk.next_step import refusal
from folkmoot.web.forms import StepForm, Words, attempt


class ExtensionForm(StepForm):
    """Why it takes longer."""

    reason = Words(
        limit=2000,
        label=later("Why does it take longer?"),
        help_text=later("Those who wait read it. Name nobody, and say nothing that only the desk may know."),
        error_messages={"required": later("Please write why it takes longer: those who wait for the answer read it.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@officer(*READERS)
def extension(request: OfficerRequest, case: int) -> HttpResponse:
    """Ask why; then put the answers off that this reader owes."""
    found = the_case(request, case)
    if not is_open_to(found, request):
        return go(request, "case", case=found.pk)
    form = ExtensionForm(request.POST or None, seen=found.seq)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        paper = attempt(
            form,
            lambda: extend(
                found.pk,
                reason=given["reason"],
                by=request.person,
                at=request.now,
                seen=caught_up(found, given["seen"]),
                form_key=given["form_key"],
            ),
        )
        if paper:
            return go(request, "case", say=_("Put off, once. Those who wait for the answer are told."), case=found.pk)
    if request.method != "POST" and not may_extend(request, found):
        messages.info(request, _("There is no answer here that you could put off."))
        return SeeOther(address(request, "case", case=found.pk))
    note_reading(request, "extension", found)
    owed = extendable(found, request.person, at=request.now)
    context = {
        "case": found,
        "form": form,
        "owed": [(_ASKED[Owed(duty.owed)], duty.paper.at, duty.due_at, _until(found, duty)) for duty in owed],
    }
    return render(request, "desk/extension.html", context, status=422 if form.errors else 200)


def may_extend(request: OfficerRequest, case: Case) -> bool:
    """Say whether this reader owes an answer in the case that can be put off."""
    return bool(extendable(case, request.person, at=request.now)) and not refusal(case, request, Step.EXTEND)


def _until(case: Case, duty: Duty) -> object:
    limits = procedure_of(case).limits
    return due_after(duty.due_at, limits.extension_days, limits, zone=case.org.zone)


_ASKED = {Owed.REPORT: later("The answer to a report"), Owed.APPEAL: later("The answer to the appeal")}
