"""Copy-paste flooding (Mh): the same or lightly edited text many times, by one account or by many within days."""

from collections.abc import Sequence
from datetime import timedelta

from folkmoot.kernel.said import gettext
from folkmoot.procedure.persistence.noticed import Noticed, Seen, Sign, Strength, dated, noticed

BY_ONE, WITHIN_OF_ONE = 5, timedelta(days=7)
BY_MANY, ACCOUNTS, WITHIN_OF_MANY = 10, 4, timedelta(days=3)
CLEAR, STRONG = 10, 25
CLAUSES = ("Mh",)


def flooding_by_one(posts: Sequence[Seen], *, by: int | None = None) -> Noticed | None:
    """Return what is seen in `posts`, all of one account and with the same or nearly the same words; or `None`."""
    known, missing = dated(posts)
    found = _densest(known, WITHIN_OF_ONE)
    if len(found) < BY_ONE:
        return None
    sentence = gettext("This account posted the same text, or nearly so, %(posts)d times within a week.") % {
        "posts": len(found)
    }
    return noticed(Sign.FLOODING, CLAUSES, _strength(len(found)), sentence, found, by=by, notes=[missing])


def flooding_by_many(posts: Sequence[Seen]) -> Noticed | None:
    """Return what is seen in `posts`, of several accounts and with the same or nearly the same words; or `None`."""
    known, missing = dated(posts)
    found = _densest(known, WITHIN_OF_MANY)
    accounts = {one.account for one in found if one.account}
    if len(found) < BY_MANY or len(accounts) < ACCOUNTS:
        return None
    sentence = gettext(
        "The same text, or nearly so, was posted %(posts)d times by %(accounts)d accounts within three days."
    ) % {"posts": len(found), "accounts": len(accounts)}
    campaign = gettext("A campaign that gave people a text to post looks like this too, and is no breach by itself.")
    return noticed(Sign.FLOODING, CLAUSES, _strength(len(found)), sentence, found, notes=[campaign, missing])


def _densest(known: Sequence[Seen], within: timedelta) -> list[Seen]:
    """Return the most posts that lie within so many local days, one after the other."""
    best, first = (0, 0), 0
    for last, one in enumerate(known):
        while one.day and known[first].day and one.day - known[first].day >= within:  # type: ignore[operator]
            first += 1
        if last + 1 - first > best[1] - best[0]:
            best = (first, last + 1)
    return list(known[best[0] : best[1]])


def _strength(posts: int) -> Strength:
    return Strength.STRONG if posts >= STRONG else Strength.CLEAR if posts >= CLEAR else Strength.WEAK
