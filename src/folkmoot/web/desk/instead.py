"""What takes the place of a decision that is varied, as part of a form: a milder outcome, and which measures stay."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.forms import BoundField
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.casefile.models import Case, Measure
from folkmoot.procedure.milder import eased
from folkmoot.procedure.words import TAKES_AWAY, Answer, MeasureKind, Outcome
from folkmoot.steps import measures
from folkmoot.steps.measures import MeasureWanted
from folkmoot.steps.vary import Instead, milder_outcomes
from folkmoot.web.desk.by_hand import MEASURES
from folkmoot.web.forms import StepForm
from folkmoot.web.look.widgets import ChoiceCards

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

INSTEAD: "dict[Outcome, StrOrPromise]" = {
    Outcome.WARN: later("A warning: whatever was taken is given back"),
    Outcome.MEASURE: later("The post comes back, and what is chosen below holds"),
    Outcome.REMOVE: later("The post stays away, and only what is chosen below holds besides"),
    Outcome.REJECT: later("The post is still not published, and only what is chosen below holds besides"),
}


class InsteadForm(StepForm):
    """A form that can vary the decision of `case`. Where nothing is milder, `can_vary` is `False`."""

    instead = forms.ChoiceField(
        required=False, label=later("Only if it is varied: what takes its place?"), widget=ChoiceCards()
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, seen=case.seq, **kwargs)
        self.case, self.running = case, list(measures.running(case))
        outcomes = milder_outcomes(case)
        self.can_vary = bool(outcomes)
        if not outcomes:
            del self.fields["instead"]
            return
        field = cast(forms.ChoiceField, self.fields["instead"])
        field.choices = [(outcome.value, INSTEAD[outcome]) for outcome in outcomes]
        for measure in self.running:
            kind, until = _names(measure)
            self.fields[kind] = forms.ChoiceField(
                required=False,
                label=_("%(measure)s: what becomes of it?") % {"measure": MEASURES[MeasureKind(measure.kind)]},
                choices=[("", _("It ends now")), *_easier(measure)],
            )
            self.fields[until] = forms.DateField(
                required=False,
                label=_("Until when, at most %(day)s?") % {"day": date_format(last_day(measure, case), "j F Y")},
                initial=last_day(measure, case),
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                error_messages={"invalid": _("Please give the date as day, month and year.")},
            )

    @property
    def varied_by(self) -> str:
        """The answers that vary the decision, as `desk/asks.js` reads them."""
        return f"answer={Answer.VARIED}"

    @property
    def kept_by(self) -> str:
        """The outcomes beside which a measure can go on."""
        return " ".join(f"instead={outcome}" for outcome in (*TAKES_AWAY, Outcome.MEASURE))

    def easing(self) -> Iterator[BoundField]:
        """Yield the fields that say what becomes of each measure."""
        if self.can_vary:
            for measure in self.running:
                yield from (self[name] for name in _names(measure))

    def said_instead(self) -> Instead | None:
        """Return what was said, once the form is valid; `None` where nothing was chosen."""
        given = self.cleaned_data
        if not given.get("instead"):
            return None
        kept = []
        for measure in self.running:
            kind, until = _names(measure)
            if given.get(kind):
                kept.append(MeasureWanted(MeasureKind(given[kind]), given.get(until) or last_day(measure, self.case)))
        outcome = Outcome(given["instead"])
        return Instead(outcome, kept if outcome in TAKES_AWAY or outcome is Outcome.MEASURE else [])


def last_day(measure: Measure, case: Case) -> date:
    """Return the last local day on which a measure of the case holds."""
    return measure.until.astimezone(ZoneInfo(case.org.zone)).date()


def _names(measure: Measure) -> tuple[str, str]:
    return f"eased_{measure.pk}", f"until_{measure.pk}"


def _easier(measure: Measure) -> "list[tuple[str, StrOrPromise]]":
    return [(kind.value, MEASURES[kind]) for kind in reversed(eased(MeasureKind(measure.kind)))]
