"""The table in plain words: what each step is, who takes it, how long each limit is."""

from collections.abc import Iterable

from folkmoot.procedure.calendar import NATIONS
from folkmoot.procedure.table import Limits
from folkmoot.procedure.words import Role, Stage, Step

ROLES = {  # in the order in which they are named
    Role.MODERATOR: "the moderators",
    Role.SECRETARY: "the Secretary",
    Role.EXECUTIVE: "the Executive",
    Role.ADMINISTRATOR: "administrators",
    Role.AUTHOR: "the author",
    Role.REPORTER: "a reporter",
    Role.SYSTEM: "the software",
}
STAGES = {  # after "while a case"
    Stage.RECEIVED: "waits for a decision",
    Stage.SECOND_LOOK: "waits for a second look",
    Stage.DECIDED: "is decided",
    Stage.APPEALED: "waits for the answer to an appeal",
    Stage.RECONSIDERED: "has its answer to the appeal",
    Stage.BEFORE_EXECUTIVE: "is before the Executive",
    Stage.MINUTED: "has a minute that is being confirmed",
    Stage.FINAL: "is final",
}
STEPS = {  # after "may"
    Step.FILE_REPORT: "report something",
    Step.ADD_TO_REPORT: "add to a report",
    Step.WITHDRAW_REPORT: "take a report back",
    Step.ANSWER_REPORT: "answer a reporter in writing",
    Step.ASK_FOR_REVIEW: "say that the answer does not satisfy them",
    Step.FORWARD_REVIEW: "pass a reporter’s words on to the Executive",
    Step.ANSWER_REVIEW: "answer a reporter who is not satisfied",
    Step.SEND_BACK: "have a case decided afresh",
    Step.DECLARE_INTEREST: "say whether they are part of the matter",
    Step.CLAIM: "take a case from the queue",
    Step.RELEASE: "put a case back in the queue",
    Step.LINK_POST: "say which post it is about",
    Step.NAME_AUTHOR: "say who the author is, and how to reach them",
    Step.SET_LANE: "treat a case as an emergency or a legal complaint",
    Step.CHECK_COMPLAINT: "go through the checklist of a legal complaint",
    Step.PUT_BESIDE: "put our own post beside the one that is contested",
    Step.WRITE_NOTE: "write a private note",
    Step.ASK_CLARIFICATION: "ask the author what is meant",
    Step.CLARIFY: "say what is meant",
    Step.ANSWER_IN_COMMENTS: "post the standard answer below a comment",
    Step.OFFER_SUPPORT: "offer support to the person it is about",
    Step.CHOOSE_NEWS: "say how much to hear",
    Step.EXTEND: "take longer for an answer, once, with a reason",
    Step.HIDE: "hide a post for now",
    Step.UNHIDE: "show a hidden post again",
    Step.SEAL: "close what a case holds to everybody",
    Step.DESTROY: "destroy what must not be kept",
    Step.DECIDE: "decide",
    Step.PROPOSE: "ask another moderator to look first",
    Step.CONFIRM_PROPOSAL: "agree to what was proposed",
    Step.DECLINE_PROPOSAL: "disagree with what was proposed",
    Step.DECIDE_AS_PANEL: "decide together, by recorded votes",
    Step.LOOK_AGAIN: "take a decided case up again after a later report",
    Step.LOOK_AFTERWARDS: "look at what a lone moderator decided",
    Step.TAKE_ALONG: "let later posts go with a removed one",
    Step.BRING_BACK: "bring back what went with a post that is back",
    Step.UNDO: "take a step back within its minute",
    Step.END_MEASURE: "end a measure",
    Step.LODGE_APPEAL: "appeal",
    Step.RECONSIDER: "answer an appeal",
    Step.PUT_TO_EXECUTIVE: "put the case to the Executive",
    Step.CONVENE: "call the Executive together",
    Step.RECORD_MINUTE: "write down what the Executive decided",
    Step.CONFIRM_MINUTE: "confirm the minute",
    Step.OBJECT_TO_MINUTE: "object to the minute",
    Step.MAKE_FINAL: "make a case final when its time has come",
    Step.REOPEN: "open what is final again, for a listed reason",
    Step.KEEP_FINAL: "write down that a case stays final",
    Step.WARN_DUE: "warn that an answer is due",
    Step.HAND_OVER: "add the next in turn when an answer is late",
    Step.TICK_TASK: "say that a task by hand is done",
    Step.RECORD_DELIVERY: "note what became of a letter",
}


def people(roles: Iterable[Role]) -> str:
    """Return e.g. "the moderators, the Secretary and the Executive"."""
    named = [ROLES[role] for role in ROLES if role in set(roles)]
    return " and ".join(filter(None, [", ".join(named[:-1]), *named[-1:]]))


def limits_said(limits: Limits) -> dict[str, str]:
    """Return each limit as a sentence without its full stop, by its name."""
    day = "working day" if limits.working_days else "day"
    return {
        "report_days": f"The moderators have {count(limits.report_days, day)} to answer a report",
        "secretary_days": f"The Secretary has {count(limits.secretary_days, day)} when they did not",
        "reconsider_days": f"An appeal is answered within {count(limits.reconsider_days, day)}",
        "executive_days": f"The Executive has {count(limits.executive_days, day)}",
        "extension_days": f"One extension is {count(limits.extension_days, day)} long",
        "emergency_hours": f"An emergency has {count(limits.emergency_hours, 'hour')}",
        "legal_hours": f"A legal complaint has {count(limits.legal_hours, 'hour')} of working days",
        "appeal_months": f"An author can appeal for {count(limits.appeal_months, 'month')}",
        "objection_hours": f"Whoever sat can object to a minute for {count(limits.objection_hours, 'hour')}",
        "quorum": f"At least {limits.quorum} members of the Executive sit",
        "working_days": "Only working days count" if limits.working_days else "All days count, weekends too",
        "nation": f"Bank holidays are those of {NATIONS.get(limits.nation, limits.nation)}",
    }


def count(number: int, what: str) -> str:
    """Return e.g. "1 day", "5 days"."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
