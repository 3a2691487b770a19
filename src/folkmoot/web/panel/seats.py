"""One line per member of the Executive in a form: were they there, and how did they vote?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from folkmoot.members.models import Person
from folkmoot.steps.sitting import Bench

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ASIDE, ABSENT = "aside", "absent"
NOT_HERE: "list[tuple[str, StrOrPromise]]" = [(ASIDE, _("Stood aside")), (ABSENT, _("Was not there"))]


@dataclass(frozen=True)
class Line:
    """One member's line in the form."""

    person: Person
    field: forms.BoundField

    @property
    def said(self) -> "StrOrPromise":
        """What was answered, in words."""
        choices: list[tuple[str, StrOrPromise]] = list(self.field.field.choices)  # type: ignore[attr-defined]
        return dict(choices).get(str(self.field.value()), "")


class Seats:
    """The members' lines of `form`, which it puts there."""

    def __init__(
        self, form: forms.Form, members: Sequence[Person], bench: Bench, votes: "Sequence[tuple[str, StrOrPromise]]"
    ) -> None:
        self.form, self.members, self.bench = form, members, bench
        able = {person.pk for person in bench.members}
        for person in members:
            may_vote = person.pk in able
            form.fields[_field(person)] = forms.ChoiceField(
                label=person.name,
                choices=[*votes, *NOT_HERE] if may_vote else NOT_HERE,
                initial="" if may_vote else ASIDE,
                # D42: no word of why; even on the Executive an interest stays with who declared it
                help_text="" if may_vote else _("Cannot vote on this case."),
                widget=forms.RadioSelect,
                error_messages={"required": _("%(name)s: please say whether they were there.") % {"name": person.name}},
            )

    def lines(self) -> Iterator[Line]:
        """Yield one line per member."""
        for person in self.members:
            yield Line(person, self.form[_field(person)])

    @property
    def votes(self) -> dict[int, str]:
        """Return who sat, and how they voted, by number."""
        return {pk: word for pk, word in self._said.items() if word not in (ASIDE, ABSENT)}

    @property
    def aside(self) -> list[int]:
        """Return who stood aside, by number."""
        return [pk for pk, word in self._said.items() if word == ASIDE]

    @property
    def _said(self) -> dict[int, str]:
        return {person.pk: self.form.cleaned_data[_field(person)] for person in self.members}


def _field(person: Person) -> str:
    return f"member_{person.pk}"
