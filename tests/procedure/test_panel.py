"""How the Executive's votes become its word, and when enough of them sat (Mg, D32)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.kernel.errors import NotPermitted
from folkmoot.procedure.panel import carried, require_quorum, result
from folkmoot.procedure.words import Answer, Ballot, Vote

S, V, O, A = Vote.STANDS, Vote.VARIED, Vote.OVERTURNED, Vote.ABSTAIN  # noqa: E741


@pytest.mark.parametrize(
    ("votes", "answer"),
    [
        ([S, S, O], Answer.STANDS),
        ([S, O, O], Answer.OVERTURNED),
        ([S, S, S], Answer.STANDS),
        ([S, A, A], Answer.STANDS),
        ([S, O, A], Answer.OVERTURNED),  # a tie lifts the restriction
        ([A, A, A], Answer.OVERTURNED),
        ([V, V, S], Answer.VARIED),
        ([S, V, O], Answer.VARIED),  # two would keep something, but not two all of it
        ([S, V], Answer.VARIED),
        ([V, O], Answer.OVERTURNED),  # a tie lifts the restriction
        ([S, V, O, O], Answer.OVERTURNED),
        ([S, S, S, V, O], Answer.STANDS),
    ],
)
def test_more_votes_than_against_are_needed_for_a_decision_to_stand(votes, answer):
    assert result(votes) is answer


@given(st.lists(st.sampled_from(Vote)))
def test_abstaining_and_the_order_of_votes_change_nothing(votes):
    assert result(votes) is result([*reversed(votes), Vote.ABSTAIN])
    assert (result(votes) is Answer.STANDS) == (votes.count(S) > votes.count(O) + votes.count(V))
    assert (result(votes) is Answer.OVERTURNED) == (votes.count(S) + votes.count(V) <= votes.count(O))


@given(st.lists(st.sampled_from(Vote)), st.integers(0, 20))
def test_one_vote_for_less_never_makes_it_worse(votes, place):
    rank = {Answer.STANDS: 2, Answer.VARIED: 1, Answer.OVERTURNED: 0}
    for milder in (V, O):
        cast = [vote for vote in votes if vote is not A]
        if cast and (cast[place % len(cast)], milder) in {(S, V), (S, O), (V, O)}:
            cast[place % len(cast)] = milder
            assert rank[result(cast)] <= rank[result(votes)]


@given(st.lists(st.sampled_from(Ballot)))
def test_a_motion_needs_more_than_half_of_the_votes_cast(ballots):
    assert carried(ballots) == (ballots.count(Ballot.FOR) > ballots.count(Ballot.AGAINST))


def test_a_quorum_needs_no_reason():
    require_quorum(sat=3, quorum=3, able=6, necessity="")
    require_quorum(sat=4, quorum=3, able=6, necessity="")


def test_too_few_do_not_decide_while_more_may_sit():
    with pytest.raises(NotPermitted, match=r"2 sat, and the quorum is 3\. 4 members may sit"):
        require_quorum(sat=2, quorum=3, able=4, necessity="It could not wait.")
    with pytest.raises(NotPermitted, match=r"2 sat, and the quorum is 3\. 3 members may sit"):
        require_quorum(sat=2, quorum=3, able=3, necessity="It could not wait.")


def test_the_remaining_members_sit_by_necessity_all_of_them_with_a_reason():
    with pytest.raises(NotPermitted, match="all of them must"):
        require_quorum(sat=1, quorum=3, able=2, necessity="It could not wait.")
    with pytest.raises(NotPermitted, match="write why it went ahead"):
        require_quorum(sat=2, quorum=3, able=2, necessity="")
    require_quorum(sat=2, quorum=3, able=2, necessity="Only two are not involved.")


def test_a_meeting_of_nobody_decides_nothing():
    with pytest.raises(NotPermitted, match="Nobody on the Executive may sit"):
        require_quorum(sat=0, quorum=3, able=0, necessity="It could not wait.")


@given(sat=st.integers(0, 9), more=st.integers(0, 9), quorum=st.integers(1, 9), necessity=st.sampled_from(["", "Why."]))
def test_fewer_than_the_quorum_sit_only_when_no_other_may(sat, more, quorum, necessity):
    able = sat + more
    try:
        require_quorum(sat=sat, quorum=quorum, able=able, necessity=necessity)
    except NotPermitted:
        return
    assert sat >= quorum or (sat >= able > 0 and bool(necessity))
