"""The author asks us to look again (Mf). Plain disagreement is enough."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Grant, Paper
from folkmoot.casefile.record import NewDuty, locked, procedure_of
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.notices.letters import appeal_received, link_mark
from folkmoot.outbox.marks import new_marker
from folkmoot.procedure.duties import Owed, first_turn
from folkmoot.procedure.words import APPEALABLE, Role, Stage, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.attach import Upload
from folkmoot.steps.plea import file_plea, filed_before, require_author, require_in_time
from folkmoot.steps.reviews import decided_as_panel
from folkmoot.steps.tell import acknowledge_author


@transaction.atomic
def lodge_appeal(
    case_id: int, *, words: str, files: Sequence[Upload] = (), by: Grant, at: datetime, form_key: str = ""
) -> Paper:
    """File the appeal and start its clock; a replayed form returns the first one."""
    case = locked(case_id)
    require_author(case, by)
    first = filed_before(case, Paper.Kind.APPEAL, form_key)
    if first:
        return first
    if case.outcome not in APPEALABLE or (case.stage == Stage.DECIDED and not case.standing):
        raise NotPermitted(gettext("Nothing was decided against your post, so there is nothing to appeal."))
    if decided_as_panel(case):  # Sh: straight to members who did not sit
        raise NotPermitted(
            gettext("Members of the Executive decided this. Your appeal goes to members who did not sit.")
        )
    require_in_time(case, at=at)
    if not words:
        raise BadInput(gettext("Please write a sentence: that you disagree is enough."), field="words")
    paper = file_plea(case, Paper.Kind.APPEAL, words=words, files=files, by=by, at=at, form_key=form_key)
    turn = first_turn(Owed.APPEAL, procedure_of(case).limits, at=at, zone=case.org.zone)
    marker = new_marker()
    letter = appeal_received(case.org, due=turn.due_at, link=link_mark(marker, by.pk), marker=marker)
    notice = acknowledge_author(case, letter, about=paper, at=at)
    advance(
        case,
        Step.LODGE_APPEAL,
        by=by,
        role=Role.AUTHOR,
        at=at,
        papers=[paper, notice],
        new_duties=[NewDuty(paper, Owed.APPEAL, turn)],
    )
    return paper
