"""A vote of the Executive on something that is carried or not: who sat, who stood aside, and why it went ahead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from folkmoot.casefile.models import Case
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Person
from folkmoot.procedure.panel import carried
from folkmoot.procedure.words import Ballot, Role
from folkmoot.steps import sitting
from folkmoot.steps.reviews import is_accused


@dataclass(frozen=True)
class Motion:
    """How the members voted, by person number; those who stood aside; why it went ahead with fewer than it should."""

    votes: Mapping[int, Ballot]
    aside: Sequence[int] = ()
    necessity: str = ""

    @property
    def carried(self) -> bool:
        """Whether more than half of the votes cast were for it."""
        return carried(self.votes.values())


@dataclass(frozen=True)
class Voted:
    """A vote that is sound, as a paper holds it. `necessity` is empty where no override was needed."""

    facts: Mapping[str, Any]
    necessity: str

    @property
    def texts(self) -> dict[str, str]:
        """What the paper says in words of it; it stays with those who sat (D42)."""
        return {"necessity": self.necessity} if self.necessity else {}


def recorder(case: Case, by: Person, *, at: datetime) -> Role:
    """Return in which role `by` may write the vote down, or raise `NotPermitted`."""
    role = sitting.recorder(case, by, at=at)
    if is_accused(case, by):
        raise NotPermitted(
            gettext("A reporter says that this is about how you dealt with it, so somebody else writes it down.")
        )
    return role


def able_to_vote(case: Case, *, at: datetime) -> list[Person]:
    """Return the members of the Executive who may vote: those who may sit, and whom no open review is about."""
    return [person for person in sitting.bench(case, at=at).members if not is_accused(case, person)]


def require_vote(case: Case, motion: Motion, *, at: datetime) -> Voted:
    """Return the vote as a paper holds it; raises `BadInput` for what is not sound in it."""
    members = Person.objects.holding(case.org, Role.EXECUTIVE, at=at)
    accused = {person.pk: person.name for person in members if is_accused(case, person)}
    for pk in motion.votes:
        if pk in accused:
            raise BadInput(
                gettext("%(accused)s cannot vote on this. Please record that they stood aside.")
                % {"accused": accused[pk]},
                field="votes",
            )
    aside = sorted({*motion.aside, *accused})
    sat = sitting.require_sitting(case, votes=motion.votes.keys(), aside=aside, necessity=motion.necessity, at=at)
    facts = {
        "votes": {str(pk): ballot for pk, ballot in motion.votes.items()},
        "aside": aside,
        "quorum": sat.quorum,
        "necessity": sat.necessity,
        **({"by_necessity": True} if sat.by_necessity else {}),
    }
    return Voted(facts, motion.necessity if sat.necessity else "")  # a reason that nobody needed is no override
