"""Cutting, folding and marking words, without a database."""

import pytest

from folkmoot.archive.words import GAP, MOST_TIMES, MOST_WORDS, around, cut, indexed, pieces, places, query


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("CROOK", "crook"),
        ("Café", "cafe\u0301"),
        ("Café", "cafe"),
        ("cr\u200book", "crook"),
        ("cro\u00adok", "crook"),
        ("𝐜𝐫𝐨𝐨𝐤", "crook"),
        ("ｃｒｏｏｋ", "crook"),
        ("Straße", "STRASSE"),
        ("Ёлка", "елка"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("İstanbul", "istanbul"),
        ("½", "1/2"),
        ("١٢", "١٢"),
    ],
)
def test_what_reads_alike_is_one_word(one: str, another: str) -> None:
    assert cut(one) == cut(another) != []


@pytest.mark.parametrize(
    ("one", "another"), [("crook", "crock"), ("привет", "привит"), ("हिन्दी", "हिन्दू"), ("abc", "абс"), ("a_b", "ab")]
)
def test_what_reads_differently_is_not(one: str, another: str) -> None:
    assert cut(one) != cut(another)


def test_tokens_are_plain_letters_digits_and_a_line() -> None:
    for token in cut("Naïve 你好 हिन्दी ไทย 🤡 one_two don’t " + "x" * 300 + " " + "ж" * 300):
        assert token.isascii()
        assert len(token) <= 40
        assert token.replace("_", "").isalnum()
        assert token.lower() == token


def test_where_no_spaces_are_written_a_part_is_found() -> None:
    assert places("我不喜欢这个计划", query("喜欢")) == [(2, 4)]


def test_quotes_hold_words_together_in_every_fashion() -> None:
    assert query('crook "harbour plan"').phrases == (("crook",), ("harbour", "plan"))
    assert query("crook “harbour plan” «so they say»").phrases == (
        ("crook",),
        ("harbour", "plan"),
        ("so", "they", "say"),
    )
    assert query('"harbour plan').phrases == (("harbour", "plan"),)
    assert query("don't").phrases == (("don", "t"),)
    assert query("plan Plan PLAN").phrases == (("plan",),)


def test_signs_alone_look_for_nothing() -> None:
    for typed in ("", "  ", '""', "!!! ???", "\u200b", "* OR ("):
        assert not query(typed) or typed == "* OR ("
    assert query("* OR (").phrases == (("or",),)


def test_what_is_found_is_marked_where_it_stands() -> None:
    text = "At the Cafe\u0301: HARBOUR\n plan, “harbour” plans."
    assert pieces(text, query('café "harbour plan"')) == [
        ("At the ", False),
        ("Cafe\u0301", True),
        (": ", False),
        ("HARBOUR\n plan", True),
        (", “harbour” plans.", False),
    ]


def test_marks_that_overlap_are_one() -> None:
    assert places("a b c d", query('"a b" "b c"')) == [(0, 5)]


def test_nothing_of_the_text_is_lost_by_marking() -> None:
    text = "½ cup, ﬁne <b>&amp; 🤡🤡 cr\u200book\u0301 ไทย\r\n"
    for typed in ("2", "fine", "🤡", "crook", "ไ", "b"):
        assert "".join(piece for piece, _ in pieces(text, query(typed))) == text
        assert any(found for _, found in pieces(text, query(typed))), typed


def test_a_long_text_is_shown_around_what_was_found() -> None:
    text = "before " * 300 + "the crook " + "after " * 300
    shown = around(text, query("crook"), most=300)
    assert "the crook" in shown
    assert shown.startswith("… before")
    assert shown.endswith("after …")
    assert len(shown) < 320
    assert around(text, query("nothere"), most=300).startswith("before")
    assert around("short", query("x"), most=300) == "short"


def test_texts_of_one_post_stand_apart() -> None:
    assert indexed(["one two", "three"]) == ["one", "two", GAP, "three"]


def test_what_a_database_could_not_hold_is_left_out_for_all() -> None:
    assert len(indexed(["a b " * MOST_WORDS])) == MOST_WORDS
    tokens = indexed(["spam " * 900 + "end"])
    assert tokens.count("spam") == MOST_TIMES
    assert tokens[-1] == "end"
    assert len(tokens) == 901
