"""How often somebody acted by necessity, who would have stood aside had anybody else been free (D42)."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count

from folkmoot.casefile.models import Paper, PaperText
from folkmoot.members.models import Organisation


def necessities(org: Organisation, *, since: datetime | None = None) -> Mapping[Paper.Kind, int]:
    """Return how many papers of each kind say so, all of them or those from `since` on; whose they are is not said."""
    said = PaperText.objects.within(org).filter(field="necessity")
    if since:
        said = said.filter(paper__at__gte=since)
    counted = said.values("paper__kind").annotate(times=Count("pk")).order_by("paper__kind")
    return {Paper.Kind(row["paper__kind"]): row["times"] for row in counted}
