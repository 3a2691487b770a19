"""What a mark becomes: links and codes computed under the server's key, stored nowhere."""

from django.conf import settings

from folkmoot.casefile.models import Grant
from folkmoot.kernel.errors import FolkmootError
from folkmoot.kernel.tokens import RECEIPT_DIGITS, digits, keyed_hash, link_token, same
from folkmoot.members.models import OneTimeLink, SignInCode

CODE_DIGITS = 8


def letter_link(grant: Grant) -> str:
    """Return the full address that opens a party's side of a case."""
    token = link_token(settings.FOLKMOOT_KEY, "letter", grant.nonce)
    return f"{settings.FOLKMOOT_URL}/o/{grant.org.slug}/letter/{grant.pk}.{token}/"


def opens(grant: Grant, token: str) -> bool:
    """Say whether `token` is the one that opens `grant`."""
    return same(token, link_token(settings.FOLKMOOT_KEY, "letter", grant.nonce))


def receipt_code(nonce: str) -> str:
    """Return the 16 digits of a receipt, the same each time."""
    return digits(settings.FOLKMOOT_KEY, "receipt", nonce, length=RECEIPT_DIGITS)


def receipt_hash(code: str) -> str:
    """Return the keyed hash by which a receipt is found."""
    return keyed_hash(settings.FOLKMOOT_KEY, "receipt", code)


def sign_in_code(code: SignInCode) -> str:
    """Return the digits that are mailed for signing in."""
    return digits(settings.FOLKMOOT_KEY, "sign-in", code.nonce, length=CODE_DIGITS)


def one_time_link(link: OneTimeLink) -> str:
    """Return the full address of a one-time link."""
    path = {"set_up": "setup", "invitation": "invitation", "sign_in": "sign-in/link"}[link.purpose]
    return f"{settings.FOLKMOOT_URL}/{path}/{link.pk}.{link_token(settings.FOLKMOOT_KEY, link.purpose, link.nonce)}/"


def one_time_token_fits(link: OneTimeLink, token: str) -> bool:
    """Say whether `token` is that of `link`."""
    return same(token, link_token(settings.FOLKMOOT_KEY, link.purpose, link.nonce))


def resolve(purpose: str, subject: int) -> str:
    """Return what is put in place of a mark. Raises `FolkmootError` for a purpose nobody knows."""
    match purpose:
        case "letter":
            return letter_link(Grant.objects.select_related("org").get(pk=subject))
        case "code":
            return sign_in_code(SignInCode.objects.get(pk=subject))
        case "invitation" | "set_up" | "sign_in":
            return one_time_link(OneTimeLink.objects.get(pk=subject))
    raise FolkmootError(f"A letter asks for {purpose!r}, which nobody knows how to put in.")
