"""What connects a post with the removed one: which kind of copy, where the words are, who was first, who disagrees."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.of_archive.words import COMMON, LOCAL
from folkmoot.procedure.cascade.extract import LONG
from folkmoot.procedure.cascade.fold import folded
from folkmoot.procedure.cascade.order import Between, Order, exactly, not_after, on_the_day_of, order_of
from folkmoot.procedure.cascade.proposal import Kind, Part, Proposal, Writing
from folkmoot.procedure.cascade.weigh import weigh, weigh_all

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
SAID = "Councillor Voss sold the harbour to his brother for a crate of herring, and the whole town knows it."


def writing(text: str, *, key: int = 2, at: datetime = AT + timedelta(hours=1), **other: object) -> Writing:
    facts: dict[str, object] = {"when": exactly(at), "place": 1, "native_id": f"n{key}", **other}
    return Writing(key=key, texts=((Part.TEXT, text),), **facts)  # type: ignore[arg-type]


REMOVED = writing(SAID, key=1, at=AT, native_id="5550001234", url="https://www.place.org/p/5550001234")


def weighed(text: str, **other: object) -> Proposal:
    found = weigh(REMOVED, writing(text, **other))  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (SAID, Kind.WHOLE),
        (SAID.upper().replace("O", "О"), Kind.WHOLE),
        (f"Well said! {SAID}", Kind.WHOLE),
        (f"RT @ann: {SAID}", Kind.PASSED_ON),
        (f"{SAID} via @ann", Kind.PASSED_ON),
        (f"RT @ann: {SAID[:70]}…", Kind.PASSED_ON),
        (SAID.replace("whole", "entire").replace("crate", "big crate"), Kind.EDITED),
        (SAID.replace("herring", "herrings").replace("brother", "borther"), Kind.EDITED),
        ("They say he sold the harbour to his brother for a crate of herring. Is it so?", Kind.PARTIAL),
    ],
)
def test_a_copy_is_called_what_it_is(text: str, kind: Kind) -> None:
    found = weighed(text)
    assert found.kind == kind
    assert found.order == Order.LATER
    assert found.default_ticked
    assert 0.4 < found.similarity <= 1


def test_the_matching_words_stand_side_by_side() -> None:
    found = weighed("They say he sold the harbour to his own brother for a crate of herring!")
    assert found.match is not None
    pairs = [(found.match.text[a:b], found.match.other_text[c:d]) for (a, b), (c, d) in found.match.pairs]
    assert pairs == [
        ("sold the harbour to his", "sold the harbour to his"),
        ("brother for a crate of herring", "brother for a crate of herring"),
    ]


def test_the_text_of_a_picture_is_compared() -> None:
    found = weigh(REMOVED, Writing(2, ((Part.TEXT, "Look"), (Part.PICTURE, f"Photo: {SAID}")), exactly(AT), 1, "n2"))
    assert found is not None
    assert found.kind == Kind.PICTURE
    assert found.match is not None
    assert found.match.other_part == Part.PICTURE


@pytest.mark.parametrize(
    "text",
    [
        "The harbour festival is on Sunday, with herring and music for the whole town.",
        "My brother knows the harbour. The town sold a crate of his for Voss.",
        "Councillor Voss sold his car.",
        "and the whole town knows it",
        "",
    ],
)
def test_who_writes_about_the_same_things_has_not_copied(text: str) -> None:
    assert weigh(REMOVED, writing(text)) is None


@pytest.mark.parametrize(
    "text", ['Why repeat "sold the harbour to his brother"?', "No: “the whole town knows it”. Why repeat it?"]
)
def test_a_few_words_in_quotation_marks_are_known_again(text: str) -> None:
    found = weigh(REMOVED, writing(text))
    bare = weigh(REMOVED, writing(text.translate(dict.fromkeys(map(ord, '"“”')))))
    assert (found is not None, bare) == ("brother" in text, None)  # the other is too short to be anybody's own
    if found:
        assert (found.kind, found.condemns, found.default_ticked) == (Kind.PARTIAL, True, False)
        assert "in quotation marks" in found.why[0]


@pytest.mark.parametrize(
    ("passage", "text", "is_found"),
    [
        ("sold the harbour to his brother", "Has he sold the harbour to his brother?", True),
        ("Voss sold the harbour", "I hear that Voss sold the harbour.", True),
        ("Voss sold", "I hear that Voss sold a boat.", False),
        ("the whole town knows it", "A festival! The whole town knows it.", True),
        ("town knows it", "A festival! The town knows it.", False),
    ],
)
def test_the_words_that_were_in_breach_are_known_again_however_few_they_are(
    passage: str, text: str, is_found: bool
) -> None:
    assert weigh(REMOVED, writing(text)) is None
    assert (weigh(replace(REMOVED, passage=passage), writing(text)) is not None) == is_found


def test_a_phrase_that_everybody_uses_makes_no_copy() -> None:
    removed = writing("At the end of the day it is what it is, the fishermen lost their moorings", key=1, at=AT)
    assert weigh(removed, writing("At the end of the day it is what it is, but I like cake and sunshine")) is None


def test_a_slogan_that_others_had_before_was_not_copied_from_the_removed_post() -> None:
    slogan = "save our harbour pier from the developers of doom"
    removed = writing(f"{slogan}, cried Voss, and pocketed ninety golden guineas behind everybody’s back", key=1, at=AT)
    before = [
        writing(f"{slogan} {word}", key=10 + number, at=AT - timedelta(days=1)) for number, word in enumerate(LOCAL[:4])
    ]
    after = writing(f"Come on Sunday: {slogan}, bring a friend")
    assert weigh(removed, after) is not None
    assert [one.key for one in weigh_all(removed, [*before, after]) if one.order == Order.LATER] == []


@pytest.mark.parametrize(
    ("text", "by"),
    [
        (f"This is disgusting. “{SAID}”", ("disgusting",)),
        (f"“{SAID}” How dare they?", ("how dare",)),
        (SAID.replace("sold", "never sold"), ("never",)),
    ],
)
def test_a_quotation_that_condemns_is_marked_and_left(text: str, by: tuple[str, ...]) -> None:
    found = weighed(text)
    assert found.condemned_by == by
    assert found.condemns
    assert not found.default_ticked


def test_approval_in_the_negative_does_not_condemn() -> None:
    assert not weighed(f"No lies here: “{SAID}”").condemns


def test_links_count_without_common_words() -> None:
    assert weighed("I see.", reply_to="5550001234").kind == Kind.REPLY
    assert weighed("I see.", quotes="5550001234").kind == Kind.QUOTE
    assert weighed("See m.place.org/p/5550001234 or https://m.place.org/p/5550001234/").kind == Kind.MENTION
    assert weighed("It is number 5550001234 there.").kind == Kind.MENTION
    assert weigh(REMOVED, writing("I see.", reply_to="5550001234", place=2)) is None


def test_an_answer_is_left_and_a_copy_in_an_answer_goes() -> None:
    assert not weighed("I see.", reply_to="5550001234").default_ticked
    found = weighed(SAID, reply_to="5550001234")
    assert (found.kind, found.also, found.default_ticked) == (Kind.WHOLE, (Kind.REPLY,), True)


def test_only_a_known_earlier_time_comes_before() -> None:
    assert weighed(SAID, at=AT - timedelta(seconds=1)).order == Order.EARLIER
    same = weighed(SAID, at=AT)
    assert same.order == Order.UNKNOWN
    assert not same.default_ticked
    assert "Order unknown" in same.why[-1]


def test_an_answer_comes_after_what_it_answers_even_without_a_time() -> None:
    assert weighed("I see.", reply_to="5550001234", when=not_after(AT + timedelta(days=9))).order == Order.LATER


def test_what_was_seen_before_the_other_was_written_is_earlier() -> None:
    assert order_of(not_after(AT), to=exactly(AT + timedelta(minutes=1))) == Order.EARLIER
    assert order_of(not_after(AT), to=exactly(AT - timedelta(minutes=1))) == Order.UNKNOWN


def test_of_the_same_local_day_nobody_knows() -> None:
    day = on_the_day_of(AT, zone="Europe/London", first_seen=AT + timedelta(days=9))
    assert day == Between(datetime(2026, 5, 31, 23, tzinfo=UTC), datetime(2026, 6, 1, 22, 59, 59, 999999, tzinfo=UTC))
    assert order_of(exactly(AT + timedelta(hours=2)), to=day) == Order.UNKNOWN
    assert order_of(exactly(AT + timedelta(hours=12)), to=day) == Order.LATER
    assert order_of(exactly(AT - timedelta(hours=14)), to=day) == Order.EARLIER


RARE = st.sampled_from(LOCAL)


@given(
    st.lists(RARE, min_size=12, max_size=30),
    st.lists(st.tuples(st.integers(1, 9), st.sampled_from(COMMON)), min_size=1, max_size=3),
)
def test_a_copy_with_words_put_in_is_found_and_its_spans_are_in_the_texts(
    said: list[str], more: list[tuple[int, str]]
) -> None:
    made = list(said)
    for number, (at, word) in enumerate(more):
        made.insert((number * 10 + at) % len(made), word)
    removed = writing(" ".join(said), key=1, at=AT)
    found = weigh(removed, writing(" ".join(made)))
    assert found is not None
    assert found.match is not None
    for (a, b), (c, d) in found.match.pairs:
        assert 0 <= a < b <= len(found.match.text)
        assert 0 <= c < d <= len(found.match.other_text)
        assert folded(found.match.text[a:b]) == folded(found.match.other_text[c:d])


@given(
    st.lists(st.sampled_from(LOCAL[::2]), min_size=4, max_size=40), st.lists(st.sampled_from(LOCAL[1::2]), max_size=40)
)
def test_texts_of_different_words_are_never_copies(said: list[str], other: list[str]) -> None:
    assert weigh(writing(" ".join(said), key=1, at=AT), writing(" ".join([*other, *COMMON[:20]]))) is None


def long_text(words: int, *, seed: int) -> str:
    """Return words that are in no other such text."""
    made = Random(seed)
    return " ".join("".join(made.choices("bdfgklmnprst", k=2) + made.choices("aeiou", k=4)) for _ in range(words))


def test_of_a_long_post_the_part_is_compared_that_has_the_words_and_the_rest_may_still_condemn_them() -> None:
    before, after = long_text(9000, seed=1), long_text(4000, seed=2)
    found = weighed(f"{before} {SAID} {after}")
    assert found.match is not None
    assert found.kind == Kind.WHOLE
    assert found.match.other_is_part
    assert not found.match.is_part
    assert len(found.match.other_text) <= LONG
    assert SAID in found.match.other_text
    assert "Of a long text the part that has most in common was compared" in " ".join(found.why)
    assert found.default_ticked
    assert weighed(f"{SAID} {before} This is disgusting. {after}").condemned_by == ("disgusting",)


def test_a_long_text_and_its_changed_copy_are_compared_in_part_and_as_far_as_they_are_alike() -> None:
    said = long_text(20_000, seed=3)
    words = said.split()
    words[::20] = long_text(len(words[::20]), seed=4).split()
    found = weigh(writing(said, key=1, at=AT), writing(" ".join(words)))
    assert found is not None
    assert found.match is not None
    assert found.kind == Kind.EDITED
    assert "that were compared" in found.why[0]
    assert found.similarity > 0.9
    assert max(len(found.match.text), len(found.match.other_text)) <= LONG
    assert not found.condemns
    for (a, b), (c, d) in found.match.pairs:
        mine, its = folded(found.match.text[a:b]).split(), folded(found.match.other_text[c:d]).split()
        assert (len(mine), mine[0][:1]) == (len(its), its[0][:1])


def test_a_passage_of_a_long_text_is_found_wherever_it_stands() -> None:
    said = long_text(20_000, seed=5)
    for start in (0, 9_950, 19_980):
        found = weigh(writing(said, key=1, at=AT), writing(" ".join(said.split()[start : start + 20])))
        assert found is not None
        assert found.kind == Kind.PARTIAL
        assert found.match is not None
        assert len(found.match.text) <= LONG
    assert weigh(writing(said, key=1, at=AT), writing(long_text(20_000, seed=6))) is None
