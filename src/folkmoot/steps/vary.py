"""A decision is varied: something milder takes its place, and what was taken too much is given back (Mf)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Paper
from folkmoot.kernel.errors import BadInput
from folkmoot.notices.letters import measure_words
from folkmoot.notices.statement import Measured
from folkmoot.procedure.milder import Burden, Lasting, never_worse, takes_place_of
from folkmoot.procedure.words import TAKES_AWAY, MeasureKind, Outcome
from folkmoot.steps.bring_back import bring_back
from folkmoot.steps.enforce import enforce
from folkmoot.steps.measures import MeasureWanted, end_all, require_measures, running, vary_measures


@dataclass(frozen=True)
class Instead:
    """What takes the place of a decision: a milder outcome, and which measures still hold until when."""

    outcome: Outcome
    measures: Sequence[MeasureWanted] = ()


def burden_of(case: Case) -> Burden:
    """Return what the decision lays on the author now: measures that have ended count no more."""
    zone = ZoneInfo(case.org.zone)
    lasting = (Lasting(MeasureKind(one.kind), one.until.astimezone(zone).date()) for one in running(case))
    return Burden(Outcome(case.outcome), tuple(lasting))


def require_milder(case: Case, instead: Instead | None, *, at: datetime) -> Instead:
    """Return `instead`; or raise `BadInput` at "instead" unless it is milder than what holds now, or at "measures"."""
    if instead is None:
        raise BadInput(gettext("Please say what takes the place of the decision."), field="instead")
    if not takes_place_of(_burden(instead), burden_of(case)):
        raise BadInput(
            gettext(
                "What takes the place of a decision takes less than it, and something: never the same, "
                "never more. Where nothing should be left, the decision is overturned."
            ),
            field="instead",
        )
    require_measures(case, instead.measures, at=at)
    return instead


def milder_outcomes(case: Case) -> list[Outcome]:
    """Return the outcomes that can take the place of the decision, the heaviest first."""
    now = burden_of(case)
    found = [now.outcome] if len(now.measures) else []
    if now.outcome in TAKES_AWAY and now.measures:
        found.append(Outcome.MEASURE)
    return [*found, *([Outcome.WARN] if now.outcome is not Outcome.WARN else [])]


def instead_facts(instead: Instead | None) -> dict[str, Any]:
    """Return what a paper says of it."""
    if instead is None:
        return {}
    return {
        "instead": {
            "outcome": instead.outcome,
            "measures": [[one.kind, one.until.isoformat()] for one in instead.measures],
        }
    }


def instead_of(paper: Paper) -> Instead | None:
    """Return what a paper says takes the place of the decision, or `None`."""
    said = paper.facts.get("instead")
    if said is None:
        return None
    measures = [
        MeasureWanted(MeasureKind(kind), datetime.fromisoformat(until).date()) for kind, until in said["measures"]
    ]
    return Instead(Outcome(said["outcome"]), measures)


def now_holds(case: Case, instead: Instead) -> str:
    """Return what holds from now on, as sentences to the author. Call before it is put in place."""
    said = []
    if case.outcome in TAKES_AWAY and instead.outcome not in TAKES_AWAY:
        said.append(_BACK[Outcome(case.outcome)])
    if instead.outcome in TAKES_AWAY:
        said.append("Your post stays away, but less is done besides.")
    if instead.outcome is Outcome.WARN:
        said.append("In place of it, we ask you to bear the rule in mind.")
    elif not instead.measures:
        said.append("Nothing else holds any more.")
    if not instead.measures:
        return " ".join(said)
    lines = [f"- {measure_words(Measured(one.kind, one.ends(case)), case.org)}" for one in instead.measures]
    return "\n".join([*said, "From now on this holds:", "", *lines])


def put_in_place(case: Case, instead: Instead, *, because: Paper, at: datetime) -> None:
    """Let `instead` hold from now on; `because` is the paper that says so. Call with the case locked.

    The post is asked back unless it stays away; measures end, now or sooner, or are eased. What has ended by itself
    since it was said does not come back.
    """
    now = burden_of(case)
    kept: list[MeasureWanted] = []
    for one in instead.measures:
        if never_worse(_burden(Instead(instead.outcome, [*kept, one])), now):
            kept.append(one)
    case.outcome = instead.outcome
    bring_back(case, at=at)
    enforce(case, because=because, at=at)
    vary_measures(case, kept, because=because, at=at)


def overturn(case: Case, *, because: Paper, at: datetime) -> None:
    """Let nothing of the decision hold any more: the post is asked back, measures end. Call with the case locked."""
    case.standing = False
    bring_back(case, at=at)
    enforce(case, because=because, at=at)
    end_all(case, because=because, at=at)


_BACK = {
    Outcome.REMOVE: "We have asked for your post to be put back.",
    Outcome.REJECT: "We have asked for your post to be let through.",
}


def _burden(instead: Instead) -> Burden:
    return Burden(instead.outcome, tuple(Lasting(one.kind, one.until) for one in instead.measures))
