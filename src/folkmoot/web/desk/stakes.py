"""How one person stands to many cases at once: the list's short form of `steps.standing`, in a handful of queries."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Value
from django.db.models.functions import Upper

from folkmoot.casefile.models import Case, Paper, PaperText
from folkmoot.casefile.record import label
from folkmoot.members.models import Person
from folkmoot.steps.many import Standings, written_by


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


def closed_to(person: Person) -> set[int]:
    """Return the numbers of the cases in which `person` is a party or has declared an interest."""
    said = Paper.objects.within(person.org).filter(by=label(person)).order_by()
    texts = PaperText.objects.within(person.org).alias(folded=Upper("text"))  # as the index has them
    typed = texts.filter(field="email", folded=Upper(Value(person.email)))
    found = (said.filter(kind=Paper.Kind.INTEREST), said.filter(kind=Paper.Kind.REPORT))  # each in an index of its own
    theirs = {number for rows in found for number in rows.values_list("case", flat=True)}
    theirs.update(typed.values_list("paper__case", flat=True))
    cases = Case.objects.within(person.org).filter(pk__in=theirs).select_related("post")
    barred = {number for number, stake in stakes(list(cases), person).items() if stake.barred}
    return barred | written_by(person.org, person)
