"""What was needed for a moment goes back to the system."""

import os
import platform
from pathlib import Path

import pytest

from folkmoot.config.memory import give_back


@pytest.mark.django_db
@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only this C library can be asked")
def test_what_lies_free_below_something_that_stays_is_given_back() -> None:
    pieces = [bytes(1000) for _ in range(60_000)]  # too large for Python's own store, so the C library's
    stays = bytes(1000)
    full = _resident()
    del pieces
    give_back()
    assert full - _resident() > 30_000_000
    assert stays


def _resident() -> int:
    """Return how many bytes of memory this process has now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")
