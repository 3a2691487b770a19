"""The record: what was signed of it last, who outside keeps that, and how somebody verifies it."""

from pathlib import Path

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_POST, require_safe

from folkmoot.casefile.checkpoint_file import path_of
from folkmoot.casefile.checkpoint_reader import fingerprint_in
from folkmoot.casefile.heads import register_head
from folkmoot.casefile.models import Checkpoint
from folkmoot.config.health.keeping import signing_is_overdue
from folkmoot.members.models import Organisation, Outsider
from folkmoot.procedure.words import Role
from folkmoot.steps.end_outsider import end_outsider
from folkmoot.steps.name_outsider import name_outsider
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.admin.going import go
from folkmoot.web.forms import NAME_LIMIT, Address, Line, PlainForm, attempt
from folkmoot.web.look.widgets import ChoiceCards


class OutsiderForm(PlainForm):
    """Somebody outside who is to keep checkpoints."""

    name = Line(
        limit=NAME_LIMIT,
        label=later("Who is it?"),
        help_text=later("For example the federation’s office, an auditor, a neighbouring branch."),
        error_messages={"required": later("Please write who it is.")},
    )
    email = Address(label=later("Their e-mail address"))
    rhythm = forms.ChoiceField(
        label=later("How often?"),
        choices=Outsider.Rhythm.choices,
        initial=Outsider.Rhythm.EACH,
        error_messages={"required": later("Please choose how often.")},
        widget=ChoiceCards(
            hints={
                Outsider.Rhythm.EACH: str(later("Whatever is older than ten minutes can be proven.")),
                Outsider.Rhythm.DAILY: str(later("Whatever is older than a day can be proven.")),
            }
        ),
    )


@officer(Role.ADMINISTRATOR)
@require_safe
def record(request: OfficerRequest) -> HttpResponse:
    """Show how the record stands."""
    return _page(request, OutsiderForm())


@officer(Role.ADMINISTRATOR)
@require_POST
def outsiders(request: OfficerRequest) -> HttpResponse:
    """Name somebody outside."""
    form = OutsiderForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        done = attempt(form, lambda: name_outsider(request.org, **given, by=request.person, at=request.now))
        if done:
            return go(request, "record", say=_("They get the next checkpoint by mail."))
    return _page(request, form)


@officer(Role.ADMINISTRATOR)
@require_POST
def end(request: OfficerRequest, outsider: int) -> HttpResponse:
    """Let somebody outside get no more of them."""
    found = Outsider.objects.within(request.org).select_related("org").filter(pk=outsider).first()
    if found is None:
        raise Http404
    form = PlainForm(request.POST)
    if attempt(form, lambda: end_outsider(found, by=request.person, at=request.now)):
        return go(request, "record", say=_("They get no more of them. What they have keeps proving what it proves."))
    return _page(request, OutsiderForm(), refused=form)


def _page(request: OfficerRequest, form: OutsiderForm, *, refused: PlainForm | None = None) -> HttpResponse:
    org = request.org
    newest = Checkpoint.objects.within(org).order_by("-number").first()
    bad = refused or (form if form.errors else None)
    fingerprint = fingerprint_in(path_of(Path(settings.CHECKPOINTS), org.pk))
    context = {
        "newest": newest,
        "since": _since(org, newest),
        "overdue": signing_is_overdue(org, newest, at=request.now),
        "fingerprint": " ".join(fingerprint[place : place + 8] for place in range(0, len(fingerprint), 8)),
        "outsiders": Outsider.objects.within(org).filter(until=None).order_by("pk"),
        "form": form,
        "refused": bad,
        "mail": settings.MAIL is not None,
    }
    return render(request, "administration/record.html", context, status=422 if bad else 200)


def _since(org: Organisation, newest: Checkpoint | None) -> int:
    """Return how many entries of the register the newest checkpoint does not cover; the chain only ever grows.

    Of steps in cases, and of readings, nothing is told: an author who administers could count those about them (D9).
    """
    signed = newest.says["register"][0] if newest else 0
    return int(max(register_head(org)[0] - signed, 0))
