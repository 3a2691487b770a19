"""What a program's calls are signed with is replaced: it may have been seen, or it has been the same for long."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import Actor, enter_register
from folkmoot.kernel.errors import NotPermitted
from folkmoot.kernel.tokens import new_nonce
from folkmoot.members.models import Organisation
from folkmoot.outbox.hooks import hook_mark, secret_of
from folkmoot.outbox.models import Hook
from folkmoot.procedure.words import Role
from folkmoot.steps.add_hook import Added
from folkmoot.steps.office import require_office

BOTH_FOR = timedelta(days=1)  # so that the program can be told the new one without missing a call


@transaction.atomic
def renew_hook_secret(org: Organisation, hook_id: int, *, by: Actor, at: datetime) -> Added:
    """Give the hook a new secret, shown once; for a day its calls are signed with the one before as well.

    Renewed again within that day, the one before the last is good for nothing at once. Raises `NotPermitted` for
    anybody but administrators, and where the program is told of nothing any more.
    """
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    hook = Hook.objects.within(org).select_for_update(of=("self",), no_key=True).get(pk=hook_id)
    if hook.ended_at is not None:
        raise NotPermitted(gettext("That program is told of nothing any more."))
    hook.nonce_before, hook.nonce, hook.both_until = hook.nonce, new_nonce(), at + BOTH_FOR
    hook.save(update_fields=["nonce_before", "nonce", "both_until"])
    enter_register(org, "renew_hook_secret", by=by, at=at, facts={"hook": hook.pk, "mark": hook_mark(hook)})
    return Added(hook, secret_of(hook))
