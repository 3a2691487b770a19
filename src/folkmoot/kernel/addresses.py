"""Which addresses on the internet are anybody's, and which are this machine's or its neighbours'."""

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Each can lead to an IPv4 address that is nobody's business, and none is where a program of anybody's is.
_DETOURS = tuple(
    ipaddress.ip_network(one) for one in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")
)


def is_public(address: Address) -> bool:
    """Say whether `address` is on the public internet, by whatever way it is written."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if any(address in one for one in _DETOURS):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def written(host: str) -> Address | None:
    """Return the address that `host` is, where it is one and no name."""
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None
