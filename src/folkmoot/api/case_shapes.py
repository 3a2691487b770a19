"""Cases as the API shows them."""

from datetime import datetime

from pydantic import Field

from folkmoot.api.shapes import Shown, example

_DECISION = {
    "outcome": "remove the post",
    "codes": ["H1"],
    "passage": "Councillor Voss is a crook",
    "reasons": "It calls a named councillor a crook and gives no fact for it.",
    "aimed_at": "A person, or people",
    "clarity": "Clear",
    "by": "Mo Abara",
    "at": "2026-11-03T10:00:00Z",
    "correction": "",
    "more": [],
    "note": "",
}
_IN_SHORT = {
    "number": 12,
    "seq": 4,
    "stage": "received",
    "lane": "ordinary",
    "urgent": False,
    "subject": "post",
    "outcome": "",
    "standing": True,
    "hidden": False,
    "sealed": False,
    "place": {"number": 3, "name": "Harbour page"},
    "claimed_by": {"number": 5, "name": "Mo Abara"},
    "reports": 1,
    "opened_at": "2026-11-02T10:00:00Z",
    "duty": "moderator",
    "due_at": "2026-11-07T23:59:59Z",
    "settles_at": None,
}
_IN_LIST = {
    **_IN_SHORT,
    "about": "Personal attack",
    "author": "Rowan Pike",
    "words": "The harbour plan is a waste.",
    "interest": "none",
}


_HINTS = {
    "flag": False,
    "score": 0.41,
    "aimed_at_policy": 0.12,
    "hints": [
        {
            "signal": "insult",
            "strength": "weak",
            "score": 0.5,
            "code": "",
            "why": "It may be a name for a person rather than for what was done.",
            "places": [[48, 53]],
            "advice": False,
        }
    ],
    "about": "text",
    "windows": 1,
    "read": 1,
    "without": [],
    "model": "1 2026-11",
    "at": "2026-11-02T10:00:05Z",
}


class Named(Shown):
    """Something with a number and a name."""

    number: int
    name: str


class FileNamed(Shown):
    """A file that came with a paper; its content is at `/cases/{case}/files/{number}`."""

    number: int
    media_type: str


class CaseInShort(Shown):
    """How a case stands, without what was written in it."""

    model_config = example(_IN_SHORT)

    number: int
    seq: int = Field(description="How much has happened in it: send it as `seen` with a step")
    stage: str
    lane: str
    urgent: bool
    subject: str = Field(description="post, thread, pattern or offline")
    outcome: str = Field(description="What was decided; empty before")
    standing: bool = Field(description="Whether what was decided still counts")
    hidden: bool = Field(description="Whether the post is hidden meanwhile")
    sealed: bool
    place: Named | None
    claimed_by: Named | None
    reports: int
    opened_at: datetime
    duty: str = Field(description="Who owes the next answer; empty where nobody does")
    due_at: datetime | None
    settles_at: datetime | None = Field(description="When it becomes final by itself")


class CaseInList(CaseInShort):
    """A case in a list, as far as its reader may see it."""

    model_config = example(_IN_LIST)

    about: str
    author: str
    words: str = Field(description="The beginning of its words, for those who have said that they have no part in it")
    interest: str = Field(description="What its reader has said: none, declared or not_asked; or party")


class CaseList(Shown):
    """A piece of the list."""

    model_config = example({"cases": [_IN_LIST], "next": "W1sidXJnZW50Il0sWzFdXQ"})

    cases: list[CaseInList]
    next: str = Field(description="The `cursor` of the next piece; empty at the end")


class PostKept(Shown):
    """The post as the case holds it."""

    number: int | None
    text: str = Field(description="As it was when it was reported; empty where it may not be shown")
    text_since: str = Field(description="Its words now, where it was changed")
    author: str
    url: str
    written_at: datetime | None
    seen: str = Field(description="How it is seen at its place now, in words")


class AdditionTold(Shown):
    """What whoever reported added."""

    at: datetime
    words: str
    files: list[FileNamed]


class HintAt(Shown):
    """One thing that the text check noticed in the post; a hint, never a finding."""

    signal: str
    strength: str = Field(description="weak, clear or strong, in the words of its reader's language")
    score: float = Field(description="From 0 to 1")
    code: str = Field(description="The rule that it may run into; empty where the rules of the case have none such")
    why: str
    places: list[tuple[int, int]] = Field(description="Where in the text it was made of; empty for all of it")
    advice: bool = Field(description="Only advice on style")


class HintsShown(Shown):
    """What the text check noticed in the post: a hint to those who decide. People decide, and it can be wrong."""

    model_config = example(_HINTS)

    flag: bool = Field(description="Whether it looks likely enough that a rule is broken to be looked at sooner")
    score: float
    aimed_at_policy: float = Field(description="How much it reads like criticism of a decision, from 0 to 1")
    hints: list[HintAt]
    about: str = Field(description="Which of the post's texts it is about: text or text_since; empty where it is old")
    windows: int = Field(description="How many parts a long text has")
    read: int = Field(description="How many of them the model read")
    without: list[str] = Field(description="Which models did not answer")
    model: str
    at: datetime


class ReportTold(Shown):
    """One report, as its reader may see it."""

    number: int = Field(description="Of its paper in the case")
    kind: str
    at: datetime
    words: str
    quoted: str
    link: str
    account: str
    affected: bool
    name: str = Field(description="Who reported; only for those who decide")
    email: str
    files: list[FileNamed]
    additions: list[AdditionTold]
    withdrawn_at: datetime | None
    answer: str = Field(description="That this reporter alone got")
    answered_at: datetime | None


class DecisionFound(Shown):
    """What was decided, or proposed, in words."""

    model_config = example(_DECISION)

    outcome: str
    codes: list[str]
    passage: str
    reasons: str
    aimed_at: str
    clarity: str
    by: str
    at: datetime
    correction: str
    more: list[tuple[str, str]]
    note: str


class SaidThere(Shown):
    """Words with a date: an appeal, an answer, a case for the Executive."""

    at: datetime
    words: str
    answer: str
    by: str
    note: str
    files: list[FileNamed]


class Happened(Shown):
    """One thing that happened in the case."""

    seq: int
    at: datetime
    step: str
    words: str
    text: str = Field(description="What a person wrote")


class LetterThere(Shown):
    """A letter of the case; links stay out, they are the parties' own."""

    title: str
    to: str
    subject: str
    body: str
    at: datetime
    state: str
    note: str


class PaperThere(Shown):
    """A paper of the case."""

    number: int
    kind: str
    at: datetime
    files: list[FileNamed]


class SpokenBeside(Shown):
    """A post of the conversation."""

    number: int
    author: str
    text: str
    written_at: datetime
    tie: str = Field(description="How it belongs to the post in question")


class CaseShown(CaseInShort):
    """A case, as far as its reader may see it."""

    model_config = example(
        {
            **_IN_SHORT,
            "about": "Personal attack",
            "next_step": "Take this case",
            "post": {
                "number": 41,
                "text": "The harbour plan is a waste. Councillor Voss is a crook and always was.",
                "text_since": "",
                "author": "Rowan Pike",
                "url": "https://example.org/posts/100",
                "written_at": "2026-10-01T09:00:00Z",
                "seen": "Published",
            },
            "assessment": _HINTS,
            "conversation": [],
            "told": [],
            "proposal": None,
            "decision": _DECISION,
            "appeal": None,
            "reconsideration": None,
            "submission": None,
            "final_word": None,
            "letters": [],
            "timeline": [
                {
                    "seq": 1,
                    "at": "2026-11-02T10:00:00Z",
                    "step": "file_report",
                    "words": "Reported: personal attack",
                    "text": "",
                }
            ],
            "papers": [{"number": 1, "kind": "report", "at": "2026-11-02T10:00:00Z", "files": []}],
        }
    )

    about: str
    next_step: str = Field(description="What its reader can do next, or what it waits for")
    post: PostKept
    assessment: HintsShown | None = Field(description="What the text check noticed; none where nobody looked")
    conversation: list[SpokenBeside]
    told: list[ReportTold]
    proposal: DecisionFound | None
    decision: DecisionFound | None
    appeal: SaidThere | None
    reconsideration: SaidThere | None
    submission: SaidThere | None
    final_word: SaidThere | None
    letters: list[LetterThere]
    timeline: list[Happened] = Field(description="Oldest first")
    papers: list[PaperThere]
