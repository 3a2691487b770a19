"""Which measures come with a decision, and until when: as part of its form, with what runs already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.casefile.models import Case, Measure
from folkmoot.outbox.models import Task
from folkmoot.procedure.words import MeasureKind
from folkmoot.steps.measures import OF_A_THREAD, MeasureWanted, account_of, running_against, thread_of, usual_end
from folkmoot.web.desk.by_hand import MEASURE_HINTS, MEASURES, last_day, whom
from folkmoot.web.look.widgets import CheckCards

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Running:
    """A measure that holds now, in words."""

    number: int
    what: "StrOrPromise"
    whom: str
    place: str
    until: str
    case: int
    in_place: bool  # whether somebody has said that it is


def fitting_measures(case: Case) -> list[MeasureKind]:
    """Return the measures that can be chosen, the mildest first: only against an account or a conversation known."""
    by_account, by_thread = account_of(case) is not None, bool(thread_of(case))
    return [kind for kind in MeasureKind if (by_thread if kind in OF_A_THREAD else by_account)]


def add_measures(form: forms.Form, case: Case, *, today: date | None) -> list[MeasureKind]:
    """Add the choice of measures to `form`, each with its last day: in four weeks, unless another is given.

    Return those that can be chosen.
    """
    kinds = fitting_measures(case)
    form.fields["measures"] = forms.MultipleChoiceField(
        required=False,
        choices=[(kind.value, MEASURES[kind]) for kind in kinds],
        label=later("What else, for a time?"),
        help_text=_why_not_all(kinds),
        widget=CheckCards(hints={kind.value: str(MEASURE_HINTS[kind]) for kind in kinds}),
    )
    for kind in kinds:
        form.fields[until_name(kind)] = forms.DateField(
            required=False,
            initial=usual_end(today) if today else None,
            label=_("Until the end of: %(measure)s") % {"measure": str(MEASURES[kind]).lower()},
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={"invalid": later("Please give the date as day, month and year.")},
        )
    return kinds


def chosen(form: forms.Form) -> list[MeasureWanted]:
    """Return the measures that were chosen and have their last day."""
    given = form.cleaned_data
    kinds = [MeasureKind(kind) for kind in given.get("measures", [])]
    return [MeasureWanted(kind, given[until_name(kind)]) for kind in kinds if given.get(until_name(kind))]


def require_ends(form: forms.Form) -> None:
    """Refuse a measure that was chosen without its last day, at that day's field."""
    for kind in form.cleaned_data.get("measures", []):
        name = until_name(MeasureKind(kind))
        if name not in form.errors and not form.cleaned_data.get(name):
            form.add_error(name, _("Please say until when. A measure never holds without an end."))


def until_name(kind: MeasureKind) -> str:
    """Return the name of the field for a measure's last day."""
    return f"until_{kind.value}"


def running_elsewhere(case: Case) -> list[Running]:
    """Return what holds already against the same account or conversation, by other decisions."""
    return [in_words(measure) for measure in running_against(case)]


def in_words(measure: Measure) -> Running:
    """Return a measure as lists show it."""
    return Running(
        number=measure.pk,
        what=MEASURES[MeasureKind(measure.kind)],
        whom=whom(measure),
        place=measure.platform.name if measure.platform else "",
        until=last_day(measure),
        case=measure.case_id,
        in_place=any(
            task.op == Task.Op.APPLY_MEASURE and task.state == Task.State.DONE for task in measure.tasks.all()
        ),
    )


def said_of_measures(wanted: Sequence[MeasureWanted]) -> list[tuple[str, str]]:
    """Return what is to be done and until when, each as its label and words."""
    return [(_("Besides"), _("%(measure)s, until %(day)s") % _named(one)) for one in wanted]


def _named(one: MeasureWanted) -> dict[str, str]:
    return {"measure": str(MEASURES[one.kind]), "day": date_format(one.until, "j F Y")}


def _why_not_all(kinds: list[MeasureKind]) -> "StrOrPromise":
    if not kinds:
        return later("Nobody has said which account or conversation this is. Find the post first.")
    if not set(kinds) - OF_A_THREAD:
        return later("Each ends by itself. Nobody has said whose account it is: say so on the case page to limit it.")
    return later("Each ends by itself, and can be ended sooner. Choose the mildest that will do.")
