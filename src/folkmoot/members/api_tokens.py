"""What a token looks like, and by what it is found: 256 random bits, of which the database holds a keyed hash only."""

import secrets

from django.conf import settings

from folkmoot.kernel.tokens import keyed_hash

BEGINS = "folkmoot_"  # so that people, and programs that look for leaked secrets, see what it is


def new_token() -> str:
    """Return a new token: to be shown once, and kept nowhere."""
    return BEGINS + secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return the keyed hash by which `token` is found; 64 hexadecimal digits."""
    return keyed_hash(settings.FOLKMOOT_KEY, "api", token)
