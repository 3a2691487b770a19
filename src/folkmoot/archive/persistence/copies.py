"""Posts with nearly the words of another, by a few of its fingerprints only.

What falls with a removed post is looked for by all of them (`archive.candidates`), since a part is enough there. A
flood is made of texts that have most in common, so a few fingerprints meet each of them, at a tenth of the questions.
"""

from collections import Counter

from folkmoot.archive.fingerprint import Fingerprint
from folkmoot.archive.lookup import shelves, with_words
from folkmoot.archive.models import Post
from folkmoot.archive.shelves import shelf_of
from folkmoot.members.models import Organisation
from folkmoot.procedure.cascade.prints import kept
from folkmoot.procedure.persistence.noticed import MOST_POSTS

_ASKED = 6  # fingerprints; of texts that are alike each has two in three of the other's
_SHARED = 2  # of these, that a post has to have
_SHELVES = 64  # a million posts, half of them put in before the post and half after
_TOGETHER, _EACH = 1500, 400  # rows of all fingerprints, and of each where there are more


def copies_of(org: Organisation, post: Post, wording: frozenset[int]) -> list[int]:
    """Return the numbers of at most `MOST_POSTS` posts that may be alike, those that share most first; not its own."""
    prints = sorted(wording & kept(post.text))
    if not prints:  # its words are everybody's, so only the very same ones count
        same = with_words(org, post.text_key).exclude(pk=post.pk).order_by()
        return list(same.values_list("pk", flat=True)[:MOST_POSTS])
    asked = [prints[number * len(prints) // _ASKED] for number in range(_ASKED)] if len(prints) > _ASKED else prints
    everywhere, here = shelves(), shelf_of(post.pk)
    near = range(max(everywhere.start, here - _SHELVES // 2), min(everywhere.stop, here + _SHELVES // 2))
    found = Fingerprint.objects.within(org).filter(shelf__in=near)
    rows = list(found.filter(hash__in=asked).values_list("hash", "post")[: _TOGETHER + 1])
    if len(rows) > _TOGETHER:
        rows = [row for one in asked for row in found.filter(hash=one).values_list("hash", "post")[:_EACH]]
        phrases = _phrases(rows)
        rows = [row for row in rows if row[0] not in phrases]
    shared = Counter(other for _, other in rows)
    least = min(_SHARED, len(asked))
    return [other for other, n in shared.most_common() if n >= least and other != post.pk][:MOST_POSTS]


def _phrases(rows: list[tuple[int, int]]) -> set[int]:
    """Return the fingerprints of phrases: many posts have one of them, and most of those have no other."""
    often = {hashed for hashed, n in Counter(hashed for hashed, _ in rows).items() if n >= _EACH}
    shared = Counter(other for _, other in rows)
    return {
        hashed for hashed in often if 2 * sum(shared[other] >= _SHARED for one, other in rows if one == hashed) < _EACH
    }
