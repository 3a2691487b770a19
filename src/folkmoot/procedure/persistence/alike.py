"""Which posts have the same words, or nearly so: by their fingerprints, which a light edit leaves mostly whole."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from folkmoot.procedure.persistence.noticed import Seen

_SHARED = 0.5  # of all fingerprints that two posts have together


def are_alike(one: frozenset[int], other: frozenset[int]) -> bool:
    """Say whether two texts are the same, or one a light edit of the other; never of texts without fingerprints."""
    shared = len(one & other)
    return bool(shared) and shared >= _SHARED * (len(one) + len(other) - shared)


def groups(posts: Sequence[Seen]) -> list[list[Seen]]:
    """Return `posts` put together by their words, the largest group first; each post is in one group at most.

    Each is held against the first post of the groups that have a fingerprint of it.
    """
    begun: list[list[Seen]] = []
    having: dict[int, list[int]] = defaultdict(list)  # fingerprint to groups
    for post in posts:
        found = _nearest(post.wording, begun, having)
        if found is not None:
            begun[found].append(post)
        elif post.wording:
            for hashed in post.wording:
                having[hashed].append(len(begun))
            begun.append([post])
    return sorted(begun, key=lambda group: -len(group))


def _nearest(wording: Iterable[int], begun: list[list[Seen]], having: dict[int, list[int]]) -> int | None:
    wanted = frozenset(wording)
    shared = Counter(group for hashed in wanted for group in having.get(hashed, ()))
    return next((group for group, _ in shared.most_common(3) if are_alike(wanted, begun[group][0].wording)), None)
