"""The same text again and again: around one post, or in what one account has posted."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from folkmoot.archive.models import Account, Post
from folkmoot.archive.persistence.copies import copies_of
from folkmoot.archive.persistence.reading import Row, rows, seen, wording_of
from folkmoot.members.models import Organisation
from folkmoot.procedure.persistence.alike import are_alike, groups
from folkmoot.procedure.persistence.flooding import flooding_by_many, flooding_by_one
from folkmoot.procedure.persistence.noticed import Noticed, cut

_AROUND = timedelta(days=14)


def flooding_of(org: Organisation, post: Post) -> list[Noticed]:
    """Return what is seen of the text of `post` being posted again, by its author and by all who did."""
    own = wording_of(post.text, post.text_key)
    if (post.account and post.account.official) or not own:
        return []
    near = rows(org, [post.pk, *copies_of(org, post, own)])
    copies = [row for row in near if _is_near(row.posted_at, post.posted_at) and not row.quotes]
    ours = _official({row.account for row in copies if row.account})
    found = seen(org, [row for row in copies if row.account not in ours], words=False)
    alike = [one for one in found if are_alike(own, one.wording)]
    by_author = [one for one in alike if one.account == post.account_id and one.account]
    signs = (flooding_by_one(by_author, by=post.account_id), flooding_by_many(alike))
    return [one for sign in signs if (one := cut(sign, len(near)))]


def flooding_by(org: Organisation, account: Account, written: Sequence[Row]) -> list[Noticed]:
    """Return what is seen of texts that `account` posted again and again among those that it has `written`."""
    if account.official:
        return []
    posts = seen(org, [row for row in written if not row.quotes], words=False)
    found = (flooding_by_one(group, by=account.pk) for group in groups(posts)[:_GROUPS])
    return [one for one in found if one]


_GROUPS = 5  # texts of one account that are named


def _is_near(at: datetime, other: datetime) -> bool:
    return abs(at - other) <= _AROUND


def _official(accounts: set[int]) -> set[int]:
    return set(Account.objects.filter(pk__in=accounts, official=True).values_list("pk", flat=True))
