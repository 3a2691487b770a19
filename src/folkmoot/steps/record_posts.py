"""Posts are taken into the archive as they were first seen; a later text of a known post is a revision.

An import is begun, its posts are recorded a batch at a time, and it is ended. How far it is, is written with each
batch: killed in between, it goes on there. Done again from the start it does no harm either: what is known already is
known by place and native id.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from folkmoot.archive.index_posts import settle
from folkmoot.archive.intake import MOST_RAW, Reject, SeenPost
from folkmoot.archive.models import ImportRun, Leftover, Platform, Post
from folkmoot.casefile.record import Actor, enter_register
from folkmoot.procedure.words import Role
from folkmoot.steps.office import require_office
from folkmoot.steps.taking_posts import Recorded, take, take_nowhere

BATCH = 2000  # posts in one transaction
MOST_LEFTOVERS = 10_000  # of one import, that are kept; more are only counted


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
    came = take(place, batch, at=at)
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
        return take_nowhere(batch)
    with transaction.atomic():
        came = take(_locked(place.pk), batch, at=at)
        transaction.set_rollback(True)
    return came


@transaction.atomic
def break_off_import(run: ImportRun, *, rejected: int, by: Actor, at: datetime) -> ImportRun:
    """Close an import that did not come to its end: what came before stays, and the register says that it broke off."""
    return _end(run, rejected=rejected, by=by, at=at, facts={"broken_off": True})


@transaction.atomic
def finish_import(run: ImportRun, *, rejected: int, by: Actor, at: datetime) -> ImportRun:
    """Close the import with what could not be taken, and enter it in the organisation's register.

    What is left over from earlier imports of the same file goes: this import's stands for it.
    """
    if run.mark:
        Leftover.objects.filter(run__platform=run.platform_id, run__mark=run.mark).exclude(run=run).delete()
    return _end(run, rejected=rejected, by=by, at=at, facts={})


def _end(run: ImportRun, *, rejected: int, by: Actor, at: datetime, facts: dict[str, bool]) -> ImportRun:
    run = ImportRun.objects.select_for_update(of=("self",), no_key=True).select_related("org").get(pk=run.pk)
    run.rejected, run.finished_at = rejected, at
    run.save(update_fields=["rejected", "finished_at"])
    settle(run.new)
    came = {"new": run.new, "known": run.known, "changed": run.changed, "rejected": rejected}
    said = {"run": run.pk, "place": run.platform_id, **came, **facts}
    enter_register(run.org, "record_posts", by=by, at=at, facts=said)
    return run


def _locked(place_id: int) -> Platform:
    places = Platform.objects.select_for_update(of=("self",), no_key=True)  # one import at a time
    return places.select_related("org").get(pk=place_id)


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
