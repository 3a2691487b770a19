"""What a detector says: which signal, how strong, where in the text, under which rule, and why, in plain words."""

from dataclasses import dataclass
from enum import StrEnum


class Signal(StrEnum):
    """What may be wrong with a text. Each is a hint to a person, never a verdict."""

    PRIVATE = "private"
    SPAM = "spam"
    EVASION = "evasion"
    PROFANITY = "profanity"
    SEXUAL = "sexual"
    SLUR = "slur"
    INSULT = "insult"
    HARASSMENT = "harassment"
    THREAT = "threat"
    HATE = "hate"
    CHILD_SAFETY = "child_safety"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: `text[start:end]` of the text as it was given, with a score from 0 to 1.

    `clause` is the code of the rule that it may run into, in the packs that come with Folkmoot. `why` is a sentence
    for the person who reads it. What is `advice` says how to write better and never makes a text count as flagged.
    """

    signal: Signal
    clause: str
    score: float
    start: int
    end: int
    why: str
    advice: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """What is found under one name: its signal, the rule, and the sentence that says why, in the source's language."""

    signal: Signal
    clause: str
    why: str
