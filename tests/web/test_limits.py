"""Limits by source and by subject: counted exactly, said in words, nobody's address kept."""

from datetime import datetime
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from folkmoot.kernel.errors import TooMuch
from folkmoot.members.models import Allowance
from folkmoot.web.limits import allow, allow_about, client_address, first_time
from tests.cast import day

pytestmark = pytest.mark.django_db


def asked(at: datetime | None = None, **meta: Any) -> HttpRequest:
    request = RequestFactory().get("/", **meta)
    request.now = at or day(0, 10, 40)  # type: ignore[attr-defined]
    return request


def test_a_source_may_send_so_often_and_then_is_told_when_to_come_back() -> None:
    for _ in range(3):
        allow(asked(), "report", count_limit=3)
    with pytest.raises(TooMuch, match="after 11:00"):
        allow(asked(), "report", count_limit=3)


def test_what_was_refused_is_not_counted() -> None:
    allow(asked(), "upload", count_limit=9, size=600, size_limit=1000)
    with pytest.raises(TooMuch):
        allow(asked(), "upload", count_limit=9, size=500, size_limit=1000)
    allow(asked(), "upload", count_limit=9, size=400, size_limit=1000)
    assert Allowance.objects.get().size == 1000


def test_one_thing_larger_than_all_is_told_so() -> None:
    with pytest.raises(TooMuch, match="larger than 40 MB"):
        allow(asked(), "upload", count_limit=9, size=41_000_000, size_limit=40_000_000)


def test_the_next_hour_begins_anew() -> None:
    allow(asked(day(0, 10, 59)), "report", count_limit=1)
    allow(asked(day(0, 11, 0)), "report", count_limit=1)


def test_sources_and_kinds_are_counted_apart() -> None:
    allow(asked(), "report", count_limit=1)
    allow(asked(), "track", count_limit=1)
    allow(asked(REMOTE_ADDR="192.0.2.7"), "report", count_limit=1)


def test_a_subject_is_counted_wherever_it_is_asked_about() -> None:
    allow_about(asked(), "code", "mo@example.org", count_limit=1)
    allow_about(asked(), "code", "nia@example.org", count_limit=1)
    with pytest.raises(TooMuch):
        allow_about(asked(REMOTE_ADDR="192.0.2.7"), "code", "mo@example.org", count_limit=1)


def test_nobodys_address_is_kept() -> None:
    allow(asked(REMOTE_ADDR="192.0.2.7"), "report", count_limit=1)
    allow_about(asked(), "code", "mo@example.org", count_limit=1)
    kept = str(list(Allowance.objects.values()))
    assert "192.0.2" not in kept
    assert "example.org" not in kept


def test_a_code_works_once_also_across_the_full_hour() -> None:
    assert first_time(asked(day(0, 10, 59)), "totp", "7:123456")
    assert not first_time(asked(day(0, 10, 59)), "totp", "7:123456")
    assert not first_time(asked(day(0, 11, 0)), "totp", "7:123456")
    assert first_time(asked(day(0, 11, 0)), "totp", "7:654321")


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "found"),
    [
        (0, "192.0.2.7", "203.0.113.9", "192.0.2.7"),  # nobody's word is taken
        (1, "10.0.0.1", "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1", "1.1.1.1, 203.0.113.9", "203.0.113.9"),  # what the visitor wrote stands further left
        (2, "10.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "10.0.0.1", "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1", "", "10.0.0.1"),
        (1, "10.0.0.1", "nonsense", "unknown"),
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (0, "::ffff:192.0.2.7", "", "192.0.2.7"),
        (0, "", "", "unknown"),
    ],
)
def test_where_a_request_comes_from(settings: Any, proxies: int, remote: str, forwarded: str, found: str) -> None:
    settings.TRUSTED_PROXIES = proxies
    meta = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert client_address(asked(REMOTE_ADDR=remote, **meta)) == found
