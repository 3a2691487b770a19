"""A reporter's review, played through the real steps."""

from datetime import datetime

from folkmoot.casefile.models import Paper
from folkmoot.procedure.words import Ballot, Outcome, Role
from folkmoot.steps.ask_for_review import ask_for_review
from folkmoot.steps.send_back import send_back
from folkmoot.steps.vote import Motion
from tests import cast
from tests.cast import Branch, Matter, day

WORDS = "You did not read the second half: it names her and says that she stole."
REASONS = "The second half of the post was not looked at, and it names her."


def asked(
    people: Branch | None = None, *, outcome: Outcome = Outcome.NO_BREACH, about: tuple[Role, ...] = ()
) -> Matter:
    """Day 2: whoever reported is not satisfied with a decision of day 1."""
    matter = cast.decided(people, outcome=outcome)
    ask_for_review(matter.pk, words=WORDS, about=about, by=matter.receipt.grant, at=day(2))
    return matter


def sent_back(people: Branch | None = None, *, outcome: Outcome = Outcome.NO_BREACH) -> Matter:
    """Day 3: the Secretary finds that it has to be decided afresh."""
    matter = asked(people, outcome=outcome)
    secretary = matter.branch.secretary
    assert secretary is not None
    cast.free(matter, secretary, at=day(3))
    send_back(matter.pk, review=number(matter), reasons=REASONS, by=secretary, at=day(3))
    return matter


def number(matter: Matter) -> int:
    """Return the number of the newest request for a review."""
    return matter.papers(Paper.Kind.REVIEW_REQUEST)[-1].number


def motion(matter: Matter, *, carried: bool = True, sat: int = 3, at: datetime | None = None) -> Motion:
    """Return a vote of the first `sat` members of the Executive, all but one of whom agree."""
    most, one = (Ballot.FOR, Ballot.AGAINST) if carried else (Ballot.AGAINST, Ballot.FOR)
    members = matter.branch.panel[:sat]
    return Motion({person.pk: one if person is members[-1] else most for person in members})
