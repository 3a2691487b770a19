"""After each test of a step, the record is audited."""

from collections.abc import Iterator

import pytest

from folkmoot.members.models import Organisation
from tests.cast import lay_open


@pytest.fixture(autouse=True)
def _record_is_sound(db: None) -> Iterator[None]:
    yield
    for org in Organisation.objects.all():
        assert lay_open(org) == []
