"""What an organisation may change in the table: its limits, and for some steps who takes them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from folkmoot.kernel.errors import BadInput
from folkmoot.kernel.said import gettext, gettext_noop
from folkmoot.procedure.table import STANDARD, Limits, Procedure
from folkmoot.procedure.words import Role, Step


@dataclass(frozen=True)
class Choice:
    """Steps for which an organisation chooses who takes them: `always` do, and of `may` whoever is chosen."""

    name: str
    question: str
    steps: tuple[Step, ...]
    always: frozenset[Role]
    may: frozenset[Role]


_SECRETARY, _EXECUTIVE, _MODERATORS = frozenset({Role.SECRETARY}), frozenset({Role.EXECUTIVE}), {Role.MODERATOR}
# `always` is what `checks.faults` asks for: whoever is asked first, and the Executive, who are asked last.
CHOICES = (
    Choice(
        "decide",
        gettext_noop("Who decides on a report, once they have been added?"),
        (Step.DECIDE, Step.PROPOSE, Step.CONFIRM_PROPOSAL, Step.DECLINE_PROPOSAL),
        _EXECUTIVE | _MODERATORS,
        _SECRETARY,
    ),
    Choice(
        "reconsider",
        gettext_noop("Who answers an appeal, once they have been added?"),
        (Step.RECONSIDER,),
        _EXECUTIVE | _MODERATORS,
        _SECRETARY,
    ),
    Choice(
        "extend",
        gettext_noop("Who may take longer for an answer that they owe?"),
        (Step.EXTEND,),
        frozenset(_MODERATORS),
        _SECRETARY | _EXECUTIVE,
    ),
    Choice(
        "answer_review",
        gettext_noop("Who answers a reporter who is not satisfied?"),
        (Step.ANSWER_REVIEW,),
        _EXECUTIVE,
        _SECRETARY,
    ),
    Choice("send_back", gettext_noop("Who may have a case decided afresh?"), (Step.SEND_BACK,), _EXECUTIVE, _SECRETARY),
    Choice(
        "convene",
        gettext_noop("Who calls the Executive together?"),
        (Step.CONVENE,),
        frozenset(),
        _SECRETARY | _EXECUTIVE,
    ),
    Choice("minute", gettext_noop("Who writes the Executive’s minute?"), (Step.RECORD_MINUTE,), _EXECUTIVE, _SECRETARY),
    Choice(
        "reopen",
        gettext_noop("Who writes down the vote on opening a final case again?"),
        (Step.REOPEN, Step.KEEP_FINAL),
        _EXECUTIVE,
        _SECRETARY,
    ),
    Choice(
        "destroy",
        gettext_noop("Who may destroy what must not be kept?"),
        (Step.DESTROY,),
        frozenset(),
        frozenset({Role.MODERATOR, Role.SECRETARY, Role.EXECUTIVE, Role.ADMINISTRATOR}),
    ),
)


def chosen(procedure: Procedure, choice: Choice) -> frozenset[Role]:
    """Return who takes the steps of `choice` in this edition; in one that does not have them yet, who would."""
    for way in (*procedure.ways, *STANDARD.ways):
        if way.step in choice.steps:
            return way.roles & (choice.always | choice.may)
    raise LookupError(f"no step of “{choice.name}” is in the table")


def edited(limits: Limits, roles: Mapping[str, frozenset[Role]]) -> Procedure:
    """Return Folkmoot's table with these limits and, by the name of each choice, who takes its steps.

    Raises `BadInput` (field: the choice's name) for somebody who cannot be chosen there, and for nobody at all.
    """
    taken: dict[Step, frozenset[Role]] = {}
    for choice in CHOICES:
        who = frozenset(roles.get(choice.name, chosen(STANDARD, choice))) | choice.always
        if not who or who - choice.always - choice.may:
            raise BadInput(gettext("Please choose at least one of those that are shown."), field=choice.name)
        taken |= dict.fromkeys(choice.steps, who)
    ways = tuple(replace(way, roles=taken.get(way.step, way.roles)) for way in STANDARD.ways)
    return Procedure(ways=ways, limits=limits)


def renewed(procedure: Procedure) -> Procedure:
    """Return Folkmoot's table of today with the limits and the choices of `procedure`."""
    return edited(procedure.limits, {choice.name: chosen(procedure, choice) for choice in CHOICES})


def is_older(procedure: Procedure) -> bool:
    """Say whether Folkmoot's own table has changed since this edition was made from it."""
    return frozenset(renewed(procedure).ways) != frozenset(procedure.ways)
