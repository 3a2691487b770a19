"""Whether one outcome is milder than another: an appeal never makes things worse (Mf)."""

from folkmoot.procedure.words import MeasureKind, Outcome

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


def weight(outcome: Outcome) -> int:
    """Return how much `outcome` takes from the author: 0 is nothing, 3 the post itself."""
    return _WEIGHT[outcome]


def is_milder(outcome: Outcome, than: Outcome) -> bool:
    """Say whether `outcome` takes less from the author than `than`."""
    return weight(outcome) < weight(than)
