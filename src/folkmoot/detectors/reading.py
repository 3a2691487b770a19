"""A text as detectors read it: folded to plain words, and each place in these mapped back to the text as given.

What hides a word is seen through here, once for all detectors: look-alike letters and hidden characters (by
`kernel.lookalikes`), digits and signs put for letters, letters drawn out or spaced out, and letters starred out.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

from folkmoot.detectors.wordlists import Hit, Word, lists_in_use
from folkmoot.kernel.lookalikes import folds, spelt_out

_WORD = re.compile(r"\S+")
_SPACED = re.compile(r"(?<!\S)\w(?: {1,3}\w){3,40}(?!\S)")
_DRAWN_OUT = re.compile(r"(\w)\1{2,}")
_DRESSED = re.compile(r"(?<![\w@/.#])[^\W\d_][\w]{0,20}(?:[*@$!#%][\w]{0,20}){1,12}", re.ASCII)
_SIGNS = str.maketrans("@$!013457", "asioieast")  # unlike `spelt_out`, "!" and "1" stand for "i" between letters
EMOJI = re.compile("[\U0001f1e6-\U0001f1ff\U0001f300-\U0001f3fa\U0001f400-\U0001faff\u2600-\u27bf]")
KIND = frozenset(
    "❤🧡💛💚💙💜🖤🤍🤎💕💖💗💓💞💘💝🎉🎊🥳👏👍🙏😀😃😄😁😊🙂😂🤣😍🥰☺🌈✨🌹🎂🎁⭐🌟✅✔☀🌻🌷🎈🎶🎵🐶🐱☕🍰🙌🤗😅👋🎄🎅🚲🚌🌍🌳"
)
"""Emoji of joy and everyday life, the rainbow among them: models learnt emoji from hate, and do not read these."""
_LONGEST = 24  # letters that a spaced-out word has at most


class Text:
    """A text and what it reads as. `raw` is never changed, and every span that leaves here points into it."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self._pieces = folds(raw)
        self.plain = "".join(self._pieces)

    @cached_property
    def words(self) -> list[Word]:
        """The folded words in their order, digits put for letters read as these: "1d10t" is "idiot"."""
        return [Word(spelt_out(found[0]), found.start(), found.end()) for found in _WORD.finditer(self.plain)]

    @cached_property
    def tokens(self) -> list[Word]:
        """The words with the emoji between them, as the models read it: an emoji may say what no word does."""
        signs = [
            Word(found[0], self._starts[found.start()], self._starts[found.start()] + 1)
            for found in EMOJI.finditer(self.raw)
            if found[0] not in KIND
        ]
        return sorted([*self.words, *signs], key=lambda word: word.start) if signs else self.words

    @cached_property
    def disguised(self) -> list[Word]:
        """Words that stand there only in disguise: spaced out, drawn out, or with signs for some letters.

        A star stands for any letter and is kept: "w**ker" is found as "w**ker". Places are in the folded text.
        """
        return sorted([*self._spaced_out(), *self._drawn_out(), *self._dressed()], key=lambda word: word.start)

    @cached_property
    def hits(self) -> list[Hit]:
        """What of our lists stands in it, openly or in disguise."""
        return list(lists_in_use().hits(self.words, self.disguised))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return which part of the text as given makes `plain[start:end]`, of at least one character."""
        starts = self._starts
        return bisect_right(starts, start) - 1, bisect_right(starts, max(start, end - 1))

    def folded(self, place: int) -> int:
        """Return where in the folded text the character at `place` of the text as given begins."""
        return self._starts[place] if place < len(self._starts) else len(self.plain)

    @cached_property
    def _starts(self) -> "array[int]":
        """Where in the folded text each character as given begins."""
        ends = array("I", accumulate(map(len, self._pieces), initial=0))
        ends.pop()
        return ends

    def _spaced_out(self) -> Iterator[Word]:
        for found in _SPACED.finditer(self.plain):
            letters = found[0].replace(" ", "")
            if len(letters) <= _LONGEST:
                yield Word(spelt_out(letters), found.start(), found.end(), hidden=True)

    def _drawn_out(self) -> Iterator[Word]:
        if not _DRAWN_OUT.search(self.plain):
            return
        for word in self.words:
            if _DRAWN_OUT.search(word.text):
                for short in {_DRAWN_OUT.sub(r"\1", word.text), _DRAWN_OUT.sub(r"\1\1", word.text)}:
                    yield Word(short, word.start, word.end)

    def _dressed(self) -> Iterator[Word]:
        for found in _DRESSED.finditer(self.raw):
            dressed = found[0].rstrip("!#%")  # an exclamation mark at the end is one
            read = dressed.lower().translate(_SIGNS)
            if any(sign in dressed for sign in "*@$!") and len(read) > 2:
                start, end = self._starts[found.start()], self._starts[found.start() + len(dressed) - 1] + 1
                yield Word(read.replace("#", "*").replace("%", "*"), start, max(start + 1, end), hidden=True)
