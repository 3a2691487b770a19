"""A moderator copies down the post that a report is about, where no import has brought it."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.archive.bulk import NewPost, store
from folkmoot.archive.models import BY_HAND, Account, Platform, Post
from folkmoot.casefile.models import Case
from folkmoot.casefile.record import locked
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Person
from folkmoot.steps.link_post import bind, may_be_copied


@dataclass(frozen=True)
class SeenPost:
    """The post as the moderator saw it at the place; `posted_at` is `None` when it cannot be told."""

    platform: Platform
    text: str
    handle: str = ""
    url: str = ""
    posted_at: datetime | None = None
    held: bool = False


@transaction.atomic
def enter_post(case_id: int, seen_post: SeenPost, *, by: Person, at: datetime, seen: int | None = None) -> Case:
    """Put the post into the archive and bind the case to it. Raises `BadInput` or `NotPermitted`."""
    case = locked(case_id, seen=seen)
    if not may_be_copied(case):
        raise NotPermitted(
            gettext("Where a child may be in danger, please copy nothing. The link is enough to act on.")
        )
    if not seen_post.text:
        raise BadInput(gettext("Please copy the words of the post."), field="text")
    if seen_post.platform.org_id != case.org_id:
        raise NotPermitted(gettext("This place belongs to another organisation."))
    account = None
    if seen_post.handle:
        account, _ = Account.objects.get_or_create(
            platform=seen_post.platform,
            handle=seen_post.handle,
            defaults={"org": case.org, "first_seen_at": at},
        )
    precision = Post.Precision.DAY if seen_post.posted_at else Post.Precision.UNKNOWN
    new = NewPost(
        org_id=case.org_id,
        platform_id=seen_post.platform.pk,
        native_id=f"{BY_HAND}{secrets.token_hex(8)}",
        account_id=account.pk if account else None,
        url=seen_post.url,
        text=seen_post.text,
        posted_at=seen_post.posted_at or at,
        precision=precision.value,
        first_seen_at=at,
        state=(Post.State.HELD if seen_post.held else Post.State.PUBLISHED).value,
    )
    (number,) = store([new])
    return bind(case, Post.objects.get(pk=number), by=by, at=at)
