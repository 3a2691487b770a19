"""The words of the procedure: stages, steps, roles, outcomes. Values are what the record holds."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"  # reported, nobody has decided yet
    DECIDED = "decided"  # a moderator has decided; the author may appeal
    APPEALED = "appealed"  # the author asks the moderator to look again
    RECONSIDERED = "reconsidered"  # answered; the author may put the case to the Executive
    BEFORE_EXECUTIVE = "before_executive"  # in writing before the Executive
    MINUTED = "minuted"  # the Executive has voted; those who sat confirm the record
    FINAL = "final"  # locked


class Step(StrEnum):
    """What can be done to a case; each is one module in `steps/`."""

    FILE_REPORT = "file_report"
    ADD_TO_REPORT = "add_to_report"
    DECLARE_INTEREST = "declare_interest"
    CLAIM = "claim"
    RELEASE = "release"
    LINK_POST = "link_post"
    NAME_AUTHOR = "name_author"
    DECIDE = "decide"
    LODGE_APPEAL = "lodge_appeal"
    RECONSIDER = "reconsider"
    PUT_TO_EXECUTIVE = "put_to_executive"
    RECORD_MINUTE = "record_minute"
    CONFIRM_MINUTE = "confirm_minute"
    OBJECT_TO_MINUTE = "object_to_minute"
    MAKE_FINAL = "make_final"
    HAND_OVER = "hand_over"
    TICK_TASK = "tick_task"
    RECORD_DELIVERY = "record_delivery"


class Role(StrEnum):
    """In what capacity somebody acts."""

    ADMINISTRATOR = "administrator"
    MODERATOR = "moderator"
    SECRETARY = "secretary"
    EXECUTIVE = "executive"
    AUTHOR = "author"
    REPORTER = "reporter"
    SYSTEM = "system"


OFFICES = (Role.ADMINISTRATOR, Role.MODERATOR, Role.SECRETARY, Role.EXECUTIVE)  # what a person can be given


class Outcome(StrEnum):
    """What a decision finds (Ma)."""

    NO_BREACH = "no_breach"
    ROBUST_CRITICISM = "robust_criticism"
    REMOVE = "remove"
    REJECT = "reject"
    WARN = "warn"


RESTRICTING = frozenset({Outcome.REMOVE, Outcome.REJECT})
APPEALABLE = frozenset({Outcome.REMOVE, Outcome.REJECT, Outcome.WARN})


class Answer(StrEnum):
    """What is said of a decision when it is looked at again."""

    STANDS = "stands"
    OVERTURNED = "overturned"


class Vote(StrEnum):
    """How a member of the Executive voted on the decision."""

    STANDS = "stands"
    OVERTURNED = "overturned"
    ABSTAIN = "abstain"


class AimedAt(StrEnum):
    """Person or policy? (Sd, D17)"""

    PERSON = "person"
    POLICY = "policy"  # a policy, body, community or belief
    NEITHER = "neither"


class Clarity(StrEnum):
    """Mc: clear, or open to interpretation."""

    CLEAR = "clear"
    UNCLEAR = "unclear"


class ReportKind(StrEnum):
    """What a report says is wrong. CHILD_SAFETY never takes an upload nor a snapshot (DP20)."""

    ATTACK = "attack"
    HATE = "hate"
    THREAT = "threat"
    PRIVATE_INFORMATION = "private_information"
    SEXUAL = "sexual"
    MISREPRESENTATION = "misrepresentation"
    LEGAL = "legal"
    INACCURATE = "inaccurate"
    SPAM = "spam"
    SUSPICIOUS = "suspicious"
    CHILD_SAFETY = "child_safety"
    OTHER = "other"


URGENT = frozenset({ReportKind.THREAT, ReportKind.PRIVATE_INFORMATION, ReportKind.CHILD_SAFETY})
