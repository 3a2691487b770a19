"""An author's words to those who look again: by whom, in time, kept verbatim with their files, once per form."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Grant, Paper
from folkmoot.casefile.papers import is_sealed, is_undone
from folkmoot.casefile.record import file_paper
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.notices.letters import local_day
from folkmoot.procedure.words import Role
from folkmoot.steps.attach import Upload, attach, hashes
from folkmoot.steps.service import service_pending


def require_author(case: Case, grant: Grant) -> None:
    """Raise `NotPermitted` unless `grant` is the author's own for this case."""
    if grant.case_id != case.pk or grant.party != Role.AUTHOR:
        raise NotPermitted(gettext("Only the author of the post can do this, with the link from their letter."))
    if is_undone(grant.paper):
        raise NotPermitted(gettext("What this link is about was taken back, so there is nothing to answer."))


def require_in_time(case: Case, *, at: datetime) -> None:
    """Raise `NotPermitted` when the time to object has passed; it passes only for who has been told."""
    if case.settles_at and at > case.settles_at and not service_pending(case):
        raise NotPermitted(
            gettext("The time for this ended on %(local_day)s. The decision is final.")
            % {"local_day": local_day(case.settles_at, case.org)}
        )


def filed_before(case: Case, kind: Paper.Kind, form_key: str) -> Paper | None:
    """Return the paper that this very form brought before, or `None`."""
    return case.papers.filter(form_key=form_key, kind=kind).first() if form_key else None


def file_plea(
    case: Case, kind: Paper.Kind, *, words: str, files: Sequence[Upload], by: Grant, at: datetime, form_key: str
) -> Paper:
    """Put the author's words and files into the case; from now on nothing settles by itself."""
    if files and is_sealed(case):  # DP20: nothing more is copied
        raise BadInput(gettext("Please do not send pictures in this matter. Words are enough."), field="files")
    paper = file_paper(
        case,
        kind,
        by=by,
        at=at,
        facts={"files": hashes(files)},
        texts={"words": words},
        answers=by.paper,
        form_key=form_key,
    )
    attach(paper, files)
    case.settles_at = None
    return paper
