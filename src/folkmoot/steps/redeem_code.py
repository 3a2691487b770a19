"""A mailed code is exchanged for a sign-in: five tries, fifteen minutes, once."""

from datetime import datetime
from typing import NoReturn

from django.db.models import F
from django.utils.translation import gettext

from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.kernel.tokens import same
from folkmoot.members.models import SignInCode, User
from folkmoot.outbox.links import CODE_DIGITS, sign_in_code

TRIES = 5
_WRONG = "This is not the code that we sent. Please look at the newest mail."
_OVER = "This code no longer works: it is used, too old, or was mistyped too often. Please ask for a new one."


def code_typed(typed: str) -> str:
    """Return the digits in `typed`, which may be grouped; raises `BadInput` when they cannot be a code.

    That costs no try.
    """
    digits = "".join(char for char in typed if not char.isspace() and char != "-")
    if len(digits) != CODE_DIGITS or not digits.isascii() or not digits.isdigit():
        raise BadInput(
            gettext("The code has %(code_digits)s digits. Please type it again.") % {"code_digits": CODE_DIGITS},
            field="code",
        )
    return digits


def redeem_code(code_id: int, typed: str, *, at: datetime) -> User:
    """Return whom the digits `typed` sign in; the code is used up.

    Raises `BadInput` (field "code") for wrong digits, `NotPermitted` when a new code is needed.
    """
    digits = code_typed(typed)
    open_codes = SignInCode.objects.filter(pk=code_id, used_at=None, expires_at__gt=at, user__is_active=True)
    # Counted before it is compared: guesses sent at once cannot share a try.
    if not open_codes.filter(tries__lt=TRIES).update(tries=F("tries") + 1):
        raise NotPermitted(_OVER)
    code = open_codes.select_related("user").first()
    if code is None or not same(digits, sign_in_code(code)):
        raise BadInput(_WRONG, field="code")
    if not open_codes.update(used_at=at):
        raise NotPermitted(_OVER)
    return code.user


def redeem_no_code(typed: str, *, tries: int, expires_at: datetime, at: datetime) -> NoReturn:
    """Fail as `redeem_code` would, in the same words, where no code was made: the address is nobody's.

    `tries` is how many were made before.
    """
    code_typed(typed)
    if tries >= TRIES or expires_at <= at:
        raise NotPermitted(_OVER)
    raise BadInput(_WRONG, field="code")
