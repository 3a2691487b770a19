"""It is written down whose account it is, and how that is known: nobody acts on their own posts."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.archive.models import Account, AccountClaim, Platform
from folkmoot.casefile.record import enter_register
from folkmoot.kernel.errors import BadInput
from folkmoot.kernel.text import single_line, typed
from folkmoot.members.models import Person
from folkmoot.procedure.words import Role
from folkmoot.steps.office import require_office, require_same

_WHO = (Role.ADMINISTRATOR, Role.SECRETARY, Role.MODERATOR)


@transaction.atomic
def claim_account(account: Account, person: Person, *, evidence: str, by: Person, at: datetime) -> AccountClaim:
    """Record that `account` is `person`'s; raises `BadInput` (fields "evidence", "account").

    The evidence stays out of the register: it may be personal.
    """
    require_office(account.org, by, *_WHO, at=at)
    require_same(account.org, person.org)
    evidence = single_line(typed(evidence, field="evidence", limit=300, name="How you know"))
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    if AccountClaim.objects.filter(account=account, person=person, until=None).exists():
        raise BadInput(gettext("This account is known as %(name)s’s already.") % {"name": person.name}, field="account")
    claim = AccountClaim.objects.create(
        org=account.org, account=account, person=person, evidence=evidence, added_by=by, added_at=at
    )
    facts = {"account": account.pk, "person": person.pk, "claim": claim.pk}
    enter_register(account.org, "claim_account", by=by, at=at, facts=facts)
    return claim


@transaction.atomic
def claim_handle(
    place: Platform, handle: str, person: Person, *, evidence: str, by: Person, at: datetime
) -> AccountClaim:
    """Record that the account called `handle` at `place` is `person`'s, also before it was ever seen to write.

    Raises `BadInput` (fields "handle", "evidence", "account").
    """
    require_office(place.org, by, *_WHO, at=at)
    handle = single_line(typed(handle, field="handle", limit=200, name="The account’s name"))
    account, _ = Account.objects.get_or_create(
        platform=place, handle=handle, defaults={"org": place.org, "first_seen_at": at}
    )
    return claim_account(account, person, evidence=evidence, by=by, at=at)
