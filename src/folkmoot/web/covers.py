"""Who covers for whom, as the administration and everybody's own page show it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from folkmoot.members.models import Cover, Organisation, Person
from folkmoot.procedure.words import Role
from folkmoot.steps.set_cover import COVERABLE
from folkmoot.web.context import ROLE_WORDS
from folkmoot.web.forms import PlainForm

_CHOOSE = dict.fromkeys(("required", "invalid_choice"), _("Please choose one of those that are shown."))
_A_DAY = _("Please give a day, such as 24 December 2026.")


@dataclass(frozen=True)
class Line:
    """One cover, now or to come."""

    cover: Cover
    role: str
    runs: bool  # rather than: is still to come


class CoverForm(PlainForm):
    """Who, in which role, from when until when."""

    covering = forms.ModelChoiceField(
        queryset=Person.objects.none(), label=_("Who covers?"), empty_label=None, error_messages=_CHOOSE
    )
    role = forms.ChoiceField(label=_("In which role?"), error_messages=_CHOOSE)
    first = forms.DateField(
        label=_("From which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=dict.fromkeys(("required", "invalid"), _A_DAY),
    )
    last = forms.DateField(
        label=_("Until which day, that day included?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _A_DAY},
    )

    def __init__(self, *args: Any, people: QuerySet[Person], roles: Collection[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Person]", self.fields["covering"]).queryset = people
        offered = [(role.value, ROLE_WORDS[role]) for role in COVERABLE if role in roles]
        cast(forms.ChoiceField, self.fields["role"]).choices = offered

    def needs_end(self) -> "CoverForm":
        """Ask for a last day: only an administrator names a deputy, which has none."""
        self.fields["last"].required = True
        self.fields["last"].error_messages["required"] = _A_DAY
        return self


class EndedForm(PlainForm):
    """Which cover ends."""

    cover = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31)


def lines(covers: QuerySet[Cover], *, now: datetime) -> list[Line]:
    """Return what runs or is still to come, the earliest first."""
    coming = covers.filter(Q(until=None) | Q(until__gt=now), ended_at=None)
    found = coming.select_related("person", "covering").order_by("since", "pk")
    return [Line(cover, str(ROLE_WORDS[Role(cover.role)]), cover.since <= now) for cover in found]


def the_cover(org: Organisation, number: int) -> Cover | None:
    """Return the cover of this organisation, or `None`."""
    return Cover.objects.within(org).select_related("org").filter(pk=number).first()
