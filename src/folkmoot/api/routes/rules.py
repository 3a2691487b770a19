"""The rules: every clause in force, and every edition there was."""

from datetime import date, datetime
from typing import Any

from django.http import Http404
from pydantic import Field

from folkmoot.api.caller import Caller
from folkmoot.api.routing import Routes
from folkmoot.api.shapes import Number, Shown, example
from folkmoot.editions.citing import cited
from folkmoot.editions.current import current_policy
from folkmoot.editions.models import Clause, PolicyEdition

router = Routes("Rules")

_CLAUSE = {
    "code": "H1",
    "title": "No attacks on a person",
    "text": "Argue about what somebody says or does. Do not insult them.",
    "kind": "ground",
    "scope": "",
    "allowed": "“This plan is a waste of money.”",
    "not_allowed": "“Whoever wrote this plan is an idiot.”",
    "limited_to": "",
    "edition": 2,
}


_EDITION = {
    "number": 2,
    "title": "Harbour rules",
    "in_force_from": "2026-10-01",
    "published_at": "2026-10-01T09:00:00Z",
    "is_current": True,
    "is_parent": False,
    "lang": "en-GB",
}


class ClauseShown(Shown):
    """One clause, as its edition has it."""

    model_config = example(_CLAUSE)

    code: str
    title: str
    text: str
    kind: str = Field(description="ground, advice, principle or procedure; posts are taken down for a ground only")
    scope: str = Field(description="public or closed where it holds mainly in such places, else empty")
    allowed: str
    not_allowed: str
    limited_to: str = Field(description="The only part of it for which a post can be taken down; empty: all of it")
    edition: int


class EditionInShort(Shown):
    """An edition of the rules, without its clauses."""

    model_config = example(_EDITION)

    number: int
    title: str
    in_force_from: date
    published_at: datetime
    is_current: bool
    is_parent: bool = Field(description="A statement of others that our rules rest on; it is not in force by itself")
    lang: str


class EditionShown(EditionInShort):
    """An edition of the rules with every clause, in order."""

    model_config = example({**_EDITION, "clauses": [_CLAUSE]})

    clauses: list[ClauseShown]


class Editions(Shown):
    """Every edition, the newest first."""

    model_config = example({"editions": [_EDITION]})

    editions: list[EditionInShort]


@router.reads("/rules", scope=None, returns=EditionShown)
def rules(request: Caller) -> EditionShown:
    """The rules in force.

    Nobody needs a token.
    """
    return _whole(request, current_policy(request.org, at=request.now))


@router.reads("/rules/editions", scope=None, returns=Editions)
def editions(request: Caller) -> Editions:
    """Every edition of the rules."""
    now = current_policy(request.org, at=request.now)
    found = PolicyEdition.objects.within(request.org).order_by("-number")
    return Editions(editions=[EditionInShort(**_about(one, now)) for one in found])


@router.reads("/rules/editions/{int:edition}", scope=None, returns=EditionShown)
def edition(request: Caller, edition: Number) -> EditionShown:
    """One edition, as it was and stays."""
    return _whole(request, _edition(request, edition))


@router.reads("/rules/editions/{int:edition}/clauses/{str:code}", scope=None, returns=ClauseShown)
def edition_clause(request: Caller, edition: Number, code: str) -> ClauseShown:
    """One clause, as an edition has it or the statement that it rests on."""
    found = next(iter(cited(_edition(request, edition), [code])), None)
    if found is None:
        raise Http404
    return _clause(found)


def _edition(request: Caller, number: int) -> PolicyEdition:
    found = PolicyEdition.objects.within(request.org).select_related("parent").filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _whole(request: Caller, found: PolicyEdition) -> EditionShown:
    about = _about(found, current_policy(request.org, at=request.now))
    clauses = found.clauses.select_related("edition").order_by("order", "pk")
    return EditionShown(**about, clauses=[_clause(one) for one in clauses])


def _about(found: PolicyEdition, now: PolicyEdition) -> dict[str, Any]:
    return {
        "number": found.number,
        "title": found.title,
        "in_force_from": found.in_force_from,
        "published_at": found.loaded_at,
        "is_current": found == now,
        "is_parent": found.is_parent,
        "lang": found.lang,
    }


def _clause(found: Clause) -> ClauseShown:
    return ClauseShown(
        code=found.code,
        title=found.title,
        text=found.text,
        kind=found.kind,
        scope=found.scope,
        allowed=found.allowed,
        not_allowed=found.not_allowed,
        limited_to=found.limited_to,
        edition=found.edition.number,
    )
