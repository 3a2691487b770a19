"""The words of the procedure: stages, steps, roles, outcomes. Values are what the record holds."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"  # reported, nobody has decided yet
    SECOND_LOOK = "second_look"  # a restriction is proposed in an unclear case; another moderator looks first
    DECIDED = "decided"  # a moderator has decided; the author may appeal
    APPEALED = "appealed"  # the author asks the moderator to look again
    RECONSIDERED = "reconsidered"  # answered; the author may put the case to the Executive
    BEFORE_EXECUTIVE = "before_executive"  # in writing before the Executive
    MINUTED = "minuted"  # the Executive has voted; those who sat confirm the record
    FINAL = "final"  # locked


class Step(StrEnum):
    """What can be done to a case; each is one module in `steps/`."""

    # what is told us, and by whom
    FILE_REPORT = "file_report"
    ADD_TO_REPORT = "add_to_report"
    WITHDRAW_REPORT = "withdraw_report"
    ANSWER_REPORT = "answer_report"  # a reasoned written answer to one reporter
    ASK_FOR_REVIEW = "ask_for_review"  # Sh: a reporter is not satisfied
    FORWARD_REVIEW = "forward_review"  # the Secretary passes the words on to the Executive
    ANSWER_REVIEW = "answer_review"  # nothing is decided afresh
    SEND_BACK = "send_back"  # a review finds that it has to be decided afresh
    LOOK_AGAIN = "look_again"  # a later report says something new: what was decided is taken up again
    # getting it ready
    DECLARE_INTEREST = "declare_interest"
    CLAIM = "claim"
    RELEASE = "release"
    LINK_POST = "link_post"
    NAME_AUTHOR = "name_author"
    SET_LANE = "set_lane"
    CHECK_COMPLAINT = "check_complaint"  # Se: the checklist of a legal complaint
    PUT_BESIDE = "put_beside"  # Sb: our own post beside the contested one
    WRITE_NOTE = "write_note"
    ASK_CLARIFICATION = "ask_clarification"  # Sg
    CLARIFY = "clarify"
    ANSWER_IN_COMMENTS = "answer_in_comments"  # Sf: the standard answer
    OFFER_SUPPORT = "offer_support"  # D44
    CHOOSE_NEWS = "choose_news"  # D44: how much whoever reported wants to hear
    EXTEND = "extend"  # D14
    # acting before deciding
    HIDE = "hide"
    UNHIDE = "unhide"
    SEAL = "seal"  # DP20
    DESTROY = "destroy"  # DP20
    # deciding
    DECIDE = "decide"
    PROPOSE = "propose"  # Mc: unclear, so somebody else looks first
    CONFIRM_PROPOSAL = "confirm_proposal"
    DECLINE_PROPOSAL = "decline_proposal"
    DECIDE_AS_PANEL = "decide_as_panel"  # Sh: nobody else is left for a fresh decision
    LOOK_AFTERWARDS = "look_afterwards"  # Mc: a lone moderator's unclear decision
    TAKE_ALONG = "take_along"  # Md: later posts go with a removed one
    BRING_BACK = "bring_back"  # and come back with it
    UNDO = "undo"
    END_MEASURE = "end_measure"
    # looking again
    LODGE_APPEAL = "lodge_appeal"
    RECONSIDER = "reconsider"
    PUT_TO_EXECUTIVE = "put_to_executive"
    CONVENE = "convene"
    RECORD_MINUTE = "record_minute"
    CONFIRM_MINUTE = "confirm_minute"
    OBJECT_TO_MINUTE = "object_to_minute"
    MAKE_FINAL = "make_final"
    REOPEN = "reopen"  # D35
    KEEP_FINAL = "keep_final"  # D35: the vote on opening it again was not carried
    # what goes by itself, and what is done outside
    WARN_DUE = "warn_due"
    RAISE_LANE = "raise_lane"  # D10: detectors see an emergency in what was reported as ordinary
    HAND_OVER = "hand_over"
    TICK_TASK = "tick_task"
    RECORD_DELIVERY = "record_delivery"


CAN_BE_UNDONE = (Step.DECIDE, Step.PROPOSE, Step.CONFIRM_PROPOSAL, Step.RECONSIDER)
"""What whoever did it can take back within its minute; until then nobody outside is told of it."""


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


class Subject(StrEnum):
    """What a case is about (Ma)."""

    POST = "post"
    THREAD = "thread"
    PATTERN = "pattern"  # of an account
    OFFLINE = "offline"  # F1: no link: a meeting, a closed chat


class Lane(StrEnum):
    """How a case travels (D10, Se)."""

    ORDINARY = "ordinary"
    EMERGENCY = "emergency"  # act first, mail later
    LEGAL = "legal"  # hide first, then a clock of its own


class Outcome(StrEnum):
    """What a decision finds (Ma)."""

    NO_BREACH = "no_breach"
    ROBUST_CRITICISM = "robust_criticism"
    CORRECTED = "corrected"  # our own post was wrong
    REFERRED = "referred"  # support, advice or a referral is the answer
    WARN = "warn"  # educate
    MEASURE = "measure"  # the post stays; something else is done
    REJECT = "reject"
    REMOVE = "remove"


TAKES_AWAY = frozenset({Outcome.REMOVE, Outcome.REJECT})  # the post itself
RESTRICTING = TAKES_AWAY | {Outcome.MEASURE}
APPEALABLE = RESTRICTING | {Outcome.WARN}


class MeasureKind(StrEnum):
    """What can be done besides (Ma); each has an end and a reverse."""

    HOLD_ACCOUNT = "hold_account"  # hold an account's posts for approval
    HOLD_THREAD = "hold_thread"
    CLOSE_THREAD = "close_thread"
    SUSPEND = "suspend"
    BAN = "ban"


class Answer(StrEnum):
    """What is said of a decision when it is looked at again."""

    STANDS = "stands"
    VARIED = "varied"  # something milder takes its place
    OVERTURNED = "overturned"


class Vote(StrEnum):
    """How a member of the Executive voted on the decision."""

    STANDS = "stands"
    VARIED = "varied"
    OVERTURNED = "overturned"
    ABSTAIN = "abstain"


class Ballot(StrEnum):
    """How a member of the Executive voted on something that is carried or not."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class Reopening(StrEnum):
    """The only reasons for which what is final is opened again (D35)."""

    NEW_EVIDENCE = "new_evidence"
    PROCEDURAL_ERROR = "procedural_error"
    COURT_ORDER = "court_order"


class AimedAt(StrEnum):
    """Person or policy? (Sd, D17)"""

    PERSON = "person"
    POLICY = "policy"  # a policy, body, community or belief
    NEITHER = "neither"


class Clarity(StrEnum):
    """Mc: clear, or open to interpretation."""

    CLEAR = "clear"
    UNCLEAR = "unclear"


class Severity(StrEnum):
    """How grave it is (Sc)."""

    ORDINARY = "ordinary"
    SERIOUS = "serious"
    EXTREME = "extreme"


class Intent(StrEnum):
    """Sb: whether it was meant, kept apart from whether it is so."""

    NOT_SAID = "not_said"
    HONEST_ERROR = "honest_error"  # answered by educating
    ON_PURPOSE = "on_purpose"


class Route(StrEnum):
    """Where a matter goes when the answer is not to do something to a post (F1, F3, F9)."""

    SUPPORT = "support"
    ADVICE = "advice"
    REFERRAL = "referral"  # to a body outside this procedure


class ReportKind(StrEnum):
    """What a report says is wrong. CHILD_SAFETY never takes an upload nor a snapshot (DP20)."""

    ATTACK = "attack"
    HATE = "hate"
    THREAT = "threat"
    PRIVATE_INFORMATION = "private_information"
    INTIMATE_IMAGE = "intimate_image"
    SEXUAL = "sexual"
    MISREPRESENTATION = "misrepresentation"
    LEGAL = "legal"  # libel, defamation
    COPYRIGHT = "copyright"
    INACCURATE = "inaccurate"
    SPAM = "spam"
    SUSPICIOUS = "suspicious"
    CHILD_SAFETY = "child_safety"
    OTHER = "other"


_LANES = {
    ReportKind.THREAT: Lane.EMERGENCY,
    ReportKind.PRIVATE_INFORMATION: Lane.EMERGENCY,
    ReportKind.INTIMATE_IMAGE: Lane.EMERGENCY,
    ReportKind.CHILD_SAFETY: Lane.EMERGENCY,
    ReportKind.LEGAL: Lane.LEGAL,
    ReportKind.COPYRIGHT: Lane.LEGAL,
}
# Sd: "at a person, or at a policy, a body, a community or a belief?" is asked where it makes sense.
ASKS_AT_WHOM = frozenset(
    {
        ReportKind.ATTACK,
        ReportKind.HATE,
        ReportKind.THREAT,
        ReportKind.SEXUAL,
        ReportKind.MISREPRESENTATION,
        ReportKind.LEGAL,
        ReportKind.OTHER,
    }
)
ASKS_INTENT = frozenset({ReportKind.MISREPRESENTATION, ReportKind.INACCURATE})  # Sb: was it meant?
URGENT = frozenset(kind for kind, lane in _LANES.items() if lane is Lane.EMERGENCY)


def lane_of(kind: ReportKind) -> Lane:
    """Return the lane into which a report of `kind` puts its case."""
    return _LANES.get(kind, Lane.ORDINARY)
