"""Which posts may have to fall with a removed one (Md): found by fingerprints, links and numbers, then weighed."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import accumulate
from typing import NamedTuple

from django.db.models.expressions import RawSQL
from django.db.models.functions import Length

from folkmoot.archive.candidates import MOST, Candidates, candidates, later_texts, marks
from folkmoot.archive.models import Post
from folkmoot.members.models import Organisation
from folkmoot.procedure.cascade.order import Between, Order, exactly, not_after, on_the_day_of
from folkmoot.procedure.cascade.prints import asked, kept
from folkmoot.procedure.cascade.proposal import Part, Proposal, Writing
from folkmoot.procedure.cascade.weigh import weigh_all

_BATCH = 2000
_EMPTY = RawSQL("''", ())


@dataclass(frozen=True)
class Cascade:
    """What is proposed to fall with a post, and what is not."""

    proposals: tuple[Proposal, ...]  # those to be ticked first, then the most alike
    earlier: tuple[Proposal, ...]  # known to have been there before: matters of their own, never swept in
    left_out: tuple[str, ...]  # sentences: what was not looked at, and why
    more: bool = False  # some were not looked at that are next, `without` these


def proposals(
    org: Organisation, post: Post, *, passage: str = "", without: Collection[int] = (), most_text: int | None = None
) -> Cascade:
    """Return what may have to fall with `post`: answers, quotations, mentions and copies, anywhere in `org`'s archive.

    Shape: everything at once, but at most `MOST` copies, and of `most_text` characters, which `left_out` says;
    `without` those that were dealt with the next are found. `passage` are the words of it that were in breach, ""
    where nobody named them: of these few are enough to be known again. Nothing is written.
    """
    original = replace(_writing_of(org, post), passage=passage)
    near = candidates(org, post, without=without)
    linked = [other for other in _linked(post) if other not in without]
    others = list(dict.fromkeys([*linked, *near.posts]))
    few = others if most_text is None else _of_so_much_text(others, most_text)
    return _weighed(org, original, few, near, later=len(others) - len(few))


def proposals_among(org: Organisation, post: Post, others: Collection[int], *, passage: str = "") -> Cascade:
    """Return which of `others` may have to fall with `post`: for posts that come while a removal stands."""
    original = replace(_writing_of(org, post), passage=passage)
    return _weighed(org, original, [other for other in others if other != post.pk], _NOBODY)


def touched(removed: Sequence[Post], arrived: Sequence[Post]) -> dict[int, list[int]]:
    """Return, for posts of one organisation that have just arrived, which may hang together with which removed one.

    Shape: the removed post's number to those of the arrived ones, which `proposals_among` weighs. Reads no more than
    the later texts of both, however large the archive is.
    """
    later = later_texts([post.pk for post in (*removed, *arrived)])
    by_hash: dict[int, set[int]] = defaultdict(set)
    by_link: dict[tuple[int, str], set[int]] = defaultdict(set)
    for post in removed:
        texts = [post.text, post.attachments, *later.get(post.pk, [])]
        for hashed in [*marks(post), *(hashed for text in texts for hashed in asked(text))]:
            by_hash[hashed].add(post.pk)
        by_link[(post.platform_id, post.native_id)].add(post.pk)
    found: dict[int, list[int]] = defaultdict(list)
    for post in arrived:
        texts = [post.text, post.attachments, *later.get(post.pk, [])]
        hits = {one for text in texts for hashed in kept(text) for one in by_hash.get(hashed, ())}
        for native_id in filter(None, (post.reply_to, post.quotes)):
            hits |= by_link.get((post.platform_id, native_id), set())
        for one in sorted(hits - {post.pk}):
            found[one].append(post.pk)
    return dict(found)


_NOBODY = Candidates((), frozenset(), more=False)


def _of_so_much_text(posts: list[int], most: int) -> list[int]:
    """Return the first of `posts`, as many as have so many characters together; one at least."""
    size = Length("text") + Length("attachments")
    sizes = dict(Post.objects.filter(pk__in=posts).annotate(size=size).values_list("pk", "size"))
    totals = accumulate(sizes.get(post, 0) for post in posts)
    return [post for at, (post, total) in enumerate(zip(posts, totals, strict=True)) if total <= most or not at]


def _weighed(org: Organisation, original: Writing, others: list[int], near: Candidates, *, later: int = 0) -> Cascade:
    found = weigh_all(original, _writings(org, others), near.phrases)
    found.sort(key=lambda proposal: (not proposal.default_ticked, -proposal.similarity, proposal.key))
    return Cascade(
        proposals=tuple(proposal for proposal in found if proposal.order != Order.EARLIER),
        earlier=tuple(proposal for proposal in found if proposal.order == Order.EARLIER),
        left_out=tuple(_left_out(near, later)),
        more=near.more or later > 0,
    )


def _left_out(near: Candidates, later: int) -> Iterator[str]:
    if later:
        yield f"These posts are long: {later:,} more are looked at when something was said of these."
    if near.more:
        yield f"More than {MOST:,} posts share its words: the {MOST:,} that share most were looked at."
    if near.phrases:
        yield "Some of its words are a phrase that very many posts use: posts that have no more of it were left out."


def _linked(post: Post) -> list[int]:
    """Return the posts that answer or quote `post` at its place."""
    found: list[int] = []
    if post.native_id:
        # The place is the organisation's own. SQLite takes an index of what is not empty only when a constant says
        # that it is not, and never beside a condition on the organisation, for which it has another.
        there = Post.objects.filter(platform=post.platform_id)
        for link in ("reply_to", "quotes"):
            linked = there.filter(**{link: post.native_id}).exclude(**{link: _EMPTY})
            found += linked.values_list("pk", flat=True)[:MOST]
    return [other for other in sorted(found) if other != post.pk]


class _Row(NamedTuple):
    """What of a post is weighed: thousands of objects of the ORM take longer to make than to compare."""

    pk: int
    text: str
    attachments: str
    posted_at: datetime
    precision: str
    first_seen_at: datetime
    platform: int
    native_id: str
    url: str
    reply_to: str
    quotes: str
    account__handle: str | None


def _writings(org: Organisation, posts: Sequence[int]) -> Iterator[Writing]:
    for start in range(0, len(posts), _BATCH):
        some = posts[start : start + _BATCH]
        later = later_texts(some)
        found = Post.objects.within(org).filter(pk__in=some).exclude(text="", attachments="", reply_to="", quotes="")
        for row in map(_Row._make, found.values_list(*_Row._fields)):
            yield _writing(org, row, later.get(row.pk, []))


def _writing_of(org: Organisation, post: Post) -> Writing:
    (row,) = Post.objects.filter(pk=post.pk).values_list(*_Row._fields)
    return _writing(org, _Row._make(row), later_texts([post.pk]).get(post.pk, []))


def _writing(org: Organisation, row: _Row, later: Sequence[str]) -> Writing:
    texts = [(Part.TEXT, row.text), *((Part.LATER, text) for text in later), (Part.PICTURE, row.attachments)]
    return Writing(
        key=row.pk,
        texts=tuple((part, text) for part, text in texts if text),
        when=_when(org, row),
        place=row.platform,
        native_id=row.native_id,
        url=row.url,
        handle=row.account__handle or "",
        reply_to=row.reply_to,
        quotes=row.quotes,
    )


def _when(org: Organisation, row: _Row) -> Between:
    if row.precision == Post.Precision.EXACT:
        return exactly(row.posted_at)
    if row.precision == Post.Precision.DAY:
        return on_the_day_of(row.posted_at, zone=org.zone, first_seen=row.first_seen_at)
    return not_after(row.first_seen_at)
