"""What one test leaves in this process's memory, the next does not find."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    # allauth remembers tries and used codes here, by sign-in numbers that come again in every test
    cache.clear()
    yield
    cache.clear()
