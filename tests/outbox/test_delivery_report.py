"""What a delivery report says is read, and nothing else of it: whoever wrote it may be lying, or a fool."""

import time
from contextlib import suppress

import pytest

from folkmoot.outbox.delivery_report import LARGEST, Returned, read_report
from tests.reports import bounced, ordinary

OURS = f"<{'0123456789abcdef' * 2}@moot.harbour.example>"


@pytest.mark.parametrize("headers_only", [True, False], ids=["its headers", "the whole mail"])
def test_a_report_says_which_letter_came_back_and_why(headers_only: bool) -> None:
    assert read_report(bounced(OURS, headers_only=headers_only)) == Returned((OURS,), "5.1.1")


def test_an_address_in_vain_after_days_of_trying_counts_whatever_its_number() -> None:
    assert read_report(bounced(OURS, status="4.4.7")) == Returned((OURS,), "4.4.7")


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", "", "exploded"])
def test_a_report_of_anything_but_failure_is_none(action: str) -> None:
    assert read_report(bounced(OURS, action=action)) is None


@pytest.mark.parametrize(
    "other",
    ["", "<somebody.else@example.org>", "<0123@moot.harbour.example>", f"{OURS[:-1]} OR 1=1>", "<" + "a" * 300 + "@x>"],
)
def test_a_report_about_no_letter_of_ours_is_none(other: str) -> None:
    assert read_report(bounced(other)) is None


def test_only_three_numbers_of_a_status_are_kept() -> None:
    assert read_report(bounced(OURS, status="5.1.1 (Rowan Pike, Quay Street 4)")) == Returned((OURS,), "5.1.1")
    assert read_report(bounced(OURS, status="see Rowan Pike, Quay Street 4")) == Returned((OURS,), "")


def test_ordinary_mail_is_none_even_when_it_names_a_letter_of_ours() -> None:
    assert read_report(ordinary()) is None
    assert read_report(ordinary(f"Message-ID: {OURS}\nAction: failed\nStatus: 5.1.1")) is None


def test_an_answer_that_carries_our_letter_along_is_none() -> None:
    answer = bounced(OURS).replace(b"multipart/report; report-type=delivery-status", b"multipart/mixed")
    assert read_report(answer) is None
    opened = bounced(OURS).replace(b"report-type=delivery-status", b"report-type=disposition-notification")
    assert read_report(opened) is None


def test_a_report_that_is_cut_off_anywhere_is_read_or_is_none() -> None:
    whole = bounced(OURS)
    found = {read_report(whole[:length]) for length in range(0, len(whole), 7)}
    assert found == {None, Returned((OURS,), "5.1.1")}


def test_garbage_of_any_kind_and_size_is_refused_soon() -> None:
    head = b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(9_000))
    garbage = [
        b"",
        b"\0" * LARGEST,
        bytes(range(256)) * 1_000,
        head + b"--b\r\n" * 60_000,
        head + b"--b\r\nContent-Type: message/delivery-status\r\n\r\n" + b"Action: failed\r\n\r\n" * 10_000,
        head + b"--b\r\nContent-Type: message/rfc822\r\n\r\n" * 5_000,
        head + b"--b\r\n" + deep,
        b"Content-Type: multipart/report; report-type*0*=%ff; report-type*9=x; boundary==?utf-8?q?=ff?=\r\n\r\n",
        bounced(OURS).replace(b"Content-Type: text/rfc822-headers", b"Content-Type: =?x?=\r\nX: \xff\xfe"),
        bounced(OURS) + b"x" * 10 * LARGEST,
    ]
    for mail in garbage:
        began = time.monotonic()
        with suppress(RecursionError, ValueError, LookupError, AttributeError, TypeError):  # the mail parser's own
            assert read_report(mail) in (None, Returned((OURS,), "5.1.1"))
        assert time.monotonic() - began < 5
