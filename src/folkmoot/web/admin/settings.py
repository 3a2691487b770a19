"""Settings: each with what it does, what holds now, and who changed it last; those of the server only to be read."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django import forms
from django.db import transaction
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.casefile.models import Event
from folkmoot.config.shown import server_settings
from folkmoot.editions.current import current_policy, current_procedure
from folkmoot.editions.models import LetterEdition
from folkmoot.members.models import Organisation, Outsider, Triage
from folkmoot.procedure.plain import limits_said
from folkmoot.procedure.words import Role
from folkmoot.steps.set_triage import set_triage
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.admin.going import go, people_named
from folkmoot.web.admin.guide_parts import OrganisationForm, facts_of, keep_facts
from folkmoot.web.forms import attempt
from folkmoot.web.look.widgets import ChoiceCards

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_BEGUN = ("set_up", "add_organisation")


@dataclass(frozen=True)
class Setting:
    """One setting: what it is, what it does, what holds, where it is changed, and which steps change it."""

    key: str
    label: "StrOrPromise"
    does: "StrOrPromise"
    value: str
    url: str
    steps: tuple[str, ...]
    parts: tuple[tuple[str, str], ...] = ()  # where it is made of several: a name and a sentence for each


@dataclass(frozen=True)
class Row:
    """A setting with who changed it last; `by` is empty where it is as it was at the beginning."""

    setting: Setting
    by: str
    at: datetime | None


class SettingsForm(OrganisationForm):
    """What the guide asks of an organisation, and what can wait until after it."""

    triage = forms.ChoiceField(
        required=False,
        label=later("Which posts may the software look over by itself?"),
        choices=Triage.choices,
        widget=ChoiceCards,
        help_text=later(
            "It looks for threats, private information and hate, on this server only, and shows moderators where a "
            "look is worth it. It decides nothing and tells no author anything. What is reported it always looks over."
        ),
    )


@officer(Role.ADMINISTRATOR)
@require_safe
def settings(request: OfficerRequest) -> HttpResponse:
    """Show every setting in its group."""
    groups = _groups(request)
    changed = _changed(request.org, {step for _title, found in groups for one in found for step in one.steps})
    names = people_named([by for by, _at, _seq in changed.values()])
    rows = [(title, [_row(one, changed, names) for one in found]) for title, found in groups]
    return render(request, "administration/settings.html", {"groups": rows, "server": server_settings()})


@officer(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: OfficerRequest) -> HttpResponse:
    """Change what the organisation is called, how people reach it, and its time zone."""
    form = SettingsForm(request.POST or None, initial={**facts_of(request.org), "triage": request.org.triage})
    if request.method == "POST" and form.is_valid():
        kept = attempt(form, lambda: _keep(request, form))
        if kept:
            return go(request, "settings", say=_("Kept."))
    return render(
        request, "administration/settings_organisation.html", {"form": form}, status=422 if form.errors else 200
    )


@transaction.atomic
def _keep(request: OfficerRequest, form: SettingsForm) -> Organisation:
    kept = keep_facts(request, form)
    if not form.cleaned_data["triage"]:
        return kept
    return set_triage(request.org, triage=form.cleaned_data["triage"], by=request.person, at=request.now)


def _groups(request: OfficerRequest) -> list[tuple[str, list[Setting]]]:
    return [
        (_("Your organisation"), _own(request)),
        (_("How matters go"), _procedure(request)),
        (_("Words"), _words(request)),
    ]


def _own(request: OfficerRequest) -> list[Setting]:
    org, facts = request.org, _to(request, "settings_organisation")
    return [
        Setting(
            "name",
            _("Name"),
            _("Pages and letters call you so."),
            org.name,
            facts,
            ("rename_organisation", *_BEGUN),
        ),
        Setting(
            "slug",
            _("Short name in addresses"),
            _("It never changes: links that people hold would lead nowhere."),
            org.slug,
            "",
            _BEGUN,
        ),
        Setting(
            "contact",
            _("How people reach your Secretary"),
            _("Public pages and letters show it."),
            org.contact or _("nothing said"),
            facts,
            ("set_contact",),
        ),
        Setting(
            "zone",
            _("Time zone"),
            _("“By Friday” ends at midnight there. Limits that run already keep their end."),
            org.zone,
            facts,
            ("set_zone", *_BEGUN),
        ),
        Setting(
            "official_url",
            _("Official text of your policy"),
            _("Letters that cite a summary link to it."),
            org.official_url or _("nothing said"),
            _to(request, "policy"),
            ("set_official_text", *_BEGUN),
        ),
        Setting(
            "triage",
            _("Posts that the software looks over"),
            _("It shows moderators what may be worth a look, and decides nothing."),
            str(Triage(org.triage).label),
            facts,
            ("set_triage",),
        ),
    ]


def _procedure(request: OfficerRequest) -> list[Setting]:
    edition = current_procedure(request.org)
    outsiders = Outsider.objects.within(request.org).filter(until=None).count()
    people = ngettext("%(n)s person", "%(n)s people", outsiders) % {"n": outsiders}
    return [
        Setting(
            "limits",
            _("Time limits and numbers"),
            _("New cases follow them; open ones keep those that they began with."),
            _("edition %(number)s of the procedure") % {"number": edition.number},
            _to(request, "procedure_change"),
            ("publish_procedure",),
            tuple(limits_said(edition.procedure().limits).items()),
        ),
        Setting(
            "outsiders",
            _("Who outside keeps checkpoints of the record"),
            _("With one of them, anybody can prove whether the record was changed."),
            people,
            _to(request, "record"),
            ("name_outsider", "end_outsider"),
        ),
    ]


def _words(request: OfficerRequest) -> list[Setting]:
    edition = current_policy(request.org, at=request.now)
    own = LetterEdition.objects.within(request.org).values("kind").distinct().count()
    return [
        Setting(
            "policy",
            _("Policy in force"),
            _("Decisions cite it. It changes by a new edition, never in place."),
            _("%(title)s, edition %(number)s") % {"title": edition.title, "number": edition.number},
            _to(request, "policy"),
            ("publish_policy",),
        ),
        Setting(
            "letters",
            _("Wording of letters"),
            _("Each letter can say what it has to say in your own words."),
            ngettext("%(n)s letter in your own words", "%(n)s letters in your own words", own) % {"n": own},
            _to(request, "letters"),
            ("publish_letter",),
        ),
    ]


def _to(request: OfficerRequest, view: str) -> str:
    return reverse(f"administration:{view}", kwargs={"org": request.org.slug})


def _changed(org: Organisation, steps: set[str]) -> dict[str, tuple[str, datetime, int]]:
    """Return by step who took it last, when, and its place on the register."""
    entries = Event.objects.within(org).filter(case=None, step__in=steps)
    newest = entries.values("step").annotate(newest=Max("seq")).values_list("newest", flat=True)
    found = entries.filter(seq__in=list(newest))
    return {event.step: (event.by, event.at, event.seq) for event in found}


def _row(setting: Setting, changed: dict[str, tuple[str, datetime, int]], names: dict[str, str]) -> Row:
    told = [changed[step] for step in setting.steps if step in changed]
    if not told:
        return Row(setting, "", None)
    by, at, _seq = max(told, key=lambda one: one[2])
    return Row(setting, names[by], at)
