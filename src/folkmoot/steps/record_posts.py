"""Posts are taken into the archive as they were first seen; a later text of a known post is a revision.

An import is begun, its posts are recorded a batch at a time, and it is ended. Killed in between, it is simply
done again: what is known already is known by place and native id.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F

from folkmoot.archive.bulk import NewPost, insert_posts
from folkmoot.archive.find import text_key
from folkmoot.archive.intake import Reject, SeenPost
from folkmoot.archive.models import Account, ImportRun, Platform, Post, Revision
from folkmoot.casefile.record import Actor, enter_register
from folkmoot.procedure.words import Role
from folkmoot.steps.office import require_office

_HELD, _PUBLISHED = Post.State.HELD.value, Post.State.PUBLISHED.value
BATCH = 2000  # posts in one transaction
_OTHER_FILE = (
    "its number was taken by another text at an earlier import of a file of this name. Without an id column "
    "rows can only be told apart by number: map one with id=…, or give the file another name."
)


@dataclass
class Recorded:
    """What came of a batch."""

    new: int = 0
    known: int = 0
    changed: int = 0
    refused: list[Reject] = field(default_factory=list)


@transaction.atomic
def begin_import(place: Platform, *, file_name: str, by: Actor, at: datetime) -> ImportRun:
    """Open an import into `place`."""
    require_office(place.org, by, Role.ADMINISTRATOR, Role.MODERATOR, at=at)
    return ImportRun.objects.create(org=place.org, platform=place, file_name=file_name[-255:], started_at=at)


@transaction.atomic
def record_posts(run: ImportRun, batch: Sequence[SeenPost], *, at: datetime) -> Recorded:
    """Record one batch of posts first seen `at`; what is in the archive already is compared, never overwritten.

    Columns that were unknown until now (author, date, link, thread) are filled in; a held post that is now
    published is so.
    """
    places = Platform.objects.select_for_update(of=("self",), no_key=True)  # one import at a time
    place = places.get(pk=run.platform_id)
    done = Recorded()
    accounts = _accounts(place, batch, at=at)
    for part in _each_once(batch):
        _record(place, part, accounts, done, at=at)
    ImportRun.objects.filter(pk=run.pk).update(
        new=F("new") + done.new, known=F("known") + done.known, changed=F("changed") + done.changed
    )
    return done


@transaction.atomic
def finish_import(run: ImportRun, *, rejected: int, by: Actor, at: datetime) -> ImportRun:
    """Close the import with what could not be taken, and enter it in the organisation's register."""
    run = ImportRun.objects.select_for_update(of=("self",), no_key=True).select_related("org").get(pk=run.pk)
    run.rejected, run.finished_at = rejected, at
    run.save(update_fields=["rejected", "finished_at"])
    facts = {"run": run.pk, "place": run.platform_id, "new": run.new, "known": run.known, "changed": run.changed}
    enter_register(run.org, "record_posts", by=by, at=at, facts={**facts, "rejected": rejected})
    return run


def _each_once(batch: Sequence[SeenPost]) -> Iterator[Sequence[SeenPost]]:
    """Yield the batch in parts in which no id is there twice: what came before is known to the next."""
    while batch:
        part: dict[str, SeenPost] = {}
        again = [seen for seen in batch if part.setdefault(seen.native_id, seen) is not seen]
        yield list(part.values())
        batch = again


def _record(
    place: Platform, part: Sequence[SeenPost], accounts: Mapping[str, Account], done: Recorded, *, at: datetime
) -> None:
    posts = Post.objects.filter(platform=place, native_id__in=[seen.native_id for seen in part])
    # Locked: what somebody on the desk finds out about a post meanwhile is not to be overwritten.
    known = {post.native_id: post for post in posts.order_by("pk").select_for_update(no_key=True)}
    texts = _newest_texts(known.values())
    new, revisions, moved = [], [], []
    for seen in part:
        post = known.get(seen.native_id)
        if post is None:
            new.append(_new_post(place, seen, accounts, at=at))
            continue
        differs = texts[seen.native_id] != seen.text
        if differs and seen.numbered:
            done.refused.append(Reject(seen.line, _OTHER_FILE))
            continue
        if differs:
            revisions.append(Revision(org_id=place.org_id, post=post, text=seen.text, seen_at=at))
        filled = _fill_in(post, seen, accounts)
        if filled:
            moved.append(post)
        done.changed += differs or filled
        done.known += not (differs or filled)
    insert_posts(new)
    Post.objects.bulk_update(moved, ["account", "posted_at", "precision", "url", "thread", "reply_to", "state"], 200)
    Revision.objects.bulk_create(revisions)
    done.new += len(new)


def _accounts(place: Platform, batch: Iterable[SeenPost], *, at: datetime) -> dict[str, Account]:
    """Return the accounts of the batch by handle; those not met before are made."""
    names: dict[str, str] = {}
    for seen in batch:
        if seen.author:
            names[seen.author] = names.get(seen.author) or seen.name
    found = {row.handle: row for row in Account.objects.filter(platform=place, handle__in=names) if row.handle}
    Account.objects.bulk_create(
        Account(org_id=place.org_id, platform=place, handle=handle, name=name, first_seen_at=at)
        for handle, name in names.items()
        if handle not in found
    )
    for handle, account in found.items():
        if not account.name and names[handle]:
            Account.objects.filter(pk=account.pk, name="").update(name=names[handle])
    return {row.handle: row for row in Account.objects.filter(platform=place, handle__in=names) if row.handle}


def _newest_texts(posts: Iterable[Post]) -> dict[str, str]:
    by_id = {post.pk: post for post in posts}
    texts = {post.native_id: post.text for post in by_id.values()}
    for row in Revision.objects.filter(post__in=list(by_id)).order_by("pk").values_list("post", "text"):
        texts[by_id[row[0]].native_id] = row[1]
    return texts


def _new_post(place: Platform, seen: SeenPost, accounts: Mapping[str, Account], *, at: datetime) -> NewPost:
    posted, precision = _posted(seen, at=at)
    return NewPost(
        org_id=place.org_id,
        platform_id=place.pk,
        native_id=seen.native_id,
        account_id=accounts[seen.author].pk if seen.author else None,
        url=seen.url,
        text=seen.text,
        text_key=text_key(seen.text),
        posted_at=posted,
        precision=precision,
        first_seen_at=at,
        state=_HELD if seen.held else _PUBLISHED,
        thread=seen.thread,
        reply_to=seen.reply_to,
    )


def _posted(seen: SeenPost, *, at: datetime) -> tuple[datetime, str]:
    if seen.posted is None:
        return at, Post.Precision.UNKNOWN.value  # counts as first seen
    return seen.posted.at, (Post.Precision.EXACT if seen.posted.exact else Post.Precision.DAY).value


def _fill_in(post: Post, seen: SeenPost, accounts: Mapping[str, Account]) -> bool:
    """Put in what was not known of `post` until now; say whether that was anything."""
    before = (post.account_id, post.precision, post.url, post.thread, post.reply_to, post.state)
    if post.account_id is None and seen.author:
        post.account_id = accounts[seen.author].pk
    if post.precision == Post.Precision.UNKNOWN and seen.posted is not None:
        post.posted_at, post.precision = _posted(seen, at=post.posted_at)
    post.url = post.url or seen.url
    post.thread = post.thread or seen.thread
    post.reply_to = post.reply_to or seen.reply_to
    if post.state == Post.State.HELD and seen.held is False:
        post.state = Post.State.PUBLISHED
    return before != (post.account_id, post.precision, post.url, post.thread, post.reply_to, post.state)
