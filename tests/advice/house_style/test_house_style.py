"""The house style finds each thing in posts that have it, and nothing in good ones. Notes have place and reason."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.advice.house_style import MOST_NOTES, POINTS, HouseStyle, Language, check
from folkmoot.advice.house_style.phrases import listed
from folkmoot.detectors.finding import Finding, Signal
from folkmoot.detectors.judgement import Judgement
from folkmoot.standards.packs import find_pack, load_pack
from tests.advice.house_style.examples import BAD, GOOD, LONG, OTHER_LANGUAGES

CODES = {clause.code for clause in load_pack(find_pack("labour-branch-2018")).clauses}
PIECES = st.sampled_from(
    [
        *[
            "They don’t care. ",
            "Cllr Ash is a ",
            "total disgrace",
            "CIL ",
            "(CIL)",
            "A&E",
            "A38 ",
            "Vote for Dana",
            "“",
            "”",
            '"',
        ],
        *[
            "Promoted by ",
            "going forward",
            " – ",
            "\n",
            "\n\n",
            "Update\n",
            "İ",
            "ß",
            "ﬁ",
            "½",
            "٠",
            "🏴",
            "\u202e",
            "\u200b",
            "’",
        ],
        *[
            "https://a.example/b ",
            "joe@mail.example",
            "#tag",
            "10 a.m. ",
            "e.g. ",
            "। ",
            "。",
            "mae’r ",
            "کونسل ",
            LONG,
            "\x85",
            "\r\n",
        ],
    ]
)
ANYTHING = st.one_of(st.text(max_size=300), st.lists(st.one_of(PIECES, st.text(max_size=9)), max_size=30).map("".join))
FLOODS = (
    *[
        "We will engage stakeholders going forward. ",
        "Cllr Ash is a total ",
        "CIL ",
        "A&",
        'a"',
        "“",
        "a-",
        "12 a b ",
        "a.",
        "x. ",
    ],
    *[
        "#a ",
        "a@",
        "@",
        ".",
        "!",
        " ",
        "\n",
        "a",
        "漢",
        "😀",
        "printed and published ",
        "is ",
        "the ",
        "is the very ",
        "promoted by ",
    ],
    *["vote for ", "so then ", "if you ", "(", "A ", "A1 ", "please ", "\r", "\u2028", "\x85 "],
)


def marked(text: str, found: HouseStyle) -> list[tuple[str, str]]:
    return [(note.point, text[note.start : note.end]) for note in found.notes]


def judged(*, flag: bool, findings: tuple[Finding, ...]) -> Judgement:
    return Judgement(
        flag=flag,
        score=0.9 if flag else 0.1,
        hate=False,
        hate_score=0.0,
        aimed_at_policy=0.1,
        heads={},
        grounds={},
        findings=findings,
        windows=1,
        read=1,
        model="test",
    )


@pytest.mark.parametrize("name", GOOD)
def test_a_good_post_is_left_alone(name: str) -> None:
    assert marked(GOOD[name], check(GOOD[name])) == []


@pytest.mark.parametrize("name", BAD)
def test_all_that_is_wrong_is_found_where_it_stands_and_nothing_else(name: str) -> None:
    bad = BAD[name]
    assert marked(bad.text, check(bad.text, campaign=bad.campaign)) == bad.found


def test_every_point_is_found_in_some_example() -> None:
    assert {point for bad in BAD.values() for point, _ in bad.found} == set(POINTS)


@pytest.mark.parametrize("name", OTHER_LANGUAGES)
def test_of_another_language_no_figures_are_given_and_nothing_is_said(name: str) -> None:
    found = check(OTHER_LANGUAGES[name])
    assert (found.notes, found.figures) == ((), None)
    assert found.language is Language.OTHER


def test_of_two_languages_only_the_english_part_is_counted() -> None:
    found = check(GOOD["two languages"])
    assert found.language is Language.PARTLY
    assert found.figures
    assert (found.figures.sentences, found.figures.words) == (3, 25)


def test_figures_count_as_people_do_and_leave_links_and_tags_out() -> None:
    found = check(
        "Cllr. Ash met us at 10 a.m. on Friday. We asked twice!\n\n- Buses\nhttps://wexbridge.example/a-b-c #Wexbridge"
    )
    assert found.figures
    assert (found.figures.sentences, found.figures.words, found.figures.longest) == (3, 13, 9)
    assert found.figures.average == pytest.approx(13 / 3, abs=0.1)
    assert found.figures.rough


def test_the_law_has_the_wording_of_an_imprint_so_its_length_does_not_count() -> None:
    imprint = (
        "Promoted by Sam Lowe of 12 Mill Lane, Wexbridge on behalf of "
        + "Dana Reeve and " * 9
        + "Pat Hope of the same."
    )
    found = check(f"Meet us at the hall. {imprint}", campaign=True)
    assert marked("", found) == []
    assert found.figures
    assert found.figures.longest == 5


def test_an_imprint_in_welsh_is_one() -> None:
    assert (
        check("Pleidleisiwch.\nHyrwyddwyd gan Siân Rees ar ran Dana Puw, y ddau o 3 Heol Fawr.", campaign=True).notes
        == ()
    )


def test_what_the_models_find_is_said_where_they_think_that_somebody_is_attacked() -> None:
    text = "Our budget is late. Pell wants his head looking at."
    finding = Finding(Signal.INSULT, "R2", 0.9, 20, len(text), "It may attack a person.")
    advice = Finding(Signal.INSULT, "R11", 0.9, 0, 5, "Advice only.", advice=True)
    other = Finding(Signal.SPAM, "Mh", 0.9, 0, 5, "Spam.")
    found = check(text, judgement=judged(flag=True, findings=(finding, advice, other)))
    assert marked(text, found) == [("people", "Pell wants his head looking at.")]
    assert found.notes[0].clause == "P6"
    assert check(text, judgement=judged(flag=False, findings=(finding,))).notes == ()


def test_of_very_many_notes_some_are_handed_on_and_it_says_so() -> None:
    found = check("Our stakeholders are here. " * 200)
    assert [note.point for note in found.notes].count("jargon") == MOST_NOTES
    assert found.more
    assert found.as_json()["more"] is True


@pytest.mark.parametrize("name", ["jargon", "hedges", "openers", "us_and_them"])
def test_every_phrase_of_a_list_has_something_better_beside_it(name: str) -> None:
    better = listed(name).better()
    assert len(better) >= {"jargon": 120}.get(name, 30)
    assert all(better)


@settings(max_examples=60, deadline=None)
@given(ANYTHING, st.booleans())
def test_every_note_lies_in_the_text_under_a_rule_that_exists_and_has_a_reason(text: str, campaign: bool) -> None:
    for note in check(text, campaign=campaign).notes:
        assert note.point in POINTS
        assert note.clause in CODES
        assert 0 <= note.start < note.end <= len(text)
        assert note.why.endswith(".")
        assert note.better == "" or note.better[-1] in ".”"


@pytest.mark.parametrize("piece", FLOODS)
def test_a_flood_is_read_in_bounded_time(piece: str) -> None:
    text = (piece * (25_000 // len(piece) + 1))[:25_000]
    began = process_time()
    check(text)
    assert process_time() - began < 0.4  # 0.03 to 0.07 on a quiet processor; a square of the length would be seconds


def test_a_hundred_thousand_characters_are_read_in_bounded_time() -> None:
    text = " ".join([*GOOD.values(), *(bad.text for bad in BAD.values())])
    text = (text * (100_000 // len(text) + 1))[:100_000]
    began = process_time()
    check(text)
    assert process_time() - began < 1  # 0.15 on a quiet processor


def test_words_that_leave_some_out_and_links_that_do_not_say_where_they_lead_are_noticed() -> None:
    text = "Our Chairman thanked the guys who leveraged the grant. Click here for the minutes."
    found = {text[one.start : one.end]: one for one in check(text).notes}
    assert [found[words].clause for words in ("Chairman", "guys", "Click here")] == ["P4", "P4", "P1"]
    assert "“used”" in found["leveraged"].better
