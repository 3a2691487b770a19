"""What may show a child being abused is sealed from everyone, at once (DP20)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import SYSTEM, Actor, file_paper, locked
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import Person
from folkmoot.outbox.models import HookCall
from folkmoot.procedure.words import Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.office import weightiest_office


@transaction.atomic
def seal(case_id: int, *, by: Person, at: datetime) -> Paper:
    """Seal the case: from now on no page, letter or file shows what was posted or sent in, to anybody.

    Any officer may, also one with an interest in the matter: sealing shows nothing and decides nothing.
    """
    case = locked(case_id)
    role = weightiest_office(by, at=at) if by.org_id == case.org_id else None
    if role is None:
        raise NotPermitted(gettext("Only people with a role in this organisation can do this."))
    if case.sealed:
        raise NotPermitted(gettext("The case is sealed already."))
    paper = sealing(case, by=by, at=at)
    advance(case, Step.SEAL, by=by, role=role, at=at, papers=[paper])
    return paper


def sealing(case: Case, *, by: Actor = SYSTEM, at: datetime) -> Paper:
    """Seal a locked case and return the paper that says so; the caller's event tells of it."""
    case.sealed = True
    waiting = HookCall.objects.filter(case=case, state=HookCall.State.WAITING)
    waiting.update(state=HookCall.State.GIVEN_UP, ended_at=at, lease_until=None)  # nothing is told of it from now on
    return file_paper(case, Paper.Kind.SEAL, by=by, at=at)
