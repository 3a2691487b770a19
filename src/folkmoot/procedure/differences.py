"""What is different between two editions of the procedure, in plain words."""

from collections.abc import Iterator

from folkmoot.kernel.said import gettext
from folkmoot.procedure.plain import ROLES, limits_said, nation_said, people, stage_said, step_said
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
            yield gettext("%(now)s. Before: %(before)s.") % {
                "now": said,
                "before": f"{old[name][:1].lower()}{old[name][1:]}",
            }
        elif name == "nation" and was != now:
            yield gettext("%(now)s, instead of %(before)s.") % {"now": said, "before": nation_said(was)}
        elif was != now:
            yield gettext("%(now)s, instead of %(before)s.") % {"now": said, "before": was}


def _steps(before: Procedure, after: Procedure) -> Iterator[str]:
    old, new = _by_step(before), _by_step(after)
    fresh = {way.stage for way in after.ways} - {way.stage for way in before.ways}
    gone = {way.stage for way in before.ways} - {way.stage for way in after.ways}
    yield from (
        gettext("New: a case that %(stage)s.") % {"stage": stage_said(stage)} for stage in Stage if stage in fresh
    )
    yield from (
        gettext("No longer: a case that %(stage)s.") % {"stage": stage_said(stage)} for stage in Stage if stage in gone
    )
    both = [step for step in Step if step in old and step in new]
    for step in Step:
        if step in new and step not in old:
            yield gettext("New: %(who)s may %(step)s.") % {
                "who": people(_everybody(new[step])),
                "step": step_said(step),
            }
        elif step in old and step not in new:
            yield gettext("No longer: %(who)s may %(step)s.") % {
                "who": people(_everybody(old[step])),
                "step": step_said(step),
            }
    yield from _roles({step: (old[step], new[step]) for step in both})
    for step in both:
        yield from _places(step, old[step], new[step], fresh, gone)


def _roles(steps: dict[Step, tuple[Ways, Ways]]) -> Iterator[str]:
    """Tell of each role once what it may do besides, and once what it may do no longer."""
    for role in ROLES:
        name = people([role])
        who = name[:1].upper() + name[1:]
        gained = [step for step, (was, now) in steps.items() if _holds(role, now, was) and not _holds(role, was, now)]
        lost = [step for step, (was, now) in steps.items() if _holds(role, was, now) and not _holds(role, now, was)]
        if gained:
            yield gettext("%(who)s may do this, too: %(steps)s.") % {
                "who": who,
                "steps": "; ".join(map(step_said, gained)),
            }
        if lost:
            yield gettext("%(who)s may not do this any more: %(steps)s.") % {
                "who": who,
                "steps": "; ".join(map(step_said, lost)),
            }


def _holds(role: Role, ways: Ways, others: Ways) -> bool:
    """Say whether `role` takes the step in a stage that both editions have."""
    return any(role in way.roles for stage, way in ways.items() if stage in others)


def _places(step: Step, was: Ways, now: Ways, fresh: set[Stage], gone: set[Stage]) -> Iterator[str]:
    more = [stage for stage in Stage if stage in now and stage not in was and stage not in fresh]
    less = [stage for stage in Stage if stage in was and stage not in now and stage not in gone]
    if more:
        yield gettext("New: %(who)s may %(step)s also while a case %(stages)s.") % {
            "who": people(_everybody(now)),
            "step": step_said(step),
            "stages": _or(more),
        }
    if less:
        yield gettext("No longer: %(who)s may %(step)s while a case %(stages)s.") % {
            "who": people(_everybody(was)),
            "step": step_said(step),
            "stages": _or(less),
        }
    for stage in was.keys() & now.keys():
        if was[stage].to is not now[stage].to:
            yield gettext("New: once somebody did this (%(step)s), a case %(stage)s.") % {
                "step": step_said(step),
                "stage": stage_said(now[stage].to),
            }


def _or(stages: list[Stage]) -> str:
    return gettext(" or ").join(map(stage_said, stages))


def _by_step(procedure: Procedure) -> dict[Step, Ways]:
    found: dict[Step, Ways] = {}
    for way in procedure.ways:
        found.setdefault(way.step, {})[way.stage] = way
    return found


def _everybody(ways: Ways) -> frozenset[Role]:
    return frozenset(role for way in ways.values() for role in way.roles)
