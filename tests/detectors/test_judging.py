"""What all detectors together make of a text: sentences as people write them, long texts, odd ones, and why."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.detectors.finding import Signal
from folkmoot.detectors.judgement import Judgement
from folkmoot.detectors.judging import Judge, our_judge
from folkmoot.detectors.linear import our_model
from folkmoot.detectors.weighing import our_weighings

FORCEFUL = (
    "This budget is a disgrace. Whoever voted for it should come down to the food bank and explain themselves.",
    "The cabinet has broken every promise it made on the swimming pool, and I will be voting them out in May.",
    "Utter shambles of a planning meeting. Two hours and not one straight answer about the drains.",
    "Cllr Marsh missed six of nine meetings. That is not representation, it is a no-show, and we deserve better.",
    "I think the government's asylum policy is cruel and incompetent, and I'm ashamed of it.",
    "The church was wrong to cover this up and its leaders ought to resign.",
)
ATTACKS = (
    "You are a pathetic excuse for a human being and everyone at work laughs at you behind your back.",
    "Keep posting, mate. I know what car your wife drives and where she parks it of an evening.",
    "Those people breed like rats and they should be driven out of this town.",
    "Everyone ring his boss tonight until he gets sacked, and then message his mum as well.",
)


@pytest.mark.parametrize("text", FORCEFUL)
def test_forceful_criticism_is_not_flagged(text: str) -> None:
    assert not our_judge().judge(text).flag


@pytest.mark.parametrize("text", ATTACKS)
def test_attacks_without_a_swear_word_are_flagged_with_a_place_and_a_rule(text: str) -> None:
    judged = our_judge().judge(text)
    assert judged.flag
    assert any(0 <= one.start < one.end <= len(text) and not one.advice for one in judged.findings)


def test_swearing_at_a_policy_is_advice_and_not_flagged() -> None:
    judged = our_judge().judge("This bloody one-way system is a load of bollocks, who signed it off?")
    assert not judged.flag
    assert judged.findings
    assert all(one.advice for one in judged.findings)


@pytest.mark.parametrize(
    "text",
    [
        "See https://example.org/minutes and https://example.org/agenda",
        "Good article on the budget: https://example.org/news/budget-2026",
        "Agenda for Thursday https://example.org/a.pdf",
        "https://example.org/",
    ],
)
def test_who_sets_a_link_is_no_seller(text: str) -> None:
    assert not our_judge().judge(text).flag


def test_long_words_before_a_threat_do_not_push_it_out_of_sight() -> None:
    text = "antidisestablishmentarianism " * 54 + "it was. I know where you live and I am coming round with a bat."
    assert our_judge().judge(text).flag


def test_a_telephone_number_flags_whatever_the_models_say() -> None:
    judged = our_judge().judge("Her mobile is 07911 123456, she lives by the park.")
    assert judged.flag
    assert any(one.signal == Signal.PRIVATE for one in judged.findings)


def test_a_threat_at_the_end_of_a_million_characters_is_found_in_bounded_time() -> None:
    harmless = "The bins in Mill Lane were late again this week and the council said sorry about it. "
    threat = "I will find you tonight and I will break your legs."
    text = harmless * (1_000_000 // len(harmless)) + threat
    began = time.process_time()
    judged = our_judge().judge(text)
    assert time.process_time() - began < 20  # no figure: that nothing runs away
    assert judged.flag
    assert judged.read == 16 < judged.windows
    assert any(one.signal == Signal.THREAT and one.start >= len(text) - 3 * len(threat) for one in judged.findings)


def test_without_the_transformer_the_light_model_judges_and_says_so() -> None:
    light = Judge(our_model(), None, our_weighings())
    judged = light.judge(ATTACKS[0])
    assert judged.without == ("transformer",)
    assert judged.model.endswith("light")
    assert judged.flag


def test_what_moved_the_score_are_words_of_the_text() -> None:
    text = "You spineless worm, the lot of you at the town hall know it."
    moved = our_judge().judge(text, explain=True).moved
    assert max(moved, key=lambda word: word.weight).weight > 0
    assert any("worm" in text[word.start : word.end] or "spineless" in text[word.start : word.end] for word in moved)
    assert list(moved) == sorted(moved)


def test_a_sentence_that_is_read_alone_does_not_blur_which_words_moved_the_score() -> None:
    text = (
        "Consultation my foot, it's decided. And the man who decided it is sat at home right now having his tea. "
        "01632 960417, that's his house. Ring him up and ask how HE'D get to hospital. Every night till he gives in"
    )
    moved = our_judge().judge(text, explain=True).moved
    assert any(word.weight > 0 for word in moved)
    assert len({word.weight for word in moved}) > len(moved) // 2


def test_several_texts_are_judged_as_each_by_itself() -> None:
    texts = [*FORCEFUL, "", *ATTACKS, "🐍", "Diolch yn fawr i bawb am ddod neithiwr!"]
    together = our_judge().judge_many(texts)
    for text, judged in zip(texts, together, strict=True):
        alone = our_judge().judge(text)
        assert (alone.flag, alone.hate) == (judged.flag, judged.hate)
        assert alone.score == pytest.approx(judged.score, abs=0.06)  # whole numbers of eight bits are cut by the batch


@given(st.text(max_size=300))
@settings(deadline=None, max_examples=60)
def test_any_text_is_judged_and_every_span_points_into_it(text: str) -> None:
    judged = our_judge().judge(text)
    assert 0 <= judged.score <= 1
    assert 0 <= judged.hate_score <= 1
    assert all(0 <= one.start < one.end <= len(text) and 0 <= one.score <= 1 for one in judged.findings)
    assert Judgement.from_json(judged.as_json()) == judged


def test_a_lone_half_of_a_sign_is_read_over() -> None:
    assert not our_judge().judge("Good morning \ud83d everyone").flag


def test_hate_names_its_ground() -> None:
    judged = our_judge().judge("Muslims are all the same, none of them should be allowed to live here.")
    assert judged.hate
    assert judged.grounds["religion"] > 0.5
