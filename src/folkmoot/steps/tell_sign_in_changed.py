"""Whoever owns a sign-in is told by mail when something about it changed: perhaps it was not they."""

from datetime import datetime

from folkmoot.members.models import User
from folkmoot.outbox.marks import new_marker
from folkmoot.outbox.models import Dispatch
from folkmoot.outbox.promise import promise_mail


def tell_sign_in_changed(user: User, news: str, *, account_url: str, at: datetime) -> Dispatch:
    """Promise the mail that says `news`, one sentence; call it inside the transaction of the change."""
    return promise_mail(
        org=None,
        kind="sign_in_changed",
        to=user.email,
        subject="Something changed about how you sign in to Folkmoot",
        body=(
            f"Hello,\n\n{news}\n\n"
            "If it was you, you need do nothing. If it was not, somebody else can get in under your name: "
            "please tell an administrator of your organisation now.\n\n"
            f"{account_url}\n"
        ),
        marker=new_marker(),
        at=at,
    )
