"""The bundle: what a member of the Executive needs to know before they vote, in reading order."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from folkmoot.casefile.models import Attachment, Case, Paper
from folkmoot.procedure.words import Stage
from folkmoot.steps.make_final import minute_of
from folkmoot.steps.standing import able_to_sit, decided_by
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk import casework, evidence, words
from folkmoot.web.desk.going import is_open_to, note_reading, the_case
from folkmoot.web.desk.interest import question
from folkmoot.web.panel.home import SITS
from folkmoot.web.panel.reading import Recorded, objections, recorded
from folkmoot.web.uploads import picture_response


@officer(*SITS)
def bundle(request: OfficerRequest, case: int) -> HttpResponse:
    """Show the bundle to who has no interest in the matter; ask the others first."""
    found = executive_case(request, case)
    if not is_open_to(found, request):
        return question(request, found, room="panel")
    note_reading(request, "bundle", found)
    return render(request, "panel/bundle.html", contents(request, found))


@officer(*SITS)
def attached(request: OfficerRequest, case: int, attachment: int) -> HttpResponse:
    """Show a picture that belongs to the bundle."""
    found = executive_case(request, case)
    file = Attachment.objects.within(request.org).filter(pk=attachment, paper__case=found).first()
    if file is None or not is_open_to(found, request):
        raise Http404
    note_reading(request, f"file {file.pk}", found)
    return picture_response(file)


def executive_case(request: OfficerRequest, number: int) -> Case:
    """Return a case that has come before the Executive; any other is not found here."""
    found = the_case(request, number)
    if not found.papers.filter(kind=Paper.Kind.SUBMISSION).exists():
        raise Http404
    return found


def contents(request: OfficerRequest, case: Case) -> dict[str, Any]:
    """Return what the bundle shows. Who reported is not in it: the Executive decides on the words."""
    papers = casework.papers_of(case)
    minute = minute_of(case)
    able = able_to_sit(case, at=request.now)
    post = evidence.kept(case, papers)
    shown: Recorded | None = recorded(case, minute) if minute and case.stage in (Stage.MINUTED, Stage.FINAL) else None
    return {
        "case": case,
        "place": words.place(case),
        "stage": words.STAGES[Stage(case.stage)],
        "sign": words.STAGE_SIGNS[Stage(case.stage)],
        "title": words.kinds_said(casework.kinds(papers)),
        "post": post,
        "around": evidence.around(case.post if not post.child else None),
        "decision": casework.decision(case, papers),
        "appeal": casework.appeal(papers),
        "reconsideration": casework.reconsideration(papers),
        "submission": casework.submission(papers),
        "minute": shown,
        "objections": objections(case),
        "waiting": case.stage == Stage.BEFORE_EXECUTIVE,
        "may_vote": request.person in able,
        "decided_before": decided_by(case, request.person),
        "must_confirm": bool(shown and request.person.pk in shown.unconfirmed),
    }
