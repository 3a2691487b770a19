"""Which papers of a case count: what was taken back within its minute does not."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from folkmoot.casefile.models import Case, Paper, PaperText
from folkmoot.members.prepared import keep, prepared


def papers_in_force(case: Case, *kinds: Paper.Kind) -> QuerySet[Paper]:
    """Return the papers of these kinds that nobody has undone, the oldest first."""
    return case.papers.filter(kind__in=kinds).exclude(answered_by__kind=Paper.Kind.UNDO).order_by("number")


def decision_in_force(case: Case) -> Paper | None:
    """Return the decision that counts, the newest, or `None` while there is none."""
    return newest_in_force(case, Paper.Kind.DECISION)


def newest_in_force(case: Case, *kinds: Paper.Kind) -> Paper | None:
    """Return the newest of the papers of these kinds that nobody has undone, or `None`."""
    return next(iter(of_case(case, _newest_in_force(case, kinds))), None)


def of_case(case: Case, papers: list[Paper]) -> list[Paper]:
    """Return `papers`, all of them of `case`, so that nobody asks for it again."""
    for paper in papers:
        paper.case = case
    return papers


def with_texts(papers: list[Paper]) -> list[Paper]:
    """Return `papers` with their texts, in one question for all of them."""
    texts: dict[int, list[Any]] = {paper.pk: [] for paper in papers}
    for text in _texts(list(texts)) if texts else ():
        texts[text.paper_id].append(text)
    for paper in papers:
        keep(paper, "texts", texts[paper.pk])
    return papers


def passage_of(decision: Paper) -> str:
    """Return the words of the post that a decision names as those in breach; "" where it names none."""
    return decision.words.get("passage", "")


def released(cases: Collection[int]) -> set[int]:
    """Return which of the cases, by number, hold nothing against their post any more without anybody's finding that.

    Their newest decision was taken back within its minute, or was lifted with the one that it went with (Md).
    """
    newest = dict(_decisions(cases))
    return {case for case, ended in newest.items() if ended}


def is_sealed(case: Case) -> bool:
    """Say whether nobody sees what the case holds: it was sealed itself, or another case about the same post (DP20)."""
    return case.sealed or (case.post_id is not None and bool(_sealed(case.post_id)))


def is_undone(paper: Paper) -> bool:
    """Say whether `paper` was taken back."""
    return paper.answered_by.filter(kind=Paper.Kind.UNDO).exists()


@prepared
def _newest_in_force(case: Case, kinds: Sequence[Paper.Kind]) -> QuerySet[Paper]:
    found = Paper.objects.filter(case=case, kind__in=kinds).exclude(answered_by__kind=Paper.Kind.UNDO)
    return found.order_by("-number")[:1]


@prepared
def _texts(papers: Sequence[int]) -> QuerySet[PaperText]:
    return PaperText.objects.filter(paper__pk__in=papers)


@prepared
def _sealed(post: int) -> QuerySet[Case, int]:
    return Case.objects.filter(post=post, sealed=True).order_by().values_list("pk", flat=True)[:1]


@prepared
def _decisions(cases: Collection[int]) -> QuerySet[Paper, tuple[int, bool]]:
    """Return of each decision its case, and whether something has ended it."""
    ends = Paper.objects.filter(answers=OuterRef("pk"), kind__in=[Paper.Kind.UNDO, Paper.Kind.BROUGHT_BACK])
    decisions = Paper.objects.filter(case__pk__in=cases, kind=Paper.Kind.DECISION).order_by("number")
    return decisions.values_list("case", Exists(ends))
