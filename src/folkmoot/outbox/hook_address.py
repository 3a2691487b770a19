"""Where another program may be told: by https, at an address on the public internet."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext

from folkmoot.kernel.addresses import is_public, written
from folkmoot.kernel.errors import BadInput

LONGEST = 500  # characters
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


def address_of_hook(text: str) -> str:
    """Return the address as it is kept; raises `BadInput` with the field `url` where calls cannot go there.

    A name is looked up at each call (`worker.reach`): what it leads to may change.
    """
    url = text.strip()
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        host.encode("idna")
    except ValueError:  # also what no name can be
        raise BadInput(gettext("That is no web address, such as https://example.org/folkmoot."), field="url") from None
    if not host or parts.scheme not in {"http", "https"} or port == 0 or not url.isprintable() or " " in url:
        raise BadInput(gettext("Please write a web address, such as https://example.org/folkmoot."), field="url")
    if len(url) > LONGEST:
        raise BadInput(gettext("The address is longer than %(most)s characters.") % {"most": LONGEST}, field="url")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise BadInput(gettext("Please leave out names, passwords and what follows “#”."), field="url")
    if parts.scheme == "http" and not (settings.HOOKS_PRIVATE and host in _HERE):
        raise BadInput(
            gettext("The address must begin with https://, so that nobody on the way can read or change it."),
            field="url",
        )
    if settings.DEMO and host not in _HERE:
        raise BadInput(
            gettext("The demo tells programs on this machine only, such as http://localhost:9000/."), field="url"
        )
    address = written(host)
    private = host in _HERE or host.endswith(".localhost") or (address is not None and not is_public(address))
    if private and not settings.HOOKS_PRIVATE:
        raise BadInput(gettext("That address is not on the public internet."), field="url")
    return url
