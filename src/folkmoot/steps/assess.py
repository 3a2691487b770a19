"""What triage made of posts and reports is kept; what looks like an emergency is put before the rest (Sc, F7, D10).

It orders the queue and never decides: nothing is hidden, nobody is told but officers, and a person puts the case back
into another lane as any other. What people read of a text is still the text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from folkmoot.archive.assessment import Assessment, Judged, hash_of
from folkmoot.archive.models import Post
from folkmoot.casefile.assessed import ReportAssessment
from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import SYSTEM, NewDuty, file_paper, locked, procedure_of
from folkmoot.detectors.judgement import Judgement
from folkmoot.procedure.duties import first_turn, owed_to_report
from folkmoot.procedure.lanes_for import urgency, weight_of_kinds
from folkmoot.procedure.words import Lane, ReportKind, Role, Stage, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.alarm import tell_of_lane

_COLUMNS = ("text_hash", "model", "judged_at", "score", "hate_score", "flag", "lane", "signal", "weight", "said")


@dataclass(frozen=True)
class Made:
    """What was made of a text: of which, and what."""

    text: str
    judgement: Judgement


@transaction.atomic
def assess_posts(made: Mapping[int, Made], *, at: datetime) -> int:
    """Keep what was made of posts, by their number, in place of what was made before; return of how many.

    Whose words were destroyed meanwhile is passed by. Who has looked at a post has looked at these words only.
    """
    here = Post.objects.filter(pk__in=list(made)).exclude(text_key="").order_by("pk")
    rows = {
        post.pk: Assessment(org_id=post.org_id, platform_id=post.platform_id, post=post, **_columns(made[post.pk], at))
        for post in here.select_for_update(of=("self",), no_key=True)
    }
    known = dict(Assessment.objects.filter(post__in=list(rows)).values_list("post", "text_hash"))
    changed = [number for number, before in known.items() if before != rows[number].text_hash]
    Assessment.objects.filter(post__in=changed).update(looked_by=None, looked_at=None)
    Assessment.objects.bulk_create(
        rows.values(), update_conflicts=True, unique_fields=["post"], update_fields=[*_COLUMNS, "platform"]
    )
    return len(rows)


@transaction.atomic
def assess_report(paper_id: int, made: Mapping[str, Made], *, at: datetime) -> int:
    """Keep what was made of the texts of a report, by field, in place of what was made before; return of how many."""
    paper = Paper.objects.select_related("case").get(pk=paper_id)
    case = locked(paper.case_id)
    left = {} if case.sealed else {field: made[field] for field in made if paper.words.get(field) == made[field].text}
    ReportAssessment.objects.bulk_create(
        (
            ReportAssessment(org_id=paper.org_id, case=case, paper=paper, field=field, **_columns(one, at))
            for field, one in left.items()
        ),
        update_conflicts=True,
        unique_fields=["paper", "field"],
        update_fields=_COLUMNS,
    )
    return len(left)


@transaction.atomic
def weigh(case_id: int, *, at: datetime) -> bool:
    """Give an open case the weight of the worst that is known of it; say whether it was put in the emergency lane.

    That happens once to a case, only while it is ordinary, and never once a person has said in which lane it goes.
    """
    case = locked(case_id)
    if case.sealed or case.stage == Stage.FINAL:
        return False
    rows = [*Assessment.objects.filter(post=case.post_id), *_of_reports(case)] if case.post_id else _of_reports(case)
    reported = weight_of_kinds(ReportKind(kind) for kind in case.kinds.values_list("kind", flat=True))
    case.weight = max([reported, *(row.weight for row in rows)])
    alarming = [row for row in rows if row.lane == Lane.EMERGENCY]
    if not alarming or not _may_be_raised(case):
        Case.objects.filter(pk=case.pk).update(weight=case.weight)
        return False
    _raise(case, max(alarming, key=lambda row: row.weight), at=at)
    return True


def open_cases_about(posts: Sequence[int]) -> list[int]:
    """Return the open cases about any of the posts, by number."""
    about = Case.objects.filter(post__in=posts).exclude(stage=Stage.FINAL)
    return list(about.order_by("pk").values_list("pk", flat=True))


def _columns(made: Made, at: datetime) -> dict[str, Any]:
    said, soon = made.judgement, urgency(made.judgement)
    return {
        "text_hash": hash_of(made.text),
        "model": said.model,
        "judged_at": at,
        "score": said.score,
        "hate_score": said.hate_score,
        "flag": soon.flag,
        "lane": soon.lane,
        "signal": soon.signal or "",
        "weight": soon.weight,
        "said": said.as_json(),
    }


def _of_reports(case: Case) -> list[ReportAssessment]:
    withdrawn = Q(paper__answered_by__kind=Paper.Kind.WITHDRAWAL)
    with_it = Q(paper__answers__answered_by__kind=Paper.Kind.WITHDRAWAL)  # what was added to one that was withdrawn
    return list(ReportAssessment.objects.filter(case=case).exclude(withdrawn).exclude(with_it).select_related("paper"))


def _may_be_raised(case: Case) -> bool:
    if case.lane != Lane.ORDINARY or not procedure_of(case).allows(Stage(case.stage), Step.RAISE_LANE, Role.SYSTEM):
        return False
    return not case.papers.filter(kind=Paper.Kind.LANE).exists()


def _raise(case: Case, row: Judged, *, at: datetime) -> None:
    why = urgency(Judgement.from_json(row.said))
    facts = {
        "lane": Lane.EMERGENCY,
        "was": case.lane,
        "model": row.model,
        "signal": row.signal,
        "clause": why.clause,
        "of": row.paper.number if isinstance(row, ReportAssessment) else None,  # the report; `None`: the post
    }
    paper = file_paper(case, Paper.Kind.LANE, by=SYSTEM, at=at, facts=facts)
    case.lane, case.urgent = Lane.EMERGENCY, True
    owed = owed_to_report(Lane.EMERGENCY)
    turn = first_turn(owed, procedure_of(case).limits, at=at, zone=case.org.zone)
    papers = [paper, *tell_of_lane(case, about=paper, due=turn.due_at, at=at)]
    duties = [NewDuty(paper, owed, turn)]
    advance(case, Step.RAISE_LANE, by=SYSTEM, role=Role.SYSTEM, at=at, papers=papers, new_duties=duties)
