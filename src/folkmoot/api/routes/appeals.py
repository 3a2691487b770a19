"""Answering an appeal: the decision stands, is varied or is overturned, with reasons."""

from pydantic import Field

from folkmoot.api.caller import Caller
from folkmoot.api.deciding import REASONS_LIMIT
from folkmoot.api.matters import NECESSITY, InsteadSent, Taken, seen_now, taken
from folkmoot.api.reading import open_case
from folkmoot.api.routing import Routes
from folkmoot.api.shapes import Number, Seen, Sent, Words, example
from folkmoot.members.models import Scope
from folkmoot.procedure.words import Answer, Step
from folkmoot.steps.reconsider import reconsider
from folkmoot.web.desk.going import READERS

router = Routes("Appeals")


class ReconsiderationSent(Sent):
    """Whether the decision stands, and why."""

    model_config = example(
        {"answer": "varied", "reasons": "Half of it is about the plan.", "instead": {"outcome": "warn"}, "seen": 11}
    )

    answer: Answer
    reasons: Words = Field(max_length=REASONS_LIMIT, description="The author reads these words as they are")
    instead: InsteadSent | None = Field(None, description="Only where it is varied: what takes its place")
    seen: Seen
    necessity: Words = Field("", max_length=2_000, description=NECESSITY)


@router.writes(
    "/cases/{int:case}/reconsideration",
    scope=Scope.DESK,
    offices=READERS,
    returns=Taken,
    steps=(Step.RECONSIDER,),
    status=201,
)
def reconsideration(request: Caller, case: Number, said: ReconsiderationSent) -> Taken:
    """Answer an author’s appeal. It never makes things worse: what takes a decision’s place is milder."""
    found = open_case(request, case, necessity=said.necessity)
    paper = reconsider(
        found.pk,
        answer=said.answer,
        reasons=said.reasons,
        instead=said.instead.wanted() if said.instead else None,
        by=request.person,
        at=request.now,
        seen=seen_now(found, said.seen),
        necessity=said.necessity,
    )
    return taken(paper)
