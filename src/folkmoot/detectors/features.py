"""What the linear model sees of a text: which words, pairs of words and runs of letters are there, as hashed numbers.

Everything is worked out on whole arrays at once, so that a million characters take a fraction of a second. The
same numbers come out on every machine.
"""

import zlib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]

BITS = 18
_RUNS = (3, 4, 5)  # letters of a run
_PRIMES = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5, 0x85EBCA77C2B2AE63], np.uint64
)
_SALT = np.uint64(0xD6E8FEB86659FD93)
_SHIFT = np.uint64(64 - BITS)


def features(words: list[str]) -> NDArray[np.int64]:
    """Return which of `2**BITS` features the words have, each once, in ascending order."""
    found, _ = placed(words)
    return np.unique(found)


def placed(words: list[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return every feature as often as it is there, and beside it the number of the word at which it begins."""
    if not words:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    of_words = np.array([_hash(word) for word in words], np.uint64)
    numbers = np.arange(len(words))
    kinds = [(of_words, numbers), *_beside(of_words, numbers), *_runs(words, numbers)]
    found = np.concatenate([_folded(hashes, kind) for kind, (hashes, _) in enumerate(kinds)]).astype(np.int64)
    return found, np.concatenate([places for _, places in kinds])


def _beside(of_words: Hashes, numbers: Places) -> list[tuple[Hashes, Places]]:
    """Return the hashes of two words beside each other, and of two with one between."""
    first, second = of_words[:-1] * _PRIMES[0] + of_words[1:], of_words[:-2] * _PRIMES[1] + of_words[2:]
    return [(first, numbers[:-1]), (second, numbers[: len(second)])]


def _runs(words: list[str], numbers: Places) -> list[tuple[Hashes, Places]]:
    """Return the hashes of runs of letters, with the spaces between words as letters of their own."""
    letters = np.frombuffer(f" {' '.join(words)} ".encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    lengths = np.array([len(word) + 1 for word in words])
    of_word = np.repeat(numbers, lengths)[: len(letters) - 1]  # a space belongs to the word after it
    found = []
    for many in _RUNS:
        last = max(0, len(letters) - many + 1)
        run = np.zeros(last, np.uint64)
        for at in range(many):
            run = run * _PRIMES[4] + letters[at : at + last] * _PRIMES[at]
        found.append((run, of_word[:last]))
    return found


def _folded(hashes: Hashes, kind: int) -> Hashes:
    """Return hashes as numbers of features, another kind's apart."""
    return ((hashes + np.uint64(kind)) * _SALT) >> _SHIFT


@lru_cache(maxsize=50_000)
def _hash(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass")) * 0x9E3779B1 & 0xFFFFFFFFFFFFFFFF
