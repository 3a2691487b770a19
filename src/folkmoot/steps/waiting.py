"""What waits for somebody: counted, never told. Nothing of a matter of their own is in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from folkmoot.casefile.models import Case, Duty
from folkmoot.members.models import Person
from folkmoot.outbox.models import Task
from folkmoot.procedure.duties import Owed
from folkmoot.procedure.words import Role, Stage
from folkmoot.steps.make_final import confirmed, minute_of
from folkmoot.steps.standing import decided_by, free_to_reconsider, involvement

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

    def __bool__(self) -> bool:
        """Whether anything waits."""
        return any((self.answers, self.to_convene, self.minutes, self.by_hand))


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
    )


def _owed(person: Person, offices: frozenset[Role], *, at: datetime) -> list[datetime]:
    """Return, for each case in which this person may answer, when the earliest answer is due."""
    duties = Duty.objects.within(person.org).filter(met_at=None, holder__in=offices).exclude(owed=Owed.SUBMISSION)
    earliest: dict[int, datetime] = {}
    for case_id, due_at in duties.order_by("due_at").values_list("case", "due_at"):
        earliest.setdefault(case_id, due_at)
        if len(earliest) == AT_MOST:
            break
    cases = Case.objects.filter(pk__in=earliest).exclude(stage=Stage.FINAL).select_related("org", "post")
    return [earliest[case.pk] for case in cases if _is_theirs(case, person, late=earliest[case.pk] < at, at=at)]


def _is_theirs(case: Case, person: Person, *, late: bool, at: datetime) -> bool:
    if case.claimed_by_id not in (None, person.pk) and not late:
        return False  # somebody has it
    if involvement(case, person):
        return False
    appealed = case.stage == Stage.APPEALED and decided_by(case, person)
    return not (appealed and free_to_reconsider(case, at=at))  # Mf: another looks at it


def _to_convene(person: Person, offices: frozenset[Role]) -> int:
    if not offices & {Role.SECRETARY, Role.EXECUTIVE}:
        return 0
    cases = Case.objects.within(person.org).filter(stage=Stage.BEFORE_EXECUTIVE).select_related("post")
    return sum(not involvement(case, person) for case in cases.order_by("pk")[:AT_MOST])


def _minutes(person: Person) -> int:
    cases = Case.objects.within(person.org).filter(stage=Stage.MINUTED).order_by("pk")[:AT_MOST]
    minutes = [minute for case in cases if (minute := minute_of(case))]
    return sum(str(person.pk) in minute.facts["votes"] and person.pk not in confirmed(minute) for minute in minutes)


def _tasks(person: Person, offices: frozenset[Role], *, at: datetime) -> list[Task]:
    """Return what is to be done by hand: all of it for moderators, what has waited long for the others too."""
    tasks = Task.objects.within(person.org).filter(state=Task.State.OPEN).select_related("case__post")
    if Role.MODERATOR not in offices:
        tasks = tasks.filter(made_at__lte=at - LONG)
    return [task for task in tasks.order_by("made_at", "pk")[:AT_MOST] if not involvement(task.case, person)]
