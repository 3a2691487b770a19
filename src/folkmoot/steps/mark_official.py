"""Which accounts speak for the organisation itself: only their posts are corrected, or put beside another."""

from datetime import datetime

from django.db import transaction

from folkmoot.archive.models import Account, Platform
from folkmoot.casefile.record import enter_register
from folkmoot.kernel.errors import BadInput
from folkmoot.kernel.text import single_line, typed
from folkmoot.members.models import Person
from folkmoot.procedure.words import Role
from folkmoot.steps.office import require_office

_WHO = (Role.ADMINISTRATOR, Role.MODERATOR)


@transaction.atomic
def mark_official(account: Account, *, by: Person, at: datetime) -> Account:
    """Mark `account` as our own; raises `BadInput` at "account" when it is marked already."""
    return _mark(account, ours=True, by=by, at=at)


@transaction.atomic
def unmark_official(account: Account, *, by: Person, at: datetime) -> Account:
    """Say that `account` does not speak for the organisation (any more)."""
    return _mark(account, ours=False, by=by, at=at)


@transaction.atomic
def mark_handle_official(place: Platform, handle: str, *, by: Person, at: datetime) -> Account:
    """Mark the account called `handle` at `place` as our own, also before it was ever seen to write."""
    require_office(place.org, by, *_WHO, at=at)
    handle = single_line(typed(handle, field="handle", limit=200, name="The account’s name"))
    account, _ = Account.objects.get_or_create(
        platform=place, handle=handle, defaults={"org": place.org, "first_seen_at": at}
    )
    return mark_official(account, by=by, at=at)


def _mark(account: Account, *, ours: bool, by: Person, at: datetime) -> Account:
    require_office(account.org, by, *_WHO, at=at)
    account = Account.objects.select_for_update(of=("self",), no_key=True).select_related("org").get(pk=account.pk)
    if account.official == ours:
        said = "This account is marked as ours already." if ours else "This account is not marked as ours."
        raise BadInput(said, field="account")
    account.official = ours
    account.save(update_fields=["official"])
    enter_register(account.org, "mark_official", by=by, at=at, facts={"account": account.pk, "official": ours})
    return account
