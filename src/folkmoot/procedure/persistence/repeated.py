"""Repeated unwelcome mentions (F10): one account writes to the same person again and again, over days.

Whether it is unwelcome the archive shows in two ways only: the person asked to be left alone, or never answered.
"""

from collections.abc import Sequence
from datetime import date

from folkmoot.kernel.said import gettext, ngettext
from folkmoot.procedure.persistence.bars import why_not_counted
from folkmoot.procedure.persistence.noticed import (
    Noticed,
    Seen,
    Sign,
    Standing,
    Strength,
    dated,
    noticed,
    said_day,
)

POSTS, DAYS = 8, 3  # without any answer
CLEAR_POSTS, CLEAR_DAYS = 12, 6
CLAUSES = ("F10", "Sa")


def repeated(
    posts: Sequence[Seen],
    standing: Standing,
    *,
    answered: bool,
    asked_on: date | None = None,
    by: int | None = None,
    towards: int | None = None,
) -> Noticed | None:
    """Return what is seen in `posts` of one account that answer, quote or name one person; or `None`.

    `answered`: the person wrote back meanwhile. `asked_on`: the day on which they asked to be left alone, `None` where
    nobody knows of it; from the next day on one post is enough.
    """
    if why_not_counted(standing):
        return None
    known, missing = dated(posts)
    after = [one for one in known if asked_on and one.day and one.day > asked_on]
    if asked_on and after:
        sentence = ngettext(
            "One post answers, quotes or names this person, who asked on %(day)s to be left alone.",
            "%(n)d posts answer, quote or name this person, who asked on %(day)s to be left alone.",
            len(after),
        ) % {"n": len(after), "day": said_day(asked_on)}
        return noticed(
            Sign.REPEATED, CLAUSES, Strength.STRONG, sentence, after, by=by, towards=towards, notes=[missing]
        )
    days = len({one.day for one in known})
    if answered or len(known) < POSTS or days < DAYS:
        return None
    sentence = gettext(
        "This account answered, quoted or named the same person %(posts)d times on %(days)d days, "
        "and got no answer from them."
    ) % {"posts": len(known), "days": days}
    is_clear = len(known) >= CLEAR_POSTS and days >= CLEAR_DAYS
    unsaid = gettext("Whether they mind nobody has said: ask them before you decide.")
    return noticed(
        Sign.REPEATED,
        CLAUSES,
        Strength.CLEAR if is_clear else Strength.WEAK,
        sentence,
        known,
        by=by,
        towards=towards,
        notes=[unsaid, missing],
    )
