"""What was written down about whose account it is turns out wrong: it counts no more, and stays on the record."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.archive.models import AccountClaim
from folkmoot.casefile.record import Actor, enter_register
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.kernel.text import single_line, typed
from folkmoot.members.models import Person
from folkmoot.procedure.words import Role
from folkmoot.steps.office import require_office


@transaction.atomic
def end_claim(claim: AccountClaim, *, reason: str, by: Actor, at: datetime) -> AccountClaim:
    """End `claim` from now on: the account no longer bars its person. Raises `BadInput` (fields "reason", "account").

    The reason stays out of the register: it may be personal.
    """
    require_office(claim.org, by, Role.ADMINISTRATOR, at=at)
    if isinstance(by, Person) and by.pk == claim.person_id:
        # nobody acts on a matter of their own: who is barred by it does not take it away
        raise NotPermitted(gettext("This is about an account of yours, so another administrator has to end it."))
    reason = single_line(typed(reason, field="reason", limit=300, name="The reason"))
    row = AccountClaim.objects.select_for_update(no_key=True).get(pk=claim.pk)
    if row.until is not None:
        raise BadInput(gettext("This has been ended already."), field="reason")
    row.until, row.ended_because = at, reason
    row.save(update_fields=["until", "ended_because"])
    facts = {"account": row.account_id, "person": row.person_id, "claim": row.pk}
    enter_register(claim.org, "end_claim", by=by, at=at, facts=facts)
    return row
