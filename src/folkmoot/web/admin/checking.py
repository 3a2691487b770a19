"""Verifies a stretch of the record within a few seconds: the register first, then cases by number."""

import time
from collections.abc import Callable

from folkmoot.casefile.audit import Discrepancy, verify_case
from folkmoot.casefile.audit_access import access_faults
from folkmoot.casefile.audit_office import office_faults
from folkmoot.casefile.audit_register import register_faults
from folkmoot.casefile.models import Case
from folkmoot.casefile.moment import one_moment
from folkmoot.members.models import Organisation
from folkmoot.steps.note_check import Checked

SECONDS = 3.0  # for whoever waits for the page; the command looks at everything, however long it takes
SHOWN = 50


def check(
    org: Organisation, *, after: int, clock: Callable[[], float] = time.monotonic
) -> tuple[Checked, list[Discrepancy]]:
    """Verify the register of `org`, then its cases with a number above `after`, until `SECONDS` are over.

    Returns how far it came and what was found. Everything is read as it stood at one moment, and nobody waits for it.
    """
    began, faults, last, number = clock(), list[Discrepancy](), after, 0
    with one_moment():
        if not after:
            faults += [Discrepancy(f"the register of {org.name}", what) for what in register_faults(org)]
            faults += [Discrepancy(f"the register of {org.name}", what) for what in office_faults(org)]
            faults += [Discrepancy(f"the access log of {org.name}", what) for what in access_faults(org)]
        cases = Case.objects.within(org).select_related("procedure_edition").filter(pk__gt=after).order_by("pk")
        for case in cases.iterator(chunk_size=50):
            faults += verify_case(case)
            last, number = case.pk, number + 1
            if clock() - began > SECONDS:
                break
        whole = not Case.objects.within(org).filter(pk__gt=last).exists()
    return Checked(number, last, len(faults), whole), faults[:SHOWN]
