"""Editions and drafts as the packs that they are: what is compared, checked and written as files."""

from collections.abc import Iterable
from typing import Any

from folkmoot.editions.models import Clause, DraftClause, PolicyDraft, PolicyEdition
from folkmoot.standards import Clause as PackClause
from folkmoot.standards import Heading, Kind, Pack, Scope
from folkmoot.standards.codes import prefix_of


def pack_of(edition: PolicyEdition) -> Pack:
    """Return the pack that `edition` was loaded from."""
    return Pack(
        name=edition.pack,
        title=edition.title,
        description=edition.description or edition.title,  # older ones did not keep theirs
        lang=edition.lang,
        in_force_from=edition.in_force_from,
        parent=edition.parent.pack if edition.parent else None,
        paraphrase=edition.paraphrase,
        official_url=edition.official_url or None,
        headings=headings_of(edition.sections),
        clauses=tuple(map(clause_of, edition.clauses.all())),
        retired=tuple(edition.retired),
    )


def clause_of(row: Clause | DraftClause) -> PackClause:
    """Return a row as the clause that it is. What only a ground can have is left out of others."""
    is_ground = row.kind == Kind.GROUND
    return PackClause(
        code=row.code,
        title=row.title,
        text=row.text,
        scope=Scope(row.scope),
        kind=Kind(row.kind),
        allowed=row.allowed,
        not_allowed=row.not_allowed,
        limited_to=row.limited_to if is_ground else "",
        aimed_at=row.aimed_at and is_ground,
        parents=tuple(row.restates.split()),
    )


def clause_columns(clause: PackClause) -> dict[str, Any]:
    """Return what a row keeps of `clause`, by column: `clause_of` reads it back."""
    return {
        "code": clause.code,
        "title": clause.title,
        "text": clause.text,
        "scope": clause.scope,
        "kind": clause.kind,
        "allowed": clause.allowed,
        "not_allowed": clause.not_allowed,
        "aimed_at": clause.aimed_at,
        "limited_to": clause.limited_to,
        "restates": " ".join(clause.parents),
    }


def pack_columns(pack: Pack) -> dict[str, Any]:
    """Return what the row of an edition or a draft keeps of `pack` itself, by column; its day and parent apart."""
    return {
        "pack": pack.name,
        "title": pack.title,
        "description": pack.description,
        "lang": pack.lang,
        "paraphrase": pack.paraphrase,
        "official_url": pack.official_url or "",
        "sections": sections_of(pack.headings),
        "retired": list(pack.retired),
    }


def headings_of(sections: Iterable[dict[str, str]]) -> tuple[Heading, ...]:
    """Return sections, as they are kept in a row, as headings."""
    return tuple(Heading(**section) for section in sections)


def sections_of(headings: Iterable[Heading]) -> list[dict[str, str]]:
    """Return headings as they are kept in a row."""
    return [
        {"prefix": one.prefix, "title": one.title, **({"under": one.under} if one.under else {})} for one in headings
    ]


def in_reading_order(draft: PolicyDraft, clauses: Iterable[DraftClause]) -> list[DraftClause]:
    """Return the clauses of a draft by section, then as they were put in order."""
    places = {section["prefix"]: place for place, section in enumerate(draft.sections)}
    return sorted(clauses, key=lambda one: (places.get(prefix_of(one.code), len(places)), one.order))
