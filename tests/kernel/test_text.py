"""What people type is kept as it is or refused with a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.kernel.errors import BadInput
from folkmoot.kernel.text import match_key, single_line, typed, visible


@pytest.mark.parametrize("bad", ["a\x00b", "a\x07b", "a\x1bb", "a\x7fb", "%PDF-1.4\x01"])
def test_characters_of_files_are_refused(bad):
    with pytest.raises(BadInput, match="may be a file") as refusal:
        typed(bad, field="words", limit=100)
    assert refusal.value.field == "words"


def test_half_a_character_is_refused():
    with pytest.raises(BadInput, match="half a character"):
        typed("hello \ud83d", field="words", limit=100)


def test_too_much_says_how_much_there_is_and_how_much_there_may_be():
    with pytest.raises(BadInput, match=r"1,001 characters long; please keep it to 1,000"):
        typed("x" * 1001, field="words", limit=1000)


@pytest.mark.parametrize("blank", ["", "   ", "\n\n", "\u200b", "\u202e\u2060", "\u00a0"])
def test_what_nobody_can_see_is_empty(blank):
    assert not visible(blank)
    with pytest.raises(BadInput, match="is empty"):
        typed(blank, field="words", limit=100)
    assert typed(blank, field="words", limit=100, required=False).strip("\u200b\u202e\u2060") == ""


def test_right_to_left_words_and_their_marks_are_kept():
    words = "\u202bשלום\u202c and مرحبا"
    assert typed(words, field="words", limit=100) == words


def test_every_kind_of_line_end_becomes_one():
    assert typed("a\r\nb\rc\u2028d\u2029e\x85f", field="w", limit=100) == "a\nb\nc\nd\ne\nf"


@given(st.text())
def test_what_was_accepted_once_is_accepted_unchanged_again(text):
    try:
        once = typed(text, field="w", limit=1000)
    except BadInput:
        return
    assert typed(once, field="w", limit=1000) == once
    assert once.encode("utf-8").decode("utf-8") == once
    assert "\x00" not in once


@given(st.text())
def test_the_key_for_comparing_does_not_change_when_taken_again(text):
    assert match_key(match_key(text)) == match_key(text)
    assert "\n" not in single_line(text)


def test_case_width_and_white_space_do_not_matter_for_comparing():
    assert match_key("The  ＨＡＲＢＯＵＲ\nplan ") == match_key("the harbour PLAN")
    assert match_key("the harbour plan") != match_key("the harbour plans")
