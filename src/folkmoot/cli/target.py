"""Into which organisation and place an import goes; what is missing is made when the first post is there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from django.conf import settings
from django.db import connection

from folkmoot.archive.models import Platform
from folkmoot.casefile.record import SYSTEM
from folkmoot.kernel.errors import BadInput
from folkmoot.kernel.text import match_key
from folkmoot.members.models import Organisation
from folkmoot.steps.add_organisation import add_local_organisation
from folkmoot.steps.add_place import add_place


@dataclass
class Target:
    """Where posts go. `org` and `place` are `None` until they are made."""

    org: Organisation | None
    place: Platform | None
    name: str  # of the place, where it has to be made
    alike: tuple[str, ...] = ()  # places there are with nearly that name: perhaps it was mistyped
    made_place: bool = False

    @property
    def said(self) -> str:
        """Where the posts go, in words: “The page” of the Branch."""
        owner = self.org.name if self.org else "an organisation of this computer's own, made first"
        return f"“{self.place.name if self.place else self.name}” of {owner}"

    @property
    def zone(self) -> str:
        """The time zone of dates that name none."""
        return self.org.zone if self.org else "Europe/London"

    def make(self, *, at: datetime) -> Platform:
        """Return the place, made now if there is none; call it inside a transaction."""
        if self.org is None:
            self.org = add_local_organisation(at=at)
        if self.place is None:
            self.place = add_place(self.org, name=self.name, is_public=True, by=SYSTEM, at=at)
            self.made_place = True
        return self.place


def find_target(
    org: str | None, place: str | None, *, file_name: str, ask: Callable[[list[Platform]], Platform] | None
) -> Target:
    """Return where the posts go: `org` by its short name, `place` by its short name or its name.

    Raises `BadInput` that names what there is to choose from; with `ask` the person chooses a place instead.
    """
    found = _organisation(org)
    places = list(Platform.objects.within(found).order_by("name")) if found else []
    if place is not None:
        named = [one for one in places if place == one.slug or match_key(place) == match_key(one.name)]
        return Target(found, named[0] if named else None, name=place, alike=() if named else _alike(place, places))
    if len(places) > 1 and ask:
        return Target(found, ask(places), name="")
    if len(places) > 1:
        names = ", ".join(one.slug for one in places)
        raise BadInput(f"Where were they posted? Say it with --place; there are: {names}.", field="place")
    stem = file_name.rpartition(".")[0] or file_name
    return Target(found, places[0] if places else None, name=stem)


def _alike(name: str, places: list[Platform]) -> tuple[str, ...]:
    """Return the names of places that `name` may have meant."""
    known = {match_key(word): place.name for place in places for word in (place.name, place.slug)}
    near = get_close_matches(match_key(name), known, n=3, cutoff=0.75)
    return tuple(dict.fromkeys(known[word] for word in near))


def where_kept() -> str:
    """Return where the data are that a command has used."""
    outside = connection.vendor != "sqlite"
    return "the database that DATABASE_URL names" if outside else str(settings.DATA)


def only_organisation(slug: str | None) -> Organisation:
    """Return the organisation of that short name, or the only one there is; raises `BadInput`."""
    found = _organisation(slug)
    if found is None:
        raise BadInput("There is no organisation yet. ./run sets one up, ./folkmoot org add adds one.", field="org")
    return found


def find_place(org: Organisation, name: str) -> Platform:
    """Return the organisation's place of that short name, or name; raises `BadInput` that names those there are."""
    places = list(Platform.objects.within(org).order_by("slug"))
    for one in places:
        if name == one.slug or match_key(name) == match_key(one.name):
            return one
    listed = f"There are: {', '.join(one.slug for one in places)}." if places else "There is none yet."
    raise BadInput(f"{org.name} has no place {name!r}. {listed}", field="place")


def _organisation(slug: str | None) -> Organisation | None:
    if slug is not None:
        found = Organisation.objects.filter(slug=slug).first()
        if found is None:
            raise BadInput(f"There is no organisation {slug!r}. {_listed()}", field="org")
        return found
    if Organisation.objects.count() > 1:
        raise BadInput(f"Which organisation is meant? Say it with --org. {_listed()}", field="org")
    return Organisation.objects.first()


def _listed() -> str:
    slugs = Organisation.objects.order_by("slug").values_list("slug", flat=True)
    return f"There are: {', '.join(slugs)}." if slugs else "There is none yet."
