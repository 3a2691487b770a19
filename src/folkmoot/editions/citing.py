"""Which clauses a decision can cite: those of the organisation's own edition, and of the statement it rests on.

A code means the organisation's own clause where it has one. The statement's are cited under the codes that are left.
"""

from collections.abc import Collection

from django.db.models import QuerySet

from folkmoot.editions.models import Clause, PolicyEdition
from folkmoot.members.prepared import prepared


def citable(edition: PolicyEdition) -> list[Clause]:
    """Return the clauses to choose grounds from: the edition's own, then those of the statement that none restates.

    Whoever cites a clause that restates others cites those with it: letters say where it comes from.
    """
    own = list(edition.clauses.filter(kind="ground").select_related("edition"))
    if edition.parent is None:
        return own
    had = {word for row in edition.clauses.values_list("code", "restates") for said in row for word in said.split()}
    return own + list(edition.parent.clauses.filter(kind="ground").exclude(code__in=had).select_related("edition"))


def cited(edition: PolicyEdition, codes: Collection[str]) -> list[Clause]:
    """Return the clauses that `codes` mean under `edition`, its own first; unknown ones give none."""
    own = _clauses(edition.pk, codes)
    left = set(codes) - {clause.code for clause in own}
    if not left or edition.parent is None:
        return own
    return own + _clauses(edition.parent.pk, left)


@prepared
def _clauses(edition: int, codes: Collection[str]) -> QuerySet[Clause]:
    return Clause.objects.filter(edition=edition, code__in=codes).select_related("edition")
