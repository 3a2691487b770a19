"""A minute made ready for reading: who sat and how they voted, who stood aside, who has confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from folkmoot.casefile.models import Case, Paper
from folkmoot.members.models import Person
from folkmoot.procedure.words import Answer, Vote
from folkmoot.steps.make_final import confirmed

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

VOTES: "dict[Vote, StrOrPromise]" = {
    Vote.STANDS: _("The decision stands"),
    Vote.OVERTURNED: _("The decision is overturned"),
    Vote.ABSTAIN: _("Abstained"),
}


@dataclass(frozen=True)
class Seat:
    """One member who sat."""

    name: str
    vote: "StrOrPromise"
    has_confirmed: bool


@dataclass(frozen=True)
class Recorded:
    """The minute as it was written."""

    met_on: date
    at: datetime
    by: str
    overturned: bool
    seats: Sequence[Seat]
    aside: Sequence[str]
    reasons: str
    necessity: str
    unconfirmed: frozenset[int]


@dataclass(frozen=True)
class Objection:
    """What a member who sat found wrong in an earlier minute."""

    by: str
    at: datetime
    text: str


def recorded(case: Case, minute: Paper) -> Recorded:
    """Return `minute` with names in place of numbers."""
    facts, said = minute.facts, minute.words
    votes = {int(pk): Vote(vote) for pk, vote in facts["votes"].items()}
    people = {person.pk: person.name for person in Person.objects.within(case.org)}
    done = confirmed(minute)
    return Recorded(
        met_on=date.fromisoformat(facts["met_on"]),
        at=minute.at,
        by=_name(minute.by, people),
        overturned=facts["answer"] == Answer.OVERTURNED,
        seats=[Seat(people.get(pk, ""), VOTES[vote], pk in done) for pk, vote in votes.items()],
        aside=[people.get(pk, "") for pk in facts["aside"]],
        reasons=said.get("reasons", ""),
        necessity=said.get("necessity", ""),
        unconfirmed=frozenset(votes) - done,
    )


def objections(case: Case) -> list[Objection]:
    """Return the objections to the minutes of the case, oldest first."""
    people = {person.pk: person.name for person in Person.objects.within(case.org)}
    papers = case.papers.filter(kind=Paper.Kind.OBJECTION).order_by("number")
    return [Objection(_name(paper.by, people), paper.at, paper.words.get("words", "")) for paper in papers]


def _name(by: str, people: dict[int, str]) -> str:
    kind, _colon, number = by.partition(":")
    return people.get(int(number), "") if kind == "person" else ""
