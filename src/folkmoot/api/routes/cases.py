"""Cases: which there are, what one says, and taking it."""

from datetime import datetime

from folkmoot.api.caller import Caller
from folkmoot.api.routing import Routes
from folkmoot.api.shapes import Number, Shown, example
from folkmoot.casefile.models import Case
from folkmoot.members.models import Scope
from folkmoot.procedure.words import Step
from folkmoot.steps import claim as claiming
from folkmoot.web.desk.going import READERS, the_case

router = Routes("Cases")


class CaseInShort(Shown):
    """How a case stands, without what was written in it."""

    model_config = example({"number": 12, "seq": 4, "stage": "received", "opened_at": "2026-11-02T10:00:00Z"})

    number: int
    seq: int
    stage: str
    opened_at: datetime


@router.reads("/cases/{int:case}", offices=READERS, returns=CaseInShort)
def case(request: Caller, case: Number) -> CaseInShort:
    """One case, as far as its reader may see it."""
    return in_short(the_case(request, case))


@router.writes("/cases/{int:case}/claim", scope=Scope.DESK, offices=READERS, returns=CaseInShort, steps=(Step.CLAIM,))
def claim(request: Caller, case: Number) -> CaseInShort:
    """Take the case from the queue."""
    found = the_case(request, case)
    claiming.claim(found.pk, by=request.person, at=request.now)
    return in_short(the_case(request, case))


def in_short(case: Case) -> CaseInShort:
    """Return how `case` stands."""
    return CaseInShort(number=case.pk, seq=case.seq, stage=case.stage, opened_at=case.opened_at)
