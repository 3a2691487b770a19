"""Which reports wait for triage: written with the report, so that none is passed over."""

from folkmoot.casefile.assessed import ReportAssessment, ReportToAssess
from folkmoot.casefile.models import Case, Paper
from folkmoot.members.rows import insert

FIELDS = ("words", "quoted")
"""The texts of a report that are judged: what somebody says, and the post that they pasted."""


def note_report_to_assess(paper: Paper) -> None:
    """Put a report, or what was added to one, on the list; in the transaction that files it."""
    insert(ReportToAssess(org_id=paper.org_id, paper=paper))


def reports_to_assess(*, limit: int) -> list[ReportToAssess]:
    """Return the reports that wait, the newest first, with their cases and texts."""
    waiting = ReportToAssess.objects.order_by("-pk").select_related("paper__case__post")
    return list(waiting.prefetch_related("paper__texts")[:limit])


def strike_off(waiting: ReportToAssess) -> None:
    """Take a report off the list."""
    ReportToAssess.objects.filter(pk=waiting.pk).delete()


def forget_assessments(case: Case) -> None:
    """Leave nothing of what was made of the words in a case, which are being destroyed (DP20)."""
    ReportToAssess.objects.filter(paper__case=case).delete()
    ReportAssessment.objects.filter(case=case).delete()
