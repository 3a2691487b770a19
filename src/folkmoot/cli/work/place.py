"""Places: one is added, all are listed."""

from typing import Any

from folkmoot.archive.models import Platform
from folkmoot.casefile.record import SYSTEM
from folkmoot.cli.tables import table
from folkmoot.cli.target import only_organisation
from folkmoot.cli.words import answer, say
from folkmoot.config.clock import now
from folkmoot.config.readiness import bring_up_to_date
from folkmoot.steps.add_place import add_place


def add(org: str | None, name: str, *, kind: str, closed: bool, url: str) -> None:
    """Add a place. Raises `BadInput`."""
    bring_up_to_date()
    owner = only_organisation(org)
    place = add_place(owner, name=name, kind=Platform.Kind(kind), is_public=not closed, url=url, by=SYSTEM, at=now())
    say(f"{place.name} ({place.slug}) is a place of {owner.name} now.")
    answer(**_facts(place))


def show_all(org: str | None) -> None:
    """List the places."""
    bring_up_to_date()
    places = list(Platform.objects.within(only_organisation(org)).order_by("slug"))
    table(
        ("Short name", "Kind", "Who reads it", "Name"),
        [(one.slug, one.kind, "public" if one.is_public else "closed", one.name) for one in places],
    )
    answer(places=[_facts(one) for one in places])


def _facts(place: Platform) -> dict[str, Any]:
    return {"place": place.slug, "name": place.name, "kind": place.kind, "public": place.is_public, "url": place.url}
