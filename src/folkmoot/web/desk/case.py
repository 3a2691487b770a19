"""The case: what happened, and what do I decide? First of all: am I part of it?"""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from folkmoot.archive.models import Account, Contact
from folkmoot.casefile.models import Attachment, Case, Duty, Measure
from folkmoot.casefile.papers import is_sealed
from folkmoot.casefile.record import procedure_of
from folkmoot.kernel.errors import FolkmootError, StalePage
from folkmoot.kernel.text import whole_number
from folkmoot.members.prepared import prepared
from folkmoot.procedure.duties import Owed
from folkmoot.procedure.words import Role, Stage, Step, Subject
from folkmoot.steps import claim as claiming
from folkmoot.steps import release as releasing
from folkmoot.steps.link_post import is_bound
from folkmoot.steps.measures import running
from folkmoot.steps.reopen import why_not_reopen
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk import casework, evidence, letters_sent, words
from folkmoot.web.desk.conversation import around
from folkmoot.web.desk.extension import may_extend
from folkmoot.web.desk.going import READERS, SeeOther, address, go, is_open_to, note_reading, standing_in, the_case
from folkmoot.web.desk.hanging import ties
from folkmoot.web.desk.interest import question
from folkmoot.web.desk.lanes import lane_box
from folkmoot.web.desk.measure_fields import in_words
from folkmoot.web.desk.news import news, require_fresh, seen_by
from folkmoot.web.desk.next_step import next_step, refusal
from folkmoot.web.desk.noticed import panel
from folkmoot.web.desk.ready import ready_box
from folkmoot.web.desk.reports_open import reports_open
from folkmoot.web.desk.reviews_open import review_of
from folkmoot.web.desk.stakes import closed_to
from folkmoot.web.desk.taken_back import offer
from folkmoot.web.desk.timeline import timeline
from folkmoot.web.look.moments import local_day
from folkmoot.web.subjects import SUBJECTS
from folkmoot.web.uploads import picture_response

HEARS = (Owed.REVIEW, Owed.SUBMISSION)


@officer(*READERS)
def case(request: OfficerRequest, case: int) -> HttpResponse:
    """Show the case to who has no interest in it; ask the others, or say why it is closed to them."""
    found = the_case(request, case)
    if not is_open_to(found, request):
        return question(request, found)
    note_reading(request, "case", found)
    return render(request, "desk/case.html", _page(request, found))


@require_POST
@officer(*READERS)
def claim(request: OfficerRequest, case: int) -> HttpResponse:
    """Take the case from the queue."""
    found = the_case(request, case)
    try:
        claiming.claim(found.pk, by=request.person, at=request.now)
    except FolkmootError as error:
        return _refused(request, found, error)
    return go(request, "case", say=_("You have this case now."), case=found.pk)


@require_POST
@officer(*READERS)
def release(request: OfficerRequest, case: int) -> HttpResponse:
    """Put the case back in the queue."""
    found = the_case(request, case)
    try:
        require_fresh(request, found)  # it may be somebody else's by now
        releasing.release(found.pk, by=request.person, at=request.now)
    except FolkmootError as error:
        return _refused(request, found, error)
    return go(request, "case", say=_("The case is back in the queue."), case=found.pk)


@officer(*READERS)
def attached(request: OfficerRequest, case: int, attachment: int) -> HttpResponse:
    """Show a picture that came with a report, an appeal or a task of the case."""
    found = the_case(request, case)
    if is_sealed(found) or not is_open_to(found, request):  # DP20
        raise Http404
    file = Attachment.objects.within(request.org).filter(pk=attachment, paper__case=found).first()
    if file is None:
        raise Http404
    note_reading(request, f"file {file.pk}", found)
    return picture_response(file)


def decides(case: Case, request: OfficerRequest) -> bool:
    """Say whether the reader is one of those who decide in this case: then they see who reported (D9)."""
    # Sh: whom a reporter says it is about has no part in it, and no need to know
    if standing_in(case, request).is_accused:
        return False
    # whoever was only asked to hear somebody, or to look whether it is decided afresh, has no need to know
    return bool(request.offices & {Role.MODERATOR, *(Role(holder) for holder in _added(case))})


def _refused(request: OfficerRequest, case: Case, error: FolkmootError) -> SeeOther:
    messages.error(request, str(error))
    since = f"?since={seen_by(request)}" if isinstance(error, StalePage) else ""
    return SeeOther(address(request, "case", case=case.pk) + since)


def _page(request: OfficerRequest, case: Case) -> dict[str, Any]:
    papers = casework.papers_of(case)
    post = evidence.kept(case, papers)
    shows_people = decides(case, request)
    owed = _owed(case)
    current = next((duty for duty in owed if duty.due_at == case.due_at), None) if case.due_at else None
    told = casework.reports(papers, names=shows_people)
    letters = letters_sent.letters(case, papers)
    hang, closed = ties(request, case, papers), closed_to(request.person)
    return {
        "case": case,
        "title": words.kinds_said(casework.kinds(papers)),
        "place": words.place(case),
        "stage": words.STAGES[Stage(case.stage)],
        "sign": words.STAGE_SIGNS[Stage(case.stage)],
        "final": case.stage == Stage.FINAL,
        "may_reopen": case.stage == Stage.FINAL and not why_not_reopen(case, request.person, at=request.now),
        "lifted": _lifted(case, by_its_root=hang.is_back),
        "post": post,
        "noticed": panel(case, post),
        "seen": evidence.seen(case),
        "around": around(case.post if not post.child else None, closed=closed),
        "next": next_step(request, case, hanging=hang.to_say if hang.may_say else 0),
        "ties": hang,
        "box": lane_box(request, case, papers),
        "ready": ready_box(request, case, papers, decides=shows_people),
        "proposal": casework.proposal(case, papers),
        "may_extend": may_extend(request, case),
        "due_since": current.since if current else case.opened_at,
        "duty": _owed_by(case, owed),
        "late": any(duty.lapsed_at for duty in owed),
        "reports": told,
        "names": shows_people,
        "decision": casework.decision(case, papers),
        "appeal": casework.appeal(papers),
        "reconsideration": casework.reconsideration(papers),
        "submission": casework.submission(papers),
        "final_word": casework.final_word(case, papers),
        "letters": letters,
        "not_told": letters_sent.author_not_told(letters),
        "timeline": timeline(case, papers),
        "contact": _contact(case) if shows_people else None,
        "can_name": bool(case.post or case.account) and shows_people and _may_be_named(case),
        "can_link": not is_bound(case) and not refusal(case, request, Step.LINK_POST),
        "author": words.author(case.post) or post.author or str(case.account or ""),
        "subject": SUBJECTS[Subject(case.subject)].short if case.subject != Subject.POST else "",
        "matter": evidence.matter(case, closed=closed) if not post.child else [],
        "reviews": review_of(case, request),
        "undo": offer(request, case),
        "news": news(case, _since(request)) if "since" in request.GET else [],
        "running": [in_words(measure) for measure in _running(case)],
        **reports_open(request, case),
    }


def _since(request: OfficerRequest) -> int:
    return whole_number(request.GET["since"], digits=9) or 0


def _owed_by(case: Case, owed: Iterable[Duty]) -> str:
    """Return who owes an answer now; where there are several, since it was reported more than once, each with a day."""
    running = [duty for duty in owed if duty.lapsed_at is None and duty.owed not in HEARS]
    until = {Role(duty.holder): duty.due_at for duty in reversed(running)}
    if len(until) < 2:
        return str(words.ROLES[Role(case.duty)]) if case.duty else ""
    named = sorted(until.items(), key=lambda one: one[1])
    return ", ".join(f"{words.ROLES[role]} ({date_format(local_day(at), 'j F')})" for role, at in named)


def _lifted(case: Case, *, by_its_root: bool) -> str:
    """Return what to say of a decision that does not count any more; empty where it does."""
    if not case.outcome or case.standing or case.stage in (Stage.RECEIVED, Stage.SECOND_LOOK):
        return ""
    return _("Lifted with the other: it does not count") if by_its_root else _("Overturned: it does not count")


def _may_be_named(case: Case) -> bool:
    return procedure_of(case).allows(Stage(case.stage), Step.NAME_AUTHOR, Role.MODERATOR)


def _contact(case: Case) -> Contact | None:
    account = case.account or (case.post.account if case.post else None)
    return next(iter(_contacts(account)), None) if account else None


@prepared
def _added(case: Case) -> QuerySet[Duty, str]:
    return Duty.objects.filter(case=case).exclude(owed__in=HEARS).values_list("holder", flat=True)


@prepared
def _owed(case: Case) -> QuerySet[Duty]:
    return Duty.objects.filter(case=case, met_at=None).order_by("due_at")


@prepared
def _contacts(account: Account) -> QuerySet[Contact]:
    return Contact.objects.filter(account=account).select_related("added_by").order_by("-added_at", "-pk")[:1]


@prepared
def _running(case: Case) -> QuerySet[Measure]:
    return running(case)
