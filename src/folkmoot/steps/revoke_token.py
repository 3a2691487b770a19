"""A token is revoked: by its owner, by an administrator, or with the sign-in of its owner."""

from datetime import datetime

from django.db import transaction

from folkmoot.casefile.record import Actor, enter_register
from folkmoot.members.models import ApiToken, Organisation, Person, User
from folkmoot.procedure.words import Role
from folkmoot.steps.office import require_office, require_same


@transaction.atomic
def revoke_token(org: Organisation, token_id: int, *, by: Actor, at: datetime) -> ApiToken:
    """Let the token open nothing from now on; one that was revoked before stays as it is.

    Raises `NotPermitted` for anybody but its owner and administrators.
    """
    token = ApiToken.objects.select_for_update(of=("self",), no_key=True).select_related("org").get(pk=token_id)
    require_same(org, token.org)
    if not (isinstance(by, Person) and by.pk == token.owner_id):
        require_office(org, by, Role.ADMINISTRATOR, at=at)
    if token.revoked_at is None:
        _revoke(token, by=by, at=at)
    return token


def revoke_all_of(person: Person, *, by: Actor, at: datetime) -> None:
    """Revoke every token of `person`, inside the caller's transaction."""
    rows = ApiToken.objects.select_for_update(of=("self",), no_key=True).select_related("org")
    for token in rows.filter(owner=person, revoked_at=None).order_by("pk"):
        _revoke(token, by=by, at=at)


@transaction.atomic
def revoke_all_without_proof(user: User, *, at: datetime) -> None:
    """Revoke the tokens of everybody who signs in as `user`, who has just removed their last second factor.

    A token is made by somebody who has shown one, and sees what nobody sees without (ADR 18).
    """
    for person in Person.objects.filter(user=user).order_by("pk"):
        revoke_all_of(person, by=person, at=at)


def _revoke(token: ApiToken, *, by: Actor, at: datetime) -> None:
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    enter_register(token.org, "revoke_token", by=by, at=at, facts={"token": token.pk})
