"""Hearings, minutes and votes of the Executive, as they go in and out."""

from datetime import date, datetime

from pydantic import Field

from folkmoot.api.deciding import REASONS_LIMIT, Finding
from folkmoot.api.matters import InsteadSent
from folkmoot.api.shapes import Line, Moment, Number, Seen, Sent, Shown, Words, example
from folkmoot.api.votes import MotionSent, VoteSent
from folkmoot.procedure.words import Answer, Reopening, Stage, Vote


class Member(Shown):
    """A member of the Executive."""

    model_config = example({"person": 5, "name": "Petra Oaks", "may_sit": True})

    person: int
    name: str
    may_sit: bool


class BenchShown(Shown):
    """Who of the Executive may sit on a case, and how many have to."""

    model_config = example({"members": [], "quorum": 3, "by_necessity": False, "seq": 14})

    members: list[Member]
    quorum: int
    by_necessity: bool = Field(description="Nobody is left who has had no part in it: then say why it goes ahead")
    seq: int


class HearingSent(Sent):
    """When and where a case is heard."""

    model_config = example({"meets_at": "2026-11-09T19:30:00Z", "where": "The back room", "seen": 14})

    meets_at: Moment
    where: Line = Field(max_length=300, description="A room and its address, or how to call in")
    ordinary: bool = Field(default=False, description="It is one item of the Executive’s ordinary meeting")
    seen: Seen


class MinuteSent(Sent):
    """What the Executive decided: who sat and how they voted, who stood aside, and why."""

    model_config = example(
        {
            "met_on": "2026-11-09",
            "votes": [{"person": 5, "vote": "overturned"}, {"person": 6, "vote": "overturned"}],
            "aside": [],
            "reasons": "We read the post as being about the plan, which may be called a waste.",
            "seen": 15,
        }
    )

    met_on: date = Field(description="The day, in the organisation’s time zone")
    votes: list[VoteSent] = Field(min_length=1, max_length=100)
    aside: list[Number] = Field([], max_length=100, description="Who stood aside")
    reasons: Words = Field(max_length=REASONS_LIMIT, description="The author reads these words as they are")
    necessity: Words = Field("", max_length=2_000, description="Why it went ahead with fewer than the quorum; sealed")
    instead: InsteadSent | None = Field(None, description="Only where the votes vary it: what takes its place")
    seen: Seen


class VoteShown(Shown):
    """How a member is recorded as having voted, and whether they have confirmed it."""

    model_config = example({"person": 5, "name": "Petra Oaks", "vote": "overturned", "confirmed": True})

    person: int
    name: str
    vote: Vote
    confirmed: bool


class MinuteShown(Shown):
    """A minute as it was recorded."""

    model_config = example(
        {
            "case": 7,
            "minute": 19,
            "met_on": "2026-11-09",
            "answer": "overturned",
            "votes": [],
            "aside": [],
            "reasons": "We read the post as being about the plan, which may be called a waste.",
            "stage": "minuted",
            "settles_at": "2026-11-11T10:00:00Z",
        }
    )

    case: int
    minute: int = Field(description="Its number in the case: what you confirm, or object to")
    met_on: date
    answer: Answer
    votes: list[VoteShown]
    aside: list[int]
    reasons: str
    stage: Stage
    settles_at: datetime | None = Field(description="When it is final by silence")


class ConfirmationSent(Sent):
    """That your own vote is as the minute has it."""

    model_config = example({"minute": 19})

    minute: Number = Field(description="The number of the minute that you have read")


class ObjectionSent(ConfirmationSent):
    """What is wrong in the minute."""

    model_config = example({"minute": 19, "words": "I abstained, and am recorded as having voted."})

    words: Words = Field(max_length=5_000)


class ReopeningSent(MotionSent):
    """A vote on opening a final case again."""

    model_config = example(
        {
            "ground": "new_evidence",
            "reasons": "A recording of the meeting has come to light.",
            "met_on": "2027-01-11",
            "votes": [{"person": 5, "vote": "for"}, {"person": 6, "vote": "for"}, {"person": 7, "vote": "against"}],
            "seen": 22,
        }
    )

    ground: Reopening
    reasons: Words = Field(max_length=REASONS_LIMIT, description="They stay on the record")
    reference: Line = Field("", max_length=300, description="Of a court’s order: which court, and which order")
    met_on: date
    seen: Seen


class PanelDecisionSent(Finding):
    """A decision of members of the Executive, and their vote on it."""

    model_config = example(
        {
            "outcome": "warn",
            "reasons": "The second half names her, and says what is not so.",
            "codes": ["H1"],
            "passage": "Councillor Voss is a crook",
            "aimed_at": "person",
            "clarity": "clear",
            "vote": {"votes": [{"person": 5, "vote": "for"}], "aside": []},
            "seen": 14,
        }
    )

    vote: MotionSent
    seen: Seen
