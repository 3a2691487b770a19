"""What waits for somebody: counted, never told. Nothing of a matter of their own is in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from folkmoot.casefile.models import Case, Duty, Paper
from folkmoot.casefile.record import label
from folkmoot.members.models import Person
from folkmoot.outbox.models import Task
from folkmoot.outbox.to_do import to_do
from folkmoot.procedure.duties import Owed
from folkmoot.procedure.words import Lane, Role, Stage
from folkmoot.steps.find_later import found_later
from folkmoot.steps.make_final import confirmed, minute_of
from folkmoot.steps.many import Standings, accounts_of

LONG = timedelta(days=2)  # a thing to do by hand that has waited so long is called to mind
AT_MOST = 100  # of each kind are looked at: more is too many to count
_ON_CASES = frozenset({Role.MODERATOR, Role.SECRETARY, Role.EXECUTIVE})


@dataclass(frozen=True)
class Waiting:
    """How many of each wait; `AT_MOST` stands for that many or more."""

    answers: int = 0  # cases in which this person may answer, and somebody owes it
    late: int = 0  # of these
    to_convene: int = 0  # cases before the Executive
    minutes: int = 0  # to confirm
    by_hand: int = 0  # things to do at a place
    by_hand_long: int = 0  # of these, open for more than two days
    copies: int = 0  # posts that came while a removal stands, and nobody has said whether they go too (Md)

    def __bool__(self) -> bool:
        """Whether anything waits."""
        return any((self.answers, self.to_convene, self.minutes, self.by_hand, self.copies))


def waiting_for(person: Person, *, at: datetime) -> Waiting:
    """Return what waits for `person` at that moment, in the organisation in which they are that person."""
    offices = person.offices(at=at) & _ON_CASES
    if not offices:
        return Waiting()
    owed = _owed(person, offices, at=at)
    tasks = _tasks(person, offices, at=at)
    return Waiting(
        answers=len(owed),
        late=sum(due_at < at for due_at in owed),
        to_convene=_to_convene(person, offices),
        minutes=_minutes(person) if Role.EXECUTIVE in offices else 0,
        by_hand=len(tasks),
        by_hand_long=sum(task.made_at <= at - LONG for task in tasks),
        copies=_copies(person, offices),
    )


def _owed(person: Person, offices: frozenset[Role], *, at: datetime) -> list[datetime]:
    """Return, for each case in which this person may answer, when the earliest answer is due."""
    duties = Duty.objects.within(person.org).filter(met_at=None, holder__in=offices).exclude(owed=Owed.SUBMISSION)
    earliest: dict[int, datetime] = {}
    for case_id, due_at in duties.order_by("due_at").values_list("case", "due_at"):
        earliest.setdefault(case_id, due_at)
        if len(earliest) == AT_MOST:
            break
    cases = list(Case.objects.filter(pk__in=earliest).exclude(stage=Stage.FINAL).select_related("post"))
    others = _for_others(cases, person, at=at)
    taken = {case.pk for case in cases if case.claimed_by_id not in (None, person.pk) and earliest[case.pk] >= at}
    return [earliest[case.pk] for case in cases if case.pk not in others | taken]


def _for_others(cases: list[Case], person: Person, *, at: datetime) -> set[int]:
    """Return the numbers of those that are for somebody else: a matter of their own, or they had a say (Mf, Mc)."""
    moderators = list(Person.objects.holding(person.org, Role.MODERATOR, at=at))
    standings = Standings(cases, list({one.pk: one for one in [*moderators, person]}.values()))
    proposals = Paper.objects.filter(case__in=[case.pk for case in cases], kind=Paper.Kind.PROPOSAL)
    newest = {paper.case_id: paper.by for paper in proposals.order_by("number")}
    found = set()
    for case in cases:
        free = (p for p in moderators if not standings.decided(case, p) and not standings.is_involved(case, p))
        had_a_say = standings.decided(case, person)
        if (
            standings.is_involved(case, person)
            or (case.stage == Stage.SECOND_LOOK and newest.get(case.pk) == label(person))
            or (had_a_say and (case.stage == Stage.DECIDED or (case.stage == Stage.APPEALED and any(free))))
        ):
            found.add(case.pk)
    return found


def _copies(person: Person, offices: frozenset[Role]) -> int:
    """Return how many new copies wait where this person may let them go: moderators, and who was added (Md)."""
    own = accounts_of(person.org, person)
    found = found_later(person.org).exclude(post__account__in=own).order_by("root", "post")
    if Role.MODERATOR not in offices:
        added = Duty.objects.within(person.org).filter(holder__in=offices, met_at=None).values("case")
        first = Q(root__lane=Lane.EMERGENCY) if Role.SECRETARY in offices else Q(pk__in=[])  # D10
        found = found.filter(Q(root__in=added) | first)
    roots = list(found.values_list("root", flat=True)[:AT_MOST])
    cases = list(Case.objects.filter(pk__in=roots).select_related("post"))
    standings = Standings(cases, [person])
    closed = {case.pk for case in cases if standings.is_involved(case, person)}
    return sum(root not in closed for root in roots)


def _to_convene(person: Person, offices: frozenset[Role]) -> int:
    if not offices & {Role.SECRETARY, Role.EXECUTIVE}:
        return 0
    waiting = Case.objects.within(person.org).filter(stage=Stage.BEFORE_EXECUTIVE).select_related("post")
    cases = list(waiting.order_by("pk")[:AT_MOST])
    standings = Standings(cases, [person])
    return sum(not standings.is_involved(case, person) for case in cases)


def _minutes(person: Person) -> int:
    cases = Case.objects.within(person.org).filter(stage=Stage.MINUTED).order_by("pk")[:AT_MOST]
    minutes = [minute for case in cases if (minute := minute_of(case))]
    return sum(str(person.pk) in minute.facts["votes"] and person.pk not in confirmed(minute) for minute in minutes)


def _tasks(person: Person, offices: frozenset[Role], *, at: datetime) -> list[Task]:
    """Return what is to be done by hand: all of it for moderators, what has waited long for the others too."""
    waiting = to_do(person.org).select_related("case__post")
    if Role.MODERATOR not in offices:
        waiting = waiting.filter(made_at__lte=at - LONG)
    tasks = list(waiting.order_by("made_at", "pk")[:AT_MOST])
    standings = Standings(list({task.case_id: task.case for task in tasks}.values()), [person])
    return [task for task in tasks if not standings.is_involved(task.case, person)]
