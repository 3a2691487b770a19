"""Posts to an address that somebody else chose, and to no machine of ours or our neighbours'.

The name is looked up once, every address that it has is looked at, and the connection goes to the very one that was
looked at: a name that leads elsewhere a moment later leads nowhere. No redirect is followed, no proxy of the
environment is used, nothing of an answer but its status is read.
"""

import ipaddress
import socket
import ssl
from dataclasses import dataclass

import httpx

from folkmoot.kernel.addresses import Address, is_public

SECONDS = 10.0  # for each part: to connect, to send, to hear something
AGENT = "Folkmoot-Webhooks/1"


class Unreachable(Exception):
    """Nothing was answered; says of which kind that was, in a word or two, and quotes nothing."""


@dataclass(frozen=True)
class Posting:
    """One post: where, with which headers, what; whether addresses of our own networks are allowed."""

    url: str
    headers: dict[str, str]
    body: bytes
    private: bool = False


def new_client() -> httpx.Client:
    """Return a client for one post; whoever is tired of waiting closes it from outside."""
    return httpx.Client(
        timeout=SECONDS, follow_redirects=False, trust_env=False, verify=ssl.create_default_context(), http2=False
    )


def post(client: httpx.Client, posting: Posting) -> int:
    """Post and return the status; raises `Unreachable` where none came."""
    url = httpx.URL(posting.url)
    address = _address(url, private=posting.private)
    there = url.copy_with(host=str(address))
    headers = {
        "content-type": "application/json",
        "user-agent": AGENT,
        "accept": "*/*",
        **posting.headers,
        "host": url.netloc.decode(),
    }
    named = {"sni_hostname": url.raw_host.decode()}  # whom the certificate has to name
    try:
        with client.stream("POST", there, content=posting.body, headers=headers, extensions=named) as response:
            return response.status_code
    except (httpx.HTTPError, httpx.StreamError, RuntimeError, OSError) as error:  # RuntimeError: it was closed
        raise Unreachable(type(error).__name__) from None


def _address(url: httpx.URL, *, private: bool) -> Address:
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(url.raw_host.decode().strip("[]"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable("no such name") from None
    addresses = [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    if not addresses:
        raise Unreachable("no such name")
    if not private and not all(map(is_public, addresses)):
        raise Unreachable("not a public address")
    return addresses[0]
