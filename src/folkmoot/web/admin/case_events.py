"""The events of a case for whoever oversees the record: who, when, what; nobody's words, and no reporter's name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from folkmoot.casefile.models import Case, Event, Paper
from folkmoot.members.models import Person
from folkmoot.procedure.words import Role
from folkmoot.steps.reviews import is_accused
from folkmoot.web.admin.going import people_named
from folkmoot.web.desk.stakes import closed_to
from folkmoot.web.desk.timeline import moment_of


@dataclass(frozen=True)
class Line:
    """One event."""

    seq: int
    at: datetime
    who: str
    step: str
    what: str
    hash: str


def closed(case: Case, person: Person) -> bool:
    """Say whether the person may learn nothing of the case: they are a party to it, or a report is about them."""
    return bool(closed_to(person).among([case.pk])) or is_accused(case, person)


def lines_of(case: Case, events: Iterable[Event]) -> list[Line]:
    """Return `events` of the case in plain words."""
    found = list(events)
    numbers = {event.paper_id for event in found if event.paper_id}
    papers = {paper.pk: paper for paper in Paper.objects.filter(pk__in=numbers).prefetch_related("texts")}
    names = people_named([event.by for event in found])
    return [_line(event, papers.get(event.paper_id or 0), names) for event in found]


def _line(event: Event, paper: Paper | None, names: dict[str, str]) -> Line:
    who = _who(event, names)
    return Line(event.seq, event.at, who, event.step, moment_of(event, paper, who).title, event.hash)


def _who(event: Event, names: dict[str, str]) -> str:
    """Return who acted; of parties only that they are one (D9)."""
    parties = {Role.AUTHOR: _("the author"), Role.REPORTER: _("a reporter"), Role.SYSTEM: _("the software")}
    role = event.facts.get("role")
    if role in parties:
        return parties[Role(role)]
    return names[event.by] if event.by.startswith("person:") else _("somebody")
