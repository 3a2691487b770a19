"""The procedure: who may do what when, its limits, its editions, and publishing a new one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from folkmoot.casefile.models import Event
from folkmoot.editions.current import current_procedure
from folkmoot.editions.models import ProcedureEdition
from folkmoot.kernel.errors import BadInput
from folkmoot.procedure.differences import differences
from folkmoot.procedure.editing import is_older, renewed
from folkmoot.procedure.plain import limits_said, people, stage_said, step_said
from folkmoot.procedure.table import Procedure
from folkmoot.procedure.words import Role, Stage
from folkmoot.steps.many import written_by
from folkmoot.steps.publish_procedure import publish_procedure
from folkmoot.steps.reporting import open_cases
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.admin.going import go, people_named
from folkmoot.web.admin.procedure_form import ProcedureForm, filled
from folkmoot.web.forms import PlainForm, attempt


@dataclass(frozen=True)
class Move:
    """Something that takes a case from one stage to another."""

    what: str
    who: str
    then: str


@dataclass(frozen=True)
class Shown:
    """One stage: what moves a case on from there, and who may do what else meanwhile."""

    stage: str
    moves: list[Move]
    besides: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class Published:
    """One edition, who published it, and what it changed."""

    edition: ProcedureEdition
    by: str
    at: datetime
    changed: list[str]


class SeenForm(PlainForm):
    """Which edition the page showed."""

    seen = ProcedureForm.base_fields["seen"]


@officer(Role.ADMINISTRATOR)
@require_safe
def procedure(request: OfficerRequest) -> HttpResponse:
    """Show what is in force, and the editions that there were."""
    edition = current_procedure(request.org)
    table = edition.procedure()
    context = {
        "edition": edition,
        **_shown(table),
        "history": _history(request),
        "older": is_older(table),
    }
    return render(request, "administration/procedure.html", context)


@officer(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: OfficerRequest) -> HttpResponse:
    """Show the form; then what would be different; then publish it."""
    edition = current_procedure(request.org)
    if request.method != "POST":
        return _form_page(request, filled(edition))
    form = ProcedureForm(request.POST)
    if not form.is_valid() or request.POST.get("go") == "change":
        return _form_page(request, form)
    table = attempt(form, lambda: _changed(form, edition))
    if table and request.POST.get("go") == "confirm":
        if attempt(form, lambda: _publish(request, table, form.cleaned_data["seen"])):
            return go(request, "procedure", say=_("Published: new cases follow it. Open ones keep theirs."))
    elif table:
        return _check_page(request, edition, table, form=form, view="procedure_change")
    return _form_page(request, form)


@officer(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def renewal(request: OfficerRequest) -> HttpResponse:
    """Show what Folkmoot's own table has more than this edition; then take it over."""
    edition = current_procedure(request.org)
    table = renewed(edition.procedure())
    if not is_older(edition.procedure()):
        return go(request, "procedure", say=_("Your table is as new as Folkmoot’s own."))
    form = SeenForm(request.POST or None, initial={"seen": edition.number})
    if request.method == "POST" and form.is_valid():
        if attempt(form, lambda: _publish(request, table, form.cleaned_data["seen"])):
            return go(request, "procedure", say=_("Published: new cases follow it. Open ones keep theirs."))
        form = SeenForm(initial={"seen": edition.number})
    return _check_page(request, edition, table, form=form, view="procedure_renewal")


@officer(Role.ADMINISTRATOR)
@require_safe
def edition(request: OfficerRequest, edition: int) -> HttpResponse:
    """Show one edition, in force or not."""
    found = ProcedureEdition.objects.within(request.org).filter(number=edition).first()
    if found is None:
        raise Http404
    one = next(one for one in _history(request) if one.edition.pk == found.pk)
    context = {"edition": found, "one": one, "kept": _following(request, found), **_shown(found.procedure())}
    return render(request, "administration/procedure_edition.html", context)


def _changed(form: ProcedureForm, edition: ProcedureEdition) -> Procedure:
    table = form.procedure()
    if not differences(edition.procedure(), table):
        raise BadInput(_("Nothing is different from what is in force."))
    return table


def _publish(request: OfficerRequest, table: Procedure, seen: int) -> ProcedureEdition:
    return publish_procedure(request.org, table, by=request.person, at=request.now, seen=seen)


def _form_page(request: OfficerRequest, form: ProcedureForm) -> HttpResponse:
    wrong = form.is_bound and bool(form.errors)
    context = {"form": form, "edition": current_procedure(request.org)}
    return render(request, "administration/procedure_change.html", context, status=422 if wrong else 200)


def _check_page(
    request: OfficerRequest, edition: ProcedureEdition, table: Procedure, *, form: PlainForm, view: str
) -> HttpResponse:
    context = {
        "form": form,
        "view": view,
        "changeable": isinstance(form, ProcedureForm),
        "differences": differences(edition.procedure(), table),
        "open_cases": open_cases(request.org).exclude(pk__in=written_by(request.org, request.person)).count(),
    }
    return render(request, "administration/procedure_check.html", context)


def _shown(table: Procedure) -> dict[str, Any]:
    stages = [_stage(table, stage) for stage in Stage]
    return {
        "limits": list(limits_said(table.limits).values()),
        "stages": [one for one in stages if one.moves or one.besides],
    }


def _stage(table: Procedure, stage: Stage) -> Shown:
    ways = [way for way in table.ways if way.stage is stage]
    moves = [Move(step_said(way.step), people(way.roles), stage_said(way.to)) for way in ways if way.to is not stage]
    besides: dict[str, list[str]] = {}
    for way in ways:
        if way.to is stage:
            besides.setdefault(people(way.roles), []).append(step_said(way.step))
    return Shown(stage_said(stage), moves, list(besides.items()))


def _history(request: OfficerRequest) -> list[Published]:
    """Return the editions, the newest first."""
    editions = list(ProcedureEdition.objects.within(request.org).order_by("number"))
    events = Event.objects.within(request.org).filter(case=None, step="publish_procedure")
    published = {event.facts["edition"]: event.by for event in events}
    names = people_named(published.values())
    found = []
    before: Procedure | None = None
    for one in editions:
        changed = differences(before, one.procedure()) if before else []
        found.append(Published(one, names[published[one.pk]], one.loaded_at, changed))
        before = one.procedure()
    return found[::-1]


def _following(request: OfficerRequest, edition: ProcedureEdition) -> int:
    """Return how many open cases follow this edition, but for those about the reader's own posts (D9)."""
    own = written_by(request.org, request.person)
    return open_cases(edition.org).filter(procedure_edition=edition).exclude(pk__in=own).count()
