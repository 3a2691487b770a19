"""Texts are folded to words that compare, and every word is found again in the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.procedure.cascade.fold import folded, folded_words, links, read

PLAIN = "councillor voss sold the harbour for a song"


@given(st.text(max_size=200))
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


PIECES = st.sampled_from(
    ["RT @ann: ", "“", "”", "> ", "&amp;", "&#8220;", "https://x.org/a1 ", "\n", "Voss ", "h3ll0 ", "é", "\u200b", "ﬁ"]
)


@given(st.lists(st.one_of(st.text(max_size=20), PIECES), max_size=12).map("".join))
def test_reading_finds_the_same_words_and_each_in_its_place(text: str) -> None:
    found = read(text)
    assert list(found.words) == folded_words(text)
    last = 0
    for word, (start, end) in zip(found.words, found.places, strict=True):
        assert last <= start < end <= len(text)  # two words may be one sign: "¼"
        last = start
        if "@" not in text[start:end] and "." not in text[start:end]:  # alone it may read as a link
            assert word in folded(text[start:end])
    for start, end in found.quoted:
        assert 0 <= start < end <= len(found.words)


@pytest.mark.parametrize(
    "text",
    [
        "COUNCILLOR VOSS SOLD THE HARBOUR FOR A SONG!!!",
        "Councillor  Voss\n\nsold – the harbour – for a song…",
        "Ｃouncillor 𝐕𝐨𝐬𝐬 ⓢⓞⓛⓓ the ℋarbour 🅵🅾🆁 a song",
        "Соunсіllоr Vоѕѕ ѕоld thе hаrbоur fоr а ѕоng",
        "Coun\u200bcil\u00adlor Vo\u2060ss sold\u202e the har\ufe0fbour for a s\u0336o\u0336n\u0336g\u0336",
        "C0uncillor V0ss s0ld the h4rb0ur f0r a s0ng",
        "RT @town_crier: Councillor Voss sold the harbour for a song https://t.example/abc",
        "&quot;Councillor&nbsp;Voss sold the harbour for a song&quot;",
        "> Councillor Voss sold\n> the harbour for a song",
        "“@ann: Councillor Voss sold the harbour for a song”",
    ],
)
def test_whatever_it_is_dressed_in_a_text_folds_to_the_same_words(text: str) -> None:
    assert folded(text) == PLAIN


def test_numbers_stay_numbers() -> None:
    assert folded("In 2024 we paid 3,000 pounds") == "in 2024 we paid 3 000 pounds"


def test_who_is_passed_on_and_what_is_quoted_is_remembered() -> None:
    found = read("So true! RT @ann_b: “the harbour is sold” they said\n> and the pier too")
    assert found.passed_on == (("ann_b", 2),)
    quoted = [found.words[start:end] for start, end in found.quoted]
    assert quoted == [("the", "harbour", "is", "sold"), ("and", "the", "pier", "too")]


def test_links_lose_the_signs_that_end_a_sentence() -> None:
    assert links("See https://x.org/a?b=1&amp;c=2, or (www.y.org/3).") == ["https://x.org/a?b=1&c=2", "www.y.org/3"]
