"""Votes of the Executive as programs send them: who sat and how they voted, who stood aside, and why it went ahead."""

from collections.abc import Sequence
from typing import TypeVar

from django.utils.translation import gettext
from pydantic import Field

from folkmoot.api.shapes import Number, Sent, Words, example
from folkmoot.kernel.errors import BadInput
from folkmoot.procedure.words import Ballot, Vote
from folkmoot.steps.vote import Motion

V = TypeVar("V")


class BallotSent(Sent):
    """How one member voted on something that is carried or not."""

    model_config = example({"person": 5, "vote": "for"})

    person: Number
    vote: Ballot


class VoteSent(Sent):
    """How one member voted on a decision."""

    model_config = example({"person": 5, "vote": "stands"})

    person: Number
    vote: Vote


class MotionSent(Sent):
    """A vote on something that is carried or not."""

    model_config = example({"votes": [{"person": 5, "vote": "for"}, {"person": 6, "vote": "for"}], "aside": [7]})

    votes: list[BallotSent] = Field(min_length=1, max_length=100)
    aside: list[Number] = Field([], max_length=100, description="Who stood aside")
    necessity: Words = Field("", max_length=2_000, description="Why it went ahead with fewer than the quorum; sealed")

    def motion(self) -> Motion:
        """Return it as steps take it; raises `BadInput` for somebody who voted twice."""
        return Motion(each_once([(one.person, one.vote) for one in self.votes]), self.aside, self.necessity)


def each_once(votes: Sequence[tuple[int, V]]) -> dict[int, V]:
    """Return the votes by the number of who gave them; raises `BadInput` for somebody who voted twice."""
    found = dict(votes)
    if len(found) < len(votes):
        raise BadInput(gettext("Somebody is recorded twice. Each has one vote."), field="votes")
    return found
