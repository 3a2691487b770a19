"""Whether one outcome is milder than another: an appeal never makes things worse (Mf)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from folkmoot.procedure.words import APPEALABLE, TAKES_AWAY, MeasureKind, Outcome

_WEIGHT = {
    Outcome.NO_BREACH: 0,
    Outcome.ROBUST_CRITICISM: 0,
    Outcome.CORRECTED: 0,
    Outcome.REFERRED: 0,
    Outcome.WARN: 1,
    Outcome.MEASURE: 2,
    Outcome.REJECT: 3,
    Outcome.REMOVE: 3,
}
MEASURES_BY_WEIGHT = (
    MeasureKind.HOLD_THREAD,
    MeasureKind.CLOSE_THREAD,
    MeasureKind.HOLD_ACCOUNT,
    MeasureKind.SUSPEND,
    MeasureKind.BAN,
)
# What one measure can be eased to: it stays with what it was about, an account or a conversation.
_SORTS = (
    (MeasureKind.HOLD_THREAD, MeasureKind.CLOSE_THREAD),
    (MeasureKind.HOLD_ACCOUNT, MeasureKind.SUSPEND, MeasureKind.BAN),
)


@dataclass(frozen=True)
class Lasting:
    """A measure and the last local day on which it holds."""

    kind: MeasureKind
    until: date


@dataclass(frozen=True)
class Burden:
    """What a decision lays on an author: its outcome, and the measures that hold besides."""

    outcome: Outcome
    measures: tuple[Lasting, ...] = ()


def weight(outcome: Outcome) -> int:
    """Return how much `outcome` takes from the author: 0 is nothing, 3 the post itself."""
    return _WEIGHT[outcome]


def is_milder(outcome: Outcome, than: Outcome) -> bool:
    """Say whether `outcome` takes less from the author than `than`."""
    return weight(outcome) < weight(than)


def never_worse(burden: Burden, than: Burden) -> bool:
    """Say whether `burden` takes nothing that `than` did not take: no heavier outcome, no new or longer measure."""
    return weight(burden.outcome) <= weight(than.outcome) and _covered(burden.measures, than.measures)


def takes_place_of(burden: Burden, than: Burden) -> bool:
    """Say whether a decision can be varied from `than` to `burden`: less is taken, and something still is.

    What takes nothing at all is no variation: then the decision is overturned. A warning comes with no measure.
    """
    taken_away = burden.outcome in TAKES_AWAY
    if burden.outcome not in APPEALABLE or (taken_away and burden.outcome is not than.outcome):
        return False
    if not taken_away and (burden.outcome is Outcome.MEASURE) is not bool(burden.measures):
        return False
    if not never_worse(burden, than):
        return False
    return is_milder(burden.outcome, than.outcome) or not _covered(than.measures, burden.measures)


def eased(kind: MeasureKind) -> tuple[MeasureKind, ...]:
    """Return the measures that take no more than `kind` of the same account or conversation, `kind` among them."""
    sort = next(sort for sort in _SORTS if kind in sort)
    return sort[: sort.index(kind) + 1]


def _covered(measures: Iterable[Lasting], by: Iterable[Lasting]) -> bool:
    """Say whether for each of `measures` there is one in `by`, each its own, that is as heavy and as long."""
    left = list(by)
    # The heaviest first, each with the shortest that covers it: so none is used up that a later one needs.
    for one in sorted(measures, key=lambda one: MEASURES_BY_WEIGHT.index(one.kind), reverse=True):
        fitting = [other for other in left if one.kind in eased(other.kind) and one.until <= other.until]
        if not fitting:
            return False
        left.remove(min(fitting, key=lambda other: other.until))
    return True
