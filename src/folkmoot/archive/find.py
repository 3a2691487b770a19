"""Finding the post that somebody means."""

from typing import NamedTuple
from urllib.parse import urlsplit

from django.db.models import Q

from folkmoot.archive.intake import SeenPost
from folkmoot.archive.lookup import with_words
from folkmoot.archive.models import Account, ImportRun, Platform, Post
from folkmoot.archive.worked_out import text_key
from folkmoot.members.models import Organisation

MOST_CALLED = 50  # accounts whose posts are looked through at once


class Called(NamedTuple):
    """Accounts that are called so, those known longest first; `more`: there are others beside them."""

    accounts: list[Account]
    more: bool


def post_meant(org: Organisation, *, link: str, words: str) -> Post | None:
    """Return the post at `link`, or the only post with exactly `words`; `None` when it is not clear."""
    if link:
        found = Post.objects.within(org).filter(url=link)[:2]
        if len(found) == 1:
            return found[0]
    if words:
        found = with_words(org, text_key(words))[:2]
        if len(found) == 1:
            return found[0]
    return None


def place_at(org: Organisation, *, link: str) -> Platform | None:
    """Return the place that `link` leads to: that of the post there, or the one under whose address it lies."""
    if not link:
        return None
    post = post_meant(org, link=link, words="")
    if post:
        return post.platform
    wanted = _address(link)
    places = [(_address(place.url), place) for place in Platform.objects.within(org).exclude(url="")]
    lies = [(len(own), place) for own, place in places if own == wanted[: len(own)]]
    most = max((parts for parts, _ in lies), default=0)
    nearest = [place for parts, place in lies if parts == most]
    return nearest[0] if len(nearest) == 1 else None


def accounts_called(org: Organisation, name: str, *, most: int = MOST_CALLED) -> Called:
    """Return accounts of whose handle or name `name` is a part; at most `most` of them."""
    called = Q(handle__icontains=name) | Q(name__icontains=name)
    found = list(Account.objects.within(org).filter(called).select_related("platform").order_by("pk")[: most + 1])
    return Called(found[:most], more=len(found) > most)


def post_changed(place: Platform, seen: SeenPost) -> Post | None:
    """Return the post that `seen` is, which lost the words of which its id was made; `None` when it is not clear.

    Posts that the same file shows unchanged, `seen.beside`, are not it.
    """
    if seen.beside is None or seen.posted is None:
        return None
    here = Post.objects.within(place.org).filter(platform=place, posted_at=seen.posted.at)
    found = here.filter(account__handle=seen.author).exclude(native_id__in=seen.beside)[:2]
    return found[0] if len(found) == 1 else None


def import_to_go_on(place: Platform, *, mark: str) -> ImportRun | None:
    """Return the import into `place` of the same file, read the same way, that was cut short."""
    return ImportRun.objects.filter(platform=place, mark=mark, finished_at=None).exclude(mark="").order_by("pk").last()


def _address(link: str) -> list[str]:
    """Return the host and the parts of the path, as they are compared; of what is no web address nothing fits."""
    try:
        seen = urlsplit(link)
    except ValueError:  # such as an unfinished address of IPv6
        return [link]
    return [(seen.hostname or link).removeprefix("www."), *(part for part in seen.path.split("/") if part)]
