"""The demo's settings, and a branch that is filled once for each file of tests."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test.utils import override_settings

import folkmoot.config.urls  # noqa: F401  read once, so under the ordinary settings
from folkmoot.members.models import Organisation
from folkmoot.web.demo import load
from folkmoot.web.demo.standing import Summary

AT = datetime(2026, 11, 21, 15, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo_settings() -> Iterator[None]:
    """Set what `folkmoot.config.settings_demo` sets."""
    apps = [*settings.INSTALLED_APPS, "folkmoot.web.demo"]
    with override_settings(DEMO=True, MAIL=None, INSTALLED_APPS=apps, ROOT_URLCONF="tests.web.demo.urls"):
        yield


@pytest.fixture(scope="module")
def _filled_once(demo_settings: None, django_db_setup: None, django_db_blocker: Any) -> Iterator[Summary]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield load.fill(at=AT)
        transaction.set_rollback(True)


@pytest.fixture
def filled(_filled_once: Summary, db: None) -> Summary:
    """Return the summary of a demo that was filled at `AT`; what a test changes is undone."""
    return _filled_once


@pytest.fixture
def wexmoor(filled: Summary) -> Organisation:
    """Return the demo's branch."""
    return filled.org
