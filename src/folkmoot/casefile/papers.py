"""Which papers of a case count: what was taken back within its minute does not."""

from django.db.models import QuerySet

from folkmoot.casefile.models import Case, Paper


def papers_in_force(case: Case, *kinds: Paper.Kind) -> QuerySet[Paper]:
    """Return the papers of these kinds that nobody has undone, the oldest first."""
    return case.papers.filter(kind__in=kinds).exclude(answered_by__kind=Paper.Kind.UNDO).order_by("number")


def decision_in_force(case: Case) -> Paper | None:
    """Return the decision that counts, the newest, or `None` while there is none."""
    return papers_in_force(case, Paper.Kind.DECISION).last()


def is_sealed(case: Case) -> bool:
    """Say whether nobody sees what the case holds: it was sealed itself, or another case about the same post (DP20)."""
    return case.sealed or (case.post_id is not None and Case.objects.filter(post=case.post_id, sealed=True).exists())


def is_undone(paper: Paper) -> bool:
    """Say whether `paper` was taken back."""
    return paper.answered_by.filter(kind=Paper.Kind.UNDO).exists()
