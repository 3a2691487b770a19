"""Whether the port is free, and keeping it ours: granian's sockets would share a port with anybody's."""

import errno
import socket
import time

from folkmoot.kernel.errors import NotReady

PATIENCE = 2.0  # seconds: the processes of a server that was just killed may hold the port a moment longer


def claim_port(host: str, port: int) -> socket.socket:
    """Return a socket that keeps others off `port` while it lives, without listening itself.

    Raises `NotReady` when another program has the port, or this one may not have it.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            _require_free(host, port)
            return _hold(host, port)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or time.monotonic() >= deadline:
                raise NotReady(_sentence(host, port, error)) from None
        time.sleep(0.1)


def _require_free(host: str, port: int) -> None:
    """Bind without sharing, which fails when anybody has the port, and let go again."""
    for family, address in _addresses(host, port):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # The remains of closed connections are no bar.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            try:
                probe.bind(address)
            except OSError as error:
                # A machine may have no IPv6; only a port in use there matters, for localhost means both.
                if family == socket.AF_INET or error.errno == errno.EADDRINUSE or ":" in host:
                    raise


def _hold(host: str, port: int) -> socket.socket:
    """Bind with sharing, as granian does: whoever asks as `_require_free` does is told that it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    holder = socket.socket(family, socket.SOCK_STREAM)
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        holder.bind((host, port))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            holder.close()
            raise
        # Remains of another program's connections: the port can be served, only not held.
    return holder


def _addresses(host: str, port: int) -> list[tuple[socket.AddressFamily, tuple[str, int]]]:
    if ":" in host:
        return [(socket.AF_INET6, (host, port))]
    also = [(socket.AF_INET6, ("::1", port))] if host in {"127.0.0.1", "0.0.0.0"} else []  # noqa: S104
    return [(socket.AF_INET, (host, port)), *also]


def _sentence(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is in use by another program (or another Folkmoot). Stop that one, or "
            f"choose another port: ./run --port {port + 1 if port < 65535 else 8000}"
        )
    if error.errno in {errno.EACCES, errno.EPERM}:
        return (
            f"This account may not use port {port}; ports below 1024 are usually the administrator's. "
            "Choose a higher one: ./run --port 8000"
        )
    if error.errno == errno.EADDRNOTAVAIL:
        return f"This machine has no address {host}. Leave --host out, or give an address of this machine."
    return f"Folkmoot cannot listen at {host}, port {port}: {error.strerror or error}."
