"""An administrator lets a call to another program be made once more."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import Actor, enter_register
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import Organisation
from folkmoot.outbox.models import Hook, HookCall
from folkmoot.procedure.words import Role
from folkmoot.steps.office import require_office


@transaction.atomic
def call_again(org: Organisation, call_id: int, *, by: Actor, at: datetime) -> HookCall:
    """Promise the same call again, under the same number: who took it before knows it by that.

    Raises `NotPermitted` for anybody but administrators, and where the program is told of nothing any more.
    """
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    calls = HookCall.objects.within(org).select_for_update(of=("self",), no_key=True).select_related("hook", "case")
    call = calls.get(pk=call_id)
    if call.hook.ended_at is not None:
        raise NotPermitted(gettext("That program is told of nothing any more."))
    if call.case is not None and call.case.sealed:
        raise NotPermitted(gettext("What this was about is sealed, and nothing is told of it any more."))
    if call.state != HookCall.State.WAITING:
        call.made_at = at  # its three days begin anew; the time that its body tells stays
    call.state, call.next_at, call.ended_at, call.tries, call.lease_until = HookCall.State.WAITING, at, None, 0, None
    call.save()
    Hook.objects.filter(pk=call.hook_id).update(rests_until=None)  # now, whatever came of the last one
    enter_register(org, "call_again", by=by, at=at, facts={"hook": call.hook_id, "call": call.number})
    return call
