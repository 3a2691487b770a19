"""The form in which an organisation changes its limits, its quorum and who takes some steps."""

from dataclasses import asdict, fields
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from folkmoot.editions.models import ProcedureEdition
from folkmoot.procedure.calendar import NATIONS
from folkmoot.procedure.checks import BOUNDS
from folkmoot.procedure.editing import CHOICES, Choice, chosen, edited
from folkmoot.procedure.plain import ROLES, people
from folkmoot.procedure.table import Limits, Procedure
from folkmoot.procedure.words import Role
from folkmoot.web.forms import PlainForm
from folkmoot.web.look.widgets import CheckCards, ChoiceCards

_LABELS = {
    "report_days": _("Days to answer a report"),
    "secretary_days": _("Days more for the Secretary"),
    "reconsider_days": _("Days to answer an appeal"),
    "executive_days": _("Days for the Executive"),
    "extension_days": _("Days that one extension gives"),
    "emergency_hours": _("Hours in an emergency"),
    "legal_hours": _("Hours for a legal complaint"),
    "appeal_months": _("Months in which an author can appeal"),
    "objection_hours": _("Hours in which a minute can be objected to"),
    "quorum": _("Members of the Executive who have to sit"),
}
_HINTS = {
    "report_days": _("The policy that Folkmoot was made for says five."),
    "legal_hours": _("The law on defamation gives 48, and weekends and bank holidays do not count."),
    "appeal_months": _("Six is what is thought fair."),
    "quorum": _("Fewer may decide only where others stand aside, and then it is said."),
}


class Besides(forms.MultipleChoiceField):
    """Whoever is chosen besides those who always do: nobody is an answer, too."""

    def validate(self, value: Any) -> None:
        """Refuse only what is not offered."""
        if not all(self.valid_value(one) for one in value):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")


class ProcedureForm(PlainForm):
    """Limits, the days that count, and one question for each choice."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)
    working_days = forms.ChoiceField(
        label=_("Which days count?"),
        choices=[("no", _("All days")), ("yes", _("Working days only"))],
        widget=ChoiceCards(
            hints={
                "no": str(_("Weekends and bank holidays, too. Nobody has to look anything up.")),
                "yes": str(_("Saturdays, Sundays and bank holidays are passed over.")),
            }
        ),
    )
    nation = forms.ChoiceField(
        label=_("Whose bank holidays?"), choices=[(code, _(name)) for code, name in NATIONS.items()]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limits: dict[str, forms.Field] = {name: _number(name) for name in BOUNDS}
        self.fields = {**limits, **self.fields, **{choice.name: _who(choice) for choice in CHOICES}}

    def limits(self) -> list[forms.BoundField]:
        """Return the numbers and what days count, in their order."""
        return [self[name] for name in (*BOUNDS, "working_days", "nation")]

    def roles(self) -> list[forms.BoundField]:
        """Return the questions who takes a step."""
        return [self[choice.name] for choice in CHOICES]

    def procedure(self) -> Procedure:
        """Return the table as it was filled in; raises `BadInput` as `edited` does."""
        given = self.cleaned_data
        numbers = {name: given[name] for name in BOUNDS}
        limits = Limits(**numbers, working_days=given["working_days"] == "yes", nation=given["nation"])
        return edited(limits, {choice.name: frozenset(map(Role, given[choice.name])) for choice in CHOICES})


def filled(edition: ProcedureEdition) -> ProcedureForm:
    """Return the form as `edition` would fill it in."""
    procedure = edition.procedure()
    known: dict[str, Any] = {**asdict(procedure.limits), "seen": edition.number}
    known["working_days"] = "yes" if procedure.limits.working_days else "no"
    return ProcedureForm(
        initial={**known, **{choice.name: sorted(chosen(procedure, choice) & choice.may) for choice in CHOICES}}
    )


def _number(name: str) -> forms.Field:
    least, most = BOUNDS[name]
    says = _("%(label)s: please give a number from %(least)s to %(most)s.")
    wrong = str(says) % {"label": _LABELS[name], "least": least, "most": most}
    return forms.IntegerField(
        label=_LABELS[name],
        help_text=_HINTS.get(name, ""),
        min_value=least,
        max_value=most,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def _who(choice: Choice) -> forms.Field:
    always = str(_("Always: %(people)s.")) % {"people": people(choice.always)} if choice.always else ""
    kind = Besides if choice.always else forms.MultipleChoiceField
    return kind(
        label=gettext(choice.question),
        help_text=always,
        choices=[(role.value, _capital(people([role]))) for role in ROLES if role in choice.may],
        widget=CheckCards(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Please choose at least one of these.")),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


if set(_LABELS) | {"working_days", "nation"} != {field.name for field in fields(Limits)}:
    raise AssertionError("every limit has its label")
