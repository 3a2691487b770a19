"""A text as the models read it: cut into windows, with the evidence that the light layers find in each."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from folkmoot.detectors.linear import Linear
from folkmoot.detectors.pieces import LINK, Piece, pieces
from folkmoot.detectors.reading import Text
from folkmoot.detectors.weighing import Table, of_lists
from folkmoot.detectors.windows import MOST, Window, chosen, windows
from folkmoot.detectors.wordlists import Word

_ENDS = re.compile(r"[.!?…][\"'”’)]*$")
_QUOTED = re.compile(r"[\"“”„«»]|(?<!\w)['‘]\w")
_SHORTEST = 6  # words of a sentence that is read by itself: "kick them out" may speak of people or of a council
_LISTED = 4.0  # how much more than a word of the light model a hit of the lists draws the eye


@dataclass(frozen=True, eq=False)
class Weighed:
    """A window and what was made of it: a probability for each head, and one for each protected ground."""

    window: Window
    heads: dict[str, float]
    grounds: dict[str, float]


@dataclass(frozen=True)
class CloseReading:
    """One text under work. Windows count its pieces; the light model counts its tokens: places tie both together."""

    text: Text
    linear: Linear

    @cached_property
    def pieces(self) -> list[Piece]:
        """What the transformer reads, in its order."""
        return pieces(self.text)

    @cached_property
    def tokens(self) -> list[Word]:
        """What the light model reads, in its order: the folded words and emoji, without those of links."""
        links = [found.span() for found in LINK.finditer(self.text.raw)]
        if not links:
            return self.text.tokens
        starts = [self.text.folded(start) for start, _ in links]
        ends = [self.text.folded(end) for _, end in links]
        return [word for word in self.text.tokens if not _within(word.start, starts, ends)]

    @cached_property
    def windows(self) -> list[Window]:
        """All windows of the text."""
        return windows([piece.said for piece in self.pieces])

    @cached_property
    def read(self) -> list[Window]:
        """Those that are read closely."""
        return self.windows if len(self.windows) <= MOST else chosen(self.windows, self._suspicion)

    def sentences(self, window: Window) -> list[Window]:
        """Return the sentences of a window, if there are several; a short one with the next: it says too little."""
        raw, pieces = self.text.raw, self.pieces
        ends = [
            at
            for at in range(window.first + 1, window.last)
            if _ENDS.search(pieces[at - 1].said) or "\n" in raw[pieces[at - 1].end : pieces[at].start]
        ]
        found, first = list[Window](), window.first
        for at in ends:
            if at - first >= _SHORTEST and window.last - at >= _SHORTEST:
                found.append(Window(first, at))
                first = at
        return [*found, Window(first, window.last)] if found else []

    def quotes(self, window: Window) -> bool:
        """Say whether somebody's words are quoted in a window."""
        start, end = self.span(window)
        return _QUOTED.search(self.text.raw, start, end) is not None

    def said(self, window: Window) -> str:
        """Return what the transformer is given of a window."""
        return " ".join(piece.said for piece in self.pieces[window.first : window.last])

    def span(self, window: Window) -> tuple[int, int]:
        """Return which part of the text as given a window is."""
        return self.pieces[window.first].start, self.pieces[window.last - 1].end

    def light(self, window: Window) -> Table:
        """Return the evidence of the light layers: the sums of the light model's heads, then the lists."""
        words = [token.text for token in self._tokens_of(window)]
        lists = of_lists(self.text.hits, *self._folded(window))
        return np.concatenate([self.linear.logits(words), lists]).astype(np.float32)

    def strongest(self, window: Window, head: str) -> tuple[int, int]:
        """Return the neighbouring words of a window that speak most for a head, as a part of the text as given."""
        tokens = self._tokens_of(window)
        first, last = _best_run(self.linear.along([token.text for token in tokens], head))
        if first == last:
            return self.span(window)
        return self.text.span(tokens[first].start, tokens[last - 1].end)

    def _folded(self, window: Window) -> tuple[int, int]:
        """Return which part of the folded text a window is."""
        start, end = self.span(window)
        return self.text.folded(start), self.text.folded(end)

    def _tokens_of(self, window: Window) -> list[Word]:
        start, end = self._folded(window)
        return self.tokens[bisect_left(self._token_starts, start) : bisect_left(self._token_starts, end)]

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @cached_property
    def _suspicion(self) -> NDArray[np.float32]:
        """Return for each piece how much it draws the eye: by the light model, and by hits of the lists."""
        found = np.zeros(len(self.pieces), np.float32)
        at = np.array([self.text.folded(piece.start) for piece in self.pieces])
        light = self.linear.along([token.text for token in self.tokens], "flag")
        _gather(found, at, np.array(self._token_starts), np.maximum(light, 0))
        hits = self.text.hits
        _gather(found, at, np.array([hit.start for hit in hits]), np.array([hit.score * _LISTED for hit in hits]))
        return found


def _within(place: int, starts: list[int], ends: list[int]) -> bool:
    """Say whether a place is between a start and the end that belongs to it; both ascend."""
    number = bisect_right(starts, place) - 1
    return number >= 0 and place < ends[number]


def _gather(found: NDArray[np.float32], at: NDArray[np.int64], places: NDArray[np.int64], values: Table) -> None:
    """Add each value to the last piece that begins at its place or before."""
    if len(places):
        np.add.at(found, np.maximum(np.searchsorted(at, places, side="right") - 1, 0), values)


def _best_run(values: NDArray[np.float32]) -> tuple[int, int]:
    """Return first and last (exclusive) of the neighbours with the greatest sum; none where none is above 0."""
    best, sum_, first, found = 0.0, 0.0, 0, (0, 0)
    for at, value in enumerate(values.tolist()):
        if sum_ <= 0:
            sum_, first = 0.0, at
        sum_ += value
        if sum_ > best:
            best, found = sum_, (first, at + 1)
    return found
