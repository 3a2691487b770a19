"""Later posts go with a removed one (Md): those that repeat, quote or clearly refer to it, each confirmed by a person.

Each becomes a case of its own, with its author's letter and appeal. When the removal does not hold any more, what went
with it comes back (`bring_back`), except what was in breach by itself.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from folkmoot.archive.models import Post
from folkmoot.casefile.models import Case, Fallen, FoundLater, Paper
from folkmoot.casefile.papers import decision_in_force, is_sealed, released
from folkmoot.casefile.record import file_paper, locked, procedure_of
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Person
from folkmoot.members.prepared import prepared
from folkmoot.members.rows import insert
from folkmoot.procedure.cascade.proposal import Part, Proposal
from folkmoot.procedure.words import (
    TAKES_AWAY,
    AimedAt,
    Lane,
    Outcome,
    ReportKind,
    Role,
    Severity,
    Stage,
    Step,
    lane_of,
)
from folkmoot.steps.advancing import advance
from folkmoot.steps.declare_interest import declare
from folkmoot.steps.enforce import waits
from folkmoot.steps.file_report import Report, file_report
from folkmoot.steps.finding import Decision, evidence_text, require_sound
from folkmoot.steps.issue import issue
from folkmoot.steps.look_again import take_up
from folkmoot.steps.own_matter import is_back, newest_cases, own_matters
from folkmoot.steps.reporting import UNDECIDED
from folkmoot.steps.standing import capacity
from folkmoot.steps.weighed import Weighed, require_same, weighed

MOST = 50  # posts at once: each is a decision with a letter
NO_PART = "I have no part in any of these posts: I did not write them, they are not about me or somebody close to me."


@dataclass(frozen=True)
class Going:
    """One post that goes with the removed one: its number, and what its author is told."""

    post: int
    reasons: str
    by_itself: bool = False  # it is in breach by itself, and does not come back with the other


def take_along(
    case_id: int,
    *,
    going: Sequence[Going] = (),
    left: Collection[int] = (),
    no_part: bool,
    by: Person,
    at: datetime,
    seen: int | None = None,
) -> Paper:
    """Let each of `going` fall with the removed post, and write down which of those found were `left` as they are.

    `no_part`: `by` has said `NO_PART` of all of them (D30). Raises `BadInput` (field: "post-N" for the post N, or
    "no_part"), `NotPermitted` or `StalePage`; then nothing has happened.
    """
    numbers = _require_choice(going, left)
    if not no_part:
        raise BadInput(gettext("Please say first that you have no part in any of these posts."), field="no_part")
    case = Case.objects.select_related("org", "post").get(pk=case_id)
    before = weighed(case, removal(case), numbers)
    return _take_along(case_id, before, going, sorted(left), by=by, at=at, seen=seen)


@transaction.atomic
def _take_along(
    case_id: int,
    before: Weighed,
    going: Sequence[Going],
    left: Sequence[int],
    *,
    by: Person,
    at: datetime,
    seen: int | None,
) -> Paper:
    case = locked(case_id, seen=seen)
    role = capacity(case, by, Step.TAKE_ALONG, at=at)
    decision = removal(case)
    if decision is None or case.post is None or is_sealed(case):  # DP20
        raise NotPermitted(gettext("Only with a post that was taken down, and still is, can later ones go."))
    found, numbers = before.found, [*[one.post for one in going], *left]
    require_same(case, before, decision, numbers)
    _require_found(found, numbers)
    _require_own_reasons(found, going)
    cases = [_take(case, decision, found[one.post], one, by=by, at=at) for one in going]
    facts = {
        "taken": [
            [one.post, child.pk, found[one.post].kind, one.by_itself] for one, child in zip(going, cases, strict=True)
        ],
        "left": [[number, found[number].kind] for number in left],
    }
    texts = {"said": NO_PART}
    paper = file_paper(case, Paper.Kind.GOES_WITH, by=by, at=at, facts=facts, texts=texts, answers=decision)
    for one, child in zip(going, cases, strict=True):
        if not one.by_itself:
            taken = decision_in_force(child)
            insert(Fallen(org_id=case.org_id, root=case, case=child, decision=taken, paper=paper))
    FoundLater.objects.filter(root=case, post__in=numbers, handled_at=None).update(handled_at=at)
    advance(case, Step.TAKE_ALONG, by=by, role=role, at=at, papers=[paper])
    return paper


def removal(case: Case) -> Paper | None:
    """Return the decision by which the post of `case` is gone now, or `None` where it is not."""
    taken = case.outcome in TAKES_AWAY and case.standing and case.stage not in (Stage.RECEIVED, Stage.SECOND_LOOK)
    return decision_in_force(case) if taken else None


def handled(case: Case) -> Mapping[int, str]:
    """Return the posts about which somebody has said in this matter that they go or are left: "taken" or "left".

    What was left was left with one decision: another one is a reason to look again. What went and is back, since the
    decision did not hold or was taken back, can go again.
    """
    papers = _goes_with(case)
    decision = decision_in_force(case) if papers else None
    back = released({child for paper in papers for _post, child, *_ in paper.facts["taken"]})
    said: dict[int, str] = {}
    for paper in papers:
        if paper.answers_id == (decision.pk if decision else None):
            said |= {entry[0]: "left" for entry in paper.facts["left"]}
        said |= {post: "taken" for post, child, *_ in paper.facts["taken"] if child not in back}
    return said


def usual_reasons(found: Proposal) -> str:
    """Return what the author of a post that goes with another is told, unless somebody writes more (Md)."""
    if found.match is None:
        how = "Your post answers, quotes or clearly refers to a post that we took down because it broke our rules."
    else:
        how = "Your post repeats words of a post that we took down because it broke our rules."
    return (
        f"{how} When we take a post down, some later ones that quote it or refer to it have to go as well. "
        "This says nothing about why you posted it. If the decision about that other post does not hold, yours is "
        "put back with it."
    )


def _require_choice(going: Sequence[Going], left: Collection[int]) -> list[int]:
    """Return the posts of which something is said, each once, or raise `BadInput`."""
    numbers = [*[one.post for one in going], *left]
    if not numbers:
        raise BadInput(gettext("Please choose at least one post, to go or to be left."))
    if len(numbers) > MOST:
        raise BadInput(gettext("Please confirm at most %(most)s at once.") % {"most": MOST})
    if len(set(numbers)) < len(numbers):
        raise BadInput(gettext("Each post either goes or is left."))
    return numbers


def _require_found(found: Mapping[int, Proposal], numbers: Collection[int]) -> None:
    for number in numbers:
        if number not in found:
            # Md: nothing earlier is swept in, and nothing that does not hang together with it
            raise BadInput(
                gettext("This post was there before the removed one, or does not hang together with it any more."),
                field=f"post-{number}",
            )


def _require_own_reasons(found: Mapping[int, Proposal], going: Sequence[Going]) -> None:
    for one in going:
        if one.by_itself and one.reasons.strip() == usual_reasons(found[one.post]):
            raise BadInput(
                gettext(
                    "This one stays down even if the other comes back, so please write what in it breaks the rules."
                ),
                field=f"post-{one.post}",
            )


def _take(root: Case, decision: Paper, found: Proposal, one: Going, *, by: Person, at: datetime) -> Case:
    post = Post.objects.within(root.org).get(pk=one.post)
    words = f"Found with case {root.pk}: it repeats, quotes or refers to the post that was taken down there."
    already = newest_cases(root.org, [post.pk]).get(post.pk)
    is_open = already is not None and already.stage != Stage.FINAL
    # the case is new, or locked, from here on: nothing of it is read twice
    child = locked(already.pk) if already and is_open else already
    if child and own_matters([child], by=by):
        raise BadInput(_elsewhere(child), field=f"post-{one.post}")
    if child is None or not is_open:
        child = file_report(root.org, Report(kind=_kind(root), words=words, post=post), by=by, at=at).case
        if child.reports > 1:  # somebody has just reported it
            raise BadInput(_elsewhere(child), field=f"post-{one.post}")
    if not procedure_of(child).allows(Stage.DECIDED, Step.BRING_BACK, Role.SYSTEM):
        raise BadInput(_elsewhere(child), field=f"post-{one.post}")
    declare(child, interested=False, said=NO_PART, by=by, at=at)
    if is_back(child):
        take_up(child, reasons=words, by=by, at=at)
    role = capacity(child, by, Step.DECIDE, at=at)
    said = decision.facts
    wanted = Decision(
        outcome=Outcome.REJECT if waits(child) else Outcome.REMOVE,
        reasons=one.reasons,
        codes=said["codes"],
        passage=_passage(child, found),
        aimed_at=AimedAt(said["aimed_at"]),
        severity=Severity(said.get("severity", Severity.ORDINARY)),
    )
    try:
        clauses = require_sound(child, wanted)
    except BadInput as error:
        raise BadInput(str(error), field=f"post-{one.post}") from error
    facts = {"goes_with": [root.uid, decision.number], "by_itself": one.by_itself}
    issue(child, wanted, clauses, step=Step.DECIDE, by=by, role=role, at=at, facts=facts)
    return child


def _elsewhere(case: Case) -> str:
    if is_sealed(case):
        return "This post cannot be shown any more, so nothing can be said of it here."
    if case.stage == Stage.FINAL:
        return f"Case {case.pk} has taken this post down already."
    if case.stage in UNDECIDED:
        return f"Case {case.pk} about it is open: please decide there."
    return f"Case {case.pk} is about this post already. Please decide there."


def _kind(root: Case) -> ReportKind:
    """Return what the removed post was reported as, which is what is wrong with those that go with it.

    What alarms people is not said again: what there was to hurry about has been done.
    """
    report = root.papers.filter(kind=Paper.Kind.REPORT).order_by("number").first()
    kind = ReportKind(report.facts["kind"]) if report else ReportKind.OTHER
    return kind if lane_of(kind) is Lane.ORDINARY else ReportKind.OTHER


def _passage(case: Case, found: Proposal) -> str:
    """Return the words of the post that are those of the removed one; all of them where only a link connects them."""
    text = evidence_text(case)
    match = found.match
    if match is None or match.other_part is not Part.TEXT or not match.pairs:
        return text
    spans = [other for _, other in match.pairs]
    passage = match.other_text[min(span[0] for span in spans) : max(span[1] for span in spans)].strip()
    return passage if passage and passage in text else text


@prepared
def _goes_with(case: Case) -> QuerySet[Paper]:
    return Paper.objects.filter(case=case, kind=Paper.Kind.GOES_WITH).order_by("number")
