"""What would read better, and what is left alone."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.advice.better import Manner
from folkmoot.advice.in_need import is_about_oneself, where_help_is
from folkmoot.advice.manners import hints


def found(text: str) -> list[tuple[str, str]]:
    return [(one.manner, text[one.start : one.end]) for one in hints(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Another stupid idea.", "stupid idea"),
        ("This plan is completely bonkers.", "plan is completely bonkers"),
        ("What utter rubbish!", "utter rubbish"),
    ],
)
def test_labels_for_positions_are_seen(text: str, words: str) -> None:
    assert found(text) == [(Manner.SCORN, words)]


@pytest.mark.parametrize(
    "text",
    [
        "This plan is wrong, cruel and dear.",
        "The rubbish was not collected.",
        "NHS, TUC, GMB, RMT: all of them were there.",
        "Come to the AGM of the CLP EC on Monday!!",
        "The council took the money and lied about it.",
        "See https://example.org/minutes for what was said.",
    ],
)
def test_plain_speech_gets_no_remark(text: str) -> None:
    assert found(text) == []


def test_shouting_hearsay_and_a_link_by_itself() -> None:
    assert found("COME TO THIS MEETING now!!!") == [
        (Manner.SHOUTING, "COME TO THIS MEETING"),
        (Manner.SHOUTING, "!!!"),
    ]
    assert found("What??! Is that so?!? No!!??") == [(Manner.SHOUTING, "?!?")]
    assert found("I’m not sure whether that's true.") == [(Manner.HEARSAY, "I’m not sure whether that's true")]
    assert found(" https://example.org/x ") == [(Manner.BARE_LINK, " https://example.org/x ")]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_whatever_is_written_places_lie_in_it(text: str) -> None:
    assert all(0 <= one.start < one.end <= len(text) for one in hints(text))
    is_about_oneself(text)


@pytest.mark.parametrize(
    "piece", ["!?", "!!??", "AAAA ", "plan is ", "not sure if ", "be better off ", "no reason ", "I've "]
)
def test_a_long_text_made_to_hurt_is_read_quickly(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    begun = time.process_time()
    list(hints(text))
    is_about_oneself(text)
    where_help_is(text, oneself=False, harm=False)
    assert time.process_time() - begun < 0.3
