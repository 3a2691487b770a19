"""Somebody asks for a code to sign in with: it is promised as a mail and computed only when that is sent."""

from datetime import datetime, timedelta

from django.db import transaction

from folkmoot.kernel.tokens import new_nonce
from folkmoot.members.models import SignInCode, User
from folkmoot.outbox.marks import new_marker, place
from folkmoot.outbox.promise import promise_mail

GOOD_FOR_MINUTES = 15


@transaction.atomic
def send_sign_in_code(user: User, *, at: datetime) -> SignInCode:
    """Return a new code for `user`, with its mail promised at once; neither row holds the digits."""
    code = SignInCode.objects.create(
        user=user, nonce=new_nonce(), made_at=at, expires_at=at + timedelta(minutes=GOOD_FOR_MINUTES)
    )
    marker = new_marker()
    promise_mail(
        org=None,
        kind="sign_in_code",
        to=user.email,
        subject="Your code to sign in to Folkmoot",
        body=(
            "Hello,\n\nyour code to sign in is\n\n"
            f"    {place(marker, 'code', code.pk)}\n\n"
            f"Type it on the page where you asked for it. It works once, for {GOOD_FOR_MINUTES} minutes.\n\n"
            "If you did not ask for it, somebody typed your address, perhaps by mistake. Without this code "
            "they cannot get in, and you need do nothing. Nobody at Folkmoot will ever ask you for it.\n"
        ),
        marker=marker,
        at=at,
    )
    return code
