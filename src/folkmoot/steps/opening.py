"""To whom a case opens at all: what nobody may read who is a party to it, or has not said that they are none (D30)."""

from datetime import datetime

from folkmoot.casefile.models import Case
from folkmoot.members.models import Person
from folkmoot.procedure.words import Stage
from folkmoot.steps.sitting import hears_by_necessity
from folkmoot.steps.standing import declared, involvement, needed


def why_closed(case: Case, person: Person) -> str:
    """Return why the case is closed to `person`, as a sentence; empty when it is open to them.

    Nobody is asked any more once it is final: then only parties are kept out.
    """
    return closed_by(case, said=declared(case, person), why=involvement(case, person))


def closed_by(case: Case, *, said: bool | None, why: str) -> str:
    """Return as `why_closed`, where it is known what somebody `said` of their interest, and `why` they are involved."""
    if said is None and case.stage != Stage.FINAL:
        return why or "Please say first whether you have an interest in this matter."
    return why


def opens_by_necessity(case: Case, person: Person, *, at: datetime) -> bool:
    """Say whether nobody else is free to answer what the case waits for, so that `person` may, with a reason."""
    return needed(case, person, at=at) or hears_by_necessity(case, person, at=at)
