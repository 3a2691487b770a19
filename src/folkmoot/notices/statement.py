"""Statements of reasons: what tells an author that something restricts them, and why (Me, D25).

One template for each outcome; all are filed as "statement_of_reasons", but that of a hiding while we look.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, gettext_noop

from folkmoot.editions.models import Clause, PolicyEdition
from folkmoot.members.models import Organisation
from folkmoot.notices.write import Letter, address, local_day, quoted, write_as
from folkmoot.procedure.words import AimedAt, MeasureKind, Outcome

KIND = "statement_of_reasons"
CONTEXT = "A person read your post in the conversation around it, and then decided."
AUTOMATION = "No part of the decision was automatic."

_TEMPLATES = {
    Outcome.REMOVE: "statement_remove",
    Outcome.REJECT: "statement_reject",
    Outcome.WARN: "statement_warn",
    Outcome.MEASURE: "statement_measure",
}


@dataclass(frozen=True)
class Measured:
    """A measure besides the post itself, and until when it holds."""

    kind: MeasureKind
    until: datetime | None


@dataclass(frozen=True)
class Reasons:
    """What a statement of reasons says (Me, D15-D17, D25). `context` and `automation` are whole sentences."""

    outcome: Outcome
    place: str
    posted: datetime | None
    text: str
    passage: str
    clauses: Sequence[Clause]
    edition: PolicyEdition
    aimed_at: AimedAt
    reasons: str
    appeal_until: datetime
    found_by: str = "a report"
    context: str = CONTEXT
    automation: str = AUTOMATION
    measures: Sequence[Measured] = ()
    necessity: bool = False  # somebody decided who would have stood aside had anybody else been free


def statement_of_reasons(org: Organisation, said: Reasons, *, link: str, marker: str) -> Letter:
    """Return the letter that tells the author what was decided about their post, and why."""
    return _statement(_TEMPLATES[said.outcome], org, said, link=link, marker=marker)


def statement_afresh(org: Organisation, said: Reasons, *, to_members: bool, link: str, marker: str) -> Letter:
    """Return the statement of a fresh decision after a review (Sh): before, the post had been left as it was.

    `to_members`: a panel decided, so an appeal goes straight to members who did not sit.
    """
    rejected = said.outcome is Outcome.REJECT
    return _statement(
        "statement_afresh",
        org,
        said,
        link=link,
        marker=marker,
        rejected=rejected,
        removed=said.outcome is Outcome.REMOVE,
        kept=said.outcome not in (Outcome.REMOVE, Outcome.REJECT),
        to_members=to_members,
    )


def statement_quoting(org: Organisation, said: Reasons, *, link: str, marker: str) -> Letter:
    """Return the statement for an author whose post repeats words of one that was removed (Md)."""
    return _statement("statement_quoting", org, said, link=link, marker=marker)


def statement_spam(org: Organisation, said: Reasons, *, link: str, marker: str) -> Letter:
    """Return the standard notice for spam: short, and whole; `said.reasons` is not used (Me)."""
    return _statement("statement_spam", org, said, link=link, marker=marker)


def hidden_meanwhile(org: Organisation, said: Reasons, *, legal: bool, link: str, marker: str) -> Letter:
    """Return the letter that says that a post is hidden while we look: in an emergency, or for a legal complaint.

    Nothing is decided yet. `said.clauses` may be empty; then no rule is named.
    """
    return _statement("hidden_meanwhile", org, said, link=link, marker=marker, kind="hidden_meanwhile", legal=legal)


def measure_words(measure: Measured, org: Organisation) -> str:
    """Return what a measure does and until when, as one sentence to the author."""
    words = gettext(_MEASURES[measure.kind])
    if not measure.until:
        return gettext("From now on, %(words)s.") % {"words": words}
    return gettext("Until %(day)s, %(words)s.") % {"day": local_day(measure.until, org), "words": words}


_MEASURES = {
    MeasureKind.HOLD_ACCOUNT: gettext_noop("what you post there waits until somebody has looked at it"),
    MeasureKind.HOLD_THREAD: gettext_noop(
        "what anybody posts in this conversation waits until somebody has looked at it"
    ),
    MeasureKind.CLOSE_THREAD: gettext_noop("nobody can add to this conversation"),
    MeasureKind.SUSPEND: gettext_noop("you cannot post there"),
    MeasureKind.BAN: gettext_noop("you are shut out of that place"),
}


def _statement(
    key: str, org: Organisation, said: Reasons, *, link: str, marker: str, kind: str = KIND, **more: bool
) -> Letter:
    return write_as(
        kind,
        key,
        org,
        marker,
        **more,
        place=said.place,
        posted=local_day(said.posted, org) if said.posted else "",
        text=quoted(said.text),
        passage=quoted(said.passage) if said.passage != said.text else "",
        reasons=said.reasons,
        person=said.aimed_at is AimedAt.PERSON,
        policy=said.aimed_at is AimedAt.POLICY,
        neither=said.aimed_at is AimedAt.NEITHER,
        rule=_rule(org, said),
        rules=address(org, f"rules/editions/{said.edition.number}/"),
        found_by=said.found_by,
        context=said.context,
        automation=said.automation,
        measures="\n".join(f"- {measure_words(measure, org)}" for measure in said.measures),
        necessity=said.necessity,
        appeal_until=local_day(said.appeal_until, org),
        link=link,
    )


def _rule(org: Organisation, said: Reasons) -> str:
    """Return each clause with its code, its exact text and its edition: no edition of a letter can change those."""
    if not said.clauses:
        return ""
    blocks: list[str] = []
    own = [clause for clause in said.clauses if not clause.edition.is_parent]
    theirs = [clause for clause in said.clauses if clause.edition.is_parent]
    for edition, clauses in ((said.edition, own), (said.edition.parent, theirs)):
        if edition and clauses:
            blocks += _cited(org, edition, clauses)
    return "\n\n".join(blocks)


def _cited(org: Organisation, edition: PolicyEdition, clauses: Sequence[Clause]) -> Iterator[str]:
    summary = ", in summary" if edition.paraphrase else ""
    yield f'From "{edition.title}", edition {edition.number}{summary}:'
    for clause in clauses:
        limited = f"\n(Only one part of this rule can be a ground for a decision: {clause.limited_to})"
        text = f"{clause.code}. {clause.title}\n{clause.text}"
        yield f"{text}{limited if clause.limited_to else ''}{_source(edition, clause)}"
    if edition.paraphrase:
        official = edition.official_url or org.official_url
        where = f"the official text is at {official}" if official else "ask us for the official text"
        yield f"The lines above are our summary of the rules; {where}."


def _source(edition: PolicyEdition, clause: Clause) -> str:
    if edition.parent is None or not clause.restates:
        return ""
    return f'\n(This comes from "{edition.parent.title}": {", ".join(clause.restates.split())}.)'
