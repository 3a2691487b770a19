"""A private note in the case file: for those who decide, never for a party, never in a bundle."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Paper
from folkmoot.casefile.record import file_paper, locked
from folkmoot.kernel.errors import BadInput
from folkmoot.members.models import Person
from folkmoot.procedure.words import Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.standing import capacity


@transaction.atomic
def write_note(case_id: int, *, words: str, by: Person, at: datetime, form_key: str = "") -> Paper:
    """File the note; a replayed form returns the first one."""
    case = locked(case_id)
    role = capacity(case, by, Step.WRITE_NOTE, at=at)
    first = case.papers.filter(form_key=form_key, kind=Paper.Kind.NOTE).first() if form_key else None
    if first:
        return first
    if not words.strip():
        raise BadInput(gettext("Please write something."), field="words")
    paper = file_paper(case, Paper.Kind.NOTE, by=by, at=at, texts={"words": words}, form_key=form_key)
    advance(case, Step.WRITE_NOTE, by=by, role=role, at=at, papers=[paper])
    return paper
