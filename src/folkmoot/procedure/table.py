"""The procedure as a table: from which stage which step may be taken, by whom, and where it leads.

A case keeps the edition of this table under which it was opened (`editions.ProcedureEdition`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from folkmoot.kernel.errors import NotPermitted
from folkmoot.kernel.said import gettext
from folkmoot.procedure.words import Role, Stage, Step

_ANYBODY = frozenset({Role.REPORTER, Role.MODERATOR, Role.SECRETARY, Role.EXECUTIVE, Role.ADMINISTRATOR})
_DECIDERS = frozenset({Role.MODERATOR, Role.SECRETARY, Role.EXECUTIVE})
_OFFICERS = _DECIDERS | {Role.ADMINISTRATOR}
_SEATS = frozenset({Role.SECRETARY, Role.EXECUTIVE})
_SECRETARY = frozenset({Role.SECRETARY})
_MEMBERS = frozenset({Role.EXECUTIVE})
_SYSTEM = frozenset({Role.SYSTEM})
_AUTHOR = frozenset({Role.AUTHOR})
_REPORTER = frozenset({Role.REPORTER})


@dataclass(frozen=True)
class Way:
    """One row: `step` may be taken in `stage` by `roles` and leads `to` (the same stage where nothing moves)."""

    stage: Stage
    step: Step
    roles: frozenset[Role]
    to: Stage


@dataclass(frozen=True)
class Limits:
    """Time limits and numbers; days end with the organisation's local day."""

    report_days: int = 5  # Sh: the operator answers
    secretary_days: int = 5
    executive_days: int = 28
    reconsider_days: int = 5  # Mf
    extension_days: int = 5  # D14: once, with a reason
    emergency_hours: int = 24  # D10
    legal_hours: int = 48  # Defamation Act 2013 s.5: weekends and bank holidays do not count
    appeal_months: int = 6  # D26
    objection_hours: int = 48  # a minute is final when nobody who sat objects for so long
    quorum: int = 3  # Mg
    working_days: bool = False  # D11: whether only working days count
    nation: str = "ENG"  # whose bank holidays: ENG, SCT, WLS or NIR


def _ways() -> Iterable[Way]:
    s, d = Stage, Step
    yield from (  # where a case goes
        Way(s.RECEIVED, d.DECIDE, _DECIDERS, s.DECIDED),
        Way(s.RECEIVED, d.PROPOSE, _DECIDERS, s.SECOND_LOOK),  # Mc
        Way(s.SECOND_LOOK, d.CONFIRM_PROPOSAL, _DECIDERS, s.DECIDED),
        Way(s.SECOND_LOOK, d.DECLINE_PROPOSAL, _DECIDERS, s.RECEIVED),
        Way(s.RECEIVED, d.DECIDE_AS_PANEL, _SEATS, s.DECIDED),  # Sh
        Way(s.SECOND_LOOK, d.UNDO, _DECIDERS, s.RECEIVED),
        Way(s.DECIDED, d.UNDO, _DECIDERS, s.RECEIVED),
        Way(s.DECIDED, d.LODGE_APPEAL, _AUTHOR, s.APPEALED),  # Mf
        Way(s.DECIDED, d.PUT_TO_EXECUTIVE, _AUTHOR, s.BEFORE_EXECUTIVE),  # Sh: a panel's decision
        Way(s.APPEALED, d.RECONSIDER, _DECIDERS, s.RECONSIDERED),
        Way(s.RECONSIDERED, d.UNDO, _DECIDERS, s.APPEALED),
        Way(s.RECONSIDERED, d.PUT_TO_EXECUTIVE, _AUTHOR, s.BEFORE_EXECUTIVE),  # Mg
        Way(s.DECIDED, d.SEND_BACK, _SEATS, s.RECEIVED),  # Sh: a review finds that it has to be decided afresh
        Way(s.RECONSIDERED, d.SEND_BACK, _SEATS, s.RECEIVED),
        Way(s.DECIDED, d.LOOK_AGAIN, _DECIDERS, s.RECEIVED),  # Sh: a later report says something new
        Way(s.APPEALED, d.BRING_BACK, _SYSTEM, s.DECIDED),  # Md: who had appealed has what they asked for
        Way(s.BEFORE_EXECUTIVE, d.BRING_BACK, _SYSTEM, s.DECIDED),
        Way(s.MINUTED, d.BRING_BACK, _SYSTEM, s.DECIDED),
        Way(s.BEFORE_EXECUTIVE, d.RECORD_MINUTE, _SEATS, s.MINUTED),
        Way(s.MINUTED, d.CONFIRM_MINUTE, _MEMBERS, s.MINUTED),
        Way(s.MINUTED, d.OBJECT_TO_MINUTE, _MEMBERS, s.BEFORE_EXECUTIVE),
        Way(s.MINUTED, d.MAKE_FINAL, _SYSTEM, s.FINAL),  # Mg: the Executive's word is final
        Way(s.DECIDED, d.MAKE_FINAL, _SYSTEM, s.FINAL),  # nobody appealed in time
        Way(s.RECONSIDERED, d.MAKE_FINAL, _SYSTEM, s.FINAL),
        Way(s.FINAL, d.REOPEN, _SEATS, s.BEFORE_EXECUTIVE),  # D35
        Way(s.FINAL, d.KEEP_FINAL, _SEATS, s.FINAL),
        Way(s.BEFORE_EXECUTIVE, d.PUT_TO_EXECUTIVE, _AUTHOR, s.BEFORE_EXECUTIVE),  # once more, where it was reopened
    )
    undecided, looking = (s.RECEIVED, s.SECOND_LOOK), (s.RECEIVED, s.SECOND_LOOK, s.APPEALED)
    answered = (s.DECIDED, s.APPEALED, s.RECONSIDERED, s.BEFORE_EXECUTIVE)
    still_open = tuple(stage for stage in s if stage is not s.FINAL)
    for stages, step, roles in (  # what moves nothing
        (still_open, d.FILE_REPORT, _ANYBODY),  # later reports join the open case
        (still_open, d.ADD_TO_REPORT, _REPORTER),
        (still_open, d.DECLARE_INTEREST, _OFFICERS),
        (still_open, d.HAND_OVER, _SYSTEM),
        (still_open, d.WARN_DUE, _SYSTEM),
        (undecided, d.WITHDRAW_REPORT, _REPORTER),
        (undecided + answered, d.ANSWER_REPORT, _DECIDERS),  # after the decision: whoever reported later
        (undecided + answered, d.ASK_FOR_REVIEW, _REPORTER),  # Sh
        (answered, d.FORWARD_REVIEW, _SECRETARY),
        (answered, d.ANSWER_REVIEW, _SEATS),
        (looking, d.CLAIM, _DECIDERS),
        (looking, d.RELEASE, _OFFICERS),  # an administrator when somebody leaves
        (looking, d.EXTEND, _DECIDERS),
        ((s.RECEIVED,), d.LINK_POST, _DECIDERS),
        (undecided, d.SET_LANE, _DECIDERS),
        ((s.RECEIVED,), d.RAISE_LANE, _SYSTEM),  # D10: once, and never after a person has said which lane
        (undecided, d.CHECK_COMPLAINT, _DECIDERS),
        (undecided, d.HIDE, _DECIDERS),  # act first
        (undecided, d.UNHIDE, _DECIDERS),
        (undecided, d.PUT_BESIDE, _DECIDERS),
        (undecided, d.ASK_CLARIFICATION, _DECIDERS),  # Sg: the clock runs on
        (undecided, d.CLARIFY, _AUTHOR),
        ((s.DECIDED,), d.LOOK_AFTERWARDS, _SEATS),  # Mc; after an appeal, whoever owes the look may answer that
        ((s.BEFORE_EXECUTIVE,), d.CONVENE, _SEATS),
        ((*answered, s.FINAL), d.TAKE_ALONG, _DECIDERS),  # Md: for as long as the removal stands
        ((*undecided, s.DECIDED, s.RECONSIDERED, s.FINAL), d.BRING_BACK, _SYSTEM),
        (still_open, d.WRITE_NOTE, _DECIDERS),
        (tuple(s), d.ANSWER_IN_COMMENTS, _DECIDERS),
        (tuple(s), d.OFFER_SUPPORT, _DECIDERS),
        (tuple(s), d.CHOOSE_NEWS, _REPORTER),
        (tuple(s), d.SEAL, _OFFICERS),
        (tuple(s), d.DESTROY, _OFFICERS),
        (tuple(s), d.END_MEASURE, _DECIDERS | _SYSTEM),
        (tuple(s), d.NAME_AUTHOR, _DECIDERS),  # what was promised is also kept after the end
        (tuple(s), d.TICK_TASK, _OFFICERS),
        (tuple(s), d.RECORD_DELIVERY, _SYSTEM | _OFFICERS),
    ):
        yield from (Way(stage, step, roles, stage) for stage in stages)


@dataclass(frozen=True)
class Procedure:
    """One edition of the procedure."""

    ways: tuple[Way, ...]
    limits: Limits

    @cached_property
    def _rows(self) -> dict[tuple[Stage, Step], Way]:
        return {(way.stage, way.step): way for way in self.ways}

    def way(self, stage: Stage, step: Step, role: Role) -> Way:
        """Return the row that lets `role` take `step` in `stage`, or raise `NotPermitted`."""
        way = self._rows.get((stage, step))
        if way is None:
            raise NotPermitted(
                gettext("This (%(step)s) cannot be done while the case is %(stage)s.")
                % {"step": _said(step), "stage": _said(stage)}
            )
        if role not in way.roles:
            raise NotPermitted(
                gettext("The %(role)s may not do this (%(step)s) while the case is %(stage)s.")
                % {"role": role, "step": _said(step), "stage": _said(stage)}
            )
        return way

    def allows(self, stage: Stage, step: Step, role: Role) -> bool:
        """Say whether `role` may take `step` in `stage`."""
        way = self._rows.get((stage, step))
        return way is not None and role in way.roles

    def to_facts(self) -> dict[str, Any]:
        """Return this edition as plain JSON data; `from_facts` reads it back."""
        return {
            "ways": [[way.stage, way.step, sorted(way.roles), way.to] for way in self.ways],
            "limits": {field.name: getattr(self.limits, field.name) for field in fields(Limits)},
        }

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> "Procedure":
        """Read an edition from the data that `to_facts` gave."""
        ways = (
            Way(Stage(stage), Step(step), frozenset(map(Role, roles)), Stage(to))
            for stage, step, roles, to in facts["ways"]
        )
        return cls(ways=tuple(ways), limits=Limits(**facts["limits"]))


STANDARD = Procedure(ways=tuple(_ways()), limits=Limits())


def _said(word: Stage | Step) -> str:
    return word.value.replace("_", " ")
