"""The procedure's values in the desk's words."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from folkmoot.archive.models import Account, Post
from folkmoot.casefile.models import Case
from folkmoot.outbox.models import Task
from folkmoot.procedure.words import (
    URGENT,
    AimedAt,
    Answer,
    Clarity,
    Intent,
    Outcome,
    ReportKind,
    Role,
    Route,
    Severity,
    Stage,
)
from folkmoot.steps.clarify import Did
from folkmoot.steps.offer_support import Hears, Offered
from folkmoot.web.kinds import KINDS as KIND_WORDS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

KINDS: "dict[ReportKind, StrOrPromise]" = {kind: KIND_WORDS[kind].short for kind in ReportKind}

MENUS: "dict[str, StrOrPromise]" = {"place": _("Where"), "kind": _("What"), "lane": _("How it travels")}

STAGES: "dict[Stage, StrOrPromise]" = {
    Stage.RECEIVED: _("Waits for a decision"),
    Stage.SECOND_LOOK: _("Waits for a second look"),
    Stage.DECIDED: _("Decided"),
    Stage.APPEALED: _("Appeal waits"),
    Stage.RECONSIDERED: _("Appeal answered"),
    Stage.BEFORE_EXECUTIVE: _("Before the Executive"),
    Stage.MINUTED: _("Minute to confirm"),
    Stage.FINAL: _("Final"),
}
STAGE_SIGNS = {
    Stage.RECEIVED: "neutral",
    Stage.SECOND_LOOK: "accent",
    Stage.DECIDED: "ok",
    Stage.APPEALED: "accent",
    Stage.RECONSIDERED: "ok",
    Stage.BEFORE_EXECUTIVE: "accent",
    Stage.MINUTED: "accent",
    Stage.FINAL: "final",
}

OUTCOMES: "dict[Outcome, StrOrPromise]" = {
    Outcome.NO_BREACH: _("No breach"),
    Outcome.ROBUST_CRITICISM: _("Robust criticism, protected"),
    Outcome.CORRECTED: _("Correct it: our own post is wrong"),
    Outcome.REFERRED: _("Help or another route"),
    Outcome.WARN: _("Warn"),
    Outcome.MEASURE: _("Leave the post, and limit something else"),
    Outcome.REJECT: _("Reject"),
    Outcome.REMOVE: _("Remove"),
}
OUTCOME_HINTS: "dict[Outcome, StrOrPromise]" = {
    Outcome.NO_BREACH: _("The post stays. It is within our rules."),
    Outcome.ROBUST_CRITICISM: _("The post stays. It is hard on a policy or a body, which our rules protect."),
    Outcome.CORRECTED: _("The post is ours. You say what it should say, and whoever reported it is told."),
    Outcome.REFERRED: _("Nothing is done to a post. Support, advice, or somebody else who can deal with it."),
    Outcome.WARN: _("The post stays. Its author is told what to mind next time, and may appeal."),
    Outcome.MEASURE: _("Posts wait for approval, a conversation is closed, or an account is shut out for a time."),
    Outcome.REJECT: _("The post waits for approval and is not let through. Its author is told why and may appeal."),
    Outcome.REMOVE: _("The whole post is taken down. Its author is told why and may appeal."),
}
OUTCOME_DONE: "dict[Outcome, StrOrPromise]" = {
    Outcome.NO_BREACH: _("no breach: the post stays"),
    Outcome.ROBUST_CRITICISM: _("robust criticism, which is protected: the post stays"),
    Outcome.CORRECTED: _("correct our own post"),
    Outcome.REFERRED: _("help or another route"),
    Outcome.WARN: _("warn the author: the post stays"),
    Outcome.MEASURE: _("limit something for a time: the post stays"),
    Outcome.REJECT: _("reject the post"),
    Outcome.REMOVE: _("remove the post"),
}
OUTCOME_BUTTONS: "dict[Outcome, StrOrPromise]" = {
    Outcome.NO_BREACH: _("Decide that this is no breach"),
    Outcome.ROBUST_CRITICISM: _("Decide that this is protected criticism"),
    Outcome.CORRECTED: _("Have our post corrected"),
    Outcome.REFERRED: _("Decide, and say where it goes"),
    Outcome.WARN: _("Warn the author"),
    Outcome.MEASURE: _("Limit it and tell the author"),
    Outcome.REJECT: _("Reject and tell the author"),
    Outcome.REMOVE: _("Remove and tell the author"),
}

AIMS: "dict[AimedAt, StrOrPromise]" = {
    AimedAt.PERSON: _("A person, or people"),
    AimedAt.POLICY: _("A policy, a body, a community or a belief"),
    AimedAt.NEITHER: _("Neither, or it does not matter here"),
}
CLARITIES: "dict[Clarity, StrOrPromise]" = {
    Clarity.CLEAR: _("Clear"),
    Clarity.UNCLEAR: _("Unclear: it can be read in more than one way"),
}
UNCLEAR_HINT = _("If something is taken away, somebody else looks first where somebody is free.")
ROUTES: "dict[Route, StrOrPromise]" = {
    Route.SUPPORT: _("Support"),
    Route.ADVICE: _("Advice"),
    Route.REFERRAL: _("A referral"),
}
ROUTE_HINTS: "dict[Route, StrOrPromise]" = {
    Route.SUPPORT: _("Somebody stands by the person, or helps them to keep safe."),
    Route.ADVICE: _("Somebody tells those concerned what they can do themselves."),
    Route.REFERRAL: _("It goes to those who can deal with it: the party’s complaints, the platform, the police."),
}
SEVERITIES: "dict[Severity, StrOrPromise]" = {
    Severity.ORDINARY: _("Ordinary"),
    Severity.SERIOUS: _("Serious"),
    Severity.EXTREME: _("Extreme"),
}
SEVERITY_HINTS: "dict[Severity, StrOrPromise]" = {
    Severity.SERIOUS: _("It hurts somebody, or sets people against each other."),
    Severity.EXTREME: _("Extremely offensive, or threatening."),
}
INTENTS: "dict[Intent, StrOrPromise]" = {
    Intent.NOT_SAID: _("I do not say"),
    Intent.HONEST_ERROR: _("An honest error"),
    Intent.ON_PURPOSE: _("On purpose"),
}
INTENT_HINTS: "dict[Intent, StrOrPromise]" = {
    Intent.HONEST_ERROR: _("Best answered by explaining: a warning does that."),
}
DID: "dict[Did, StrOrPromise]" = {
    Did.EXPLAINED: _("They explain"),
    Did.EDITED: _("They say that they have changed the post themselves"),
    Did.TAKEN_DOWN: _("They say that they have taken the post down themselves"),
}
OFFERED: "dict[Offered, StrOrPromise]" = {
    Offered.TALK: _("Somebody to talk to"),
    Offered.COMPANY: _("Somebody who stands by them, there or in person"),
    Offered.SAFETY: _("Help to keep safe: blocking, privacy, keeping proof"),
    Offered.PARTY: _("The party’s complaints or its support"),
    Offered.PLATFORM: _("Reporting it to the platform"),
    Offered.POLICE: _("The police"),
    Offered.OTHER: _("Something else"),
}
HEARS: "dict[Hears, StrOrPromise]" = {
    Hears.EVERYTHING: _("Everything that happens"),
    Hears.WHAT_MATTERS: _("The outcome, and a warning before something comes back"),
    Hears.NOTHING: _("Nothing more"),
    Hears.NOT_ASKED: _("They have not been asked yet"),
}
ANSWERS: "dict[Answer, StrOrPromise]" = {
    Answer.STANDS: _("The decision stands"),
    Answer.VARIED: _("Something milder takes its place"),
    Answer.OVERTURNED: _("The decision is overturned"),
}
ANSWER_HINTS: "dict[Answer, StrOrPromise]" = {
    Answer.VARIED: _("You say what holds instead. It is never worse than before."),
    Answer.STANDS: _("The author may still put the case to the Executive, in writing."),
    Answer.OVERTURNED: _("What was done is undone: a post that was taken down is put back."),
}

ROLES: "dict[Role, StrOrPromise]" = {
    Role.ADMINISTRATOR: _("an administrator"),
    Role.MODERATOR: _("the moderators"),
    Role.SECRETARY: _("the Secretary"),
    Role.EXECUTIVE: _("the Executive"),
    Role.AUTHOR: _("the author"),
    Role.REPORTER: _("a reporter"),
    Role.SYSTEM: _("the software"),
}

LETTERS: "dict[str, StrOrPromise]" = {
    "statement_of_reasons": _("Decision and reasons"),
    "hidden_meanwhile": _("Hidden while we look"),
    "clarification_asked": _("A question to the author"),
    "lifted": _("What was done is undone"),
    "measure_ended": _("A measure has ended"),
    "measure_lifted": _("A measure ends sooner"),
    "reopened": _("Open again"),
    "appeal_received": _("Receipt of the appeal"),
    "appeal_answered": _("Answer to the appeal"),
    "submission_received": _("Receipt of the case for the Executive"),
    "executive_decided": _("The Executive’s decision"),
    "reporter_news": _("“There is news”"),
    "report_received": _("Receipt of the report"),
    "handed_over": _("Late: you have been added"),
    "nobody_free": _("Nobody is there to act"),
    "reported_again": _("Reported again"),
    "put_to_executive": _("A case for the Executive"),
    "extended": _("It takes a little longer"),
    "target_told": _("“There is news”, to the person concerned"),
    "due_tomorrow": _("Due tomorrow"),
    "still_overdue": _("Still without an answer"),
    "appeal_extended": _("The answer to the appeal takes longer"),
    "emergency": _("An emergency"),
    "legal_clock": _("A legal complaint"),
    "second_look_asked": _("A second look is asked for"),
    "second_look_answered": _("The second look is there"),
    "look_afterwards": _("To be looked at afterwards"),
    "review_asked": _("A reporter is not satisfied"),
    "sent_back": _("To be decided afresh"),
    "cover_set": _("You act for somebody"),
    "cases_passed_on": _("Open cases passed on"),
    "convened": _("The Executive meets"),
    "reopening_voted": _("Opened again by vote"),
    "minute_to_confirm": _("Minute to confirm"),
    "minute_objected": _("Objection to the minute"),
}

OPS: "dict[str, StrOrPromise]" = {
    Task.Op.REMOVE: _("Remove a post"),
    Task.Op.RESTORE: _("Put a post back"),
    Task.Op.REJECT: _("Reject a held post"),
    Task.Op.APPROVE: _("Let a held post through"),
    Task.Op.HIDE: _("Hide a post for now"),
    Task.Op.UNHIDE: _("Show a hidden post again"),
    Task.Op.LOOK: _("Look whether a post is there"),
    Task.Op.CORRECT: _("Correct our own post"),
    Task.Op.COMMENT: _("Post our standard answer"),
    Task.Op.APPLY_MEASURE: _("Put a measure in place"),
    Task.Op.END_MEASURE: _("Lift a measure"),
    Task.Op.HAND_OVER_NOTICE: _("Hand over a letter"),
}
OPS_DONE: "dict[str, StrOrPromise]" = {
    Task.Op.REMOVE: _("It is removed"),
    Task.Op.RESTORE: _("It is back"),
    Task.Op.REJECT: _("It is rejected"),
    Task.Op.APPROVE: _("It is let through"),
    Task.Op.HIDE: _("It is hidden"),
    Task.Op.UNHIDE: _("It is seen again"),
    Task.Op.LOOK: _("It is there"),
    Task.Op.CORRECT: _("It is corrected"),
    Task.Op.COMMENT: _("I have posted it"),
    Task.Op.APPLY_MEASURE: _("It is in place"),
    Task.Op.END_MEASURE: _("It is lifted"),
    Task.Op.HAND_OVER_NOTICE: _("I have handed it over"),
}
TASK_STATES: "dict[str, StrOrPromise]" = {
    Task.State.OPEN: _("To do"),
    Task.State.DONE: _("Done"),
    Task.State.SUPERSEDED: _("No longer wanted"),
    Task.State.CANNOT: _("Could not be done"),
}
TASK_SIGNS = {
    Task.State.OPEN: "soon",
    Task.State.DONE: "ok",
    Task.State.SUPERSEDED: "neutral",
    Task.State.CANNOT: "harm",
}


def kinds_said(kinds: Iterable[ReportKind]) -> str:
    """Return what was reported, the urgent kinds first: "Threat, personal attack"."""
    known = sorted(dict.fromkeys(kinds), key=lambda kind: kind not in URGENT)
    if not known:
        return str(_("Noticed by a moderator"))
    first, *others = (str(KINDS[kind]) for kind in known)
    return ", ".join([first, *(other[:1].lower() + other[1:] for other in others)])


def place(case: Case) -> str:
    """Return the name of the place that the case is about."""
    return case.platform.name if case.platform else str(_("Place not known"))


def author(post: Post | None) -> str:
    """Return who wrote the post as the place shows it; empty when nobody knows."""
    if post is None or post.account is None:
        return ""
    return account(post.account)


def account(of: Account) -> str:
    """Return what an account is called there; empty when nobody knows."""
    if of.name and of.handle and of.name != of.handle:
        return f"{of.name} ({of.handle})"
    return of.name or of.handle or ""
