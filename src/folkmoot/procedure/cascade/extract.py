"""Of a long text the part is compared that has most in common with another one: all of both would take too long."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from folkmoot.procedure.cascade.fold import Span, folded_words
from folkmoot.procedure.cascade.prints import RUN

Words = tuple[str, ...]

LONG = 12_000  # characters, some 2,000 words, which are compared at once
_STEP = 1_000  # characters by which such a part can lie further on
_FURTHEST = 200_000  # characters, after which no part is looked for


@dataclass(frozen=True)
class Extract:
    """What of a text is compared; `beside` are its folded words elsewhere that are not the other text's."""

    text: str
    beside: Words = ()
    is_part: bool = False


def extract(text: str, known: AbstractSet[Words]) -> Extract:
    """Return the part of `text`, at most `LONG` characters, with most of the runs of words `known` of another text."""
    if len(text) <= LONG:
        return Extract(text)
    spans, words = _folded(text)
    own = [_of_another(some, known) for some in words]
    counts = [sum(flags) for flags in own]
    size = LONG // _STEP
    first = max(range(max(1, len(spans) - size + 1)), key=lambda at: sum(counts[at : at + size]))
    last = min(first + size, len(spans)) - 1
    beside = tuple(
        word
        for at, (some, flags) in enumerate(zip(words, own, strict=True))
        if not first <= at <= last
        for word, is_known in zip(some, flags, strict=True)
        if not is_known
    )
    return Extract(text[spans[first][0] : spans[last][1]], beside, is_part=True)


def runs_of(text: str) -> frozenset[Words]:
    """Return all runs of three words of a text."""
    words = folded_words(text[:_FURTHEST])
    return frozenset(zip(words, words[1:], words[2:], strict=False))


@lru_cache(maxsize=4)
def _folded(text: str) -> tuple[list[Span], list[Words]]:
    spans = list(_steps(text[:_FURTHEST]))
    return spans, [tuple(folded_words(text[start:end])) for start, end in spans]


def _steps(text: str) -> Iterator[Span]:
    """Cut at spaces where there are any."""
    start = 0
    while start < len(text):
        end = start + _STEP
        if end < len(text):
            end = max(text.rfind(" ", start + _STEP // 2, end), text.rfind("\n", start + _STEP // 2, end)) + 1 or end
        yield start, min(end, len(text))
        start = end


def _of_another(words: Words, known: AbstractSet[Words]) -> list[bool]:
    """Say of each word whether it is in a run that the other text has too."""
    found = [False] * len(words)
    for at, run in enumerate(zip(words, words[1:], words[2:], strict=False)):
        if run in known:
            found[at : at + RUN] = [True] * RUN
    return found
