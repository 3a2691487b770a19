"""What routes say of steps that they take in a case, and what several of them are sent."""

from datetime import date, datetime

from pydantic import Field

from folkmoot.api.shapes import Sent, Shown, example
from folkmoot.casefile.models import Case, Paper
from folkmoot.procedure.words import MeasureKind, Outcome, Stage
from folkmoot.steps.measures import MeasureWanted
from folkmoot.steps.seen import caught_up
from folkmoot.steps.vary import Instead

NECESSITY = (
    "Only where nobody else is free to act: why you do all the same. It stays sealed; the parties are told that the "
    "rule for such cases was used."
)


class Taken(Shown):
    """What a step has done: the paper that it filed, and where the case stands now."""

    model_config = example(
        {"case": 7, "paper": 12, "kind": "decision", "at": "2026-11-03T10:00:00Z", "stage": "decided", "seq": 9}
    )

    case: int
    paper: int = Field(description="The number of the paper in the case")
    kind: str = Field(description="What kind of paper it is")
    at: datetime
    stage: Stage
    seq: int = Field(description="What to send as `seen` from now on")


class MeasureSent(Sent):
    """Something that is done to an account or a conversation for a time."""

    model_config = example({"kind": "suspend", "until": "2026-12-01"})

    kind: MeasureKind
    until: date = Field(description="The last day, in the organisation’s time zone")

    def wanted(self) -> MeasureWanted:
        """Return it as steps take it."""
        return MeasureWanted(self.kind, self.until)


class InsteadSent(Sent):
    """What takes the place of a decision that is varied: something milder."""

    model_config = example({"outcome": "warn", "measures": []})

    outcome: Outcome
    measures: list[MeasureSent] = Field([], max_length=5, description="Those that hold besides; all others end")

    def wanted(self) -> Instead:
        """Return it as steps take it."""
        return Instead(self.outcome, [one.wanted() for one in self.measures])


def seen_now(case: Case, seen: int | None) -> int | None:
    """Return the `seq` to hand to a step; what came beside the matter since `seen` changes nothing."""
    return None if seen is None else caught_up(case, seen)


def taken(paper: Paper) -> Taken:
    """Return what is said of a step that filed `paper`."""
    stage, seq = Case.objects.values_list("stage", "seq").get(pk=paper.case_id)
    return Taken(case=paper.case_id, paper=paper.number, kind=paper.kind, at=paper.at, stage=Stage(stage), seq=seq)
