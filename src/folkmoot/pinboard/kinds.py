"""Of what kinds a case is: what its reports call it, kept where the queue can be narrowed by it."""

from django.db.models import Exists, OuterRef, Q

from folkmoot.casefile.models import Case
from folkmoot.members.models import Organisation
from folkmoot.members.rows import insert
from folkmoot.pinboard.models import CaseKind
from folkmoot.procedure.words import ReportKind

# What should not have been made public is spread no further: its words stand on the page of its case only.
NOT_IN_LISTS = frozenset({ReportKind.PRIVATE_INFORMATION, ReportKind.INTIMATE_IMAGE})
FEW = 2000  # cases: as many are named one by one; where there are more, the queue finds a page of them soon


def note_kind(case: Case, kind: ReportKind) -> None:
    """Let the case be found among those of `kind`; called before the report is counted."""
    row = CaseKind(org_id=case.org_id, case=case, kind=kind)
    if case.reports == 0:
        insert(row)
    else:
        CaseKind.objects.bulk_create([row], ignore_conflicts=True)


def of_kind(org: Organisation, kind: ReportKind) -> Q:
    """Return what is true of the cases that somebody reported as `kind`."""
    known = CaseKind.objects.within(org).filter(kind=kind)
    few = list(known.values_list("case", flat=True)[: FEW + 1])
    return Q(pk__in=few) if len(few) <= FEW else Q(Exists(known.filter(case=OuterRef("pk"))))
