"""The procedure as a table: from which stage which step may be taken, by whom, and where it leads.

A case keeps the edition of this table under which it was opened (`editions.ProcedureEdition`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from folkmoot.kernel.errors import NotPermitted
from folkmoot.procedure.words import Role, Stage, Step

_ANYBODY = frozenset({Role.REPORTER, Role.MODERATOR, Role.SECRETARY, Role.EXECUTIVE, Role.ADMINISTRATOR})
_DECIDERS = frozenset({Role.MODERATOR, Role.SECRETARY, Role.EXECUTIVE})
_OFFICERS = _DECIDERS | {Role.ADMINISTRATOR}
_SYSTEM = frozenset({Role.SYSTEM})
_AUTHOR = frozenset({Role.AUTHOR})


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
    appeal_months: int = 6  # D26
    objection_hours: int = 48  # a minute is final when nobody who sat objects for so long
    quorum: int = 3  # Mg


def _ways() -> Iterable[Way]:
    s, d = Stage, Step
    yield from (
        Way(s.RECEIVED, d.DECIDE, _DECIDERS, s.DECIDED),
        Way(s.DECIDED, d.LODGE_APPEAL, _AUTHOR, s.APPEALED),  # Mf
        Way(s.APPEALED, d.RECONSIDER, _DECIDERS, s.RECONSIDERED),
        Way(s.RECONSIDERED, d.PUT_TO_EXECUTIVE, _AUTHOR, s.BEFORE_EXECUTIVE),  # Mg
        Way(s.BEFORE_EXECUTIVE, d.RECORD_MINUTE, frozenset({Role.SECRETARY, Role.EXECUTIVE}), s.MINUTED),
        Way(s.MINUTED, d.CONFIRM_MINUTE, frozenset({Role.EXECUTIVE}), s.MINUTED),
        Way(s.MINUTED, d.OBJECT_TO_MINUTE, frozenset({Role.EXECUTIVE}), s.BEFORE_EXECUTIVE),
        Way(s.MINUTED, d.MAKE_FINAL, _SYSTEM, s.FINAL),  # Mg: the Executive's word is final
        Way(s.DECIDED, d.MAKE_FINAL, _SYSTEM, s.FINAL),  # nobody appealed in time
        Way(s.RECONSIDERED, d.MAKE_FINAL, _SYSTEM, s.FINAL),
    )
    open_stages = [stage for stage in s if stage is not s.FINAL]
    for stage in open_stages:
        yield Way(stage, d.FILE_REPORT, _ANYBODY, stage)  # later reports join the open case
        yield Way(stage, d.ADD_TO_REPORT, frozenset({Role.REPORTER}), stage)
        yield Way(stage, d.DECLARE_INTEREST, _OFFICERS, stage)
        yield Way(stage, d.HAND_OVER, _SYSTEM, stage)
    for stage in (s.RECEIVED, s.APPEALED):
        yield Way(stage, d.CLAIM, _DECIDERS, stage)
        yield Way(stage, d.RELEASE, _DECIDERS, stage)
    yield Way(s.RECEIVED, d.LINK_POST, _DECIDERS, s.RECEIVED)
    for any_stage in s:  # what was promised is also kept after the end
        yield Way(any_stage, d.NAME_AUTHOR, _DECIDERS, any_stage)  # a letter may have waited for an address
        yield Way(any_stage, d.TICK_TASK, _OFFICERS, any_stage)
        yield Way(any_stage, d.RECORD_DELIVERY, _SYSTEM | _OFFICERS, any_stage)


@dataclass(frozen=True)
class Procedure:
    """One edition of the procedure."""

    ways: tuple[Way, ...]
    limits: Limits

    def way(self, stage: Stage, step: Step, role: Role) -> Way:
        """Return the row that lets `role` take `step` in `stage`, or raise `NotPermitted`."""
        for way in self.ways:
            if way.stage == stage and way.step == step:
                if role not in way.roles:
                    raise NotPermitted(f"The {role} may not do this ({_said(step)}) while the case is {_said(stage)}.")
                return way
        raise NotPermitted(f"This ({_said(step)}) cannot be done while the case is {_said(stage)}.")

    def allows(self, stage: Stage, step: Step, role: Role) -> bool:
        """Say whether `role` may take `step` in `stage`."""
        return any(way.stage == stage and way.step == step and role in way.roles for way in self.ways)

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
