"""How posts from a file are compared with the archive, and what is new of them stored: a part of `record_posts`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from folkmoot.archive.arrivals import note_arrived
from folkmoot.archive.bulk import NewPost, store
from folkmoot.archive.find import post_changed
from folkmoot.archive.index_posts import note_changed
from folkmoot.archive.index_prints import keep_more_prints_of
from folkmoot.archive.intake import Reject, SeenPost
from folkmoot.archive.lookup import having, newest_texts
from folkmoot.archive.models import Account, Platform, Post, Revision
from folkmoot.archive.threads import threads_of

_HELD, _PUBLISHED = Post.State.HELD.value, Post.State.PUBLISHED.value
_OTHER_FILE = (
    "its number was taken by another text at an earlier import of a file of this name. Without an id column "
    "rows can only be told apart by number: map one with id=…, or give the file another name."
)
_GONE = "it was deleted at its place, and nobody here had seen it, or it cannot be told which post it was."
_NOTHING = "it has no text."
REFUSALS = (_OTHER_FILE, _GONE)
"""Reasons that only the archive has against a post, not the file itself."""


@dataclass
class Recorded:
    """What came of a batch."""

    new: int = 0
    known: int = 0
    changed: int = 0
    refused: list[Reject] = field(default_factory=list)
    unread: list[tuple[str, Reject]] = field(default_factory=list)  # native id, and what of it could not be read


def take(place: Platform, batch: Sequence[SeenPost], *, at: datetime) -> Recorded:
    """Compare `batch` with what the locked `place` has, and store what is new; call it inside a transaction."""
    done = Recorded()
    accounts = _accounts(place, batch, at=at)
    for part in _each_once(batch):
        _record(place, part, accounts, done, at=at)
    return done


def take_nowhere(batch: Sequence[SeenPost]) -> Recorded:
    """Say what would come of `batch` at a place that has nothing yet."""
    done = Recorded()
    for seen in {seen.native_id: seen for seen in batch}.values():
        why_not = _refusal(seen, None, differs=False)
        if why_not:
            done.refused.append(Reject(seen.line, why_not))
        else:
            done.new += 1
    done.known = len(batch) - done.new - len(done.refused)
    return done


def _each_once(batch: Sequence[SeenPost]) -> Iterator[Sequence[SeenPost]]:
    """Yield the batch in parts in which no id is there twice: what came before is known to the next."""
    while batch:
        part: dict[str, SeenPost] = {}
        again = [seen for seen in batch if part.setdefault(seen.native_id, seen) is not seen]
        yield list(part.values())
        batch = again


def _record(
    place: Platform, part: Sequence[SeenPost], accounts: Mapping[str, int], done: Recorded, *, at: datetime
) -> None:
    known = _known(place, part)
    texts = newest_texts(known.values())
    new: list[SeenPost] = []
    revisions, moved = [], []
    stood: dict[int, datetime] = {}
    for seen in part:
        post = known.get(seen.native_id)
        differs = bool(post and seen.text and texts[post.pk] != seen.text)
        why_not = _refusal(seen, post, differs=differs)
        if why_not:
            done.refused.append(Reject(seen.line, why_not))
            continue
        if seen.unread and (post is None or post.text_key):  # DP20: its bytes would be its words again
            done.unread.append((post.native_id if post else seen.native_id, seen.unread))
        if post is None:
            new.append(seen)
        elif not post.text_key:  # DP20: what was destroyed does not come back by the next import
            done.known += 1
        else:
            if differs:
                revisions.append(Revision(org_id=place.org_id, post=post, text=seen.text, seen_at=at))
            before = post.posted_at
            filled = _fill_in(post, seen, accounts, at=at)
            if filled:
                moved.append(post)
                stood[post.pk] = before
            done.changed += differs or filled
            done.known += not (differs or filled)
    Post.objects.bulk_update(moved, _FILLED_IN, 200)
    note_changed(stood)
    keep_more_prints_of((post.org_id, post.pk, post.attachments) for post in moved)
    note_arrived((post.org_id, post.pk) for post in moved)
    threads = threads_of(place, new)
    store([_new_post(place, seen, accounts, threads, at=at) for seen in new], revisions)
    done.new += len(new)


def _known(place: Platform, part: Sequence[SeenPost]) -> dict[str, Post]:
    """Return the posts of `part` that the archive has, by the ids that the file gives them."""
    here = having(Post, place, "native_id", [seen.native_id for seen in part], "id")
    posts = Post.objects.filter(pk__in=[number for (number,) in here]).order_by("pk")
    # Locked: what somebody on the desk finds out about a post meanwhile is not to be overwritten.
    known = {post.native_id: post for post in posts.select_for_update(no_key=True)} if here else {}
    for seen in part:
        changed = post_changed(place, seen) if seen.beside is not None and seen.native_id not in known else None
        if changed:
            known[seen.native_id] = changed
    return known


def _refusal(seen: SeenPost, post: Post | None, *, differs: bool) -> str:
    """Return why `seen` cannot be taken; "" when it can."""
    if post is None:
        return "" if seen.text or seen.attachments else _GONE if seen.gone else _NOTHING
    return _OTHER_FILE if differs and seen.numbered else ""


def _accounts(place: Platform, batch: Iterable[SeenPost], *, at: datetime) -> dict[str, int]:
    """Return the accounts of the batch, primary keys by handle; those not met before are made."""
    names: dict[str, str] = {}
    for seen in batch:
        if seen.author:
            names[seen.author] = names.get(seen.author) or seen.name
    here = having(Account, place, "handle", names, "handle", "id", "name")
    known = {handle: (number, name) for handle, number, name in here}
    made = Account.objects.bulk_create(
        Account(org_id=place.org_id, platform=place, handle=handle, name=name, first_seen_at=at)
        for handle, name in names.items()
        if handle not in known
    )
    for handle, (number, name) in known.items():
        if not name and names[handle]:
            Account.objects.filter(pk=number, name="").update(name=names[handle])
    found = {handle: number for handle, (number, _) in known.items()}
    return found | {account.handle: account.pk for account in made if account.handle}


def _new_post(
    place: Platform, seen: SeenPost, accounts: Mapping[str, int], threads: Mapping[str, str], *, at: datetime
) -> NewPost:
    posted, precision = _posted(seen, at=at)
    return NewPost(
        org_id=place.org_id,
        platform_id=place.pk,
        native_id=seen.native_id,
        account_id=accounts[seen.author] if seen.author else None,
        url=seen.url,
        text=seen.text,
        posted_at=posted,
        precision=precision,
        first_seen_at=at,
        state=_HELD if seen.held else _PUBLISHED,
        thread=threads.get(seen.native_id, seen.thread),
        reply_to=seen.reply_to,
        quotes=seen.quotes,
        attachments=seen.attachments,
        gone_seen_at=at if seen.gone else None,
        worked_out=seen.worked_out,
    )


def _posted(seen: SeenPost, *, at: datetime) -> tuple[datetime, str]:
    if seen.posted is None:
        return at, Post.Precision.UNKNOWN.value  # counts as first seen
    return seen.posted.at, (Post.Precision.EXACT if seen.posted.exact else Post.Precision.DAY).value


_FILLED_IN = (
    *("account", "posted_at", "precision", "url", "thread", "reply_to", "state"),
    *("quotes", "attachments", "gone_seen_at"),
)


def _fill_in(post: Post, seen: SeenPost, accounts: Mapping[str, int], *, at: datetime) -> bool:
    """Put in what was not known of `post` until now; say whether that was anything."""
    before = _filled_in(post)
    if post.account_id is None and seen.author:
        post.account_id = accounts[seen.author]
    if post.precision == Post.Precision.UNKNOWN and seen.posted is not None:
        post.posted_at, post.precision = _posted(seen, at=post.posted_at)
    for name in ("url", "thread", "reply_to", "quotes", "attachments"):
        if not getattr(post, name):
            setattr(post, name, getattr(seen, name))
    if post.state == Post.State.HELD and seen.held is False:
        post.state = Post.State.PUBLISHED
    if seen.gone and post.gone_seen_at is None:
        post.gone_seen_at = at
    return before != _filled_in(post)


def _filled_in(post: Post) -> list[object]:
    return [post.account_id if name == "account" else getattr(post, name) for name in _FILLED_IN]
