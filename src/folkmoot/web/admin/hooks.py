"""Other programs that are told when something happens in a case: which, of what, and whether it arrives."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_POST, require_safe

from folkmoot.outbox.hooks import KINDS, TEST
from folkmoot.outbox.models import Hook, HookCall
from folkmoot.procedure.words import Role
from folkmoot.steps.add_hook import Added, add_hook
from folkmoot.steps.call_again import call_again
from folkmoot.steps.end_hook import end_hook
from folkmoot.steps.many import written_by
from folkmoot.steps.renew_hook_secret import renew_hook_secret
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.admin.going import go
from folkmoot.web.forms import Line, PlainForm, attempt
from folkmoot.web.look.widgets import CheckCards

SHOWN = 50  # calls of one program
WORDS = {
    "case.reported": later("A report comes in"),
    "case.decided": later("It is decided"),
    "case.taken_back": later("What was decided is taken back within its minute"),
    "case.appealed": later("The author appeals"),
    "case.reconsidered": later("The appeal is answered"),
    "case.put_to_executive": later("The author puts it to the Executive"),
    "case.minuted": later("The Executive’s vote is written down"),
    "case.final": later("It is final"),
    "case.reopened": later("It is opened again"),
    "case.handed_over": later("No answer came in time, and somebody else is added"),
    "case.changed": later("Anything else happens"),
    TEST: later("A test"),
}


class HookForm(PlainForm):
    """Another program."""

    url = Line(
        limit=500,
        label=later("At which address does it want to hear?"),
        help_text=later("It begins with https://. Whoever runs that program knows it."),
        error_messages={"required": later("Please write the address.")},
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}),
    )
    kinds = forms.MultipleChoiceField(
        label=later("When is it told?"),
        choices=[(kind, WORDS[kind]) for kind in KINDS],
        error_messages={"required": later("Please choose what it is to be told of.")},
        widget=CheckCards,
    )


@officer(Role.ADMINISTRATOR)
@require_safe
def hooks(request: OfficerRequest) -> HttpResponse:
    """Show which programs are told."""
    return _page(request, HookForm())


@officer(Role.ADMINISTRATOR)
@require_POST
def added(request: OfficerRequest) -> HttpResponse:
    """Add one, and show once what its calls are signed with."""
    form = HookForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(form, lambda: add_hook(request.org, **given, by=request.person, at=request.now))
        if done:
            response = _page(request, HookForm(), done=done)
            add_never_cache_headers(response)
            return response
    return _page(request, form)


@officer(Role.ADMINISTRATOR)
@require_safe
def hook(request: OfficerRequest, hook: int) -> HttpResponse:
    """Show what one program was told last."""
    return _page_of(request, _the_hook(request, hook))


@officer(Role.ADMINISTRATOR)
@require_POST
def renewed(request: OfficerRequest, hook: int) -> HttpResponse:
    """Give one a new secret, and show it once."""
    found = _the_hook(request, hook)
    done = renew_hook_secret(request.org, found.pk, by=request.person, at=request.now)
    response = _page_of(request, done.hook, done=done)
    add_never_cache_headers(response)
    return response


@officer(Role.ADMINISTRATOR)
@require_POST
def ended(request: OfficerRequest, hook: int) -> HttpResponse:
    """Take one out."""
    found = _the_hook(request, hook)
    end_hook(request.org, found.pk, by=request.person, at=request.now)
    return go(request, "hooks", say=_("It is told of nothing any more."))


@officer(Role.ADMINISTRATOR)
@require_POST
def again(request: OfficerRequest, hook: int, call: int) -> HttpResponse:
    """Let one call be made once more."""
    found = _the_hook(request, hook)
    own = written_by(request.org, request.person)
    one = HookCall.objects.within(request.org).filter(hook=found, pk=call).exclude(case__in=own).first()
    if one is None:
        raise Http404
    call_again(request.org, one.pk, by=request.person, at=request.now)
    return go(request, "hook", say=_("It is sent again within seconds."), hook=found.pk)


def _page(request: OfficerRequest, form: HookForm, *, done: Added | None = None) -> HttpResponse:
    rows = Hook.objects.within(request.org).order_by("-pk")
    context: dict[str, Any] = {
        "hooks": [(one, _words(one)) for one in rows if one.ended_at is None],
        "ended": [one for one in rows if one.ended_at is not None],
        "form": form,
        "refused": form if form.errors else None,
        "added": done,
        "demo": settings.DEMO,
    }
    return render(request, "administration/hooks.html", context, status=422 if form.errors else 200)


def _page_of(request: OfficerRequest, found: Hook, *, done: Added | None = None) -> HttpResponse:
    own = written_by(request.org, request.person)  # D9: nobody learns here that they were reported
    calls = HookCall.objects.within(request.org).filter(hook=found).exclude(case__in=own).order_by("-pk")[:SHOWN]
    context = {
        "hook": found,
        "kinds": _words(found),
        "calls": [(call, WORDS[call.kind]) for call in calls],
        "added": done,
        "both": found.both_until is not None and request.now < found.both_until,
    }
    return render(request, "administration/hook.html", context)


def _the_hook(request: OfficerRequest, number: int) -> Hook:
    found = Hook.objects.within(request.org).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _words(one: Hook) -> list[Any]:
    return [WORDS[kind] for kind in one.kinds.split()]
