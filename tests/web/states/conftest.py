"""Pages are made here and looked at by a real browser in one and the same process."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _database_beside_a_browser() -> Iterator[None]:
    # Playwright leaves an event loop in this thread, and Django refuses every query beside one
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield
