"""A buried request (P1): what readers should do comes at the end of a long post, where few get to."""

import re
from collections.abc import Iterator

from folkmoot.advice.house_style.note import Note
from folkmoot.advice.house_style.post import Post, Sentence
from folkmoot.kernel.said import gettext

_LONG = 90  # words, from which on a post is folded away on most platforms
_LATE = 2 / 3
_DO = (
    "come|join|sign|vote|write|tell|help|donate|give|email|e-mail|mail|call|ring|phone|book|register|reply|volunteer|"
    "share|bring|visit|send|apply|report|sponsor|pledge|message|contact|fill in|get in touch|let us know|have your say|"
    "take part"
)
_FIRST = r"(?:[^\w\n]*(?:so|then|and|but|now|today|to take part,?|if you \w+(?: \w+){0,6},)\s)?[^\w\n]*"
_WITHIN = r".{0,200}\b(?:please|can you|could you|will you|we (?:need|want|ask|urge|invite) you(?: all)? to|you can)\s"
_ASKS = re.compile(rf"{_FIRST}(?:(?:please|do|just)\s)?(?:{_DO})\b|{_WITHIN}(?:{_DO})\b", re.IGNORECASE)


def look(post: Post) -> Iterator[Note]:
    """Yield the first request of a long post when it stands in the last third."""
    words = sum(one.words for one in post.sentences)
    if words < _LONG:
        return
    before = 0
    for one in post.sentences:
        if _asks(post, one):
            if before >= _LATE * words:
                why = gettext("What you ask of people comes after %(words)d words; many stop reading before.")
                better = gettext("Say it in the first two lines, and again at the end.")
                yield Note("ask", "P1", one.start, one.end, why % {"words": before}, better)
            return
        before += one.words


def _asks(post: Post, sentence: Sentence) -> bool:
    return _ASKS.match(post.plain, sentence.start, sentence.end) is not None
