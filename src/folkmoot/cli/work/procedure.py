"""The procedure: who may do what when, its limits, and publishing another edition."""

from dataclasses import asdict, fields, replace
from typing import Any

from folkmoot.casefile.models import Case
from folkmoot.casefile.record import SYSTEM
from folkmoot.cli.target import only_organisation
from folkmoot.cli.words import answer, say
from folkmoot.config.clock import now
from folkmoot.config.readiness import bring_up_to_date
from folkmoot.editions.current import current_procedure
from folkmoot.editions.models import ProcedureEdition
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Organisation
from folkmoot.procedure.differences import differences
from folkmoot.procedure.editing import is_older, renewed
from folkmoot.procedure.plain import STAGES, STEPS, limits_said, people
from folkmoot.procedure.table import Limits, Procedure
from folkmoot.procedure.words import Stage
from folkmoot.steps.publish_procedure import publish_procedure


def show(org: str | None, number: int | None) -> None:
    """Print the table in plain words."""
    bring_up_to_date()
    owner = only_organisation(org)
    edition = _edition(owner, number)
    table = edition.procedure()
    say(f"{owner.name}, procedure, edition {edition.number}")
    for name, sentence in limits_said(table.limits).items():
        say(f"  {sentence}. ({name})")
    for stage in Stage:
        ways = [way for way in table.ways if way.stage is stage]
        if ways:
            say(f"While a case {STAGES[stage]}:")
        for way in ways:
            then = f"; then it {STAGES[way.to]}" if way.to is not stage else ""
            say(f"  {STEPS[way.step]}: {people(way.roles)}{then}")
    answer(
        organisation=owner.slug,
        edition=edition.number,
        limits=asdict(table.limits),
        ways=[
            {"stage": way.stage, "step": way.step, "roles": sorted(way.roles), "to": way.to}
            for stage in Stage
            for way in table.ways
            if way.stage is stage
        ],
    )


def diff(org: str | None, wanted: tuple[str, ...]) -> None:
    """Say what would be different: with --set, or else in Folkmoot's own table of today."""
    bring_up_to_date()
    owner = only_organisation(org)
    before = current_procedure(owner).procedure()
    answer(organisation=owner.slug, changes=_tell(owner, before, _wanted(before, wanted)))


def publish(org: str | None, wanted: tuple[str, ...]) -> None:
    """Make it the organisation's procedure: a new edition, for new cases. Open ones keep theirs."""
    bring_up_to_date()
    owner = only_organisation(org)
    edition = current_procedure(owner)
    before = edition.procedure()
    after = _wanted(before, wanted)
    changes = _tell(owner, before, after)
    if changes:
        edition = publish_procedure(owner, after, by=SYSTEM, at=now(), seen=edition.number)
        say(f"{edition} is in force for new cases from now on.")
    answer(organisation=owner.slug, published=bool(changes), edition=edition.number, changes=changes)


def _edition(org: Organisation, number: int | None) -> ProcedureEdition:
    if number is None:
        return current_procedure(org)
    found = ProcedureEdition.objects.within(org).filter(number=number).first()
    if found is None:
        raise BadInput(f"There is no edition {number}; the newest is {current_procedure(org).number}.")
    return found


def _wanted(before: Procedure, wanted: tuple[str, ...]) -> Procedure:
    """Return Folkmoot's table of today with the organisation's choices and `wanted` limits."""
    given: dict[str, Any] = {}
    known = {field.name: field.type for field in fields(Limits)}
    for one in wanted:
        name, _equals, value = one.partition("=")
        if name not in known:
            raise BadInput(f"There is no limit {name!r}. There are: {', '.join(known)}.")
        given[name] = _value(name, value)
    table = renewed(before)
    return replace(table, limits=replace(table.limits, **given))


def _value(name: str, value: str) -> int | bool | str:
    if name == "nation":
        return value.upper()
    if name == "working_days":
        if value not in {"yes", "no"}:
            raise BadInput("working_days is yes or no.")
        return value == "yes"
    if not value.isascii() or not value.isdecimal():
        raise BadInput(f"{name} is a number, such as {name}={getattr(Limits(), name)}.")
    return int(value)


def _tell(org: Organisation, before: Procedure, after: Procedure) -> list[str]:
    """Print what would be different, and return it."""
    found = differences(before, after)
    if not found:
        newest = "" if is_older(before) else ", and it is as new as Folkmoot's own table"
        say(f"Nothing would be different{newest}.")
        return []
    for sentence in found:
        say(sentence)
    kept = Case.objects.within(org).exclude(stage=Stage.FINAL).count()
    say(
        "1 open case keeps its limits and its steps."
        if kept == 1
        else f"{kept} open cases keep their limits and steps."
    )
    return found
