"""How text is counted: syllables against a dictionary's, sentences, and a text whose score is known."""

import pytest

from folkmoot.kernel.reading import reading, sentence_spans, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *[("a", 1), ("post", 1), ("moderator", 4), ("executive", 4), ("disciplinary", 5), ("decided", 3), ("asked", 1)],
        *[("something", 2), ("everybody", 4), ("people", 2), ("places", 2), ("rules", 1), ("the", 1), ("you", 1)],
        *[("writes", 1), ("reasons", 2), ("somebody’s", 3), ("2026", 1), ("changed", 1), ("waited", 2), ("hedge", 1)],
        *[("being", 2), ("bullying", 3), ("criticism", 4), ("earlier", 3), ("media", 3), ("statement", 2)],
        *[("element", 3)],
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


@pytest.mark.parametrize(
    "text",
    [
        *["Cllr. Ash met Mrs. J. Thorne.", "Come at 10 a.m. on Friday.", "It is at No. 10 in St. John’s.", "“Why?”"],
        *["Tea, cake etc. is free.", "一つ。", "Bring a pen, e.g. a blue one!"],
    ],
)
def test_a_full_stop_within_a_sentence_ends_none(text: str) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == [text]


def test_sentences_are_found_where_they_stand() -> None:
    text = " The answer is no. We go on!\n\n“Really?” Yes… 两个。三个。 At 10 a.m. Come."
    said = ["The answer is no.", "We go on!", "“Really?”", "Yes…", "两个。", "三个。", "At 10 a.m.", "Come."]
    assert [text[start:end] for start, end in sentence_spans(text)] == said


def test_a_text_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="no words"):
        reading("> !")
