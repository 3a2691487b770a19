"""Which of an organisation's own clauses are meant by the codes that detectors use, those of a pack that we bring.

An organisation may have other rules under the same codes. So a clause counts only where it is that paragraph: under its
code and title in one of the organisation's editions (whatever it is called since), or by restating the same statement.
"""

from collections.abc import Collection
from functools import cache

from folkmoot.editions.models import Clause, PolicyEdition
from folkmoot.standards import Clause as Shipped
from folkmoot.standards import Pack, find_pack, load_pack

PACK = "labour-branch-2018"


def meant(edition: PolicyEdition, codes: Collection[str]) -> dict[str, Clause]:
    """Return what `edition` has of the paragraphs that `codes` name in our pack; of those it has not, nothing.

    Where it has none of its own, it is that of the statement on which the edition rests.
    """
    wanted = {code: _shipped()[code] for code in codes if code in _shipped()}
    if not wanted:
        return {}
    own = {one.code: one for one in edition.clauses.select_related("edition")}
    ours, statement = _known_as(edition, wanted), _statement(edition)
    found = dict[str, Clause]()
    for code, paragraph in wanted.items():
        clause = own.get(code) if code in ours else None
        if clause is None and statement is not None:
            clause = _restating(own.values(), paragraph) or _of_parent(statement, paragraph)
        if clause is not None:
            found[code] = clause
    return found


@cache
def _pack() -> Pack:
    return load_pack(find_pack(PACK))


@cache
def _shipped() -> dict[str, Shipped]:
    return {one.code: one for one in _pack().clauses}


def _known_as(edition: PolicyEdition, wanted: dict[str, Shipped]) -> set[str]:
    """Return the codes that once bore our paragraph's title here: a code is never given to another paragraph."""
    rows = Clause.objects.filter(org=edition.org_id, edition__is_parent=False, code__in=list(wanted))
    return {code for code, title in rows.values_list("code", "title") if title == wanted[code].title}


def _restating(own: Collection[Clause], paragraph: Shipped) -> Clause | None:
    return next((one for one in own if set(paragraph.parents) & set(one.restates.split())), None)


def _of_parent(parent: PolicyEdition, paragraph: Shipped) -> Clause | None:
    rows = parent.clauses.filter(code__in=paragraph.parents, kind="ground").select_related("edition")
    return rows.first() if paragraph.parents else None


def _statement(edition: PolicyEdition) -> PolicyEdition | None:
    """Return what `edition` rests on where it is the statement on which our pack rests, in whichever edition."""
    known = edition.parent
    while known is not None and known.pack != _pack().parent:
        known = known.follows
    return edition.parent if known else None
