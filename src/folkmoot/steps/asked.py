"""What whoever decides is asked: the outcomes that fit a case, and the questions that each of them brings up."""

import re
from collections.abc import Collection

from folkmoot.archive.models import Post
from folkmoot.casefile.models import Case, Paper
from folkmoot.procedure.words import APPEALABLE, ASKS_AT_WHOM, RESTRICTING, TAKES_AWAY, Outcome, ReportKind, Subject
from folkmoot.steps.finding import is_ours

_FOUND = APPEALABLE | {Outcome.NO_BREACH, Outcome.ROBUST_CRITICISM}  # what the rules have an answer to
# Each question, and the outcomes that need its answer: the others never ask.
ASKED_FOR: dict[str, Collection[Outcome]] = {
    "passage": APPEALABLE,
    "codes": APPEALABLE,
    "aimed_at": _FOUND,
    "clarity": _FOUND,
    "severity": APPEALABLE,
    "intent": APPEALABLE,
    "correction": {Outcome.CORRECTED},
    "route": {Outcome.REFERRED},
    "measures": RESTRICTING,
}


def fitting(case: Case) -> list[Outcome]:
    """Return the outcomes that can be found, the mildest first: only a held post is rejected, only ours corrected."""
    held = case.post is not None and case.post.state == Post.State.HELD
    not_open = {Outcome.REMOVE if held else Outcome.REJECT}
    if not is_ours(case):
        not_open.add(Outcome.CORRECTED)
    if case.post is None and case.subject in (Subject.THREAD, Subject.PATTERN):
        not_open |= TAKES_AWAY
    if case.subject == Subject.OFFLINE:  # F1: support, advice, a referral
        not_open |= APPEALABLE
    return [outcome for outcome in Outcome if outcome not in not_open]


def asks_at_whom(kinds: Collection[ReportKind], *, aiming: Collection[str], codes: Collection[str]) -> bool:
    """Say whether it is asked at whom the words are aimed: by what was reported, or by a rule that is cited (Sd).

    `aiming` are the codes of the rules that ask for it, `codes` those that are cited.
    """
    return bool(set(kinds) & ASKS_AT_WHOM) or bool(set(aiming) & set(codes))


def kinds_of(case: Case) -> frozenset[ReportKind]:
    """Return what the reports say is wrong; of what was only noticed, too."""
    reports = case.papers.filter(kind=Paper.Kind.REPORT)
    return frozenset(ReportKind(report.facts["kind"]) for report in reports)


def in_post(passage: str, text: str) -> str:
    """Return `passage` as it stands in `text`, where only white space differs."""
    pieces = passage.split()
    if not pieces or passage in text:
        return passage
    found = re.search(r"\s+".join(re.escape(piece) for piece in pieces), text)
    return found[0] if found else passage
