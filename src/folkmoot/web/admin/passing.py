"""After the annual meeting: somebody takes over another's roles and open cases."""

from collections.abc import Collection
from typing import Any, cast

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from folkmoot.members.models import Person
from folkmoot.procedure.words import OFFICES, Role
from folkmoot.steps.pass_cases import pass_cases, what_moves
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.admin.going import go, the_person
from folkmoot.web.context import ROLE_WORDS
from folkmoot.web.forms import PlainForm, attempt
from folkmoot.web.look.widgets import CheckCards


class PassingForm(PlainForm):
    """Who takes over, and what."""

    incoming = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        label=later("Who takes over?"),
        empty_label=None,
        help_text=later("Somebody new is invited first, on the page with all people."),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), later("Please choose one of those that are shown.")
        ),
    )
    roles = forms.MultipleChoiceField(
        label=later("Which roles?"),
        widget=CheckCards(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), later("Please choose at least one role.")),
    )

    def __init__(self, *args: Any, people: Any, roles: Collection[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Person]", self.fields["incoming"]).queryset = people
        held = [(role.value, ROLE_WORDS[role]) for role in OFFICES if role in roles]
        cast(forms.MultipleChoiceField, self.fields["roles"]).choices = held


@officer(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def passing(request: OfficerRequest, person: int) -> HttpResponse:
    """Ask who takes over what; show what moves; then let it move."""
    found = the_person(request, person)
    held = found.own_offices(at=request.now)
    others = Person.objects.within(request.org).exclude(pk=found.pk).order_by("name")
    initial = {"roles": sorted(held - {Role.ADMINISTRATOR})}
    form = PassingForm(request.POST or None, people=others, roles=held, initial=initial)
    if request.method == "POST" and form.is_valid() and request.POST.get("go") != "change":
        incoming, roles = form.cleaned_data["incoming"], set(map(Role, form.cleaned_data["roles"]))
        if request.POST.get("go") != "confirm":
            return _check_page(request, found, incoming, roles, form)
        if attempt(form, lambda: pass_cases(found, incoming, roles=roles, by=request.person, at=request.now)):
            return go(
                request, "person", say=_("Passed on. They get a mail with what waits for them."), person=incoming.pk
            )
    wrong = form.is_bound and bool(form.errors)
    context = {"who": found, "form": form, "held": held}
    return render(request, "administration/passing.html", context, status=422 if wrong else 200)


def _check_page(
    request: OfficerRequest, found: Person, incoming: Person, roles: set[Role], form: PassingForm
) -> HttpResponse:
    moving = what_moves(found, roles, at=request.now)
    context = {
        "who": found,
        "incoming": incoming,
        "form": form,
        "moving": moving,
        "role_words": [ROLE_WORDS[role] for role in OFFICES if role in roles],
        "left": [ROLE_WORDS[role] for role in OFFICES if role in found.own_offices(at=request.now) - roles],
    }
    return render(request, "administration/passing_check.html", context)
