"""A pile-on (Sa, F2): many accounts go for one person within a day.

Many answers alone are a lively conversation, so some of the accounts must have used words that attack somebody.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from folkmoot.kernel.said import gettext
from folkmoot.procedure.persistence.bars import accounts_needed, bar_said
from folkmoot.procedure.persistence.noticed import (
    Noticed,
    Seen,
    Sign,
    Standing,
    Strength,
    dated,
    noticed,
)

WITHIN = timedelta(hours=24)
ACCOUNTS = 8  # that wrote to, quoted or named the person
HARSH = 3  # of them with words that attack; and at least a quarter of them all
STRONG = 20
CLAUSES = ("Sa", "F2")


def pile_on(posts: Sequence[Seen], standing: Standing, *, towards: int | None = None) -> Noticed | None:
    """Return what is seen of a pile-on in `posts`, by others, that answer, quote or name one person; or `None`.

    Posts with an exact time are counted in any 24 hours; those of which only the day is known with their day.
    """
    known, missing = dated(posts)
    need = accounts_needed(ACCOUNTS, standing)
    if standing == Standing.OURS or len(known) < need:
        return None
    together = max(_densest(known), _fullest_day(known), key=lambda some: len({one.account for one in some}))
    accounts = {one.account for one in together}
    harsh = {one.account for one in together if one.insults}
    if len(accounts) < need or len(harsh) < HARSH or 4 * len(harsh) < len(accounts):
        return None
    sentence = gettext(
        "Within a day %(accounts)d accounts answered, quoted or named this person, in %(posts)d posts; "
        "%(harsh)d of the accounts used words that attack somebody."
    ) % {"accounts": len(accounts), "posts": len(together), "harsh": len(harsh)}
    is_strong = len(accounts) >= accounts_needed(STRONG, standing)
    strength = Strength.STRONG if is_strong else Strength.CLEAR if 2 * len(harsh) >= len(accounts) else Strength.WEAK
    notes = (bar_said(standing), missing)
    return noticed(Sign.PILE_ON, CLAUSES, strength, sentence, together, towards=towards, notes=notes)


def _densest(known: Sequence[Seen]) -> list[Seen]:
    """Return the posts of exact time in those 24 hours in which most accounts wrote."""
    exact = sorted((one for one in known if one.at), key=lambda one: one.at.timestamp() if one.at else 0.0)
    inside: Counter[int | None] = Counter()
    best, first, bounds = 0, 0, (0, 0)
    for last, one in enumerate(exact):
        inside[one.account] += 1
        while one.at and exact[first].at and one.at - exact[first].at > WITHIN:  # type: ignore[operator]
            inside[exact[first].account] -= 1
            if not inside[exact[first].account]:
                del inside[exact[first].account]
            first += 1
        if len(inside) > best:
            best, bounds = len(inside), (first, last + 1)
    return exact[bounds[0] : bounds[1]]


def _fullest_day(known: Sequence[Seen]) -> list[Seen]:
    """Return all posts of the local day on which most accounts wrote: of some only the day may be known."""
    accounts = Counter(day for day, _account in {(one.day, one.account) for one in known})
    day = max(accounts, key=lambda one: (accounts[one], str(one)))
    return [one for one in known if one.day == day]
