"""The minute form: one line per member of the Executive, then the reasons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from folkmoot.members.models import Person
from folkmoot.procedure.words import Vote
from folkmoot.steps.record_minute import Minute
from folkmoot.web.forms import StepForm, Words

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ASIDE, ABSENT = "aside", "absent"
REASONS_LIMIT = 10_000
_HERE: "list[tuple[str, StrOrPromise]]" = [
    (Vote.STANDS.value, _("Sat: the decision stands")),
    (Vote.OVERTURNED.value, _("Sat: overturned")),
    (Vote.ABSTAIN.value, _("Sat: abstained")),
]
_NOT_HERE: "list[tuple[str, StrOrPromise]]" = [(ASIDE, _("Stood aside")), (ABSENT, _("Was not there"))]


@dataclass(frozen=True)
class Line:
    """One member's line in the form."""

    person: Person
    field: forms.BoundField

    @property
    def said(self) -> "StrOrPromise":
        """What was answered, in words."""
        return dict([*_HERE, *_NOT_HERE]).get(str(self.field.value()), "")


class MinuteForm(StepForm):
    """Who sat, who stood aside, how they voted, and why."""

    met_on = forms.DateField(
        label=_("When did the Executive meet?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Please give the date as day, month and year.")},
    )
    reasons = Words(
        limit=REASONS_LIMIT,
        label=_("The Executive’s reasons"),
        help_text=_("The chair writes them. The author reads these words as they are: answer what they say."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    necessity = Words(
        limit=2000,
        required=False,
        label=_("Fewer sat than the quorum: why did it go ahead?"),
        help_text=_("Only where no other member is free to sit. The author learns that fewer sat, not these words."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, members: Sequence[Person], able: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members, self.able = members, {person.pk for person in able}
        for person in members:
            may_vote = person.pk in self.able
            self.fields[self._field(person)] = forms.ChoiceField(
                label=person.name,
                choices=[*_HERE, *_NOT_HERE] if may_vote else _NOT_HERE,
                initial="" if may_vote else ASIDE,
                # D42: no word of why; even on the Executive an interest stays with who declared it
                help_text="" if may_vote else _("Cannot vote on this case."),
                widget=forms.RadioSelect,
                error_messages={"required": _("%(name)s: please say whether they were there.") % {"name": person.name}},
            )

    def lines(self) -> Iterator[Line]:
        """Yield one line per member."""
        for person in self.members:
            yield Line(person, self[self._field(person)])

    def minute(self) -> Minute:
        """Return what was said, once the form is valid."""
        said = {person.pk: self.cleaned_data[self._field(person)] for person in self.members}
        return Minute(
            met_on=self.cleaned_data["met_on"],
            votes={pk: Vote(word) for pk, word in said.items() if word not in (ASIDE, ABSENT)},
            aside=[pk for pk, word in said.items() if word == ASIDE],
            reasons=self.cleaned_data["reasons"],
            necessity=self.cleaned_data["necessity"],
        )

    @staticmethod
    def _field(person: Person) -> str:
        return f"member_{person.pk}"
