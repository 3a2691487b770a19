"""The rules of what is seen over time, by themselves: numbers, windows, and what is said of them."""

from datetime import UTC, date, datetime, timedelta

from folkmoot.procedure.persistence.alike import are_alike, groups
from folkmoot.procedure.persistence.flooding import flooding_by_one
from folkmoot.procedure.persistence.noticed import Seen, Standing, Strength, cut
from folkmoot.procedure.persistence.pile_on import ACCOUNTS, pile_on
from folkmoot.procedure.persistence.repeated import repeated

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
HARSH = frozenset({"numpty"})


def at(number: int, when: datetime, **other: frozenset[int] | frozenset[str]) -> Seen:
    return Seen(number, number, when.date(), when, **other)  # type: ignore[arg-type]


def test_after_somebody_asked_to_be_left_alone_one_post_is_enough_and_an_answer_changes_nothing() -> None:
    posts = [at(one, NOON + timedelta(days=one)) for one in range(3)]
    assert repeated(posts, Standing.PERSON, answered=False) is None
    found = repeated(posts, Standing.PERSON, answered=True, asked_on=date(2026, 11, 3))
    assert found is not None
    assert (found.strength, found.posts) == (Strength.STRONG, (2,))
    assert found.sentence == (
        "One post answers, quotes or names this person, who asked on 3 November 2026 to be left alone. "
        "All of it on 4 November 2026."
    )
    assert repeated(posts, Standing.PERSON, answered=False, asked_on=date(2026, 11, 4)) is None
    assert repeated(posts, Standing.OFFICE_HOLDER, answered=False, asked_on=date(2026, 11, 2)) is None


def test_a_pile_on_is_looked_for_in_any_day_long_stretch_also_across_midnight() -> None:
    late = NOON + timedelta(hours=10)
    posts = [at(one, late + timedelta(hours=one), insults=HARSH) for one in range(ACCOUNTS)]
    found = pile_on(posts, Standing.PERSON)
    assert found is not None
    assert [number for _, number in found.days] == [2, 6]
    assert pile_on(posts[:-1], Standing.PERSON) is None
    apart = [at(one, late + timedelta(hours=4 * one), insults=HARSH) for one in range(ACCOUNTS)]
    assert pile_on(apart, Standing.PERSON) is None


def test_a_lively_conversation_is_no_pile_on_and_an_office_holder_bears_three_times_as_much() -> None:
    polite = [at(one, NOON) for one in range(200)]
    assert pile_on(polite, Standing.PERSON) is None
    harsh = [at(one, NOON, insults=HARSH) for one in range(3 * ACCOUNTS)]
    assert pile_on([*polite[: 3 * ACCOUNTS], *harsh[:3]], Standing.PERSON) is None  # less than a quarter
    assert pile_on(harsh[:-1], Standing.OFFICE_HOLDER) is None
    assert pile_on(harsh, Standing.OFFICE_HOLDER) is not None
    assert pile_on(harsh, Standing.OURS) is None


def test_texts_are_alike_when_most_fingerprints_are_shared_and_never_without_any() -> None:
    one, edited, other = frozenset(range(10)), frozenset(range(3, 11)), frozenset(range(6, 16))
    assert are_alike(one, edited)
    assert not are_alike(one, other)
    assert not are_alike(frozenset(), frozenset())
    posts = [at(number, NOON, wording=words) for number, words in enumerate((one, other, edited, one, frozenset()))]
    assert [[post.post for post in group] for group in groups(posts)] == [[0, 2, 3], [1]]


def test_what_was_cut_off_is_said() -> None:
    found = flooding_by_one([at(one, NOON) for one in range(6)])
    assert found is not None
    assert cut(found, 249) == found
    assert cut(found, 250) is not None
    assert cut(found, 250).notes == ("Only the newest 250 posts were looked at: there may be more.",)  # type: ignore[union-attr]
    assert cut(None, 250) is None
