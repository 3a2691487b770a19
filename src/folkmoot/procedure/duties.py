"""Who owes an answer by when, and who is added when it does not come (Sh, Mc, Mf, Mg, Se)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from folkmoot.procedure.calendar import due_after, hours_of_working_days
from folkmoot.procedure.table import Limits
from folkmoot.procedure.words import Lane, Role


class Owed(StrEnum):
    """To what an answer is owed."""

    REPORT = "report"
    EMERGENCY = "emergency"  # a report that puts its case into the emergency lane (D10)
    LEGAL = "legal"  # a legal complaint (Se)
    APPEAL = "appeal"
    SUBMISSION = "submission"  # the case that the author put to the Executive in writing
    REVIEW = "review"  # a reporter is not satisfied (Sh)
    LOOK_AFTER = "look_after"  # a lone moderator's unclear decision (Mc)


ANSWERED_BY_DECIDING = frozenset({Owed.REPORT, Owed.EMERGENCY, Owed.LEGAL, Owed.REVIEW})


@dataclass(frozen=True)
class Turn:
    """Whose turn it is, and until when (UTC)."""

    holder: Role
    due_at: datetime


def owed_to_report(lane: Lane) -> Owed:
    """Return what kind of answer a report in `lane` asks for."""
    return {Lane.EMERGENCY: Owed.EMERGENCY, Lane.LEGAL: Owed.LEGAL}.get(lane, Owed.REPORT)


def first_turn(owed: Owed, limits: Limits, *, at: datetime, zone: str) -> Turn:
    """Return who answers first. The local day of `at` is day 0."""
    return _turn(owed, holders(owed)[0], limits, at=at, zone=zone)


def turn_of(owed: Owed, holder: Role, limits: Limits, *, at: datetime, zone: str) -> Turn:
    """Return the turn of `holder` from `at`: for whoever is asked out of order, as when an officer is passed by."""
    return _turn(owed, holder, limits, at=at, zone=zone)


def next_turn(owed: Owed, after: Role, limits: Limits, *, at: datetime, zone: str) -> Turn | None:
    """Return who is added when `after` let the time pass, or `None` when nobody is left to add."""
    asked = holders(owed)
    place = asked.index(after) + 1
    return _turn(owed, asked[place], limits, at=at, zone=zone) if place < len(asked) else None


def holders(owed: Owed) -> tuple[Role, ...]:
    """Return who is asked for an answer of this kind, one after the other."""
    match owed:
        case Owed.REPORT | Owed.EMERGENCY | Owed.LEGAL | Owed.APPEAL:
            return Role.MODERATOR, Role.SECRETARY, Role.EXECUTIVE
        case Owed.REVIEW | Owed.LOOK_AFTER:
            return Role.SECRETARY, Role.EXECUTIVE
        case Owed.SUBMISSION:
            return (Role.EXECUTIVE,)


def _turn(owed: Owed, holder: Role, limits: Limits, *, at: datetime, zone: str) -> Turn:
    if owed is Owed.EMERGENCY and holder is not Role.EXECUTIVE:
        return Turn(holder, at + timedelta(hours=limits.emergency_hours))
    if owed is Owed.LEGAL and holder is Role.MODERATOR:
        return Turn(holder, hours_of_working_days(at, limits.legal_hours, limits, zone=zone))
    first = limits.reconsider_days if owed is Owed.APPEAL else limits.report_days
    days = {Role.MODERATOR: first, Role.SECRETARY: limits.secretary_days, Role.EXECUTIVE: limits.executive_days}
    return Turn(holder, due_after(at, days[holder], limits, zone=zone))
