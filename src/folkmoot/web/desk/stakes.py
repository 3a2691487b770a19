"""How one person stands to many cases at once: the list's short form of `steps.standing`, in a handful of queries."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from folkmoot.casefile.models import Case
from folkmoot.members.models import Organisation, Person
from folkmoot.members.prepared import prepared
from folkmoot.steps.many import Standings


@dataclass(frozen=True)
class Stake:
    """What somebody has said of their interest in a case (None: not asked yet), and whether they are a party."""

    declared: bool | None
    party: bool

    @property
    def reads(self) -> bool:
        """Whether the case's words may be shown to them."""
        return self.declared is False and not self.party

    @property
    def barred(self) -> bool:
        """Whether somebody else has to act."""
        return self.party or self.declared is True


def stakes(cases: Collection[Case], person: Person) -> dict[int, Stake]:
    """Return how `person` stands to each of `cases`, by the case's number."""
    standings = Standings(cases, [person])
    return {case.pk: Stake(standings.declared(case, person), standings.is_party(case, person)) for case in cases}


class Closed:
    """The cases in which `person` is a party or has declared an interest; asked of those that a page would show.

    Each is looked up once. All that somebody ever had to do with are far too many for a page.
    """

    def __init__(self, person: Person) -> None:
        self._person = person
        self._known: dict[int, bool] = {}

    def among(self, numbers: Iterable[int]) -> set[int]:
        """Return which of the cases with these numbers are closed."""
        wanted = set(numbers)
        new = wanted - self._known.keys()
        if new:
            cases = _cases(self._person.org, new)
            barred = {number for number, stake in stakes(cases, self._person).items() if stake.barred}
            self._known |= {number: number in barred for number in new}
        return {number for number in wanted if self._known[number]}


def closed_to(person: Person) -> Closed:
    """Return the cases that are closed to `person`."""
    return Closed(person)


@prepared
def _cases(org: Organisation, numbers: Collection[int]) -> QuerySet[Case]:
    return Case.objects.within(org).filter(pk__in=numbers).select_related("post")
