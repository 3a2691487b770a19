"""Which posts wait for triage: written with their words, so that none is passed over, and taken from the last."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery

from folkmoot.archive.assessment import Assessment, ToAssess
from folkmoot.archive.models import Platform, Post
from folkmoot.members.models import Triage

AT_ONCE = 2000  # posts in one row of the list


def note_to_assess(posts: Iterable[tuple[int, int, int]], *, first: bool = False) -> None:
    """Put posts on the list, each as organisation, place and number; `first`: before all that is not.

    Call it in the transaction that stores their words.
    """
    by_place: dict[tuple[int, int], list[int]] = defaultdict(list)
    for org, place, post in posts:
        by_place[org, place].append(post)
    ToAssess.objects.bulk_create(
        ToAssess(org_id=org, platform_id=place, first=first, posts=numbers)
        for (org, place), numbers in by_place.items()
    )


def note_later_to_assess(posts: Collection[int]) -> None:
    """Put posts on the list that have later words now; in the transaction that stores these.

    What was reported goes first, and is looked over whatever an organisation wants of the rest.
    """
    if not posts:
        return
    found = list(Post.objects.filter(pk__in=posts).order_by("pk").values_list("org", "platform", "pk"))
    reported = set(Post.objects.filter(pk__in=posts, cases__isnull=False).values_list("pk", flat=True))
    note_to_assess(one for one in found if one[2] not in reported)
    note_to_assess((one for one in found if one[2] in reported), first=True)


def note_to_assess_afresh(posts: Iterable[tuple[int, int, int]]) -> int:
    """Put posts on the list although they were judged, each as organisation, place and number; return of how many."""
    by_place: dict[tuple[int, int], list[int]] = defaultdict(list)
    for org, place, post in posts:
        by_place[org, place].append(post)
    ToAssess.objects.bulk_create(
        ToAssess(org_id=org, platform_id=place, afresh=True, posts=numbers[at : at + AT_ONCE])
        for (org, place), numbers in by_place.items()
        for at in range(0, len(numbers), AT_ONCE)
    )
    return sum(map(len, by_place.values()))


def next_to_assess() -> ToAssess | None:
    """Return the batch that came last, those that somebody waits for first; `None` where none may be looked over.

    What an organisation does not want looked over stays on the list until it does (`Organisation.triage`).
    """
    asked_for = (
        ToAssess.objects.filter(first__in=[True]).order_by("-pk").first()
    )  # by a bare truth SQLite enters no index
    if asked_for is not None:
        return asked_for
    # Place by place: what is passed over stays, may be very much, and is not to be read through every second.
    last = ToAssess.objects.filter(platform=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    wanted = Platform.objects.filter(Q(org__triage=Triage.EVERY) | Q(org__triage=Triage.PUBLIC, is_public=True))
    found = wanted.annotate(last=Subquery(last)).exclude(last=None).order_by("-last").values_list("last", flat=True)
    return ToAssess.objects.filter(pk=Subquery(found[:1])).first()


@transaction.atomic
def strike_off(batch: int, posts: Collection[int]) -> None:
    """Take posts off the list: they are judged, or there is nothing left to judge."""
    row = ToAssess.objects.select_for_update(of=("self",), no_key=True).filter(pk=batch).first()
    if row is None:
        return
    row.posts = [number for number in row.posts if number not in posts]
    if row.posts:
        row.save(update_fields=["posts"])
    else:
        row.delete()


def forget_assessment(post: int) -> None:
    """Leave nothing of what was made of a post's words, which are being destroyed (DP20)."""
    Assessment.objects.filter(post=post).delete()
