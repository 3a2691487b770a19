"""How much of one text is in another, and where: word by word, near misses of a word included."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from folkmoot.procedure.cascade.common import rare_words
from folkmoot.procedure.cascade.prints import RUN, shingles

Words = tuple[str, ...]

_GAP = 4  # words changed, put in or left out in a row, after which a new passage begins
_NEAR, _NEAR_LETTERS = 75.0, 4  # how alike two spellings of a word are, of 100; shorter words have to be the same
_MOST_NEAR = 20_000  # pairs of words that are compared letter by letter; in longer texts spelling counts
_LEAST_WORDS, _LEAST_RARE, _LEAST_LETTERS = 6, 2, 20  # below that anybody may have said it
_MORE_WORDS = 7  # so many of them may be common but for one
_WHOLE = 0.9  # of the original: who says as much in the same order has it from there, be it of common words
_WHOLE_WORDS, _WHOLE_RARE = 5, 1
_LONG_WORDS, _LONG_RARE = 8, 3  # a passage that nobody writes twice by chance
_DENSE = 0.6  # of the words of a passage, in either text, that are the same
_ALL_OF_IT, _ALL_OF_IT_WORDS = 0.9, 6  # a short text that says nothing else
_REPEATED_WORDS, _REPEATED_RARE = 4, 2  # a quotation, word for word; of what was in breach, one rare word will do


@dataclass(frozen=True)
class Run:
    """Words of the original, from `at`, that stand in the other text from `there`."""

    at: int
    there: int
    size: int


@dataclass(frozen=True)
class Likeness:
    """What of the original is in the other text. Numbers count folded words."""

    runs: tuple[Run, ...]
    passages: tuple[tuple[int, int], ...]  # of the other text: from, up to
    words: int  # of the original that are in it
    share: float  # of the original that is in it, 0 to 1
    similarity: float  # of the original and what was made of it, letter by letter, 0 to 1
    changed: bool  # words were changed, put in or left out within a passage
    own: Words  # of the other text, around what it took
    put_in: Words  # of the other text, within what it took


def likeness(original: Words, other: Words, worn: AbstractSet[int] = frozenset()) -> Likeness | None:
    """Return what `other` has of `original`, or `None` where that is no more than anybody may have written.

    `worn` holds hashes of shingles that very many posts share: they are nobody's own words.
    """
    region = _region(original, other)
    if region is None:
        return None
    start, end = region
    spelt, near = _as_spelt(original, other[start:end])
    chains = [chain for chain in _chains(original, spelt, start) if _counts(original, chain)]
    if not chains or not _is_copy(original, other, chains, worn):
        return None
    return _likeness(original, other, chains, near)


def repeated(
    original: Words, other: Words, *, breach: Words, quoted: Iterable[Words], worn: AbstractSet[int] = frozenset()
) -> Likeness | None:
    """Return what of `quoted`, the words that `other` has in quotation marks, and of `breach`, those of `original` that
    were in breach, stands word for word in both, or `None`: fewer words are enough to know these again.
    """
    runs: list[Run] = []
    rare = _rare(original, worn)
    for piece in dict.fromkeys((breach, *quoted)):
        size, letters = len(piece), sum(map(len, piece))
        if piece == breach:
            is_long, least = size >= _REPEATED_WORDS or letters >= _LEAST_LETTERS, 1
        else:
            is_long, least = size >= _REPEATED_WORDS and letters >= _LEAST_LETTERS, _REPEATED_RARE
        at, there = (_place(piece, original), _place(piece, other)) if is_long else (None, None)
        if at is not None and there is not None and sum(rare[at : at + size]) >= least:
            runs.append(Run(at, there, size))
    runs.sort(key=lambda run: run.there)
    apart = [run for at, run in enumerate(runs) if not at or runs[at - 1].there + runs[at - 1].size <= run.there]
    return _likeness(original, other, [[run] for run in apart], near=False) if apart else None


def _place(piece: Words, words: Words) -> int | None:
    """Return where `piece` stands first in `words`, all in a row."""
    at, size = -1, len(piece)
    with suppress(ValueError):  # there is no further place where it could begin
        while words[(at := words.index(piece[0], at + 1)) : at + size] != piece:
            pass
        return at
    return None


def _region(original: Words, other: Words) -> tuple[int, int] | None:
    """Return the part of `other` in which the original can be: around the shingles that both have."""
    if original == other:
        return 0, len(other)
    places, length = _places(original), len(original)
    starts, ends = [], []
    for there in range(len(other) - RUN + 1):
        if (at := places.get(other[there : there + RUN], -1)) >= 0:
            starts.append(there - at)
            ends.append(there + length - at)
    if not starts:
        return None
    room = 2 * _GAP + length // 4  # for words that were put in
    return max(0, min(starts) - room), min(len(other), max(ends) + room)


@lru_cache(maxsize=16)
def _places(words: Words) -> dict[Words, int]:
    """Return where each run of three words stands first."""
    places: dict[Words, int] = {}
    for at in range(len(words) - RUN + 1):
        places.setdefault(words[at : at + RUN], at)
    return places


def _as_spelt(original: Words, part: Words) -> tuple[Words, bool]:
    """Return `part` with near misses of the original's words as the original spells them; say if there were any."""
    known = set(original)
    missing = {word for word in part if len(word) >= _NEAR_LETTERS and word not in known}
    choices = [word for word in known.difference(part) if len(word) >= _NEAR_LETTERS]
    if not missing or not choices or len(missing) * len(choices) > _MOST_NEAR:
        return part, False
    found = {}
    for word in missing:
        best = process.extractOne(word, choices, scorer=fuzz.ratio, score_cutoff=_NEAR)
        if best is not None:
            found[word] = best[0]
    return tuple(found.get(word, word) for word in part), bool(found)


def _chains(original: Words, part: Words, start: int) -> list[list[Run]]:
    """Return the runs that both have, in chains: within one of them only a few words are different."""
    runs = [
        Run(found.src_start, found.dest_start + start, found.src_end - found.src_start)
        for found in Indel.opcodes(original, part)
        if found.tag == "equal"
    ]
    chains: list[list[Run]] = []
    for run in runs:
        if chains and _gap(chains[-1][-1], run) <= _GAP:
            chains[-1].append(run)
        else:
            chains.append([run])
    return [_trimmed(chain) for chain in chains]


def _gap(before: Run, after: Run) -> int:
    return max(after.at - before.at - before.size, after.there - before.there - before.size)


def _trimmed(chain: list[Run]) -> list[Run]:
    """Leave out single words at either end that stand apart: they are there by chance."""
    while len(chain) > 1 and chain[0].size == 1 and _gap(chain[0], chain[1]) > 1:
        chain = chain[1:]
    while len(chain) > 1 and chain[-1].size == 1 and _gap(chain[-2], chain[-1]) > 1:
        chain = chain[:-1]
    return chain


def _counts(original: Words, chain: list[Run]) -> bool:
    """Say whether a chain is a passage: dense enough, with three words in a row and a rare one among all."""
    words = _taken(original, [chain])
    first, last = chain[0], chain[-1]
    wide = max(last.at + last.size - first.at, last.there + last.size - first.there)
    return max(run.size for run in chain) >= RUN and len(words) >= _DENSE * wide and any(rare_words(words))


def _is_copy(original: Words, other: Words, chains: list[list[Run]], worn: AbstractSet[int]) -> bool:
    rare = _rare(original, worn)
    taken = _taken(original, chains)
    if sum(map(len, taken)) < _LEAST_LETTERS:
        return False
    if len(taken) >= max(_WHOLE_WORDS, _WHOLE * len(original)) and sum(rare_words(taken)) >= _WHOLE_RARE:
        return True
    count = sum(rare[at] for chain in chains for run in chain for at in range(run.at, run.at + run.size))
    if len(taken) < _LEAST_WORDS or count < (1 if len(taken) >= _MORE_WORDS else _LEAST_RARE):
        return False
    if 2 * len(taken) >= len(original):
        return True
    if len(taken) >= max(_ALL_OF_IT_WORDS, _ALL_OF_IT * len(other)) and count >= _LONG_RARE:
        return True
    return any(
        sum(run.size for run in chain) >= _LONG_WORDS
        and sum(rare[at] for run in chain for at in range(run.at, run.at + run.size)) >= _LONG_RARE
        for chain in chains
    )


def _rare(original: Words, worn: AbstractSet[int]) -> list[bool]:
    rare = rare_words(original)
    if worn:
        for at, hashed in enumerate(shingles(original)):
            if hashed in worn:
                rare[at : at + RUN] = [False] * RUN
    return rare


def _taken(original: Words, chains: list[list[Run]]) -> Words:
    return tuple(word for chain in chains for run in chain for word in original[run.at : run.at + run.size])


def _likeness(original: Words, other: Words, chains: list[list[Run]], near: bool) -> Likeness:
    runs = tuple(run for chain in chains for run in chain)
    passages = tuple((chain[0].there, chain[-1].there + chain[-1].size) for chain in chains)
    within = {at for start, end in passages for at in range(start, end)}
    matched = {at for run in runs for at in range(run.there, run.there + run.size)}
    count = sum(run.size for run in runs)
    made = " ".join(other[at] for at in sorted(within))
    return Likeness(
        runs=runs,
        passages=passages,
        words=count,
        share=count / len(original),
        similarity=round(fuzz.ratio(" ".join(original), made) / 100, 4),
        changed=near or any(len(chain) > 1 for chain in chains),
        own=tuple(word for at, word in enumerate(other) if at not in within),
        put_in=tuple(other[at] for at in sorted(within - matched)),
    )
