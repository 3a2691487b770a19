"""The procedure's values in the desk's words."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from folkmoot.archive.models import Post
from folkmoot.casefile.models import Case
from folkmoot.outbox.models import Task
from folkmoot.procedure.words import URGENT, AimedAt, Answer, Clarity, Outcome, ReportKind, Role, Stage

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

KINDS: "dict[ReportKind, StrOrPromise]" = {
    ReportKind.ATTACK: _("Personal attack"),
    ReportKind.HATE: _("Hate"),
    ReportKind.THREAT: _("Threat"),
    ReportKind.PRIVATE_INFORMATION: _("Private information"),
    ReportKind.SEXUAL: _("Sexual or unwelcome attention"),
    ReportKind.MISREPRESENTATION: _("Misrepresentation"),
    ReportKind.LEGAL: _("Legal risk"),
    ReportKind.INACCURATE: _("Not accurate"),
    ReportKind.SPAM: _("Spam"),
    ReportKind.SUSPICIOUS: _("Suspicious"),
    ReportKind.CHILD_SAFETY: _("A child in danger"),
    ReportKind.OTHER: _("Something else"),
}

STAGES: "dict[Stage, StrOrPromise]" = {
    Stage.RECEIVED: _("Waits for a decision"),
    Stage.DECIDED: _("Decided"),
    Stage.APPEALED: _("Appeal waits"),
    Stage.RECONSIDERED: _("Appeal answered"),
    Stage.BEFORE_EXECUTIVE: _("Before the Executive"),
    Stage.MINUTED: _("Minute to confirm"),
    Stage.FINAL: _("Final"),
}
STAGE_SIGNS = {
    Stage.RECEIVED: "neutral",
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
    Outcome.REMOVE: _("Remove"),
    Outcome.REJECT: _("Reject"),
    Outcome.WARN: _("Warn"),
}
OUTCOME_HINTS: "dict[Outcome, StrOrPromise]" = {
    Outcome.NO_BREACH: _("The post stays. It is within our rules."),
    Outcome.ROBUST_CRITICISM: _("The post stays. It is hard on a policy or a body, which our rules protect."),
    Outcome.REMOVE: _("The whole post is taken down. Its author is told why and may appeal."),
    Outcome.REJECT: _("The post waits for approval and is not let through. Its author is told why and may appeal."),
    Outcome.WARN: _("The post stays. Its author is told what to mind next time, and may appeal."),
}
OUTCOME_DONE: "dict[Outcome, StrOrPromise]" = {
    Outcome.NO_BREACH: _("no breach: the post stays"),
    Outcome.ROBUST_CRITICISM: _("robust criticism, which is protected: the post stays"),
    Outcome.REMOVE: _("remove the post"),
    Outcome.REJECT: _("reject the post"),
    Outcome.WARN: _("warn the author: the post stays"),
}
OUTCOME_BUTTONS: "dict[Outcome, StrOrPromise]" = {
    Outcome.NO_BREACH: _("Decide that this is no breach"),
    Outcome.ROBUST_CRITICISM: _("Decide that this is protected criticism"),
    Outcome.REMOVE: _("Remove and tell the author"),
    Outcome.REJECT: _("Reject and tell the author"),
    Outcome.WARN: _("Warn the author"),
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
ANSWERS: "dict[Answer, StrOrPromise]" = {
    Answer.STANDS: _("The decision stands"),
    Answer.OVERTURNED: _("The decision is overturned"),
}
ANSWER_HINTS: "dict[Answer, StrOrPromise]" = {
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
    "minute_to_confirm": _("Minute to confirm"),
    "minute_objected": _("Objection to the minute"),
}

OPS: "dict[str, StrOrPromise]" = {
    Task.Op.REMOVE: _("Remove a post"),
    Task.Op.RESTORE: _("Put a post back"),
    Task.Op.REJECT: _("Reject a held post"),
    Task.Op.APPROVE: _("Let a held post through"),
    Task.Op.HAND_OVER_NOTICE: _("Hand over a letter"),
}
OPS_DONE: "dict[str, StrOrPromise]" = {
    Task.Op.REMOVE: _("It is removed"),
    Task.Op.RESTORE: _("It is back"),
    Task.Op.REJECT: _("It is rejected"),
    Task.Op.APPROVE: _("It is let through"),
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
    account = post.account
    if account.name and account.handle and account.name != account.handle:
        return f"{account.name} ({account.handle})"
    return account.name or account.handle or ""
