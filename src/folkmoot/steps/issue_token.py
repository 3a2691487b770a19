"""Somebody makes a token, with which a program acts as they could."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import enter_register
from folkmoot.kernel.errors import BadInput
from folkmoot.kernel.times import last_moment, stamp
from folkmoot.members.api_tokens import new_token, token_hash
from folkmoot.members.models import ApiToken, Organisation, Person, Scope
from folkmoot.procedure.words import OFFICES
from folkmoot.steps.naming import name_typed
from folkmoot.steps.office import require_office
from folkmoot.steps.tell_sign_in_changed import tell_sign_in_changed

MOST_DAYS = 366  # a year, and the day it ends on
MOST_TOKENS = 20  # that hold at the same time


@dataclass(frozen=True)
class Issued:
    """The row, and the token itself: the only time that it is known."""

    row: ApiToken
    token: str


@transaction.atomic
def issue_token(
    org: Organisation, *, name: str, scopes: Collection[str], until: date, by: Person, at: datetime
) -> Issued:
    """Make a token of `by` that holds to the end of the day `until`, and mail them. Nobody makes one for others.

    Raises `NotPermitted` without any office, or `BadInput` with its field: name, scopes or until.
    """
    require_office(org, by, *OFFICES, at=at)
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    name = name_typed(name, field="name", limit=120, name="The name")
    chosen = [scope.value for scope in Scope if scope.value in scopes]
    if not chosen or set(scopes) - set(chosen):
        raise BadInput(gettext("Please choose what the token is for."), field="scopes")
    days = (until - at.astimezone(ZoneInfo(org.zone)).date()).days
    if not 0 <= days <= MOST_DAYS:
        raise BadInput(gettext("Please choose a day from today on, and within a year."), field="until")
    if ApiToken.objects.filter(owner=by, revoked_at=None, until__gt=at).count() >= MOST_TOKENS:
        raise BadInput(
            gettext("You have %(most_tokens)s tokens already. Please revoke one that is not needed.")
            % {"most_tokens": MOST_TOKENS},
            field="name",
        )
    token = new_token()
    row = ApiToken.objects.create(
        org=org,
        owner=by,
        name=name,
        scopes=chosen,
        hash=token_hash(token),
        since=at,
        until=last_moment(until, zone=org.zone),
    )
    facts = {"token": row.pk, "owner": by.pk, "scopes": chosen, "hash": row.hash, "until": stamp(row.until)}
    enter_register(org, "issue_token", by=by, at=at, facts=facts)
    if by.user:
        address = f"{settings.FOLKMOOT_URL}/o/{org.slug}/desk/tokens/"
        tell_sign_in_changed(by.user, f"A token for programs was made, “{name}”.", account_url=address, at=at)
    return Issued(row, token)
