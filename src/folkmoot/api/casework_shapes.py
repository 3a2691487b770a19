"""What is sent by whoever works on a case."""

from enum import StrEnum

from pydantic import Field

from folkmoot.api.matters import Taken
from folkmoot.api.shapes import Line, Number, Seen, Sent, Shown, Words, example
from folkmoot.steps.offer_support import Hears, Offered


class NoteSent(Sent):
    """A private note, for those who decide."""

    model_config = example({"words": "Spoke with the branch chair: the account is not ours."})

    words: Words = Field(max_length=5_000)


class QuestionSent(Sent):
    """What the author is asked."""

    model_config = example({"question": "Did you mean the plan, or the councillor?", "seen": 3})

    question: Words = Field(max_length=3_000, description="They read it as it is. Do not say who told us.")
    seen: Seen


class CommentSent(Sent):
    """The standard answer below a comment, and whether the comment goes."""

    model_config = example({"code": "", "seen": 3})

    words: Words = Field("", max_length=2_000, description="What is posted; left out, it is the standard answer")
    code: Line = Field("", max_length=12, description="The rule under which the comment goes; empty where it stays")
    seen: Seen


class SupportSent(Sent):
    """What was offered to whoever was targeted."""

    model_config = example({"offered": ["talk", "safety"], "hears": "what_matters"})

    offered: list[Offered] = Field(min_length=1, max_length=len(Offered))
    hears: Hears = Field(description="How much they want to hear")
    note: Words = Field("", max_length=5_000, description="Without names, for those who decide in this case only")


class BesideSent(Sent):
    """A post of ours: one of the archive, or one that is copied down with its link."""

    model_config = example({"url": "https://example.org/posts/88", "text": "We have read the plan.", "seen": 3})

    post: Number | None = Field(None, description="The number of a post in the archive, by an account of ours")
    text: Words = Field("", description="Its words, exactly and all of them")
    url: Line = ""
    seen: Seen


class ExtensionSent(Sent):
    """Why an answer takes longer."""

    model_config = example({"reason": "We wait for the place to say who wrote it.", "seen": 3})

    reason: Words = Field(max_length=2_000, description="Those who wait read it")
    seen: Seen


class AnswerSent(Sent):
    """What reporters are answered."""

    model_config = example({"reports": [1], "words": "We read it as being about the plan, so it stays.", "seen": 6})

    reports: list[Number] = Field(min_length=1, max_length=1_000, description="The numbers of their papers in the case")
    words: Words = Field(max_length=10_000, description="With your reasons; your name is not told")
    seen: Seen


class FreshLookSent(Sent):
    """What is new in a later report."""

    model_config = example({"reasons": "The second report shows the whole conversation.", "seen": 9})

    reasons: Words = Field(max_length=10_000)
    seen: Seen


class Disowned(StrEnum):
    """What somebody’s address was written down for."""

    REPORT = "report"
    ACCOUNT = "account"


class DisowningSent(Sent):
    """What is not theirs, although it gives their address."""

    model_config = example({"what": "report"})

    what: Disowned


class Answered(Shown):
    """The answers that were filed, one for each report."""

    model_config = example({"answers": []})

    answers: list[Taken]
