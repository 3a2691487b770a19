"""A member who sat says that the minute is wrong: it has no effect, and the meeting is recorded again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import file_paper, locked
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Person
from folkmoot.notices.letters import minute_objected
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.words import Role, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.make_final import minute_of, require_read
from folkmoot.steps.tell import tell_people


@transaction.atomic
def object_to_minute(case_id: int, *, words: str, by: Person, at: datetime, read: int | None = None) -> Paper:
    """File the objection, tell whoever wrote the minute, and go back to before it.

    `read` is the number of the minute that the page showed; raises `StalePage` when there is another by now.
    """
    case = locked(case_id)
    minute = minute_of(case)
    if minute is None or str(by.pk) not in minute.facts["votes"]:
        raise NotPermitted(gettext("Only those who are recorded as having sat can object to the minute."))
    require_read(minute, read)
    if not words:
        raise BadInput(gettext("Please write what is wrong in the record."), field="words")
    return annul(case, minute, by=by, at=at, texts={"words": words})


def annul(
    case: Case,
    minute: Paper,
    *,
    by: Person,
    at: datetime,
    texts: Mapping[str, str] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Paper:
    """File the objection of somebody who sat, and take the locked case back to before the minute."""
    paper = file_paper(case, Paper.Kind.OBJECTION, by=by, at=at, facts=facts, texts=texts, answers=minute)
    case.settles_at = None
    papers = [paper, *_tell_recorder(case, minute, paper, at=at)]
    advance(case, Step.OBJECT_TO_MINUTE, by=by, role=Role.EXECUTIVE, at=at, papers=papers)
    return paper


def _tell_recorder(case: Case, minute: Paper, objection: Paper, *, at: datetime) -> list[Paper]:
    recorder = Person.objects.get(pk=int(minute.by.removeprefix("person:")))
    letter = minute_objected(case.org, case=case.pk, name=recorder.name, marker=new_marker())
    return tell_people(case, [(recorder, letter)], role=Role.SECRETARY, about=objection, at=at)
