"""A decision is issued: paper, what has to be done, and who is told, in one breath (Me, D24)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from folkmoot.casefile.models import Case, Duty, Grant, Paper
from folkmoot.casefile.record import NewDuty, file_paper
from folkmoot.editions.models import Clause
from folkmoot.members.models import Person
from folkmoot.notices.letters import lifted, link_mark
from folkmoot.notices.statement import CONTEXT
from folkmoot.outbox.by_hand import ask_beside
from folkmoot.outbox.marks import new_marker
from folkmoot.outbox.models import Task
from folkmoot.procedure.duties import Owed, Turn
from folkmoot.procedure.words import (
    APPEALABLE,
    AimedAt,
    Clarity,
    Intent,
    MeasureKind,
    Outcome,
    Role,
    Route,
    Severity,
    Step,
)
from folkmoot.steps.advancing import advance
from folkmoot.steps.bring_back import bring_back
from folkmoot.steps.enforce import enforce
from folkmoot.steps.finding import Decision, appeal_until, place_said, statement
from folkmoot.steps.measures import MeasureWanted, end_all, impose, imposed_facts, require_measures
from folkmoot.steps.reviews import is_held_against, sent_back
from folkmoot.steps.seek import ask_to_seek
from folkmoot.steps.tell import open_to_author, tell_author, tell_reporters


def issue(
    case: Case,
    decision: Decision,
    clauses: Sequence[Clause],
    *,
    step: Step,
    by: Person,
    role: Role,
    at: datetime,
    answers: Paper | None = None,
    facts: Mapping[str, Any] | None = None,
    texts: Mapping[str, str] | None = None,
    owed_after: Sequence[tuple[Owed, Turn]] = (),
    also_told: Callable[[Paper], Sequence[Paper]] | None = None,
    context: str = CONTEXT,
    necessity: str = "",
) -> Paper:
    """Write the decision of a locked case and all that follows from it; whoever calls has checked that it is sound.

    `facts` and `texts` are what else the step puts on the paper (votes of a panel, who looked a second time).
    `owed_after` is what somebody owes to the decision itself; `also_told` writes to whoever else hears of it, and
    returns the notices. `context` tells the author how it was looked at, in whole sentences.
    """
    require_measures(case, decision.measures, at=at)
    afresh, held_against = sent_back(case) is not None, is_held_against(case)
    paper = file_paper(
        case,
        Paper.Kind.DECISION,
        by=by,
        at=at,
        facts={
            **decision_facts(case, decision, clauses),
            **imposed_facts(case, decision.measures),
            **(facts or {}),
            **({"necessity": True} if necessity else {}),
        },
        texts={**decision_texts(decision), **(texts or {}), **({"necessity": necessity} if necessity else {})},
        answers=answers,
    )
    case.outcome, case.standing, case.claimed_by, case.hidden = decision.outcome, True, None, False
    case.settles_at = appeal_until(case, at=at)
    papers, grants = [paper], []
    if decision.outcome in APPEALABLE:
        grant = open_to_author(case, paper, at=at)
        grants.append(grant)
        letter = statement(
            case,
            decision,
            clauses,
            at=at,
            grant=grant,
            necessity=bool(necessity),
            context=context,
            afresh=afresh,
            to_members=step is Step.DECIDE_AS_PANEL,
            goes_with="goes_with" in paper.facts,
        )
        papers.append(tell_author(case, letter, grant=grant, at=at, about=paper))
    elif held_against:
        grants.append(open_to_author(case, paper, at=at))
        papers.append(_tell_lifted(case, decision, grants[0], about=paper, at=at))
    bring_back(case, at=at)
    ask_to_seek(case, at=at)
    enforce(case, because=paper, at=at)
    end_all(case, because=paper, at=at)  # of an earlier decision: this one takes its place
    impose(case, decision.measures, because=paper, at=at)
    if decision.outcome is Outcome.CORRECTED:
        ask_beside(case, Task.Op.CORRECT, paper=paper, at=at)
    papers += tell_reporters(case, about=paper, at=at)
    papers += also_told(paper) if also_told else []
    duties = [NewDuty(paper, owed, turn) for owed, turn in owed_after]
    owed = Duty.objects.filter(case=case, met_at=None).select_related("paper")
    advance(case, step, by=by, role=role, at=at, papers=papers, grants=grants, met=owed, new_duties=duties)
    return paper


def decision_facts(case: Case, decision: Decision, clauses: Sequence[Clause]) -> dict[str, Any]:
    """Return what a decision, or its proposal, says in choices and references."""
    return {
        "outcome": decision.outcome,
        "codes": [clause.code for clause in clauses],
        "edition": case.policy.number,
        "fingerprint": case.policy.fingerprint,
        "aimed_at": decision.aimed_at,
        "clarity": decision.clarity,
        "severity": decision.severity,
        "intent": decision.intent,
        "measures": [[one.kind, one.until.isoformat()] for one in decision.measures],
        "spam": decision.spam,
        **({"route": decision.route} if decision.route else {}),
    }


def read_decision(paper: Paper) -> Decision:
    """Return the decision that `paper`, a decision or its proposal, holds."""
    facts, words = paper.facts, paper.words
    return Decision(
        outcome=Outcome(facts["outcome"]),
        reasons=words.get("reasons", ""),
        codes=facts["codes"],
        passage=words.get("passage", ""),
        aimed_at=AimedAt(facts["aimed_at"]),
        clarity=Clarity(facts["clarity"]),
        severity=Severity(facts.get("severity", Severity.ORDINARY)),
        intent=Intent(facts.get("intent", Intent.NOT_SAID)),
        measures=[MeasureWanted(MeasureKind(kind), date.fromisoformat(day)) for kind, day in facts.get("measures", [])],
        correction=words.get("correction", ""),
        route=Route(facts["route"]) if facts.get("route") else None,
        spam=bool(facts.get("spam")),
    )


def decision_texts(decision: Decision) -> dict[str, str]:
    """Return what a decision, or its proposal, says in words."""
    words = {"reasons": decision.reasons, "passage": decision.passage}
    return {**words, **({"correction": decision.correction} if decision.correction else {})}


def _tell_lifted(case: Case, decision: Decision, grant: Grant, *, about: Paper, at: datetime) -> Paper:
    marker = new_marker()
    letter = lifted(
        case.org,
        place=place_said(case),
        reasons=decision.reasons,
        decided=True,
        link=link_mark(marker, grant.pk),
        marker=marker,
    )
    return tell_author(case, letter, grant=grant, at=at, about=about)
