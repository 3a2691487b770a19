"""The bundle: what a member of the Executive needs to know before they vote, in reading order."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from folkmoot.casefile.models import Attachment, Case, Paper
from folkmoot.casefile.papers import is_sealed
from folkmoot.procedure.words import Stage
from folkmoot.steps.convene import meeting_of, why_not_convene
from folkmoot.steps.gone_along import falls_with
from folkmoot.steps.make_final import minute_of
from folkmoot.steps.reopen import why_not_reopen
from folkmoot.steps.sitting import PUT, bench
from folkmoot.steps.standing import decided_by
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk import casework, evidence, words
from folkmoot.web.desk.conversation import around
from folkmoot.web.desk.going import is_open_to, note_reading, the_case
from folkmoot.web.desk.interest import question
from folkmoot.web.desk.ready import beside_of, questions_of
from folkmoot.web.desk.stakes import closed_to
from folkmoot.web.panel.home import SITS
from folkmoot.web.panel.reading import Recorded, earlier_minutes, objections, recorded, reopenings
from folkmoot.web.uploads import picture_response

_AUTHOR_S = (Paper.Kind.APPEAL, Paper.Kind.SUBMISSION, Paper.Kind.CLARIFICATION)


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
    """Show a picture that belongs to the bundle: the author's, never a reporter's."""
    found = executive_case(request, case)
    if is_sealed(found):  # DP20
        raise Http404
    mine = Attachment.objects.within(request.org).filter(paper__case=found, paper__kind__in=_AUTHOR_S)
    file = mine.filter(pk=attachment).first()
    if file is None or not is_open_to(found, request):
        raise Http404
    note_reading(request, f"file {file.pk}", found)
    return picture_response(file)


def executive_case(request: OfficerRequest, number: int) -> Case:
    """Return a case that has come before the Executive; any other is not found here."""
    found = the_case(request, number)
    if not found.papers.filter(kind__in=PUT).exists():
        raise Http404
    return found


def contents(request: OfficerRequest, case: Case) -> dict[str, Any]:
    """Return what the bundle shows. Who reported is not in it: the Executive decides on the words."""
    papers = casework.papers_of(case)
    minute = minute_of(case)
    able = bench(case, at=request.now).members
    waiting = case.stage == Stage.BEFORE_EXECUTIVE
    meeting = meeting_of(case) if waiting else None
    post = evidence.kept(case, papers)
    shown: Recorded | None = recorded(case, minute) if minute and case.stage in (Stage.MINUTED, Stage.FINAL) else None
    return {
        "case": case,
        "place": words.place(case),
        "stage": words.STAGES[Stage(case.stage)],
        "sign": words.STAGE_SIGNS[Stage(case.stage)],
        "title": words.kinds_said(casework.kinds(papers)),
        "post": post,
        "around": around(case.post if not post.child else None, closed=closed_to(request.person)),
        "decision": casework.decision(case, papers),
        "appeal": casework.appeal(papers),
        "reconsideration": casework.reconsideration(papers),
        "submission": casework.submission(papers),
        "minute": shown,
        "objections": objections(case),
        "earlier_minutes": earlier_minutes(case),
        "reopenings": reopenings(case),
        "beside": beside_of(papers),
        "questions": questions_of(papers),
        "waiting": waiting,
        "meeting": meeting,
        "meets_at": datetime.fromisoformat(meeting.facts["meets_at"]) if meeting else None,
        "has_met": meeting is not None and datetime.fromisoformat(meeting.facts["meets_at"]) < request.now,
        "may_convene": waiting and not why_not_convene(case, request.person, at=request.now),
        "may_vote": request.person in able,
        "may_reopen": case.stage == Stage.FINAL and not why_not_reopen(case, request.person, at=request.now),
        "decided_before": decided_by(case, request.person),
        "comes_back_too": falls_with(case),
        "must_confirm": bool(shown and request.person.pk in shown.unconfirmed),
    }
