"""A minute made ready for reading: who sat and how they voted, who stood aside, who has confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from folkmoot.casefile.models import Case, Paper
from folkmoot.members.models import Person
from folkmoot.procedure.words import Answer, Ballot, Reopening, Vote
from folkmoot.steps.make_final import confirmed
from folkmoot.steps.vary import instead_of
from folkmoot.web.desk.by_hand import MEASURES
from folkmoot.web.desk.instead import INSTEAD

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

VOTES: "dict[Vote, StrOrPromise]" = {
    Vote.STANDS: _("The decision stands"),
    Vote.VARIED: _("Something milder takes its place"),
    Vote.OVERTURNED: _("The decision is overturned"),
    Vote.ABSTAIN: _("Abstained"),
}
ANSWERS: "dict[Answer, StrOrPromise]" = {
    Answer.STANDS: _("The decision stands"),
    Answer.VARIED: _("The decision is varied: something milder takes its place"),
    Answer.OVERTURNED: _("The decision is overturned"),
}
BALLOTS: "dict[Ballot, StrOrPromise]" = {
    Ballot.FOR: _("For opening it again"),
    Ballot.AGAINST: _("Against"),
    Ballot.ABSTAIN: _("Abstained"),
}
GROUNDS: "dict[Reopening, StrOrPromise]" = {
    Reopening.NEW_EVIDENCE: _("New evidence"),
    Reopening.PROCEDURAL_ERROR: _("An error of procedure"),
    Reopening.COURT_ORDER: _("A court’s order"),
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
    answer: "StrOrPromise"
    instead: Sequence["StrOrPromise"]  # what holds in place of the decision, where it is varied
    seats: Sequence[Seat]
    aside: Sequence[str]
    reasons: str
    necessity: str
    by_necessity: bool
    unconfirmed: frozenset[int]


@dataclass(frozen=True)
class Objection:
    """What a member who sat found wrong in an earlier minute; `interest` when they had one after all."""

    by: str
    at: datetime
    text: str
    interest: bool


@dataclass(frozen=True)
class Reopened:
    """A vote of the Executive on opening the case again."""

    at: datetime
    met_on: date
    by: str
    ground: "StrOrPromise"
    reference: str
    carried: bool
    reasons: str
    seats: Sequence[Seat]
    aside: Sequence[str]
    necessity: str


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
        answer=ANSWERS[Answer(facts["answer"])],
        instead=_instead(minute, case),
        seats=[Seat(people.get(pk, ""), VOTES[vote], pk in done) for pk, vote in votes.items()],
        aside=[people.get(pk, "") for pk in facts["aside"]],
        reasons=said.get("reasons", ""),
        necessity=said.get("necessity", ""),
        by_necessity=facts.get("by_necessity", False),
        unconfirmed=frozenset(votes) - done,
    )


def objections(case: Case) -> list[Objection]:
    """Return the objections to the minutes of the case, oldest first."""
    people = {person.pk: person.name for person in Person.objects.within(case.org)}
    papers = case.papers.filter(kind=Paper.Kind.OBJECTION).order_by("number")
    return [
        Objection(_name(paper.by, people), paper.at, paper.words.get("words", ""), "interest" in paper.facts)
        for paper in papers
    ]


def earlier_minutes(case: Case) -> list[Recorded]:
    """Return the minutes that were final before the case was opened again, oldest first."""
    papers = list(case.papers.filter(kind__in=[Paper.Kind.MINUTE, Paper.Kind.REOPENING]).order_by("number"))
    found = []
    for place, paper in enumerate(papers[1:]):
        if paper.kind == Paper.Kind.REOPENING and paper.facts["carried"] and papers[place].kind == Paper.Kind.MINUTE:
            found.append(recorded(case, papers[place]))
    return found


def reopenings(case: Case) -> list[Reopened]:
    """Return the votes on opening the case again, oldest first."""
    people = {person.pk: person.name for person in Person.objects.within(case.org)}
    papers = case.papers.filter(kind=Paper.Kind.REOPENING).order_by("number").prefetch_related("texts")
    return [_reopened(paper, people) for paper in papers]


def _reopened(paper: Paper, people: dict[int, str]) -> Reopened:
    facts, said = paper.facts, paper.words
    votes = {int(pk): Ballot(vote) for pk, vote in facts["votes"].items()}
    return Reopened(
        at=paper.at,
        met_on=date.fromisoformat(facts["met_on"]),
        by=_name(paper.by, people),
        ground=GROUNDS[Reopening(facts["ground"])],
        reference=said.get("reference", ""),
        carried=facts["carried"],
        reasons=said.get("reasons", ""),
        seats=[Seat(people.get(pk, ""), BALLOTS[vote], has_confirmed=True) for pk, vote in votes.items()],
        aside=[people.get(pk, "") for pk in facts["aside"]],
        necessity=said.get("necessity", ""),
    )


def _instead(minute: Paper, case: Case) -> "list[StrOrPromise]":
    instead = instead_of(minute)
    if instead is None:
        return []
    lasting = [f"{MEASURES[one.kind]}, {date_format(one.until, 'j F Y')}" for one in instead.measures]
    return [INSTEAD[instead.outcome], *lasting]


def _name(by: str, people: dict[int, str]) -> str:
    kind, _colon, number = by.partition(":")
    return people.get(int(number), "") if kind == "person" else ""
