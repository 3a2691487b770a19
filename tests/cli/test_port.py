"""A port is taken once: nobody shares it with us unnoticed."""

import socket

import pytest

from folkmoot.cli import port as ports
from folkmoot.cli.port import claim_port
from folkmoot.kernel.errors import NotReady
from tests.servers import free_port


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "PATIENCE", 0.0)


def test_a_port_with_a_sharing_listener_counts_as_taken() -> None:
    with socket.socket() as granian:
        granian.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        granian.bind(("127.0.0.1", 0))
        granian.listen()
        taken = granian.getsockname()[1]
        with pytest.raises(NotReady, match=f"Port {taken} is in use"):
            claim_port("127.0.0.1", taken)


def test_a_claimed_port_is_refused_to_the_next_before_anybody_listens() -> None:
    port = free_port()
    with claim_port("127.0.0.1", port), pytest.raises(NotReady, match="in use"):
        claim_port("127.0.0.1", port)


def test_granian_can_listen_on_a_claimed_port_and_gets_the_connections() -> None:
    port = free_port()
    with claim_port("127.0.0.1", port), socket.socket() as granian:
        granian.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        granian.bind(("127.0.0.1", port))
        granian.listen()
        for _ in range(20):
            with socket.create_connection(("127.0.0.1", port), timeout=5):
                granian.settimeout(5)
                granian.accept()[0].close()


def test_a_port_is_free_again_afterwards() -> None:
    port = free_port()
    claim_port("127.0.0.1", port).close()
    claim_port("127.0.0.1", port).close()


def test_somebody_on_localhost_by_ipv6_counts_as_taken() -> None:
    with socket.socket(socket.AF_INET6) as other:
        try:
            other.bind(("::1", 0))
        except OSError:
            pytest.skip("this machine has no IPv6")
        other.listen()
        with pytest.raises(NotReady, match="in use"):
            claim_port("127.0.0.1", other.getsockname()[1])


def test_an_address_of_another_machine_is_said_to_be_none_of_ours() -> None:
    with pytest.raises(NotReady, match=r"no address 192\.0\.2\.1"):
        claim_port("192.0.2.1", free_port())
