"""Whatever a detector finds lies in the text as it was given, under a rule that exists, and in bounded time."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.detectors import DETECTORS, MOST_FINDINGS, Finding, detect
from folkmoot.detectors.reading import Text
from folkmoot.detectors.wordlists import MOST_TIMES
from folkmoot.standards import Kind
from folkmoot.standards.packs import find_pack, load_pack

PIECES = st.sampled_from(
    [
        "f**k ",
        "i d i o t ",
        "\u200b",
        "\u202e",
        "ﬁ",
        "½",
        "07700 900123",
        "@",
        "idiooot",
        " 14 Alder Street ",
        "К",
        "£5k a ",
        "I know where you live",
        "https://a.example/b ",
        "joe@mail.example",
        "SW1A 1AA",
        "\n",
        "İ",
        "ß",
        "🏴",
        "٠",
    ]
)
ANYTHING = st.one_of(st.text(max_size=300), st.lists(st.one_of(PIECES, st.text(max_size=9)), max_size=20).map("".join))


@given(ANYTHING)
@settings(deadline=None)  # the first one reads the lists
def test_what_is_found_lies_in_the_text_as_given(text: str) -> None:
    for finding in detect(text):
        assert 0 <= finding.start < finding.end <= len(text)
        assert 0 <= finding.score <= 1
        assert finding.why


@given(ANYTHING)
@settings(deadline=None)  # the first one reads the lists
def test_every_word_reads_as_what_stands_in_its_place(text: str) -> None:
    read = Text(text)
    for word in read.words:
        start, end = read.span(word.start, word.end)
        again = Text(text[start:end]).plain
        assert read.plain[word.start : word.end] in again


@pytest.mark.parametrize("pack", ["labour-branch-2018"])
def test_every_finding_names_a_rule_that_can_be_cited(pack: str) -> None:
    clauses = {clause.code: clause for clause in load_pack(find_pack(pack)).clauses}
    for finding in _of_each_kind():
        assert clauses[finding.clause].kind is Kind.GROUND or finding.clause == "Mh"  # Mh: spam and inaccuracy
        assert not finding.advice


def test_there_is_an_example_for_each_detector() -> None:
    assert set(DETECTORS) == {"private", "spam", "evasion", "listed"}
    assert {finding.signal for finding in _of_each_kind()} >= {
        "private", "spam", "evasion", "profanity", "sexual", "slur", "insult", "threat", "harassment", "child_safety",
    }  # fmt: skip


@pytest.mark.parametrize(
    "piece",
    [
        "f**k ",
        "a.b@c.example ",
        "0 ",
        "@",
        "x*",
        "a dot ",
        "1 A",
        "\u200b",
        "aaaa ",
        "lets message report her ",
        "£5k a ",
        "bit.ly/a ",
    ],
)
def test_a_flood_is_bounded_and_hides_no_threat_behind_it(piece: str) -> None:
    flood = (piece * (100_000 // len(piece)))[:100_000]
    found = detect(f"{flood} I know where you live.")
    assert len(found) <= MOST_FINDINGS * len(DETECTORS)
    assert [one for one in found if one.signal == "threat" and one.end == len(flood) + 22], piece


def test_the_same_word_a_thousand_times_is_found_some_times() -> None:
    assert len([one for one in detect("idiot " * 1000) if one.signal == "insult"]) == MOST_TIMES


@pytest.mark.parametrize(
    "text",
    [
        "Mae'r cyngor wedi gwrthod y cais: ŵyn, tŷ, bwyd, gwên a môr.",
        "میں نے کل ووٹ دیا اور ہم\u200cدونوں نے جلوس میں حصہ لیا۔",
        "صوّت الناس يوم الخميس، والنتيجة غداً.",
        "Family day on Saturday 👨‍👩‍👧‍👦🏴󠁧󠁢󠁷󠁬󠁳󠁿 bring the kids ❤️",
        "Μια συνάντηση για τα λεωφορεία, Κυριακή στις πέντε.",
        "Збори громади у четвер о сьомій.",
        "H₂O and 5 µm filters for the café in Llŷn, 20°C.",
    ],
)
def test_other_languages_are_no_evasion(text: str) -> None:
    assert not detect(unicodedata.normalize("NFC", text))


def _of_each_kind() -> list[Finding]:
    said = [
        "Ring him on 07700 900123.",
        "Earn £500 a day, click here to claim bit.ly/abcd",
        "id\u200biot",
        "bollocks",
        "nice tits",
        "pikey",
        "I know where you live",
        "everyone message her boss",
        "send child porn",
    ]
    return [finding for text in said for finding in detect(text)]
