"""What is different between two editions of the procedure, in plain words."""

from collections.abc import Iterator

from folkmoot.procedure.plain import ROLES, STAGES, STEPS, limits_said, people
from folkmoot.procedure.table import Procedure, Way
from folkmoot.procedure.words import Role, Stage, Step

Ways = dict[Stage, Way]  # of one step


def differences(before: Procedure, after: Procedure) -> list[str]:
    """Return each difference as a sentence: "The moderators have 7 days to answer a report, instead of 5."."""
    return [*_limits(before, after), *_steps(before, after)]


def _limits(before: Procedure, after: Procedure) -> Iterator[str]:
    old, new = limits_said(before.limits), limits_said(after.limits)
    counts_otherwise = before.limits.working_days is not after.limits.working_days
    for name, said in new.items():
        was, now = getattr(before.limits, name), getattr(after.limits, name)
        if name == "working_days" and counts_otherwise:
            yield f"{said}. Before: {old[name][:1].lower()}{old[name][1:]}."
        elif name == "nation" and was != now:
            yield f"{said}, instead of {old[name].removeprefix('Bank holidays are those of ')}."
        elif was != now:
            yield f"{said}, instead of {was}."


def _steps(before: Procedure, after: Procedure) -> Iterator[str]:
    old, new = _by_step(before), _by_step(after)
    fresh = {way.stage for way in after.ways} - {way.stage for way in before.ways}
    gone = {way.stage for way in before.ways} - {way.stage for way in after.ways}
    yield from (f"New: a case that {STAGES[stage]}." for stage in Stage if stage in fresh)
    yield from (f"No longer: a case that {STAGES[stage]}." for stage in Stage if stage in gone)
    both = [step for step in Step if step in old and step in new]
    for step in Step:
        if step in new and step not in old:
            yield f"New: {people(_everybody(new[step]))} may {STEPS[step]}."
        elif step in old and step not in new:
            yield f"No longer: {people(_everybody(old[step]))} may {STEPS[step]}."
    yield from _roles({step: (old[step], new[step]) for step in both})
    for step in both:
        yield from _places(step, old[step], new[step], fresh, gone)


def _roles(steps: dict[Step, tuple[Ways, Ways]]) -> Iterator[str]:
    """Tell of each role once what it may do besides, and once what it may do no longer."""
    for role, name in ROLES.items():
        who = name[:1].upper() + name[1:]
        gained = [step for step, (was, now) in steps.items() if _holds(role, now, was) and not _holds(role, was, now)]
        lost = [step for step, (was, now) in steps.items() if _holds(role, was, now) and not _holds(role, now, was)]
        if gained:
            yield f"{who} may do this, too: {'; '.join(STEPS[step] for step in gained)}."
        if lost:
            yield f"{who} may not do this any more: {'; '.join(STEPS[step] for step in lost)}."


def _holds(role: Role, ways: Ways, others: Ways) -> bool:
    """Say whether `role` takes the step in a stage that both editions have."""
    return any(role in way.roles for stage, way in ways.items() if stage in others)


def _places(step: Step, was: Ways, now: Ways, fresh: set[Stage], gone: set[Stage]) -> Iterator[str]:
    more = [stage for stage in Stage if stage in now and stage not in was and stage not in fresh]
    less = [stage for stage in Stage if stage in was and stage not in now and stage not in gone]
    if more:
        yield f"New: {people(_everybody(now))} may {STEPS[step]} also while a case {_or(more)}."
    if less:
        yield f"No longer: {people(_everybody(was))} may {STEPS[step]} while a case {_or(less)}."
    for stage in was.keys() & now.keys():
        if was[stage].to is not now[stage].to:
            yield f"New: once somebody did this ({STEPS[step]}), a case {STAGES[now[stage].to]}."


def _or(stages: list[Stage]) -> str:
    return " or ".join(STAGES[stage] for stage in stages)


def _by_step(procedure: Procedure) -> dict[Step, Ways]:
    found: dict[Step, Ways] = {}
    for way in procedure.ways:
        found.setdefault(way.step, {})[way.stage] = way
    return found


def _everybody(ways: Ways) -> frozenset[Role]:
    return frozenset(role for way in ways.values() for role in way.roles)
