"""A reporter adds something to what they told us."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Grant, Paper
from folkmoot.casefile.record import file_paper, locked
from folkmoot.casefile.to_assess import note_report_to_assess
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.procedure.words import ReportKind, Role, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.attach import Upload, attach, hashes
from folkmoot.steps.reporting import withdrawal


@transaction.atomic
def add_to_report(
    case_id: int, *, words: str, files: Sequence[Upload] = (), by: Grant, at: datetime, form_key: str = ""
) -> Paper:
    """File the addition beside the report it belongs to. Raises `BadInput` or `NotPermitted`."""
    case = locked(case_id)
    if by.case_id != case.pk or by.party != Role.REPORTER:
        raise NotPermitted(gettext("Only the person who made the report can add to it."))
    first = case.papers.filter(form_key=form_key).first() if form_key else None
    if first:
        return first
    if withdrawal(by.paper):
        raise NotPermitted(gettext("You withdrew this report. If it matters after all, please report it anew."))
    if not words and not files:
        raise BadInput(gettext("Please write what you would like to add."), field="words")
    if (by.paper.facts["kind"] == ReportKind.CHILD_SAFETY or case.sealed) and files:
        raise BadInput(
            gettext("Where a child may be in danger, please do not send pictures. Words or a link are enough."),
            field="files",
        )
    paper = file_paper(
        case,
        Paper.Kind.ADDITION,
        by=by,
        at=at,
        facts={"files": hashes(files)},
        texts={"words": words},
        answers=by.paper,
        form_key=form_key,
    )
    attach(paper, files)
    note_report_to_assess(paper)
    advance(case, Step.ADD_TO_REPORT, by=by, role=Role.REPORTER, at=at, papers=[paper])
    return paper
