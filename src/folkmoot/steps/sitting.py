"""Who of the Executive sits on a case, and whether those who are said to have sat were enough (Mg, D31, D32)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import procedure_of
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Person
from folkmoot.procedure.panel import require_quorum
from folkmoot.procedure.words import Role, Stage
from folkmoot.steps.standing import able_to_sit, decided_by, involvement, wrote_it

PUT = (Paper.Kind.SUBMISSION, Paper.Kind.REOPENING)  # by what a case comes before the Executive


@dataclass(frozen=True)
class Bench:
    """The members who may sit; `by_necessity` when something is against each of them, and nobody else is left."""

    members: list[Person]
    by_necessity: bool


@dataclass(frozen=True)
class Sat:
    """Those who sat, and why that is less than it should be: too few of them, or by necessity."""

    people: list[Person]
    quorum: int
    too_few: bool
    by_necessity: bool

    @property
    def necessity(self) -> bool:
        """Whether the rule for such cases was used."""
        return self.too_few or self.by_necessity


def bench(case: Case, *, at: datetime) -> Bench:
    """Return who may sit: members who are free; where there are none, those who are left (D32).

    First those who only decided before, as on a panel whose decision it is (Sh); then those with an interest.
    Whoever wrote the post never sits on it.
    """
    able = able_to_sit(case, at=at)
    if able:
        return Bench(able, by_necessity=False)
    members = Person.objects.holding(case.org, Role.EXECUTIVE, at=at).order_by("name")
    left = [person for person in members if not wrote_it(case, person)]
    return Bench([person for person in left if not involvement(case, person)] or left, by_necessity=True)


def require_sitting(case: Case, *, votes: Collection[int], aside: Sequence[int], necessity: str, at: datetime) -> Sat:
    """Return who sat, or raise `BadInput` at "votes", "aside" or "necessity". People are given by their numbers."""
    names = {person.pk: person.name for person in Person.objects.holding(case.org, Role.EXECUTIVE, at=at)}
    seats = bench(case, at=at)
    may = {person.pk for person in seats.members}
    for pk in votes:
        if pk not in names:
            raise BadInput(gettext("Somebody recorded as having sat is not on the Executive."), field="votes")
        if pk not in may:
            # D31: nobody votes on their own decision, nor with an interest
            raise BadInput(
                gettext("%(names)s cannot vote on this case. Please record that they stood aside.")
                % {"names": names[pk]},
                field="votes",
            )
        if pk in aside:
            raise BadInput(gettext("%(names)s cannot both sit and stand aside.") % {"names": names[pk]}, field="votes")
    if set(aside) - set(names):
        raise BadInput(gettext("Somebody recorded as having stood aside is not on the Executive."), field="aside")
    able = len(may - set(aside))
    quorum = procedure_of(case).limits.quorum
    try:
        require_quorum(sat=len(votes), quorum=quorum, able=able, necessity=necessity)
    except NotPermitted as refusal:
        raise BadInput(str(refusal), field="votes" if able >= quorum else "necessity") from None
    if seats.by_necessity and not necessity:
        raise BadInput(
            gettext("Everybody on the Executive has had a part in this case. Please write why it went ahead."),
            field="necessity",
        )
    sat = [person for person in seats.members if person.pk in votes]
    return Sat(sat, quorum, too_few=len(sat) < quorum, by_necessity=seats.by_necessity)


def require_met(case: Case, met_on: date, *, since: datetime, at: datetime, before: str = "") -> None:
    """Raise `BadInput` at "met_on" unless the meeting was after `since` and not in the future, by local days.

    `before` says what happened at `since`.
    """
    zone = ZoneInfo(case.org.zone)
    first = since.astimezone(zone).date()
    if not first <= met_on <= at.astimezone(zone).date():
        raise BadInput(
            gettext("The meeting cannot be before %(event)s (%(day)s), or in the future. Please check its date.")
            % {"event": before or gettext("the case was put to the Executive"), "day": date_format(first, "j F Y")},
            field="met_on",
        )


def recorder(case: Case, by: Person, *, at: datetime) -> Role:
    """Return the role in which `by` may write down what the Executive decided, or raise `NotPermitted`."""
    if by.org_id != case.org_id:
        raise NotPermitted(gettext("This case belongs to another organisation."))
    role = next((role for role in (Role.SECRETARY, Role.EXECUTIVE) if by.holds(role, at=at)), None)
    why = involvement(case, by)
    before = decided_by(case, by)
    if (why or before) and sits_by_necessity(case, by, at=at):
        return Role.EXECUTIVE
    if why:
        raise NotPermitted(why)
    if role is None:
        raise NotPermitted(gettext("The Secretary or a member of the Executive writes the minute."))
    if before:
        # D31: a minute needs somebody who may sit, and who may then write it as well, so this is no dead end
        raise NotPermitted(
            gettext("You decided in this case before, so somebody else writes down what the Executive decided.")
        )
    return role


def sits_by_necessity(case: Case, person: Person, *, at: datetime) -> bool:
    """Say whether `person` sits although something is against it, since nobody else on the Executive is left."""
    seats = bench(case, at=at)
    return seats.by_necessity and person in seats.members


def hears_by_necessity(case: Case, person: Person, *, at: datetime) -> bool:
    """Say whether `person` hears the case, or confirms its minute, although they should stand aside."""
    if case.stage == Stage.BEFORE_EXECUTIVE:
        return sits_by_necessity(case, person, at=at)
    minute = case.papers.filter(kind=Paper.Kind.MINUTE).order_by("-number").first()
    if case.stage != Stage.MINUTED or minute is None:
        return False
    return bool(minute.facts.get("by_necessity")) and str(person.pk) in minute.facts["votes"]


def put_by(case: Case) -> Paper | None:
    """Return the paper that brought the case before the Executive last, or `None`."""
    papers = case.papers.filter(kind__in=PUT).order_by("-number")
    return next((paper for paper in papers if paper.facts.get("carried", True)), None)
