"""Who owes an answer by when, and who is added when it does not come (Sh, Mf, Mg)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from folkmoot.kernel.times import end_of_local_day
from folkmoot.procedure.table import Limits
from folkmoot.procedure.words import Role


class Owed(StrEnum):
    """To what an answer is owed."""

    REPORT = "report"
    APPEAL = "appeal"
    SUBMISSION = "submission"  # the case that the author put to the Executive in writing


@dataclass(frozen=True)
class Turn:
    """Whose turn it is, and until when (UTC)."""

    holder: Role
    due_at: datetime


def first_turn(owed: Owed, limits: Limits, *, at: datetime, zone: str) -> Turn:
    """Return who answers first. The local day of `at` is day 0."""
    return _turn(_chain(owed, limits)[0], at=at, zone=zone)


def next_turn(owed: Owed, after: Role, limits: Limits, *, at: datetime, zone: str) -> Turn | None:
    """Return who is added when `after` let the time pass, or `None` when nobody is left to add."""
    chain = _chain(owed, limits)
    holders = [holder for holder, _ in chain]
    place = holders.index(after) + 1
    return _turn(chain[place], at=at, zone=zone) if place < len(chain) else None


def _chain(owed: Owed, limits: Limits) -> tuple[tuple[Role, int], ...]:
    secretary, executive = (Role.SECRETARY, limits.secretary_days), (Role.EXECUTIVE, limits.executive_days)
    match owed:
        case Owed.REPORT:
            return (Role.MODERATOR, limits.report_days), secretary, executive
        case Owed.APPEAL:
            return (Role.MODERATOR, limits.reconsider_days), secretary, executive
        case Owed.SUBMISSION:
            return (executive,)


def _turn(entry: tuple[Role, int], *, at: datetime, zone: str) -> Turn:
    holder, days = entry
    return Turn(holder, end_of_local_day(at, days=days, zone=zone))
