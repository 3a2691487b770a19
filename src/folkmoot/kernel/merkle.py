"""A tree of hashes over many small facts: one root stands for all of them, and moves with any of them.

Where a fact lies in the tree depends on its key alone, so the root is the same in whatever order facts came,
and a change costs as many hashes as the tree is deep.
"""

import hashlib
from bisect import bisect_left, insort
from typing import Final

from folkmoot.kernel.canonical import canonical_bytes

_BITS: Final = 256
EMPTY: Final = hashlib.sha256(b"").digest()


class MerkleTree:
    """The facts by key, and their root.

    A leaf is SHA-256 of a zero byte and the canonical JSON of {"leaf": [key, *fact]}; it lies where SHA-256 of the key,
    read bit by bit, leads. A part of the tree with one fact is that leaf; with more, it is SHA-256 of a one
    byte, the part whose next bit is 0, and the part whose next bit is 1; a part with none is SHA-256 of nothing.
    """

    def __init__(self) -> None:
        self._places: list[int] = []  # in order
        self._leaves: dict[int, bytes] = {}
        self._known: dict[tuple[int, int], bytes] = {}  # parts already hashed, by depth and the bits that lead there
        self._deepest = 0

    def __len__(self) -> int:
        return len(self._leaves)

    def put(self, key: str, *fact: str | int) -> None:
        """Let `fact` stand under `key`, whatever stood there before."""
        place = _place(key)
        if place not in self._leaves:
            insort(self._places, place)
        self._leaves[place] = _leaf(key, *fact)
        for depth in range(self._deepest + 1):
            self._known.pop((depth, place >> (_BITS - depth)), None)

    def clear(self) -> None:
        """Forget all facts."""
        self._places.clear()
        self._leaves.clear()
        self._known.clear()

    def root(self) -> str:
        """Return the root as 64 hexadecimal digits."""
        return self._part(0, 0, len(self._places)).hex()

    def _part(self, depth: int, first: int, end: int) -> bytes:
        if end == first:
            return EMPTY
        if end - first == 1:
            return self._leaves[self._places[first]]
        bits = self._places[first] >> (_BITS - depth)
        found = self._known.get((depth, bits))
        if found is None:
            middle = bisect_left(self._places, (2 * bits + 1) << (_BITS - depth - 1), first, end)
            left, right = self._part(depth + 1, first, middle), self._part(depth + 1, middle, end)
            found = self._known[(depth, bits)] = hashlib.sha256(b"\x01" + left + right).digest()
            self._deepest = max(self._deepest, depth)
        return found


def _place(key: str) -> int:
    return int.from_bytes(hashlib.sha256(key.encode()).digest(), "big")


def _leaf(*fact: str | int) -> bytes:
    return hashlib.sha256(b"\x00" + canonical_bytes({"leaf": list(fact)})).digest()
