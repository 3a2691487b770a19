"""A letter came back: somebody of the organisation says so, for example since it lies in their mailbox."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.outbox.models import Dispatch
from folkmoot.steps.many import written_by
from folkmoot.steps.record_return import record_return
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk.going import go, note_reading
from folkmoot.web.desk.letters import letter_title
from folkmoot.web.forms import PlainForm, Words, attempt


class ReturnForm(PlainForm):
    """How it is known that the letter came back."""

    note = Words(
        limit=1000,
        label=later("How do you know that it came back?"),
        help_text=later("For example: our mailbox has a message that there is no such address. The record keeps it."),
        error_messages={"required": later("Please write how you know that it came back.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@officer()
def returned(request: OfficerRequest, dispatch: int) -> HttpResponse:
    """Show which letter it is; take the word of whoever says that it came back."""
    own = written_by(request.org, request.person)  # D9: that there is a letter tells that somebody reported, and when
    found = Dispatch.objects.within(request.org).exclude(case__in=own).filter(pk=dispatch).first()
    if found is None:
        raise Http404
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        said = attempt(form, lambda: (record_return(found.pk, note=note, by=request.person, at=request.now),))
        if said:
            return go(request, "letters", say=_("Written down. If it was for an author, another way is looked for."))
    note_reading(request, f"letter {found.pk}", found.case)
    context = {"letter": found, "title": letter_title(found), "form": form}
    return render(request, "desk/returned.html", context, status=422 if form.errors else 200)
