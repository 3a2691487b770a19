"""Whether what fell with a removed post is what the papers of both cases say: that decides what comes back (Md)."""

from collections.abc import Iterator, Sequence

from folkmoot.casefile.models import Case, Fallen, Paper


def fallen_faults(case: Case, papers: Sequence[Paper]) -> Iterator[str]:
    """Yield what does not agree between the rows of `case`, as the root or as what fell, and its papers, in order."""
    rows = list(Fallen.objects.filter(root=case).select_related("decision"))
    said = {
        (paper.pk, child)
        for paper in papers
        if paper.kind == Paper.Kind.GOES_WITH
        for _post, child, _kind, by_itself in paper.facts["taken"]
        if not by_itself
    }
    there = {(row.paper_id, row.case_id) for row in rows}
    for _paper, child in sorted(said - there):
        yield f"a paper says that case {child} went with it, and nothing would bring that back"
    for _paper, child in sorted(there - said):
        yield f"case {child} is held to have gone with it, and no paper says so"
    for row in rows:
        if row.decision.case_id != row.case_id or _root_told(row.decision) != case.uid:
            yield f"case {row.case_id} is held to have gone with it by a decision that does not say so"
    yield from _as_fallen(case, papers)


def _as_fallen(case: Case, papers: Sequence[Paper]) -> Iterator[str]:
    rows = set(Fallen.objects.filter(case=case).values_list("decision", flat=True))
    for paper in papers:
        if paper.kind != Paper.Kind.DECISION or (_root_told(paper) is not None) == (paper.pk in rows):
            continue
        if paper.pk in rows:
            yield f"paper {paper.number} is held to go with another decision, and does not say so"
        else:
            yield f"paper {paper.number} goes with another decision, and would not be lifted with it"


def _root_told(decision: Paper) -> str | None:
    """Return the uid of the case whose removal the decision goes with, where it comes back with it."""
    facts = decision.facts
    return None if "goes_with" not in facts or facts["by_itself"] else str(facts["goes_with"][0])
