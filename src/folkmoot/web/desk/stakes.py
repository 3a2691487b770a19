"""How one person stands to many cases at once: the list's short form of `steps.standing`, in a handful of queries."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from folkmoot.archive.models import AccountClaim, Contact
from folkmoot.casefile.models import Case, Paper, PaperText
from folkmoot.casefile.record import label
from folkmoot.members.models import Person


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
    numbers = [case.pk for case in cases]
    said = _declared(numbers, person)
    parties = _reported(numbers, person) | _wrote(cases, person)
    return {number: Stake(said.get(number), number in parties) for number in numbers}


def closed_to(person: Person) -> set[int]:
    """Return the numbers of the cases in which `person` is a party or has declared an interest."""
    said = Paper.objects.within(person.org).filter(by=label(person), kind__in=[Paper.Kind.INTEREST, Paper.Kind.REPORT])
    typed = PaperText.objects.within(person.org).filter(field="email", text__iexact=person.email)
    theirs = Q(pk__in=said.values("case")) | Q(pk__in=typed.values("paper__case"))
    theirs |= Q(post__account__in=_own(person)) | Q(account__in=_own(person))
    cases = Case.objects.within(person.org).filter(theirs).select_related("post")
    return {number for number, stake in stakes(list(cases), person).items() if stake.barred}


def _declared(numbers: list[int], person: Person) -> dict[int, bool]:
    said: dict[int, bool] = {}
    for paper in Paper.objects.filter(case__in=numbers, kind=Paper.Kind.INTEREST, by=label(person)):
        if "interested" in paper.facts:
            said[paper.case_id] = said.get(paper.case_id, False) or bool(paper.facts["interested"])
    return said


def _reported(numbers: list[int], person: Person) -> set[int]:
    reports = Paper.objects.filter(case__in=numbers, kind=Paper.Kind.REPORT)
    # Ma: to notice something is no interest
    by_them = {paper.case_id for paper in reports.filter(by=label(person)) if not paper.facts.get("noticed")}
    typed = PaperText.objects.filter(paper__in=reports, field="email", text__iexact=person.email)
    answered = Paper.objects.filter(case__in=numbers, kind=Paper.Kind.INTEREST, by=label(person))
    not_theirs = {paper.case_id for paper in answered if paper.facts.get("disowned")}
    return by_them | (set(typed.values_list("paper__case", flat=True)) - not_theirs)


def _wrote(cases: Collection[Case], person: Person) -> set[int]:
    mine = _own(person)
    theirs = {case.pk for case in cases if case.post and case.post.account_id in mine}
    return theirs | {case.pk for case in cases if case.account_id in mine}


def _own(person: Person) -> set[int]:
    """Return the accounts that are known to be the person's."""
    claims = AccountClaim.objects.within(person.org).filter(person=person, until=None)
    claimed = claims.values_list("account", flat=True)
    reached = Contact.objects.within(person.org).filter(address__iexact=person.email).values_list("account", flat=True)
    return {*claimed, *reached}
