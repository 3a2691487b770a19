"""The same insult at the same person over days (Sa, F2): a word of our lists again, or the same sentence again."""

from collections import defaultdict
from collections.abc import Sequence

from folkmoot.kernel.said import gettext
from folkmoot.procedure.persistence.alike import groups
from folkmoot.procedure.persistence.bars import bar_said, days_needed
from folkmoot.procedure.persistence.noticed import Noticed, Seen, Sign, Standing, Strength, dated, noticed

DAYS = 3  # on which the same listed word was used, or the same sentence with such a word in it
DAYS_OF_WORDS = 5  # for the same sentence with no listed word in it
STRONG = 6
CLAUSES = ("Sa", "F2")


def same_insult(
    posts: Sequence[Seen], standing: Standing, *, by: int | None = None, towards: int | None = None
) -> Noticed | None:
    """Return what is seen in `posts` of one account that answer, quote or name one person; or `None`.

    Of several words and sentences that came again the one of most days is named.
    """
    if standing == Standing.OURS:
        return None
    known, missing = dated(posts)
    words = _by_word(known)
    need = days_needed(DAYS, standing)
    said_again = max(words.items(), key=lambda one: (_days(one[1]), one[0]), default=("", []))
    same_text = max(groups(known), key=_days, default=[])
    harsh = any(one.insults for one in same_text)
    text_need = need if harsh else days_needed(DAYS_OF_WORDS, standing)
    notes = [bar_said(standing), missing]
    if _days(said_again[1]) >= need:
        sentence = gettext("“%(word)s” was said to the same person on %(days)d days, in %(posts)d posts.") % {
            "word": said_again[0],
            "days": _days(said_again[1]),
            "posts": len(said_again[1]),
        }
        found = said_again[1]
    elif _days(same_text) >= text_need:
        sentence = gettext(
            "The same sentence, or nearly so, was written to the same person on %(days)d days, in %(posts)d posts."
        ) % {"days": _days(same_text), "posts": len(same_text)}
        found = same_text
        if not harsh:
            notes.insert(0, gettext("No word of our lists is in it: it may be a question that nobody has answered."))
    else:
        return None
    strength = Strength.STRONG if _days(found) >= days_needed(STRONG, standing) else Strength.CLEAR
    if found is same_text and not harsh:
        strength = Strength.WEAK
    return noticed(Sign.SAME_INSULT, CLAUSES, strength, sentence, found, by=by, towards=towards, notes=notes)


def _by_word(posts: Sequence[Seen]) -> dict[str, list[Seen]]:
    said: dict[str, list[Seen]] = defaultdict(list)
    for post in posts:
        for word in post.insults:
            said[word].append(post)
    return said


def _days(posts: Sequence[Seen]) -> int:
    return len({one.day for one in posts})
