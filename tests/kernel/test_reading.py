"""How text is counted: syllables against a dictionary's, sentences, and a text whose score is known."""

import pytest

from folkmoot.kernel.reading import reading, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *[("a", 1), ("post", 1), ("moderator", 4), ("executive", 4), ("disciplinary", 5), ("decided", 3), ("asked", 1)],
        *[("something", 2), ("everybody", 4), ("people", 2), ("places", 2), ("rules", 1), ("the", 1), ("you", 1)],
        *[("writes", 1), ("reasons", 2), ("somebody’s", 3), ("2026", 1), ("changed", 1), ("waited", 2), ("hedge", 1)],
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_short_sentence_scores_as_the_formula_says() -> None:
    found = reading("The cat sat on the mat.")
    assert found.ease == pytest.approx(206.835 - 1.015 * 6 - 84.6)
    assert (found.average, found.words, found.longest) == (6, 6, "The cat sat on the mat")


def test_paragraphs_and_lines_end_sentences() -> None:
    assert reading("One two three\n\nFour five. Six seven!\nEight nine?").average == pytest.approx(9 / 4)


def test_a_text_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="no words"):
        reading("> !")
