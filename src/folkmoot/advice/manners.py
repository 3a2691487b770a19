"""What no rule forbids and what would still read better: labels for positions, capitals, hearsay, a link by itself."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from folkmoot.advice.better import Manner
from folkmoot.kernel.said import gettext


class Hint(NamedTuple):
    """A remark that is only advice, on `text[start:end]`, with the code of the paragraph that advises it."""

    manner: Manner
    clause: str
    start: int
    end: int
    why: str


_THING = (
    r"(?:ideas?|plans?|polic(?:y|ies)|proposals?|decisions?|motions?|arguments?|schemes?|views?|positions?|opinions?|"
    r"suggestions?|excuses?|statements?|campaigns?|manifestos?|budgets?|reforms?|cuts)"
)
_SCORNFUL = (
    r"(?:stupid|idiotic|moronic|brain-?dead|brainless|braindead|insane|crazy|lunatic|loony|barmy|bonkers|daft|dumb|"
    r"pathetic|laughable|ludicrous|half-?witted|crackpot|hare-?brained|asinine|imbecilic)"
)
_LABEL = (
    r"(?:drivel|codswallop|claptrap|balderdash|poppycock|hogwash|tripe|twaddle|garbage|lunacy|idiocy|stupidity|"
    r"utter nonsense|complete nonsense|total nonsense|utter rubbish|complete rubbish|total rubbish)"
)
_SCORN = re.compile(
    rf"\b{_SCORNFUL}\s+(?:\w+\s+)?{_THING}\b|\b{_THING}\s+(?:is|are|was|were)\s+(?:\w+\s+){{0,2}}{_SCORNFUL}\b|\b{_LABEL}\b",
    re.IGNORECASE,
)
_HEARSAY = re.compile(
    r"\b(?:i(?:\s+have|['’]ve)\s+(?:got\s+)?no\s+(?:proof|evidence)|i\s+can['’]?(?:no)?t\s+prove\s+(?:it|this|that)|"
    r"rumou?rs?\s+(?:has|have)\s+it|i(?:['’]m|\s+am)\s+not\s+sure\s+(?:if|whether)\s+(?:it|this|that)(?:['’]s|\s+is)\s+true|"
    r"don['’]?t\s+know\s+(?:if|whether)\s+(?:it|this|that)(?:['’]s|\s+is)\s+true|a\s+little\s+bird\s+told\s+me|"
    r"no\s+smoke\s+without\s+fire)\b",
    re.IGNORECASE,
)
_MARKS = re.compile(r"(?<![!?])[!?]*?(?:!{3}|\?{3}|!\?!|\?!\?)[!?]*")  # a run is looked at once, from its beginning
_LINK_ALONE = re.compile(r"\s*(?:https?://|www\.)\S+\s*", re.IGNORECASE)
_MOST = 20  # of a kind: nobody reads on


def hints(text: str) -> Iterator[Hint]:
    """Yield what could be said better in `text`, kind by kind."""
    for found in _few(_SCORN, text):
        why = gettext("It puts a label on an idea instead of saying what is wrong with it.")
        yield Hint(Manner.SCORN, "F5", *found.span(), why)
    for found in _few(_HEARSAY, text):
        yield Hint(Manner.HEARSAY, "R7", *found.span(), gettext("It reads as if you were not sure of it yourself."))
    yield from _loud(text)
    if _LINK_ALONE.fullmatch(text):
        yield Hint(Manner.BARE_LINK, "R12", 0, len(text), gettext("There is a link, and no word of yours about it."))


def _loud(text: str) -> Iterator[Hint]:
    for start, end in _all_in_capitals(text):
        yield Hint(Manner.SHOUTING, "R1", start, end, gettext("Many words in capitals read like shouting."))
    for found in _few(_MARKS, text):
        yield Hint(Manner.SHOUTING, "R1", *found.span(), gettext("Several marks in a row read like shouting."))


def _all_in_capitals(text: str) -> Iterator[tuple[int, int]]:
    """Yield where four words or more in a row are in capitals, of which one at least is no abbreviation."""
    start, end, words, long_ones, count = 0, 0, 0, 0, 0
    for word in re.finditer(r"[^\W\d_]+", text):
        if word[0].isupper():
            start = start if words else word.start()
            end, words, long_ones = word.end(), words + 1, long_ones + (len(word[0]) > 4)
            continue
        if words >= 4 and long_ones:
            yield start, end
            count += 1
        words = long_ones = 0
        if count == _MOST:
            return
    if words >= 4 and long_ones:
        yield start, end


def _few(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    for number, found in enumerate(pattern.finditer(text)):
        if number == _MOST:
            return
        yield found
