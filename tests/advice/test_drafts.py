"""Advice on a draft: a headline in plain words, what stands behind it, and what would do better."""

from types import SimpleNamespace

import pytest

from folkmoot.advice.better import BETTER, Manner
from folkmoot.advice.drafts import DOUBT, MODELS, MOST_SHOWN, Advice, Kind, advise, never_a_verdict
from folkmoot.advice.remarks import Place
from folkmoot.detectors import detect
from folkmoot.detectors.finding import Finding, Signal
from folkmoot.detectors.judgement import Judgement
from tests.judged import insult, judgement

PLAN = "I am furious about this harbour plan. It is a disgrace, and I will fight it all the way."
CLOWN = "Joss is a clown, and so is whoever votes for him."
RULES = {
    code: SimpleNamespace(code=code, title=title)
    for code, title in (
        ("R2", "No insults"),
        ("R7", "If in doubt, leave it out"),
        ("F7", "Sexual content and private information"),
    )
}


def advice(text: str, judged: Judgement) -> Advice:
    return advise(text, judged, rules=RULES)


def words_only(text: str) -> Judgement:
    return judgement(*detect(text), score=0.0, at_policy=0.0, windows=0, read=0, without=(MODELS,))


def found(signal: Signal, clause: str, score: float, text: str, words: str, *, only: bool = False) -> Finding:
    start = text.index(words)
    return Finding(signal, clause, score, start, start + len(words), f"It may be {signal}.", only)


def test_what_runs_into_nothing_is_fine() -> None:
    said = advice("The meeting is on Tuesday.", judgement(score=0.01))
    assert (said.kind, said.headline) == (Kind.FINE, "Nothing here runs into the rules.")
    assert (said.remarks, said.more, said.beside, said.help) == ((), 0, (), ())


def test_forceful_criticism_is_protected_openly_and_no_word_of_it_is_held_against_anybody() -> None:
    said = advice(PLAN, judgement(insult(PLAN, "disgrace", 0.5, "R2"), score=0.05, at_policy=0.97))
    assert (said.kind, said.headline) == (Kind.ROBUST, "This is robust, and fine.")
    assert "the rules protect that" in said.said
    assert said.remarks == ()


def test_swearing_at_a_policy_is_robust_and_the_word_is_only_advice() -> None:
    text = "What a bloody shambles this bin policy is."
    said = advice(text, judgement(found(Signal.PROFANITY, "R6", 0.7, text, "bloody"), score=0.02, at_policy=0.99))
    assert said.kind is Kind.ROBUST
    assert "advice, which you can leave" in said.said
    assert [one.only_advice for one in said.remarks] == [True]


def test_swearing_at_nobody_is_only_advice() -> None:
    text = "Oh bloody hell, I forgot my keys."
    said = advice(text, judgement(found(Signal.PROFANITY, "R6", 0.7, text, "bloody"), score=0.02, at_policy=0.1))
    assert said.kind is Kind.ONLY_ADVICE
    assert "no post is taken down for it" in said.said


def test_an_attack_names_the_rule_the_words_why_and_something_better() -> None:
    said = advice(CLOWN, judgement(insult(CLOWN, "clown", 0.8, "R2"), score=0.9))
    assert (said.kind, said.clause) == (Kind.LIKELY, "R2")
    assert said.headline == "As it stands, this is likely to run into R2, No insults."
    [one] = said.remarks
    assert [CLOWN[start:end] for start, end in one.places] == ["clown"]
    assert "Criticise the decision, not the person" in one.better
    assert one.opening == "I think this decision is wrong, because …"
    assert not one.only_advice


def test_a_rule_that_the_organisation_does_not_have_is_not_named() -> None:
    said = advise(CLOWN, judgement(insult(CLOWN, "clown", 0.8, "R2"), score=0.9), rules={})
    assert said.headline == "As it stands, this is likely to run into the rules."


def test_in_between_it_is_calmly_said_to_sleep_on_it() -> None:
    said = advice(CLOWN, judgement(score=DOUBT))
    assert (said.kind, said.clause) == (Kind.UNCLEAR, "R7")
    assert "sleep on it" in said.said


def test_a_threat_that_the_models_do_not_see_is_still_not_fine() -> None:
    text = "You better watch your back."
    said = advice(text, judgement(found(Signal.THREAT, "Sc", 0.8, text, "watch your back"), score=0.1))
    assert said.kind is Kind.UNCLEAR
    assert "Call 999" in said.help[0]


def test_whoever_is_not_sure_is_told_to_wait() -> None:
    said = advice("Rumour has it that the raffle money is gone.", judgement(score=0.1))
    assert said.kind is Kind.UNCLEAR
    assert [one.sign for one in said.remarks] == [Manner.HEARSAY]


def test_what_says_the_same_is_one_remark_and_the_gravest_comes_first() -> None:
    text = "Clown! Ring that clown on 07700 900123."
    first = Finding(Signal.INSULT, "R2", 0.5, 0, 5, "A name.")
    wide = Finding(Signal.INSULT, "R2", 0.9, 0, len(text), "All of it reads like an insult.")
    number = found(Signal.PRIVATE, "F7", 0.9, text, "07700 900123")
    second = Finding(Signal.INSULT, "R2", 0.5, text.index("clown"), text.index("clown") + 5, "A name.")
    said = advice(text, judgement(wide, first, second, number, score=0.9))
    assert [(one.sign, one.places) for one in said.remarks] == [
        (Signal.PRIVATE, (Place(number.start, number.end),)),
        (Signal.INSULT, (Place(0, 5), Place(second.start, second.end))),
    ]


def test_what_is_about_all_of_it_marks_no_words() -> None:
    wide = Finding(Signal.INSULT, "R2", 0.9, 0, len(CLOWN), "All of it.")
    [one] = advice(CLOWN, judgement(wide, score=0.9)).remarks
    assert one.places == ()


def test_of_very_many_remarks_the_first_are_shown_and_the_others_counted() -> None:
    text = "word " * 30
    many = [Finding(Signal.INSULT, "R2", 0.7, at * 5, at * 5 + 4, f"Reason {at}.") for at in range(12)]
    said = advice(text, judgement(*many, score=0.9))
    assert (len(said.remarks), said.more) == (MOST_SHOWN, 12 - MOST_SHOWN)


def test_advice_from_the_models_and_ours_on_the_same_paragraph_is_said_once() -> None:
    text = "That is a stupid plan."
    said = advice(text, judgement(found(Signal.INSULT, "F5", 0.6, text, "stupid plan", only=True), score=0.1))
    assert [one.clause for one in said.remarks] == ["F5"]


def test_without_the_models_words_are_not_taken_for_a_verdict_and_that_is_said() -> None:
    assert advice(PLAN, words_only(PLAN)).kind is Kind.UNCLEAR  # "disgrace", which no model has read in its sentence
    plain = advice("The meeting is on Tuesday.", words_only("The meeting is on Tuesday."))
    assert plain.kind is Kind.HALF_READ
    assert "does not answer just now" in plain.beside[0]
    number = "Ring him on 07700 900123."
    said = advice(number, words_only(number))
    assert (said.kind, said.clause) == (Kind.LIKELY, "F7")
    assert said.headline.endswith("F7, Private information.")  # the paragraph's title has graver things in it


def test_what_is_not_english_is_never_called_fine_and_that_is_said() -> None:
    for policy in (0.1, 0.99):
        said = advice("Rwyt ti'n dwp ac yn hyll, cer o 'ma.", judgement(score=0.01, at_policy=policy))
        assert said.kind is Kind.HALF_READ
        assert "reads English only" in said.beside[0]
    assert advice("Diolch yn fawr", judgement(score=0.01)).kind is Kind.FINE  # too little to say which language


def test_what_is_flagged_as_a_whole_is_no_dead_end() -> None:
    said = advice("\U0001f921\U0001f921\U0001f921", judgement(score=0.9))
    assert (said.kind, said.remarks) == (Kind.LIKELY, ())
    assert "No single word stands out" in said.said


def test_of_a_long_text_it_is_said_that_not_every_sentence_was_read() -> None:
    assert "long text" in advice(PLAN, judgement(score=0.1, windows=40, read=16)).beside[0]


@pytest.mark.parametrize(
    "text",
    [
        "I just want to die.",
        "some days i think about killing myself",
        "I can’t go on anymore",
        "they would be better off without me",
    ],
)
def test_whoever_seems_to_be_in_need_reads_that_first_and_where_help_is(text: str) -> None:
    said = advice(text, judgement(score=0.9))
    assert said.kind is Kind.IN_NEED
    assert "116 123" in said.help[0]
    assert "999" in said.help[0]


@pytest.mark.parametrize("text", ["I nearly killed myself laughing", "We cannot go on like this with the buses", PLAN])
def test_a_figure_of_speech_is_no_emergency(text: str) -> None:
    assert advice(text, judgement(score=0.1)).help == ()


@pytest.mark.parametrize("text", ["Somebody call an ambulance, now", "He has got a knife and he is outside"])
def test_where_somebody_is_in_danger_a_call_comes_before_a_post(text: str) -> None:
    assert "Call 999 first" in advice(text, judgement(score=0.1)).help[0]


def test_there_is_something_better_for_every_sign_and_nobody_is_blamed() -> None:
    assert set(BETTER) == {*Signal, *Manner}
    told = " ".join(one.advice + one.opening for one in BETTER.values()) + never_a_verdict()
    for word in ("violation", "your fault", "unacceptable", "you must", "offender", "guilty"):
        assert word not in told.lower()
    assert "people decide" in never_a_verdict()
