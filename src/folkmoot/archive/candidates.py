"""Which posts share rare runs of words with one: few enough to be weighed, however large the archive is."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from folkmoot.archive.fingerprint import Fingerprint
from folkmoot.archive.lookup import shelves, with_words
from folkmoot.archive.models import Post, Revision
from folkmoot.members.models import Organisation
from folkmoot.procedure.cascade.prints import asked, id_mark, kept, link_mark, own_ids

MOST = 2000  # posts that are weighed for one removal, those that share most first
_OFTEN = 100  # posts that share a hash, above which it may be a phrase that everybody uses
_LEAST_SHARED, _MUCH = 3, 0.4  # hashes that a copy shares when those are many; of those that the post keeps itself
_ROWS, _SAMPLE, _ALL = 4000, 400, 20_000  # fingerprints read at once; of one hash, at first and at most
_TOGETHER = 4000  # rows of several hashes read at once: as many again at each halving until a common one is alone
_HASHES = 600  # that are asked for; of a longer text only those that it keeps itself
_AT_ONCE = 500  # hashes in one query


@dataclass(frozen=True)
class Candidates:
    """Posts that may be copies of one, those that share most hashes with it first."""

    posts: tuple[int, ...]
    phrases: frozenset[int]  # hashes that very many posts share which have little else of it: they were not followed
    more: bool  # there were more than `MOST`


def candidates(org: Organisation, post: Post, *, without: Collection[int] = ()) -> Candidates:
    """Return the posts that share rare runs of words with `post`, or all of them, or have its link or number.

    Leaves out the post itself and those `without`.
    """
    texts = [post.text, post.attachments, *later_texts([post.pk]).get(post.pk, [])]
    own = [kept(text) for text in texts]
    hashes = list(dict.fromkeys(hashed for text in texts for hashed in asked(text)))
    if len(hashes) > _HASHES:
        hashes = sorted(set().union(*own))
    need = max(_LEAST_SHARED, round(_MUCH * max(map(len, own))))
    shared, phrases = _sharing(org, hashes, marks(post), need)
    found: Counter[int] = Counter(other for posts in shared.values() for other in posts)
    if post.text_key:
        same = with_words(org, post.text_key).values_list("pk", flat=True)
        found.update(dict.fromkeys(same[: MOST + 1 + len(without)], len(hashes)))
    ranked = [other for other, _ in found.most_common() if other != post.pk and other not in without]
    return Candidates(tuple(ranked[:MOST]), frozenset(phrases), more=len(ranked) > MOST)


def marks(post: Post) -> list[int]:
    """Return the fingerprints by which a text shows that it refers to `post`."""
    return [*([link_mark(post.url)] if post.url else []), *map(id_mark, sorted(own_ids(post.native_id)))]


def later_texts(posts: Collection[int]) -> dict[int, list[str]]:
    """Return the texts to which each of `posts` was changed."""
    found: dict[int, list[str]] = defaultdict(list)
    for post, text in Revision.objects.filter(post__in=posts).order_by("pk").values_list("post_id", "text"):
        found[post].append(text)
    return found


def _sharing(
    org: Organisation, hashes: Sequence[int], certain: Sequence[int], need: int
) -> tuple[dict[int, list[int]], set[int]]:
    """Return the posts that share each of `hashes` and of the `certain` ones, and those that were not followed.

    A hash that many posts share is followed when most of them share `need` hashes: they are copies, however many.
    Else it is a phrase, and of those who use it only they count who share as much. What is certain is followed.
    """
    everywhere = shelves()
    most = max(_ROWS, 8 * len(hashes))
    rows = _rows(org, everywhere, [*hashes, *certain], most + 1)
    often: set[int] = set()
    if len(rows) > most:
        rows = list(_samples(org, everywhere, [*hashes, *certain]))
        often = {hashed for hashed, count in Counter(hashed for hashed, _ in rows).items() if count > _SAMPLE}
    shared: dict[int, list[int]] = defaultdict(list)
    for hashed, post in rows:
        shared[hashed].append(post)
    counts = Counter(post for posts in shared.values() for post in posts)
    phrases = {
        hashed
        for hashed, posts in shared.items()
        if len(posts) > _OFTEN
        and hashed not in certain
        and 2 * sum(counts[post] >= need for post in posts) < len(posts)
    }
    for hashed in often - phrases:
        shared[hashed] = [post for _, post in _rows(org, everywhere, [hashed], _ALL)]
    for hashed in phrases:
        shared[hashed] = [post for post in shared[hashed] if counts[post] >= need]
    return shared, phrases


def _samples(org: Organisation, everywhere: range, hashes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the rows of each hash, or more than `_SAMPLE` of them where there are more.

    Shape: all that are rare in a few queries; those that many posts share are told apart by halving.
    """
    for start in range(0, len(hashes), _AT_ONCE):
        waiting = [hashes[start : start + _AT_ONCE]]
        while waiting:
            some = waiting.pop()
            most = _SAMPLE + 1 if len(some) == 1 else _TOGETHER
            rows = _rows(org, everywhere, some, most)
            if len(rows) < most or len(some) == 1:
                yield from rows
            else:
                half = len(some) // 2
                waiting += [some[half:], some[:half]]


def _rows(org: Organisation, everywhere: range, hashes: Sequence[int], most: int) -> list[tuple[int, int]]:
    # All shelves are named, so that the index is entered once for each shelf and hash, and not read through.
    rows: list[tuple[int, int]] = []
    for start in range(0, len(hashes), _AT_ONCE):
        some = hashes[start : start + _AT_ONCE]
        found = Fingerprint.objects.within(org).filter(shelf__in=everywhere, hash__in=some)
        rows += found.values_list("hash", "post")[: most - len(rows)]
        if len(rows) >= most:
            break
    return rows
