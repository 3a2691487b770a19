"""What has come and nobody has looked at yet: written with the posts themselves, so that none is passed over."""

from collections import defaultdict
from collections.abc import Iterable

from folkmoot.archive.models import Arrival


def note_arrived(posts: Iterable[tuple[int, int]]) -> None:
    """Remember posts, each as organisation and number, until the worker has looked at them.

    Call it in the transaction that stores them.
    """
    by_org: dict[int, list[int]] = defaultdict(list)
    for org, post in posts:
        by_org[org].append(post)
    Arrival.objects.bulk_create(Arrival(org_id=org, posts=numbers) for org, numbers in by_org.items())
