"""The table in plain words: what each step is, who takes it, how long each limit is."""

from collections.abc import Iterable
from functools import partial

from folkmoot.kernel.said import gettext, gettext_noop, ngettext
from folkmoot.procedure.calendar import NATIONS
from folkmoot.procedure.table import Limits
from folkmoot.procedure.words import Role, Stage, Step

ROLES = {  # in the order in which they are named
    Role.MODERATOR: gettext_noop("the moderators"),
    Role.SECRETARY: gettext_noop("the Secretary"),
    Role.EXECUTIVE: gettext_noop("the Executive"),
    Role.ADMINISTRATOR: gettext_noop("administrators"),
    Role.AUTHOR: gettext_noop("the author"),
    Role.REPORTER: gettext_noop("a reporter"),
    Role.SYSTEM: gettext_noop("the software"),
}
STAGES = {  # after "while a case"
    Stage.RECEIVED: gettext_noop("waits for a decision"),
    Stage.SECOND_LOOK: gettext_noop("waits for a second look"),
    Stage.DECIDED: gettext_noop("is decided"),
    Stage.APPEALED: gettext_noop("waits for the answer to an appeal"),
    Stage.RECONSIDERED: gettext_noop("has its answer to the appeal"),
    Stage.BEFORE_EXECUTIVE: gettext_noop("is before the Executive"),
    Stage.MINUTED: gettext_noop("has a minute that is being confirmed"),
    Stage.FINAL: gettext_noop("is final"),
}
STEPS = {  # after "may"
    Step.FILE_REPORT: gettext_noop("report something"),
    Step.ADD_TO_REPORT: gettext_noop("add to a report"),
    Step.WITHDRAW_REPORT: gettext_noop("take a report back"),
    Step.ANSWER_REPORT: gettext_noop("answer a reporter in writing"),
    Step.ASK_FOR_REVIEW: gettext_noop("say that the answer does not satisfy them"),
    Step.FORWARD_REVIEW: gettext_noop("pass a reporter’s words on to the Executive"),
    Step.ANSWER_REVIEW: gettext_noop("answer a reporter who is not satisfied"),
    Step.SEND_BACK: gettext_noop("have a case decided afresh"),
    Step.DECLARE_INTEREST: gettext_noop("say whether they are part of the matter"),
    Step.CLAIM: gettext_noop("take a case from the queue"),
    Step.RELEASE: gettext_noop("put a case back in the queue"),
    Step.LINK_POST: gettext_noop("say which post it is about"),
    Step.NAME_AUTHOR: gettext_noop("say who the author is, and how to reach them"),
    Step.SET_LANE: gettext_noop("treat a case as an emergency or a legal complaint"),
    Step.CHECK_COMPLAINT: gettext_noop("go through the checklist of a legal complaint"),
    Step.PUT_BESIDE: gettext_noop("put our own post beside the one that is contested"),
    Step.WRITE_NOTE: gettext_noop("write a private note"),
    Step.ASK_CLARIFICATION: gettext_noop("ask the author what is meant"),
    Step.CLARIFY: gettext_noop("say what is meant"),
    Step.ANSWER_IN_COMMENTS: gettext_noop("post the standard answer below a comment"),
    Step.OFFER_SUPPORT: gettext_noop("offer support to the person it is about"),
    Step.CHOOSE_NEWS: gettext_noop("say how much to hear"),
    Step.EXTEND: gettext_noop("take longer for an answer, once, with a reason"),
    Step.HIDE: gettext_noop("hide a post for now"),
    Step.UNHIDE: gettext_noop("show a hidden post again"),
    Step.SEAL: gettext_noop("close what a case holds to everybody"),
    Step.DESTROY: gettext_noop("destroy what must not be kept"),
    Step.DECIDE: gettext_noop("decide"),
    Step.PROPOSE: gettext_noop("ask another moderator to look first"),
    Step.CONFIRM_PROPOSAL: gettext_noop("agree to what was proposed"),
    Step.DECLINE_PROPOSAL: gettext_noop("disagree with what was proposed"),
    Step.DECIDE_AS_PANEL: gettext_noop("decide together, by recorded votes"),
    Step.LOOK_AGAIN: gettext_noop("take a decided case up again after a later report"),
    Step.LOOK_AFTERWARDS: gettext_noop("look at what a lone moderator decided"),
    Step.TAKE_ALONG: gettext_noop("let later posts go with a removed one"),
    Step.BRING_BACK: gettext_noop("bring back what went with a post that is back"),
    Step.UNDO: gettext_noop("take a step back within its minute"),
    Step.END_MEASURE: gettext_noop("end a measure"),
    Step.LODGE_APPEAL: gettext_noop("appeal"),
    Step.RECONSIDER: gettext_noop("answer an appeal"),
    Step.PUT_TO_EXECUTIVE: gettext_noop("put the case to the Executive"),
    Step.CONVENE: gettext_noop("call the Executive together"),
    Step.RECORD_MINUTE: gettext_noop("write down what the Executive decided"),
    Step.CONFIRM_MINUTE: gettext_noop("confirm the minute"),
    Step.OBJECT_TO_MINUTE: gettext_noop("object to the minute"),
    Step.MAKE_FINAL: gettext_noop("make a case final when its time has come"),
    Step.REOPEN: gettext_noop("open what is final again, for a listed reason"),
    Step.KEEP_FINAL: gettext_noop("write down that a case stays final"),
    Step.RAISE_LANE: gettext_noop("put a case that looks like an emergency before the others"),
    Step.WARN_DUE: gettext_noop("warn that an answer is due"),
    Step.HAND_OVER: gettext_noop("add the next in turn when an answer is late"),
    Step.TICK_TASK: gettext_noop("say that a task by hand is done"),
    Step.RECORD_DELIVERY: gettext_noop("note what became of a letter"),
}


def people(roles: Iterable[Role]) -> str:
    """Return e.g. "the moderators, the Secretary and the Executive"."""
    named = [gettext(ROLES[role]) for role in ROLES if role in set(roles)]
    if len(named) < 2:
        return "".join(named)
    return gettext("%(several)s and %(last)s") % {"several": ", ".join(named[:-1]), "last": named[-1]}


def stage_said(stage: Stage) -> str:
    """Return what goes on after "while a case"."""
    return gettext(STAGES[stage])


def step_said(step: Step) -> str:
    """Return what goes on after "may"."""
    return gettext(STEPS[step])


def limits_said(limits: Limits) -> dict[str, str]:
    """Return each limit as a sentence without its full stop, by its name."""
    of = partial(limit_said, limits)
    return {
        "report_days": gettext("The moderators have %(days)s to answer a report") % {"days": of("report_days")},
        "secretary_days": gettext("The Secretary has %(days)s when they did not") % {"days": of("secretary_days")},
        "reconsider_days": gettext("An appeal is answered within %(days)s") % {"days": of("reconsider_days")},
        "executive_days": gettext("The Executive has %(days)s") % {"days": of("executive_days")},
        "extension_days": gettext("One extension is %(days)s long") % {"days": of("extension_days")},
        "emergency_hours": gettext("An emergency has %(hours)s") % {"hours": of("emergency_hours")},
        "legal_hours": gettext("A legal complaint has %(hours)s of working days") % {"hours": of("legal_hours")},
        "appeal_months": gettext("An author can appeal for %(months)s") % {"months": of("appeal_months")},
        "objection_hours": gettext("Whoever sat can object to a minute for %(hours)s")
        % {"hours": of("objection_hours")},
        "quorum": gettext("At least %(quorum)d members of the Executive sit") % {"quorum": limits.quorum},
        "working_days": gettext("Only working days count")
        if limits.working_days
        else gettext("All days count, weekends too"),
        "nation": gettext("Bank holidays are those of %(nation)s") % {"nation": nation_said(limits.nation)},
    }


def limit_said(limits: Limits, name: str) -> str:
    """Return the limit `name`, such as "report_days", in words: "5 days", "5 working days"."""
    number = getattr(limits, name)
    match name.rpartition("_")[2]:
        case "days" if limits.working_days:
            said = ngettext("%(number)d working day", "%(number)d working days", number)
        case "days":
            said = ngettext("%(number)d day", "%(number)d days", number)
        case "hours":
            said = ngettext("%(number)d hour", "%(number)d hours", number)
        case "months":
            said = ngettext("%(number)d month", "%(number)d months", number)
        case _:
            raise KeyError(name)
    return said % {"number": number}


def nation_said(nation: str) -> str:
    """Return e.g. "Wales"."""
    return gettext(NATIONS.get(nation, nation))
