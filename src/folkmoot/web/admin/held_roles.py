"""What a person holds: since when, and who gave it to them; and what they held before."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from folkmoot.casefile.models import Event
from folkmoot.members.models import Person, RoleHeld
from folkmoot.procedure.words import OFFICES, Role
from folkmoot.web.admin.forms import ROLE_HINTS
from folkmoot.web.admin.going import people_named
from folkmoot.web.context import ROLE_WORDS


@dataclass(frozen=True)
class Held:
    """One role of one person."""

    role: str
    label: str | Promise
    hint: str | Promise
    since: datetime
    by: str
    until: datetime | None
    ended_by: str


def held_roles(person: Person) -> list[Held]:
    """Return what the person holds now, in the usual order of roles."""
    found = _told(person, [row for row in person.roles.all() if row.until is None])
    return sorted(found, key=lambda one: OFFICES.index(Role(one.role)))


def ended_roles(person: Person) -> list[Held]:
    """Return what the person held before, the newest first."""
    return _told(person, sorted((row for row in person.roles.all() if row.until), key=lambda row: -row.pk))


def _told(person: Person, rows: list[RoleHeld]) -> list[Held]:
    given, ended = _by(person, "give_role"), _by(person, "end_role")
    names = people_named([*given.values(), *ended.values()])
    return [
        Held(
            role=row.role,
            label=ROLE_WORDS[Role(row.role)],
            hint=ROLE_HINTS[Role(row.role)],
            since=row.since,
            by=names.get(given.get((row.role, row.since), ""), ""),
            until=row.until,
            ended_by=names.get(ended.get((row.role, row.until), ""), "") if row.until else "",
        )
        for row in rows
    ]


def _by(person: Person, step: str) -> dict[tuple[str, datetime | None], str]:
    """Return by role and moment who took `step` for the person, as the register says."""
    events = Event.objects.within(person.org).filter(case=None, step=step).order_by("seq")
    told = [(event, event.facts) for event in events]
    return {(facts["role"], event.at): event.by for event, facts in told if facts["person"] == person.pk}
