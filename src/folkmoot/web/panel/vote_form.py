"""A vote of the Executive in a form: one line per member, and why it went ahead where too few could sit."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as later

from folkmoot.casefile.models import Case
from folkmoot.casefile.record import procedure_of
from folkmoot.members.models import Person
from folkmoot.procedure.words import Ballot
from folkmoot.steps.reviews import is_accused
from folkmoot.steps.sitting import Bench
from folkmoot.steps.vote import Motion
from folkmoot.web.forms import PlainForm, StepForm, Words
from folkmoot.web.panel.seats import Seats

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

AFRESH: "list[tuple[str, StrOrPromise]]" = [
    (Ballot.FOR.value, later("Sat: decide it afresh")),
    (Ballot.AGAINST.value, later("Sat: leave it as it is")),
    (Ballot.ABSTAIN.value, later("Sat: abstained")),
]
DECISION: "list[tuple[str, StrOrPromise]]" = [
    (Ballot.FOR.value, later("Sat: for this decision")),
    (Ballot.AGAINST.value, later("Sat: against it")),
    (Ballot.ABSTAIN.value, later("Sat: abstained")),
]


class Ballots(PlainForm):
    """Who sat and how they voted: to be put beside another form, or to be one."""

    necessity = Words(
        limit=2000,
        required=False,
        label=later("Fewer sat than the quorum: why did it go ahead?"),
        help_text=later("Only where no other member is free to sit. It stays sealed; that it was so is told."),
        widget=forms.Textarea(attrs={"rows": 3, "data-unkept": ""}),
    )

    def __init__(
        self,
        *args: Any,
        members: Sequence[Person],
        bench: Bench,
        votes: "Sequence[tuple[str, StrOrPromise]]" = AFRESH,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.seats = Seats(self, members, bench, votes)

    def motion(self) -> Motion:
        """Return how they voted, once the form is valid."""
        votes = {pk: Ballot(word) for pk, word in self.seats.votes.items()}
        return Motion(votes, self.seats.aside, self.cleaned_data["necessity"])

    def short(self, case: Case) -> bool:
        """Say whether the reason for which it went ahead is asked."""
        bench, quorum = self.seats.bench, procedure_of(case).limits.quorum
        return bench.by_necessity or len(bench.members) < quorum or "necessity" in self.errors


class VoteForm(Ballots, StepForm):
    """The Executive's vote on a review, with its reasons."""

    reasons = Words(
        limit=10_000,
        label=later("The Executive’s reasons"),
        help_text=later("The reporter reads these words as you write them: answer what they say."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )


def voters(case: Case, bench: Bench) -> Bench:
    """Return those of the bench who may vote in this case: nobody whom an open review is about."""
    return Bench([person for person in bench.members if not is_accused(case, person)], bench.by_necessity)
