"""What is typed about people, places and organisations: checked once, in the same words everywhere."""

import re
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.text import slugify
from django.utils.translation import gettext

from folkmoot.kernel.errors import BadInput
from folkmoot.kernel.text import single_line, typed

_WEB = URLValidator(schemes=["http", "https"])


def name_typed(value: str, *, field: str, limit: int, name: str) -> str:
    """Return a name on one line, or raise `BadInput` for `field`."""
    return single_line(typed(value, field=field, limit=limit, name=name))


def address_typed(value: str, *, field: str = "email") -> str:
    """Return an e-mail address in lower case, or raise `BadInput` for `field`."""
    address = typed(value, field=field, limit=254, name="The e-mail address").casefold()
    try:
        validate_email(address)
    except ValidationError:
        raise BadInput(
            gettext("This is not an e-mail address. It should look like name@example.org."), field=field
        ) from None
    return address


def web_address_typed(value: str, *, field: str) -> str:
    """Return a web address, empty when nothing was typed, or raise `BadInput` for `field`."""
    address = typed(value, field=field, limit=500, name="The web address", required=False)
    if not address:
        return ""
    if not re.match(r"[a-z][a-z0-9+.-]*:", address, re.IGNORECASE):
        address = f"https://{address}"
    try:
        _WEB(address)
    except ValidationError:
        raise BadInput(gettext("This is not a web address. It should begin with https://"), field=field) from None
    return address


def slug_for(name: str, taken: Callable[[str], bool], *, fallback: str) -> str:
    """Return a short name for addresses, made of `name`; a number is added while it is `taken`."""
    stem = slugify(name)[:50].strip("-_") or fallback
    slug, number = stem, 2
    while taken(slug):
        slug, number = f"{stem}-{number}", number + 1
    return slug
