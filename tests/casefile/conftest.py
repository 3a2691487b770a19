"""A case to tamper with."""

import pytest

from folkmoot.steps.file_report import file_report
from tests import cast


@pytest.fixture
def matter(db: None) -> cast.Matter:
    """Return a case that is final, beside another that was only reported."""
    people = cast.branch()
    beside = cast.post(people.org, people.place, text="Come to the meeting on Monday.", native_id="200")
    file_report(people.org, cast.a_report(people, post=beside), at=cast.day(0))
    return cast.finalised(people)
