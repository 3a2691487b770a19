"""Somebody lost their phone and their recovery codes: whoever runs the server lets them begin anew."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import Actor, Machine, enter_register
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Person, User
from folkmoot.pinboard.calendar import end_calendar
from folkmoot.steps.revoke_token import revoke_all_of
from folkmoot.steps.tell_sign_in_changed import tell_sign_in_changed


@transaction.atomic
def remove_second_factor(email: str, *, by: Actor, at: datetime) -> int:
    """Remove passkeys, app and recovery codes of the sign-in `email`, end its sessions and tokens, and tell it by mail.

    Returns how many proofs went. They are asked to add a new one before they work on cases again. Raises
    `BadInput` (field "email") when nobody signs in with this address, `NotPermitted` to all but the console.
    """
    if not isinstance(by, Machine):
        raise NotPermitted(gettext("Only whoever runs the server may remove somebody's second proof."))
    user = User.objects.filter(email=email.strip().casefold()).first()
    if user is None:
        raise BadInput(gettext("Nobody signs in here as %(email)s.") % {"email": repr(email)}, field="email")
    gone = Authenticator.objects.filter(user_id=user.pk)
    number: int = gone.count()
    gone.delete()
    user.set_unusable_password()  # sessions are bound to it: whoever is signed in is signed out
    user.save(update_fields=["password"])
    for person in Person.objects.filter(user=user).select_related("org").order_by("pk"):
        enter_register(person.org, "remove_second_factor", by=by, at=at, facts={"person": person.pk})
        revoke_all_of(person, by=by, at=at)  # the telephone that is lost may hold them
        end_calendar(person, at=at)
    tell_sign_in_changed(
        user,
        "Your second proof (passkeys, app, recovery codes) was removed by whoever runs the server.",
        account_url=f"{settings.FOLKMOOT_URL}/account/",
        at=at,
    )
    return number
