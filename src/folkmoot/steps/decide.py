"""A moderator decides (Ma-Me): finding, reasons, what has to be done, and the author's letter, all at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from folkmoot.archive.models import Post
from folkmoot.casefile.models import Case, Duty, Grant, Paper
from folkmoot.casefile.record import advance, file_paper, locked, procedure_of
from folkmoot.editions.models import Clause
from folkmoot.kernel.errors import BadInput
from folkmoot.kernel.times import months_after
from folkmoot.kernel.tokens import new_nonce
from folkmoot.members.models import Person
from folkmoot.notices.letters import Letter, Reasons, link_mark, statement_of_reasons
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.words import APPEALABLE, TAKES_AWAY, AimedAt, Clarity, Outcome, Role, Step
from folkmoot.steps.enforce import let_through, restrict, waits
from folkmoot.steps.standing import capacity
from folkmoot.steps.tell import tell_author, tell_reporters

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


@transaction.atomic
def decide(case_id: int, decision: Decision, *, by: Person, at: datetime, seen: int | None = None) -> Paper:
    """Decide the case: a restriction is never written without its statement of reasons (Me, D24).

    Raises `BadInput` for what is missing, `NotPermitted`, or `StalePage`.
    """
    case = locked(case_id, seen=seen)
    role = capacity(case, by, Step.DECIDE, at=at)
    clauses = require_sound(case, decision)
    paper = file_paper(
        case,
        Paper.Kind.DECISION,
        by=by,
        at=at,
        facts={
            "outcome": decision.outcome,
            "codes": [clause.code for clause in clauses],
            "edition": case.policy.number,
            "fingerprint": case.policy.fingerprint,
            "aimed_at": decision.aimed_at,
            "clarity": decision.clarity,
        },
        texts={"reasons": decision.reasons, "passage": decision.passage},
    )
    case.outcome, case.standing, case.claimed_by = decision.outcome, True, None
    case.settles_at = appeal_until(case, at=at)
    papers, grants = [paper], []
    if decision.outcome in APPEALABLE:
        grant = Grant.objects.create(
            org=case.org, case=case, party=Role.AUTHOR, paper=paper, nonce=new_nonce(), made_at=at
        )
        grants.append(grant)
        letter = statement(case, decision, clauses, at=at, grant=grant)
        papers.append(tell_author(case, letter, grant=grant, at=at, about=paper))
    if decision.outcome in TAKES_AWAY:
        restrict(case, decision=paper, at=at)
    else:
        let_through(case, decision=paper, at=at)
    papers += tell_reporters(case, about=paper, at=at)
    owed = Duty.objects.filter(case=case, met_at=None).select_related("paper")
    advance(case, Step.DECIDE, by=by, role=role, at=at, papers=papers, grants=grants, met=owed)
    return paper


def require_sound(case: Case, decision: Decision) -> list[Clause]:
    """Return the clauses cited, in the policy's order, or raise `BadInput` naming the field to mend (D15, D16)."""
    if len(decision.reasons.strip()) < REASONS_AT_LEAST:
        raise BadInput(
            "Please write your reasons in a sentence or two: the people concerned will read them.",
            field="reasons",
        )
    held = waits(case)
    if decision.outcome is Outcome.REJECT and not held:
        raise BadInput(
            "Only a post that still waits for approval can be rejected. This one is published: remove it.",
            field="outcome",
        )
    if decision.outcome is Outcome.REMOVE and held:
        raise BadInput(
            "This post still waits for approval, so it cannot be removed. Reject it instead.", field="outcome"
        )
    clauses = list(case.policy.clauses.filter(code__in=decision.codes))
    unknown = set(decision.codes) - {clause.code for clause in clauses}
    if unknown:
        raise BadInput(f"This edition of the rules has no {', '.join(sorted(unknown))}.", field="codes")
    if decision.outcome not in APPEALABLE:
        return clauses
    _require_grounds(case, clauses)
    text = evidence_text(case)
    if decision.passage and text and decision.passage not in text:
        raise BadInput(
            "The passage is not in the post word for word. Please select it in the post again.",
            field="passage",
        )
    if not decision.passage and decision.outcome is not Outcome.WARN and text:
        raise BadInput("Please mark the words that are in breach. They can be the whole post.", field="passage")
    return clauses


def statement(
    case: Case, decision: Decision, clauses: Sequence[Clause], *, at: datetime, grant: Grant | None
) -> Letter:
    """Return the author's letter as it would be sent at `at`; without a grant, as a preview."""
    marker = new_marker()
    post = case.post
    said = Reasons(
        outcome=decision.outcome,
        place=case.platform.name if case.platform else "one of our places",
        posted=post.posted_at if post and post.precision != Post.Precision.UNKNOWN else None,
        text=evidence_text(case) or (post.url if post else "") or _bare(case.link),
        passage=decision.passage,
        clauses=clauses,
        edition=case.policy,
        aimed_at=decision.aimed_at,
        reasons=decision.reasons,
        appeal_until=appeal_until(case, at=at),
        found_by="a moderator who noticed it" if only_noticed(case) else "a report",
    )
    link = link_mark(marker, grant.pk) if grant else "(a link that only the author gets)"
    return statement_of_reasons(case.org, said, link=link, marker=marker)


def evidence_text(case: Case) -> str:
    """Return the post's words as they were kept at the report; empty when there is no copy.

    What a reporter pasted is not taken: it may hold words of their own, and the author must not meet them.
    """
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


def _bare(link: str) -> str:
    """Return a reporter's link without what follows "?" or "#": places write there who copied it (D9)."""
    return link.partition("#")[0].partition("?")[0]


def _require_grounds(case: Case, clauses: Sequence[Clause]) -> None:
    if not any(clause.kind == "ground" for clause in clauses):
        raise BadInput("Please cite at least one rule that can be a ground for this.", field="codes")
    others = [clause.code for clause in clauses if clause.kind != "ground"]
    if others:
        raise BadInput(
            f"{', '.join(others)} guides us but is no ground for a restriction. Please leave it out.",
            field="codes",
        )
    if case.post and case.policy.in_force_from > case.post.written_on(case.org.zone):
        raise BadInput(
            "These rules were not in force when the post was written, so they cannot be cited against it.",
            field="codes",
        )
