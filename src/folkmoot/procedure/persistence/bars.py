"""For whom a higher bar holds, and for whom nothing is counted, with the sentence that says so (F10)."""

from folkmoot.kernel.said import gettext
from folkmoot.procedure.persistence.noticed import Standing

TIMES_FOR_OFFICE = 3  # so many times more accounts have to be seen before a pile-on on an office-holder is named
DAYS_FOR_OFFICE = 2  # so many times more days, for the same insult


def accounts_needed(least: int, standing: Standing) -> int:
    """Return how many accounts it takes."""
    return least * TIMES_FOR_OFFICE if standing == Standing.OFFICE_HOLDER else least


def days_needed(least: int, standing: Standing) -> int:
    """Return how many days it takes."""
    return least * DAYS_FOR_OFFICE if standing == Standing.OFFICE_HOLDER else least


def bar_said(standing: Standing) -> str:
    """Return what is said of the bar that was used; "" for the usual one."""
    if standing != Standing.OFFICE_HOLDER:
        return ""
    return gettext("They hold an office, so a higher bar was used: criticism of how it is held is not contact (F10).")


def why_not_counted(standing: Standing) -> str:
    """Return why nobody's writing to such an account is counted as contact; "" where it is."""
    if standing == Standing.OURS:
        return gettext(
            "What is written to an account of ours is not counted: it speaks for the organisation, "
            "and may be criticised by as many as like to, as often as they like to (F10)."
        )
    if standing == Standing.OFFICE_HOLDER:
        return gettext(
            "How often somebody writes to an office-holder is not counted: "
            "criticism of how an office is held is not contact (F10)."
        )
    return ""
