"""Which cases fit what is asked of the queue, as far as its reader may know of them."""

from collections.abc import Collection

from django.db import connection
from django.db.models import Q, QuerySet

from folkmoot.archive.find import accounts_called
from folkmoot.archive.index import Wanted, number_of
from folkmoot.archive.models import Post
from folkmoot.archive.words import query
from folkmoot.casefile.index_cases import find_cases
from folkmoot.casefile.models import Case
from folkmoot.kernel.text import whole_number
from folkmoot.pinboard.kinds import of_kind
from folkmoot.steps.looking_after import places_of
from folkmoot.web.access import OfficerRequest
from folkmoot.web.context import own_of
from folkmoot.web.desk.asked import Asked
from folkmoot.web.desk.going import READERS
from folkmoot.web.desk.stakes import closed_to

MOST_FOUND = 1000  # cases that a search in the queue looks through, those opened last first


def open_to(request: OfficerRequest) -> QuerySet[Case]:
    """Return the cases that a list may show to the reader.

    D9: a list tells when something was reported, as what and how often: nobody reads that of their own post.
    """
    own = own_cases(request)
    every = Case.objects.within(request.org)
    return every.exclude(pk__in=own) if own else every


def own_cases(request: OfficerRequest) -> set[int]:
    """Return the numbers of the cases about the reader's own posts, asked for once."""
    return own_of(request.org, request.person)


def fits(request: OfficerRequest, asked: Asked) -> Q:
    """Return what is true of the cases that are asked for, besides their stage."""
    found = narrowed(request, asked)
    return found & (_found(request, asked.words) if asked.words else asked.pile.where)


def own_places(request: OfficerRequest) -> set[int]:
    """Return the places that the reader looks after now, asked for once."""
    found: set[int] | None = getattr(request, "own_places", None)
    if found is None:
        found = places_of(request.person, at=request.now)
        request.own_places = found  # type: ignore[attr-defined]
    return found


def turned_on(name: str, *, person: int, places: Collection[int]) -> Q:
    """Return what is true of the cases of `person`, of those that nobody has, or of those at `places`."""
    match name:
        case "mine":
            mine = Q(claimed_by=person)
            # one person has few: SQLite finds them by who has them only if it is told to
            return mine if connection.vendor == "postgresql" else Q(pk__in=Case.objects.filter(mine).values("pk"))
        case "free":
            return Q(claimed_by=None)
    return Q(platform__in=places)


def narrowed(request: OfficerRequest, asked: Asked) -> Q:
    """Return what is true of cases by what the pile is narrowed by, but for words."""
    found = Q()
    for name in ("mine", "free", "places"):
        if getattr(asked, name):
            found &= turned_on(name, person=request.person.pk, places=own_places(request))
    if asked.overdue:
        found &= Q(due_at__lt=request.now, urgent__in=[True, False])  # an index is entered by it
    if asked.place:
        found &= Q(platform=asked.place)
    if asked.lane:
        found &= Q(lane=asked.lane)
    if asked.kind:
        found &= of_kind(request.org, asked.kind)
    return found


def _found(request: OfficerRequest, asked: str) -> Q:
    """Search by number and by who wrote; by words only where the reader could read them.

    A search that answers tells as much as a page: with it an author could find out who reported them (D9).
    """
    called = [account.pk for account in accounts_called(request.org, asked).accounts]
    theirs = Case.objects.within(request.org).filter(post__in=Post.objects.filter(account__in=called).values("pk"))
    found = set(theirs.order_by("-pk").values_list("pk", flat=True)[:MOST_FOUND]) if called else set()
    wanted = query(asked)
    if wanted and request.offices & set(READERS):
        keys = find_cases(Wanted(request.org.pk, wanted.phrases), most=MOST_FOUND)
        numbers = {number_of(key) for key in keys}
        found |= numbers - closed_to(request.person).among(numbers)
    number = whole_number(asked.lower().removeprefix("case").strip(" #"))
    if number is not None:
        found.add(number)
    return Q(pk__in=found)
