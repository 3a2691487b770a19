"""Whose turn it is: those who hold the role that owes an answer, and against whom nothing speaks."""

from datetime import datetime

from folkmoot.casefile.models import Case, Duty
from folkmoot.casefile.record import procedure_of
from folkmoot.members.models import Person
from folkmoot.procedure.duties import Owed, Turn, next_turn
from folkmoot.procedure.words import Role, Stage, Step
from folkmoot.steps.reviews import is_accused, sent_back
from folkmoot.steps.standing import decided_by, free_among, free_to_decide_afresh, uninvolved

# By which step an answer is given, where nothing is decided yet or an appeal waits.
_DECIDING = {
    Stage.RECEIVED: Step.DECIDE,
    Stage.SECOND_LOOK: Step.CONFIRM_PROPOSAL,
    Stage.APPEALED: Step.RECONSIDER,
}


def who_can_answer(case: Case, owed: Owed, role: Role, *, at: datetime) -> list[Person]:
    """Return those who hold `role` and may give such an answer as the case stands."""
    holding = Person.objects.holding(case.org, role, at=at).order_by("name", "pk")
    if owed is Owed.LOOK_AFTER:
        return free_among(case, holding, Step.LOOK_AFTERWARDS, at=at)
    step = _DECIDING.get(Stage(case.stage), Step.ANSWER_REPORT)
    as_panel = step is Step.DECIDE and sent_back(case) and not free_to_decide_afresh(case, at=at)
    if owed in {Owed.REVIEW, Owed.SUBMISSION} or as_panel:  # Sh: members of the Executive decide
        clear = uninvolved(case, holding)
        return [person for person in clear if not is_accused(case, person) and not decided_by(case, person)]
    return free_among(case, holding, step, at=at)


def next_to_answer(case: Case, duty: Duty, *, at: datetime) -> tuple[Turn | None, list[Person], list[Role]]:
    """Return who is added after `duty` was let pass: the turn, the people, and the roles that were passed by.

    A role is passed by where nobody who holds it may act and somebody further on may; where nobody may at all,
    the next in turn is added all the same. `None` when nobody is left to add.
    """
    owed, limits, zone = Owed(duty.owed), procedure_of(case).limits, case.org.zone
    first = turn = next_turn(owed, Role(duty.holder), limits, at=at, zone=zone)
    passed: list[Role] = []
    while turn:
        people = who_can_answer(case, owed, turn.holder, at=at)
        if people:
            return turn, people, passed
        passed.append(turn.holder)
        turn = next_turn(owed, turn.holder, limits, at=at, zone=zone)
    return first, [], []
