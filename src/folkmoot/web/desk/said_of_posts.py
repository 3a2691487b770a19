"""What a form says of each post that may go with a removed one: goes, stays or not yet, and why (Md)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.kernel.errors import BadInput
from folkmoot.kernel.text import typed
from folkmoot.procedure.cascade.proposal import Proposal
from folkmoot.steps.finding import REASONS_AT_LEAST
from folkmoot.steps.take_along import usual_reasons
from folkmoot.web.forms import WORDS_LIMIT

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

GO, STAY, NOT_YET = "go", "stay", "later"
CHOICES: "dict[str, StrOrPromise]" = {GO: later("Goes with it"), STAY: later("Stays"), NOT_YET: later("Not now")}


@dataclass
class Said:
    """What is said of one post, as typed; `error` is what is wrong with it."""

    proposal: Proposal
    choice: str
    by_itself: bool
    reasons: str
    error: str = ""

    @property
    def key(self) -> int:
        """The post's number."""
        return self.proposal.key

    @property
    def goes(self) -> bool:
        """Whether it is to go."""
        return self.choice == GO

    @property
    def stays(self) -> bool:
        """Whether it is to stay."""
        return self.choice == STAY

    @property
    def is_usual(self) -> bool:
        """Whether the reasons are those that were proposed."""
        return self.reasons == usual_reasons(self.proposal)

    def check(self) -> None:
        """Put a sentence at `error` where the author could not be told so."""
        if not self.goes:
            return
        try:
            self.reasons = typed(self.reasons, field="", limit=WORDS_LIMIT, name=_("What its author reads"))
        except BadInput as error:
            self.error = str(error)
            return
        if len(self.reasons) < REASONS_AT_LEAST:
            self.error = _("Please write why, in a sentence or two: the author will read it.")
        elif self.by_itself and self.is_usual:
            self.error = _(
                "This one stays down even if the other comes back, so please write what in it breaks the rules."
            )


def said_of(proposal: Proposal, sent: QueryDict) -> Said:
    """Return what the form says of a post. Nothing is chosen beforehand: somebody has to look at each (Md)."""
    key = proposal.key
    choice = sent.get(f"choice-{key}", "")
    return Said(
        proposal=proposal,
        choice=choice if choice in CHOICES else "",
        by_itself=sent.get(f"itself-{key}") == "yes",
        reasons=sent.get(f"reasons-{key}", "").replace("\r\n", "\n") or usual_reasons(proposal),
    )
