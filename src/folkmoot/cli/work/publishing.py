"""Publishing a policy from the command line: a look at what would change, a question, and then the step."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import click

from folkmoot.casefile.record import SYSTEM
from folkmoot.cli.asking import at_terminal
from folkmoot.cli.target import only_organisation, where_kept
from folkmoot.cli.words import NO_GROUND, answer, say, warn
from folkmoot.config.clock import now
from folkmoot.config.readiness import bring_up_to_date
from folkmoot.editions.as_packs import pack_of
from folkmoot.editions.current import today
from folkmoot.editions.held import would_not_hold
from folkmoot.editions.models import PolicyEdition
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Organisation
from folkmoot.standards import Pack, load_parent_pack
from folkmoot.standards.changes import What, compare
from folkmoot.steps.from_when import first_day, may_be_past, require_day
from folkmoot.steps.loading import read_pack, require_codes_free
from folkmoot.steps.publish_policy import publish_policy
from folkmoot.steps.reporting import open_cases

JUDGED = "A post is judged by the rules that held on the day it was posted; a case that is open keeps its rules."


def publish(folder: Path, org: str | None, *, day: date | None, yes: bool) -> None:
    """Show what the pack in `folder` would change, ask, publish it, and say which edition it is.

    Raises `BadInput` when it cannot be published, and when there is nobody to ask and `yes` is not said.
    """
    bring_up_to_date()
    owner, at = only_organisation(org), now()
    pack = read_pack(folder)
    newest = PolicyEdition.objects.within(owner).filter(is_parent=False).order_by("-number").first()
    if newest is not None and compare(pack_of(newest), pack).is_nothing and day in {None, newest.in_force_from}:
        say(f"{newest} of {owner.name} is this already, word for word: nothing was to be done.")
        _answer(owner, newest, published=False)
        return
    own = pack.in_force_from
    day = day or _usual_day(owner, own, at=at)
    require_day(owner, day, own=own, at=at)
    pack = replace(pack, in_force_from=day)
    require_codes_free(owner, pack, at=at)
    say(f"{pack.title}, as the policy of {owner.name} ({owner.slug}), in {where_kept()}:")
    for line in _what_changes(owner, newest, pack, own=own, at=at):
        say(f"  {line}")
    if not pack.can_restrict(load_parent_pack(pack, folder)):
        warn(f"Mind: {NO_GROUND}")
    if not yes:
        _ask()
    edition = publish_policy(owner, folder, day=day, by=SYSTEM, at=at)
    say(f"Published as {edition} of {owner.name}. It holds from {_said(edition.in_force_from)}.")
    _answer(owner, edition, published=True)


def _answer(org: Organisation, edition: PolicyEdition, *, published: bool) -> None:
    day = edition.in_force_from.isoformat()
    answer(organisation=org.slug, published=published, edition=edition.number, in_force_from=day)


def _usual_day(org: Organisation, own: date, *, at: datetime) -> date:
    """Return the pack's own date where it lies ahead or where nothing is in force yet, else the first day there is."""
    first = first_day(org, at=at)
    return own if own >= first or first == today(org, at=at) else first


def _what_changes(
    org: Organisation, newest: PolicyEdition | None, pack: Pack, *, own: date, at: datetime
) -> Iterator[str]:
    day = pack.in_force_from
    yield f"It would hold from {_said(day)}. {JUDGED}"
    if own < day and may_be_past(org, at=at):
        yield f"The pack dates itself {_said(own)}: --from {own.isoformat()} would judge posts from that day on by it."
    if newest is None:
        yield f"It is the first edition, of {_several(len(pack.clauses), 'clause')}."
    else:
        changes = compare(pack_of(newest), pack)
        counts = ", ".join(f"{len(changes.of(what))} {what}" for what in What if changes.of(what))
        yield f"Beside edition {newest.number}, its clauses: {counts}."
    yield f"{len(pack.grounds)} of its {len(pack.clauses)} clauses are grounds (marked Rule on the pages)."
    for one in would_not_hold(org, day, at=at):
        yield (
            f"This takes the place of edition {one.number}, announced for {_said(one.in_force_from)}, "
            "which then never comes into force."
        )
    pending = open_cases(org).count()
    if pending:
        yield f"{_several(pending, 'case')} open now."


def _ask() -> None:
    if not at_terminal():
        raise BadInput("Nothing was published: there is nobody here to ask. Say --yes to publish it.")
    if not click.confirm("Publish it?"):
        raise BadInput("Nothing was published.")


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _several(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
