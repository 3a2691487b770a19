"""Another program is to be told of what happens in cases."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import Actor, enter_register
from folkmoot.kernel.errors import BadInput
from folkmoot.kernel.tokens import new_nonce
from folkmoot.members.models import Organisation
from folkmoot.outbox.hook_address import address_of_hook
from folkmoot.outbox.hooks import KINDS, hook_mark, promise_test, secret_of
from folkmoot.outbox.models import Hook
from folkmoot.procedure.words import Role
from folkmoot.steps.office import require_office

MOST = 10  # at the same time


@dataclass(frozen=True)
class Added:
    """The row, and what its calls are signed with: shown once."""

    hook: Hook
    secret: str


@transaction.atomic
def add_hook(org: Organisation, *, url: str, kinds: Collection[str], by: Actor, at: datetime) -> Added:
    """Tell the program at `url` from now on, of each of `kinds` (`outbox.hooks.KINDS`); a test goes there at once.

    Raises `NotPermitted` for anybody but administrators, or `BadInput` with its field: url or kinds. The address stays
    out of the register, but for a salted hash.
    """
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    Organisation.objects.select_for_update(no_key=True).get(pk=org.pk)
    url = address_of_hook(url)
    chosen = [kind for kind in KINDS if kind in kinds]
    if not chosen or set(kinds) - set(chosen):
        raise BadInput(gettext("Please choose what it is to be told of."), field="kinds")
    told = Hook.objects.within(org).filter(ended_at=None)
    if told.filter(url=url).exists():
        raise BadInput(gettext("That address is told already."), field="url")
    if told.count() >= MOST:
        raise BadInput(
            gettext("%(most)s programs are told already. Please take one out that is not needed.") % {"most": MOST},
            field="url",
        )
    hook = Hook.objects.create(org=org, url=url, kinds=" ".join(chosen), nonce=new_nonce(), since=at)
    enter_register(org, "add_hook", by=by, at=at, facts={"hook": hook.pk, "kinds": chosen, "mark": hook_mark(hook)})
    promise_test(hook, at=at)
    return Added(hook, secret_of(hook))
