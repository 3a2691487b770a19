"""Limits are said as the organisation has them, never as they usually are."""

import pytest

from folkmoot.procedure.table import Limits
from folkmoot.web.look.templatetags.look import limit


@pytest.mark.parametrize(
    ("limits", "name", "says"),
    [
        (Limits(), "report_days", "5 days"),
        (Limits(report_days=1), "report_days", "1 day"),
        (Limits(report_days=7, working_days=True), "report_days", "7 working days"),
        (Limits(working_days=True), "legal_hours", "48 hours"),
        (Limits(appeal_months=1), "appeal_months", "1 month"),
    ],
)
def test_a_limit_is_said_with_its_unit_and_what_counts(limits: Limits, name: str, says: str) -> None:
    assert limit(limits, name) == says
