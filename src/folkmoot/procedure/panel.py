"""How the Executive's votes become its word (Mg)."""

from collections.abc import Iterable

from folkmoot.kernel.errors import NotPermitted
from folkmoot.kernel.said import gettext
from folkmoot.procedure.words import Answer, Ballot, Vote


def result(votes: Iterable[Vote]) -> Answer:
    """Return what the votes say of the decision: it stays only as far as more than half of those cast carry it.

    So a tie, or abstentions only, lifts the restriction; and where a majority would keep something, but none
    would keep all of it, something milder takes its place.
    """
    cast = [vote for vote in votes if vote is not Vote.ABSTAIN]
    stands, varied = cast.count(Vote.STANDS), cast.count(Vote.VARIED)
    if 2 * stands > len(cast):
        return Answer.STANDS
    return Answer.VARIED if 2 * (stands + varied) > len(cast) else Answer.OVERTURNED


def carried(ballots: Iterable[Ballot]) -> bool:
    """Return whether more than half of the votes cast were for it: with a tie everything stays as it is."""
    cast = [ballot for ballot in ballots if ballot is not Ballot.ABSTAIN]
    return 2 * cast.count(Ballot.FOR) > len(cast)


def require_quorum(*, sat: int, quorum: int, able: int, necessity: str) -> None:
    """Raise `NotPermitted` unless enough members sat.

    `able` members may sit at all. Where they are fewer than the quorum, the remaining members
    sit by necessity, all of them, with a written reason (D32).
    """
    if sat >= quorum:
        return
    if able == 0:
        raise NotPermitted(
            gettext(
                "Nobody on the Executive may sit on this case. Please let the Executive bring in members "
                "who are free to."
            )
        )
    if able >= quorum:
        raise NotPermitted(
            gettext("%(sat)s sat, and the quorum is %(quorum)s. %(able)s members may sit on this case.")
            % {"sat": sat, "quorum": quorum, "able": able}
        )
    if sat < able:
        raise NotPermitted(
            gettext(
                "Only %(able)s members may sit on this case, fewer than the quorum of %(quorum)s: all of them must."
            )
            % {"able": able, "quorum": quorum}
        )
    if not necessity:
        raise NotPermitted(
            gettext(
                "Only %(sat)s members could sit, fewer than the quorum of %(quorum)s. Please write why it went ahead."
            )
            % {"sat": sat, "quorum": quorum}
        )
