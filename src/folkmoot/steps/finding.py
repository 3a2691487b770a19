"""What a decision says: the finding, what makes it sound, and the author's letter that it becomes (Ma-Me)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from folkmoot.archive.models import BY_HAND, Post
from folkmoot.casefile.models import Case, Grant, Paper
from folkmoot.casefile.papers import is_sealed
from folkmoot.casefile.record import procedure_of
from folkmoot.editions.citing import cited
from folkmoot.editions.models import Clause
from folkmoot.kernel.errors import BadInput
from folkmoot.kernel.times import months_after
from folkmoot.notices.letters import Letter, Reasons, link_mark, statement_afresh, statement_of_reasons
from folkmoot.notices.statement import CONTEXT, Measured, statement_quoting, statement_spam
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.words import (
    APPEALABLE,
    RESTRICTING,
    TAKES_AWAY,
    AimedAt,
    Clarity,
    Intent,
    Outcome,
    Route,
    Severity,
    Subject,
)
from folkmoot.steps.enforce import waits
from folkmoot.steps.measures import MeasureWanted

REASONS_AT_LEAST = 20  # characters: a label is no reason (D16)


@dataclass(frozen=True)
class Decision:
    """What the moderator finds. `codes` are grounds of the case's edition."""

    outcome: Outcome
    reasons: str
    codes: Sequence[str] = ()
    passage: str = ""
    aimed_at: AimedAt = AimedAt.NEITHER
    clarity: Clarity = Clarity.CLEAR
    severity: Severity = Severity.ORDINARY  # Sc
    intent: Intent = Intent.NOT_SAID  # Sb
    measures: Sequence[MeasureWanted] = ()
    correction: str = ""  # what our own wrong post should say instead
    route: Route | None = None  # where it goes, when it is referred
    spam: bool = False  # Me: one tap, with a standard notice


def require_sound(case: Case, decision: Decision) -> list[Clause]:
    """Return the clauses cited, in the policy's order, or raise `BadInput` naming the field to mend (D15, D16)."""
    if not decision.spam and len(decision.reasons.strip()) < REASONS_AT_LEAST:
        raise BadInput(
            gettext("Please write your reasons in a sentence or two: the people concerned will read them."),
            field="reasons",
        )
    if decision.spam and (decision.clarity is not Clarity.CLEAR or decision.outcome not in TAKES_AWAY):
        raise BadInput(
            gettext("Only what is clearly spam goes this way. Please decide the others one by one."), field="clarity"
        )
    _require_what_the_outcome_needs(case, decision)
    held = waits(case)
    if decision.outcome is Outcome.REJECT and not held:
        raise BadInput(
            gettext("Only a post that still waits for approval can be rejected. This one is published: remove it."),
            field="outcome",
        )
    if decision.outcome is Outcome.REMOVE and held:
        raise BadInput(
            gettext("This post still waits for approval, so it cannot be removed. Reject it instead."), field="outcome"
        )
    clauses = cited(case.policy, decision.codes)
    unknown = set(decision.codes) - {clause.code for clause in clauses}
    if unknown:
        raise BadInput(
            gettext("This edition of the rules has no %(codes)s.") % {"codes": ", ".join(sorted(unknown))},
            field="codes",
        )
    _require_measures(case, decision)
    if decision.outcome not in APPEALABLE:
        return clauses
    _require_grounds(case, clauses)
    text = evidence_text(case)
    if decision.passage and text and decision.passage not in text:
        raise BadInput(
            gettext("The passage is not in the post word for word. Please select it in the post again."),
            field="passage",
        )
    if not decision.passage and decision.outcome in TAKES_AWAY and text:
        raise BadInput(
            gettext("Please mark the words that are in breach. They can be the whole post."), field="passage"
        )
    return clauses


def statement(
    case: Case,
    decision: Decision,
    clauses: Sequence[Clause],
    *,
    at: datetime,
    grant: Grant | None,
    necessity: bool = False,
    context: str = CONTEXT,
    afresh: bool = False,
    to_members: bool = False,
    goes_with: bool = False,
) -> Letter:
    """Return the author's letter as it would be sent at `at`; without a grant, as a preview.

    `afresh`: a review sent the matter back, so this is a second decision; `to_members`: it is one of a panel.
    `goes_with`: the post goes with another one that was taken down (Md), of which the author reads no more than that.
    """
    marker = new_marker()
    post = case.post
    said = Reasons(
        outcome=decision.outcome,
        place=place_said(case),
        posted=post.posted_at if post and post.precision != Post.Precision.UNKNOWN else None,
        text=evidence_text(case) or ("" if is_sealed(case) else shown_link(case)),
        passage="" if is_sealed(case) else decision.passage,
        clauses=clauses,
        edition=case.policy,
        aimed_at=decision.aimed_at,
        reasons=decision.reasons,
        appeal_until=appeal_until(case, at=at),
        found_by="a moderator who noticed it" if only_noticed(case) else "a report",
        measures=[Measured(one.kind, one.ends(case)) for one in decision.measures],
        necessity=necessity,
        context=context,
    )
    link = link_mark(marker, grant.pk) if grant else "(a link that only the author gets)"
    if afresh:
        return statement_afresh(case.org, said, to_members=to_members, link=link, marker=marker)
    write = statement_spam if decision.spam else statement_of_reasons
    if goes_with and decision.outcome is Outcome.REMOVE:
        write = statement_quoting
    return write(case.org, said, link=link, marker=marker)


def place_said(case: Case) -> str:
    """Return the place as letters name it."""
    return case.platform.name if case.platform else "one of our places"


def require_why(reasons: str) -> None:
    """Raise `BadInput` at "reasons" unless they say to the author why something is done or undone."""
    if len(reasons.strip()) < REASONS_AT_LEAST:
        raise BadInput(gettext("Please write why, in a sentence or two: the author will read it."), field="reasons")


def evidence_text(case: Case) -> str:
    """Return the post's words as they were kept at the report; empty when there is no copy.

    What a reporter pasted is not taken: it may hold words of their own, and the author must not meet them.
    """
    if is_sealed(case):  # DP20
        return ""
    snapshot = case.papers.filter(kind=Paper.Kind.SNAPSHOT).order_by("number").first()
    if snapshot:
        return snapshot.words.get("text", "")
    return ""


def appeal_until(case: Case, *, at: datetime) -> datetime:
    """Return until when a decision of `at` can be appealed (D26)."""
    return months_after(at, months=procedure_of(case).limits.appeal_months, zone=case.org.zone)


def only_noticed(case: Case) -> bool:
    """Say whether the case began with somebody of the desk who noticed the post, and nobody has reported it (Ma)."""
    reports = case.papers.filter(kind=Paper.Kind.REPORT)
    return all(report.facts.get("noticed") for report in reports)


def is_ours(case: Case) -> bool:
    """Say whether the post was written by an account that speaks for the organisation."""
    return case.post is not None and case.post.account is not None and case.post.account.official


def shown_link(case: Case) -> str:
    """Return the link to the post as its author may see it: nothing in it tells who copied it (D9)."""
    post = case.post
    if post and post.url and not post.native_id.startswith(BY_HAND):
        return post.url  # as the place itself gave it
    return bare(post.url if post and post.url else case.link)


def bare(link: str) -> str:
    """Return a reporter's link without what follows "?" or "#": places write there who copied it (D9)."""
    return link.partition("#")[0].partition("?")[0]


def _require_grounds(case: Case, clauses: Sequence[Clause]) -> None:
    if not any(clause.kind == "ground" for clause in clauses):
        raise BadInput(gettext("Please cite at least one rule that can be a ground for this."), field="codes")
    others = [clause.code for clause in clauses if clause.kind != "ground"]
    if others:
        raise BadInput(
            gettext("%(others)s guides us but is no ground for a restriction. Please leave it out.")
            % {"others": ", ".join(others)},
            field="codes",
        )
    since = max(clause.edition.in_force_from for clause in clauses)
    if case.post and max(since, case.policy.in_force_from) > case.post.written_on(case.org.zone):
        raise BadInput(
            gettext("These rules were not in force when the post was written, so they cannot be cited against it."),
            field="codes",
        )


def _require_what_the_outcome_needs(case: Case, decision: Decision) -> None:
    if decision.outcome in TAKES_AWAY and case.subject == Subject.OFFLINE:
        raise BadInput(gettext("This did not happen in a post, so there is none to take down."), field="outcome")
    if decision.outcome is Outcome.CORRECTED:
        # Mb: moderators never edit anybody's words; our own are ours to put right.
        if not is_ours(case):
            raise BadInput(
                gettext(
                    "Only a post of our own can be corrected: nobody changes what somebody else wrote. If "
                    "the account is ours, please mark it so first."
                ),
                field="outcome",
            )
        if not decision.correction.strip():
            raise BadInput(gettext("Please write what our post should say instead."), field="correction")
    if decision.outcome is Outcome.REFERRED and decision.route is None:
        raise BadInput(gettext("Please say where it goes: support, advice, or a referral."), field="route")


def _require_measures(case: Case, decision: Decision) -> None:
    if decision.outcome is Outcome.MEASURE and not decision.measures:
        raise BadInput(gettext("Please choose what is to be done, and until when."), field="measures")
    if decision.measures and decision.outcome not in RESTRICTING:
        raise BadInput(gettext("A measure needs a finding that something is in breach."), field="measures")
