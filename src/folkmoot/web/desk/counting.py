"""Counts that stay cheap however much waits: nobody needs to know how many more than a thousand there are."""

from collections.abc import Mapping
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

from folkmoot.members.models import Organisation
from folkmoot.web.context import ENOUGH


class _Counted(Subquery):
    """How many rows a query finds, of which it looks at `ENOUGH` at most."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()
    empty_result_set_value = 0


def counts_of(org: Organisation, wanted: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """Return how many rows each of `wanted` finds, `ENOUGH` standing for that many or more; in one statement."""
    if not wanted:
        return {}
    counted = {name: _Counted(rows.order_by().values("pk")[:ENOUGH]) for name, rows in wanted.items()}
    found: dict[str, Any] = {**Organisation.objects.filter(pk=org.pk).values(**counted).get()}
    return found
