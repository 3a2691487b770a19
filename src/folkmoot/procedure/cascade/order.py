"""Which of two posts was there first: only what is known counts (Md: nothing earlier is swept in)."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

_NEVER = datetime.min.replace(tzinfo=UTC)


class Order(StrEnum):
    """How a post stands in time to the one that was removed."""

    LATER = "later"
    EARLIER = "earlier"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Between:
    """A post was made at `first` at the earliest and at `last` at the latest; both belong to it."""

    first: datetime
    last: datetime


def exactly(at: datetime) -> Between:
    """Return the time of a post whose moment is known."""
    return Between(at, at)


def on_the_day_of(at: datetime, *, zone: str, first_seen: datetime) -> Between:
    """Return the time of a post of which only the local day is known, and when it was first seen."""
    place = ZoneInfo(zone)
    day = at.astimezone(place).date()
    first = datetime.combine(day, time.min, place).astimezone(UTC)
    last = datetime.combine(day + timedelta(days=1), time.min, place).astimezone(UTC) - timedelta(microseconds=1)
    return Between(first, min(last, first_seen) if first_seen >= first else last)


def not_after(first_seen: datetime) -> Between:
    """Return the time of a post of which nothing is known but when it was first seen."""
    return Between(_NEVER, first_seen)


def order_of(other: Between, *, to: Between) -> Order:
    """Say whether `other` is known to be later or earlier than `to`; the same moment is no order."""
    if other.first > to.last:
        return Order.LATER
    if other.last < to.first:
        return Order.EARLIER
    return Order.UNKNOWN
