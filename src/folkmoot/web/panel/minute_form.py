"""The minute form: one line per member of the Executive, what holds instead where they vary it, and the reasons."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from folkmoot.members.models import Person
from folkmoot.procedure.words import Vote
from folkmoot.steps.record_minute import Minute
from folkmoot.steps.sitting import Bench
from folkmoot.web.desk.instead import InsteadForm
from folkmoot.web.forms import Words
from folkmoot.web.panel.seats import Line, Seats

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

REASONS_LIMIT = 10_000
_STANDS: "tuple[str, StrOrPromise]" = (Vote.STANDS.value, _("Sat: it stands"))
_VARIED: "tuple[str, StrOrPromise]" = (Vote.VARIED.value, _("Sat: milder"))
_OVERTURNED: "tuple[str, StrOrPromise]" = (Vote.OVERTURNED.value, _("Sat: overturned"))
_ABSTAIN: "tuple[str, StrOrPromise]" = (Vote.ABSTAIN.value, _("Sat: abstained"))


class MinuteForm(InsteadForm):
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
        widget=forms.Textarea(attrs={"rows": 3, "data-unkept": ""}),
    )

    def __init__(self, *args: Any, members: Sequence[Person], bench: Bench, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        votes = [_STANDS, *([_VARIED] if self.can_vary else []), _OVERTURNED, _ABSTAIN]
        self.seats = Seats(self, members, bench, votes)
        if bench.by_necessity:
            self.fields["necessity"].label = _("Nobody is left who has no part in it: why did it go ahead?")
            self.fields["necessity"].help_text = _(
                "The author learns that the rule for such cases was used, not whose part it is, and not these words."
            )

    @property
    def varied_by(self) -> str:
        """The votes for something milder, as `desk/asks.js` reads them."""
        return " ".join(f"{line.field.name}={Vote.VARIED}" for line in self.lines())

    def lines(self) -> Iterator[Line]:
        """Yield one line per member."""
        return self.seats.lines()

    def minute(self) -> Minute:
        """Return what was said, once the form is valid."""
        return Minute(
            met_on=self.cleaned_data["met_on"],
            votes={pk: Vote(word) for pk, word in self.seats.votes.items()},
            aside=self.seats.aside,
            reasons=self.cleaned_data["reasons"],
            necessity=self.cleaned_data["necessity"],
            instead=self.said_instead(),
        )
