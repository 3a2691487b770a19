"""Public pages stand alone: no other room's addresses are needed to test them."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _public_addresses_only(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.web.public.urls"
