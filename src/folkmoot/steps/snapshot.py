"""The post as it was when it was reported: evidence that outlives its removal."""

from datetime import datetime

from folkmoot.archive.models import Post
from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import SYSTEM, file_paper


def file_snapshot(case: Case, post: Post, *, at: datetime) -> Paper:
    """File what is known of `post` now; the caller's event tells of the paper."""
    newest = post.revisions.order_by("-seen_at").first()
    return file_paper(
        case,
        Paper.Kind.SNAPSHOT,
        by=SYSTEM,
        at=at,
        facts={"post": post.pk, "account": post.account_id, "revised": newest is not None},
        texts={
            "text": newest.text if newest else post.text,
            "author": str(post.account) if post.account else "",
            "url": post.url,
        },
    )
