"""Somebody says whether they have an interest in a matter, before they open it (D30)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import file_paper, locked
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import Person
from folkmoot.procedure.words import Stage, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.make_final import minute_of
from folkmoot.steps.object_to_minute import annul
from folkmoot.steps.office import weightiest_office


@transaction.atomic
def declare_interest(case_id: int, *, interested: bool, nature: str = "", by: Person, at: datetime) -> Paper:
    """File the declaration. `nature` stays sealed: parties never learn it (D42).

    A minute that counts their vote, and is not final yet, has no effect any more: whoever wrote it is told.
    """
    return declare(locked(case_id), interested=interested, nature=nature, by=by, at=at)


def declare(case: Case, *, interested: bool, nature: str = "", said: str = "", by: Person, at: datetime) -> Paper:
    """File the declaration in a case that is locked already, as part of another step; `said` are the words of it."""
    if by.org_id != case.org_id:
        raise NotPermitted(gettext("This case belongs to another organisation."))
    role = weightiest_office(by, at=at)
    if role is None:
        raise NotPermitted(gettext("Only people with a role in this organisation are asked for their interests."))
    if interested and case.claimed_by_id == by.pk:
        case.claimed_by = None
    paper = file_paper(
        case,
        Paper.Kind.INTEREST,
        by=by,
        at=at,
        facts={"interested": interested},
        texts={name: text for name, text in {"nature": nature, "said": said}.items() if text},
    )
    advance(case, Step.DECLARE_INTEREST, by=by, role=role, at=at, papers=[paper])
    if interested:
        _take_back_vote(case, paper, by=by, at=at)
    return paper


def _take_back_vote(case: Case, declaration: Paper, *, by: Person, at: datetime) -> None:
    """Let a minute fall in which the person voted: nobody votes with an interest, even when they say so late (D31)."""
    minute = minute_of(case) if case.stage == Stage.MINUTED else None
    by_necessity = minute is not None and minute.facts.get("by_necessity")  # then everybody's part was known
    if minute is not None and not by_necessity and str(by.pk) in minute.facts["votes"]:
        annul(case, minute, by=by, at=at, facts={"interest": declaration.number})
