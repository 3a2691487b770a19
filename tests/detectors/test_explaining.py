"""Which words moved the score: each left out in turn, and never at the price of a text made to take long."""

from collections.abc import Sequence

from folkmoot.detectors.close_reading import CloseReading, Weighed
from folkmoot.detectors.explaining import words_that_moved
from folkmoot.detectors.linear import our_model
from folkmoot.detectors.reading import Text


class ByAWord:
    """Takes a text for a breach when one word is in it, and counts the characters that it had to read."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.characters = 0

    def weigh_windows(self, readings: Sequence[CloseReading]) -> list[list[Weighed]]:
        self.characters += sum(len(one.text.raw) for one in readings)
        return [[self._one(one)] if one.windows else [] for one in readings]

    def _one(self, reading: CloseReading) -> Weighed:
        likely = 0.9 if self.word in reading.said(reading.windows[0]) else 0.1
        return Weighed(reading.windows[0], {"flag": likely}, {})


def moved(judge: ByAWord, text: str) -> list[str]:
    reading = CloseReading(Text(text), our_model())
    return [text[one.start : one.end] for one in words_that_moved(judge, reading, judge.weigh_windows([reading])[0])]


def test_the_word_without_which_it_is_no_breach_has_moved_it() -> None:
    assert moved(ByAWord("villain"), "You are  a villain,\nsir \U0001f40d") == ["villain,"]
    assert moved(ByAWord("snake"), "You\U0001f40dsir") == ["\U0001f40d"]
    assert moved(ByAWord("nobody"), "You are a villain") == []


def test_a_word_or_a_gap_as_long_as_a_book_is_not_read_again_for_each_of_the_others() -> None:
    judge = ByAWord("villain")
    text = "You are a villain " + "a" * 100_000 + " " * 100_000 + "sir and " * 20
    assert moved(judge, text) == ["villain"]
    assert judge.characters < len(text) + 50_000
