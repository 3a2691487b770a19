"""Which papers of a case count: what was taken back within its minute does not."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet

from folkmoot.casefile.models import Case, Paper


def papers_in_force(case: Case, *kinds: Paper.Kind) -> QuerySet[Paper]:
    """Return the papers of these kinds that nobody has undone, the oldest first."""
    return case.papers.filter(kind__in=kinds).exclude(answered_by__kind=Paper.Kind.UNDO).order_by("number")


def decision_in_force(case: Case) -> Paper | None:
    """Return the decision that counts, the newest, or `None` while there is none."""
    return papers_in_force(case, Paper.Kind.DECISION).last()


def passage_of(decision: Paper) -> str:
    """Return the words of the post that a decision names as those in breach; "" where it names none."""
    return decision.words.get("passage", "")


def released(cases: Collection[int]) -> set[int]:
    """Return which of the cases, by number, hold nothing against their post any more without anybody's finding that.

    Their newest decision was taken back within its minute, or was lifted with the one that it went with (Md).
    """
    ends = Paper.objects.filter(answers=OuterRef("pk"), kind__in=[Paper.Kind.UNDO, Paper.Kind.BROUGHT_BACK])
    decisions = Paper.objects.filter(case__in=cases, kind=Paper.Kind.DECISION).order_by("number")
    newest = dict(decisions.values_list("case", Exists(ends)))
    return {case for case, ended in newest.items() if ended}


def is_sealed(case: Case) -> bool:
    """Say whether nobody sees what the case holds: it was sealed itself, or another case about the same post (DP20)."""
    return case.sealed or (case.post_id is not None and Case.objects.filter(post=case.post_id, sealed=True).exists())


def is_undone(paper: Paper) -> bool:
    """Say whether `paper` was taken back."""
    return paper.answered_by.filter(kind=Paper.Kind.UNDO).exists()
