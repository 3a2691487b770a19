"""Posts are taken into the archive as they were first seen; a later text of a known post is a revision.

An import is begun, its posts are recorded a batch at a time, and it is ended. How far it is, is written with each
batch: killed in between, it goes on there. Done again from the start it does no harm either: what is known already is
known by place and native id.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F

from folkmoot.archive.bulk import NewPost, store
from folkmoot.archive.find import post_changed, text_key
from folkmoot.archive.index_posts import note_changed, settle
from folkmoot.archive.intake import MOST_RAW, Reject, SeenPost
from folkmoot.archive.models import Account, ImportRun, Leftover, Platform, Post, Revision
from folkmoot.casefile.record import Actor, enter_register
from folkmoot.procedure.words import Role
from folkmoot.steps.office import require_office

_HELD, _PUBLISHED = Post.State.HELD.value, Post.State.PUBLISHED.value
BATCH = 2000  # posts in one transaction
MOST_LEFTOVERS = 10_000  # of one import, that are kept; more are only counted
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


@transaction.atomic
def begin_import(
    place: Platform, *, file_name: str, file_format: str = "", mark: str = "", by: Actor, at: datetime
) -> ImportRun:
    """Open an import into `place`; `mark` tells the same file, read in the same way, from any other."""
    require_office(place.org, by, Role.ADMINISTRATOR, Role.MODERATOR, at=at)
    return ImportRun.objects.create(
        org=place.org, platform=place, file_name=file_name[-255:], format=file_format, mark=mark, started_at=at
    )


@transaction.atomic
def record_posts(
    run: ImportRun, batch: Sequence[SeenPost], *, rejects: Sequence[Reject] = (), done: int = 0, at: datetime
) -> Recorded:
    """Record one batch of posts first seen `at`; what is in the archive already is compared, never overwritten.

    Columns that were unknown until now (author, date, link, thread) are filled in; a held post that is now
    published is so. `rejects` are what the file had beside them, `done` is how much of it is in after this batch.
    """
    place = _locked(run.platform_id)
    came = _take(place, batch, at=at)
    run = ImportRun.objects.get(pk=run.pk)
    _keep(run, place, [*rejects, *came.refused], came.unread)
    ImportRun.objects.filter(pk=run.pk).update(
        new=F("new") + came.new,
        known=F("known") + came.known,
        changed=F("changed") + came.changed,
        rejected=F("rejected") + len(rejects) + len(came.refused),
        done=max(run.done, done),
    )
    return came


def rehearse(place: Platform | None, batch: Sequence[SeenPost], *, at: datetime) -> Recorded:
    """Say what `record_posts` would do, and leave everything as it is; without a place everything is new."""
    if place is None:
        return _take_nowhere(batch)
    with transaction.atomic():
        came = _take(_locked(place.pk), batch, at=at)
        transaction.set_rollback(True)
    return came


@transaction.atomic
def finish_import(run: ImportRun, *, rejected: int, by: Actor, at: datetime) -> ImportRun:
    """Close the import with what could not be taken, and enter it in the organisation's register.

    What is left over from earlier imports of the same file goes: this import's stands for it.
    """
    run = ImportRun.objects.select_for_update(of=("self",), no_key=True).select_related("org").get(pk=run.pk)
    run.rejected, run.finished_at = rejected, at
    run.save(update_fields=["rejected", "finished_at"])
    if run.mark:
        Leftover.objects.filter(run__platform=run.platform_id, run__mark=run.mark).exclude(run=run).delete()
    settle(run.new)
    facts = {"run": run.pk, "place": run.platform_id, "new": run.new, "known": run.known, "changed": run.changed}
    enter_register(run.org, "record_posts", by=by, at=at, facts={**facts, "rejected": rejected})
    return run


def _locked(place_id: int) -> Platform:
    places = Platform.objects.select_for_update(of=("self",), no_key=True)  # one import at a time
    return places.select_related("org").get(pk=place_id)


def _take(place: Platform, batch: Sequence[SeenPost], *, at: datetime) -> Recorded:
    done = Recorded()
    accounts = _accounts(place, batch, at=at)
    for part in _each_once(batch):
        _record(place, part, accounts, done, at=at)
    return done


def _take_nowhere(batch: Sequence[SeenPost]) -> Recorded:
    done = Recorded()
    for seen in {seen.native_id: seen for seen in batch}.values():
        why_not = _refusal(seen, None, differs=False)
        if why_not:
            done.refused.append(Reject(seen.line, why_not))
        else:
            done.new += 1
    done.known = len(batch) - done.new - len(done.refused)
    return done


def _keep(run: ImportRun, place: Platform, refused: Sequence[Reject], unread: Sequence[tuple[str, Reject]]) -> None:
    """Keep what could not be taken, with its bytes where they could not be read."""
    known = Post.objects.filter(platform=place, native_id__in=[native_id for native_id, _ in unread])
    posts = {post.native_id: post for post in known.only("native_id")}
    rows = [(None, reject) for reject in refused] + [(posts[native_id], reject) for native_id, reject in unread]
    mine = {"org_id": place.org_id, "run": run}
    Leftover.objects.bulk_create(
        Leftover(**mine, post=post, line=one.line, reason=one.reason[:300], raw=one.raw[:MOST_RAW])
        for post, one in rows[: max(0, MOST_LEFTOVERS - run.rejected)]
    )


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
    known = _known(place, part)
    texts = _newest_texts(known.values())
    new: list[NewPost] = []
    revisions, moved, stood = [], [], {}
    for seen in part:
        post = known.get(seen.native_id)
        differs = bool(post and seen.text and texts[post.pk] != seen.text)
        why_not = _refusal(seen, post, differs=differs)
        if why_not:
            done.refused.append(Reject(seen.line, why_not))
            continue
        if seen.unread:
            done.unread.append((post.native_id if post else seen.native_id, seen.unread))
        if post is None:
            new.append(_new_post(place, seen, accounts, at=at))
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
    store(new, revisions)
    done.new += len(new)


def _known(place: Platform, part: Sequence[SeenPost]) -> dict[str, Post]:
    """Return the posts of `part` that the archive has, by the ids that the file gives them."""
    posts = Post.objects.filter(platform=place, native_id__in=[seen.native_id for seen in part])
    # Locked: what somebody on the desk finds out about a post meanwhile is not to be overwritten.
    known = {post.native_id: post for post in posts.order_by("pk").select_for_update(no_key=True)}
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


def _newest_texts(posts: Iterable[Post]) -> dict[int, str]:
    texts = {post.pk: post.text for post in posts}
    texts |= dict(Revision.objects.filter(post__in=list(texts)).order_by("pk").values_list("post", "text"))
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
        quotes=seen.quotes,
        attachments=seen.attachments,
        gone_seen_at=at if seen.gone else None,
    )


def _posted(seen: SeenPost, *, at: datetime) -> tuple[datetime, str]:
    if seen.posted is None:
        return at, Post.Precision.UNKNOWN.value  # counts as first seen
    return seen.posted.at, (Post.Precision.EXACT if seen.posted.exact else Post.Precision.DAY).value


_FILLED_IN = (
    *("account", "posted_at", "precision", "url", "thread", "reply_to", "state"),
    *("quotes", "attachments", "gone_seen_at"),
)


def _fill_in(post: Post, seen: SeenPost, accounts: Mapping[str, Account], *, at: datetime) -> bool:
    """Put in what was not known of `post` until now; say whether that was anything."""
    before = _filled_in(post)
    if post.account_id is None and seen.author:
        post.account_id = accounts[seen.author].pk
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
