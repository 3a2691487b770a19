"""Another program is told of nothing any more: an administrator took it out, or it does not answer."""

from datetime import datetime

from django.db import transaction

from folkmoot.casefile.record import SYSTEM, Actor, enter_register
from folkmoot.members.models import Organisation, Person
from folkmoot.outbox.marks import new_marker
from folkmoot.outbox.models import Hook, HookCall
from folkmoot.outbox.promise import promise_mail
from folkmoot.procedure.words import Role
from folkmoot.steps.office import require_office


@transaction.atomic
def end_hook(org: Organisation, hook_id: int, *, by: Actor, at: datetime) -> Hook:
    """Take the hook out; what was promised to it and has not arrived is given up. Ended before, it stays as it is.

    Raises `NotPermitted` for anybody but administrators.
    """
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    return _end(org, hook_id, Hook.Ending.TAKEN_OUT, by=by, at=at)


@transaction.atomic
def let_hook_end(hook_id: int, *, ending: str, at: datetime) -> Hook:
    """End a hook that answers no more (`Hook.Ending`), and tell the administrators by mail."""
    org = Hook.objects.select_related("org").get(pk=hook_id).org
    hook = _end(org, hook_id, ending, by=SYSTEM, at=at)
    why = _WHY[Hook.Ending(hook.ending)]
    for person in Person.objects.holding(org, Role.ADMINISTRATOR, at=at).order_by("pk"):
        promise_mail(
            org=org,
            kind="hook_ended",
            to=person.email,
            subject="A program is told of nothing any more",
            body=(
                f"Dear {person.name},\n\n"
                f"{org.name} tells other programs when something happens in a case. One of them {why}, so "
                "nothing is sent to it any more:\n\n"
                f"{hook.url}\n\n"
                "Whoever looks after that program can mend it. Then add its address again, on the page “Other "
                "programs”. What happened meanwhile is not told again; it can be asked for by the API.\n"
            ),
            marker=new_marker(),
            at=at,
        )
    return hook


_WHY = {
    Hook.Ending.SILENT: "has taken nothing for three days",
    Hook.Ending.GONE: "says that it is gone for good",
    Hook.Ending.TAKEN_OUT: "was taken out by an administrator",
}


def _end(org: Organisation, hook_id: int, ending: str, *, by: Actor, at: datetime) -> Hook:
    hook = Hook.objects.within(org).select_for_update(of=("self",), no_key=True).get(pk=hook_id)
    if hook.ended_at is None:
        hook.ended_at, hook.ending = at, ending
        hook.save(update_fields=["ended_at", "ending"])
        waiting = HookCall.objects.within(org).filter(hook=hook, state=HookCall.State.WAITING)
        waiting.update(state=HookCall.State.GIVEN_UP, ended_at=at, lease_until=None)
        enter_register(org, "end_hook", by=by, at=at, facts={"hook": hook.pk, "ending": ending})
    return hook
