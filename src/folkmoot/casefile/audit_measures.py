"""Whether measures hold from when, against whom and until when their papers say; and who says that they ended."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from folkmoot.casefile.models import Case, Measure, Paper
from folkmoot.kernel.times import last_moment, stamp
from folkmoot.procedure.words import Answer

_ANSWERS = (Paper.Kind.RECONSIDERATION, Paper.Kind.MINUTE)


def measure_faults(case: Case, papers: Sequence[Paper]) -> Iterator[str]:
    """Yield what does not agree between the measures of a case and its papers, all of them, in order."""
    rows = list(Measure.objects.filter(case=case).select_related("paper", "ended_by").order_by("pk"))
    undone = _undone(papers)
    for paper in papers:
        if paper.kind == Paper.Kind.DECISION:
            imposed = [[row.kind, row.platform_id, row.account_id, row.thread] for row in rows if row.paper == paper]
            said = [entry[:4] for entry in paper.facts.get("imposed", [])]
            if sorted(imposed, key=str) != sorted(said, key=str):
                yield f"the measures of paper {paper.number} are not those that it imposed"
    for row in rows:
        yield from (f"measure {row.pk} ({row.kind}) {what}" for what in _row_faults(case, row, papers, undone))


def until_told(case: Case, measure: Measure, papers: Sequence[Paper]) -> datetime | None:
    """Return until when a measure holds by what the papers of its case say; those that were undone do not count."""
    until, undone = _imposed_until(case, measure), _undone(papers)
    for paper in papers:
        since = _effect(paper, papers)
        in_time = since and (measure.ended_at is None or since < measure.ended_at)
        if paper.number > measure.paper.number and paper.pk not in undone and in_time:
            until = _instead(case, paper).get(measure.kind, until)
    return until


def _row_faults(case: Case, row: Measure, papers: Sequence[Paper], undone: dict[int, Paper]) -> Iterator[str]:
    if stamp(row.since) != stamp(row.paper.at) and row.paper.kind != Paper.Kind.MINUTE:
        yield "holds from another moment than its paper says"
    if row.paper.case_id != case.pk or row.paper.kind not in (Paper.Kind.DECISION, *_ANSWERS):
        yield "stands on a paper that imposes nothing"
    if row.until != until_told(case, row, papers):
        yield "holds until another moment than the papers say"
    if (row.ended_at is None) is not (row.ended_by is None):
        yield "has ended, and nothing says why" if row.ended_at else "has not ended, and a paper says so"
        return
    if row.ended_by and not _ends(row.ended_by, row, undone):
        yield "was ended by a paper that does not say so"
    if row.ended_by is None and any(_ends(paper, row, undone) for paper in papers if _effect(paper, papers)):
        yield "has not ended, and a paper says so"


def _ends(paper: Paper, row: Measure, undone: dict[int, Paper]) -> bool:
    """Say whether `paper` ends the measure: by name, by overturning, by what it puts in its place, or by undoing."""
    if paper.number <= row.paper.number or paper.pk in undone:
        return False
    facts = paper.facts
    if paper.kind == Paper.Kind.UNDO:
        return paper.answers_id == row.paper_id
    if paper.kind == Paper.Kind.DECISION or facts.get("answer") == Answer.OVERTURNED:
        return True
    if paper.kind == Paper.Kind.MEASURE_END:
        return row.pk in facts["ended"]
    return "instead" in facts and row.kind not in {kind for kind, _ in facts["instead"]["measures"]}


def _effect(paper: Paper, papers: Sequence[Paper]) -> datetime | None:
    """Return when what `paper` says came about: a minute has no effect before the author is told of it."""
    if paper.kind != Paper.Kind.MINUTE:
        return paper.at
    told = (one for one in papers if one.kind == Paper.Kind.NOTICE and one.answers_id == paper.pk)
    return next((notice.at for notice in told if notice.facts["letter"] == "executive_decided"), None)


def _imposed_until(case: Case, measure: Measure) -> datetime | None:
    said = measure.paper.facts.get("imposed", [])
    ends = {kind: datetime.fromisoformat(until) for kind, _, _, _, until in said}
    return ends.get(measure.kind) or _instead(case, measure.paper).get(measure.kind)


def _instead(case: Case, paper: Paper) -> dict[str, datetime]:
    """Return until when each kind of measure holds by what `paper` put in the place of a decision."""
    said = paper.facts.get("instead", {"measures": []})["measures"]
    return {kind: last_moment(date.fromisoformat(day), zone=case.org.zone) for kind, day in said}


def _undone(papers: Sequence[Paper]) -> dict[int, Paper]:
    """Return the papers that were taken back, by row number, each with the paper that did."""
    return {paper.answers_id: paper for paper in papers if paper.kind == Paper.Kind.UNDO and paper.answers_id}
