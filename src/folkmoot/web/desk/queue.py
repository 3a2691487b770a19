"""The queue: what must I do next, and why."""

import statistics
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from folkmoot.casefile.models import Case, Duty, Paper, PaperText
from folkmoot.members.models import Organisation, Person
from folkmoot.procedure.duties import Owed
from folkmoot.procedure.words import TAKES_AWAY, URGENT, ReportKind, Role, Stage
from folkmoot.steps.find_later import found_later, has_found_later
from folkmoot.steps.looking_after import places_of
from folkmoot.steps.many import written_by
from folkmoot.steps.reporting import UNDECIDED, reported_again
from folkmoot.steps.reviews import review_waits
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk import words
from folkmoot.web.desk.going import READERS, address
from folkmoot.web.desk.stakes import Stake, closed_to, stakes
from folkmoot.web.desk.taken_back import offer_of_many

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PAGE = 25
SEARCH_LIMIT = 200  # characters
TO_ANSWER = (Stage.RECEIVED, Stage.SECOND_LOOK, Stage.APPEALED)


@dataclass(frozen=True)
class Lane:
    """One way to look at the cases; `closed` ones are shown newest first, the others most urgent first."""

    name: str
    label: "StrOrPromise"
    where: Callable[[OfficerRequest], Q]
    closed: bool = False


def _my_places(request: OfficerRequest) -> Q:
    """Return what is true of cases of the places that the reader looks after, or covers for (Sh)."""
    return Q(stage__in=TO_ANSWER, platform__in=places_of(request.person, at=request.now))


LANES = (
    Lane("waiting", _("Waiting for us"), lambda _r: Q(stage__in=TO_ANSWER)),
    Lane("decision", _("For a decision"), lambda _r: Q(stage=Stage.RECEIVED)),
    Lane("second", _("Second looks"), lambda _r: Q(stage=Stage.SECOND_LOOK)),
    Lane("appeals", _("Appeals"), lambda _r: Q(stage=Stage.APPEALED)),
    Lane("again", _("Reported again"), lambda _r: reported_again()),
    Lane("reviews", _("Not satisfied"), lambda _r: review_waits()),
    Lane("copies", _("New copies"), lambda _r: has_found_later()),
    Lane("mine", _("Mine"), lambda request: Q(claimed_by=request.person)),
    Lane("places", _("My places"), _my_places),
    Lane("overdue", _("Overdue"), lambda request: Q(due_at__lt=request.now) & ~Q(stage=Stage.FINAL)),
    Lane("executive", _("Before the Executive"), lambda _r: Q(stage__in=[Stage.BEFORE_EXECUTIVE, Stage.MINUTED])),
    Lane("decided", _("Decided"), lambda _r: Q(stage__in=[Stage.DECIDED, Stage.RECONSIDERED]), closed=True),
    Lane("final", _("Final"), lambda _r: Q(stage=Stage.FINAL), closed=True),
)


@dataclass(frozen=True)
class Row:
    """One case in the list, as far as this reader may see it."""

    case: Case
    url: str
    title: str
    urgent: str  # why it comes first; empty when it does not
    text: str  # people's words, for those who have declared no interest
    place: str
    author: str
    reports: str
    holder: str
    added: str
    again: bool  # reported again since it was decided
    review: bool  # a reporter is not satisfied, and waits for an answer
    stage: str
    sign: str
    since: datetime
    stake: Stake
    spam: bool = False  # it can go as spam with one tap
    note: str = ""  # what the author was asked, or has answered
    withdrawn: bool = False  # whoever reported it has withdrawn that, and nobody else has reported it
    copies: str = ""  # what has come since and hangs together with what was removed


@officer()
def queue(request: OfficerRequest) -> HttpResponse:
    """Show the cases of one lane."""
    lane = next((lane for lane in LANES if lane.name == request.GET.get("show")), LANES[0])
    asked = request.GET.get("q", "").strip()[:SEARCH_LIMIT]
    # D9: a list tells when something was reported, as what and how often: nobody reads that of their own post
    every = Case.objects.within(request.org).exclude(pk__in=written_by(request.org, request.person))
    counts = every.aggregate(**{one.name: Count("pk", filter=one.where(request)) for one in LANES})
    found = _found(every, request, asked) if asked else every.filter(lane.where(request))
    page = Paginator(_in_order(found, closed=lane.closed and not asked), PAGE).get_page(request.GET.get("page"))
    shown = rows(request, list(page.object_list))
    median = None if page.object_list else median_answer(request.org, of=every, now=request.now)
    return render(
        request,
        "desk/queue.html",
        {
            "chips": [(one.name, one.label, one is lane and not asked, counts[one.name]) for one in LANES],
            "lane": lane,
            "asked": asked,
            "rows": shown,
            "spam_here": any(row.spam for row in shown),
            "page_obj": page,
            "median": median,
            "undo": offer_of_many(request),
        },
    )


def rows(request: OfficerRequest, cases: Collection[Case]) -> list[Row]:
    """Return the list's rows for `cases`, in their order."""
    standing = stakes(cases, request.person)
    reads = bool(request.offices & set(READERS))
    papers = _papers(cases)
    duties = Duty.objects.filter(case__in=[case.pk for case in cases], met_at=None).order_by("due_at")
    owed: dict[int, list[Duty]] = {}
    for duty in duties:
        owed.setdefault(duty.case_id, []).append(duty)
    numbers = [case.pk for case in cases]
    again = set(Case.objects.filter(reported_again(), pk__in=numbers).values_list("pk", flat=True))
    copies = Counter(
        found_later(request.org).filter(root__in=numbers).values_list("root", flat=True) if any_removed(cases) else ()
    )
    made = []
    for case in cases:
        stake = standing[case.pk]
        own = papers.get(case.pk, [])
        kinds = _kinds(own)
        spam = reads and not stake.barred and _may_be_spam(case, kinds)
        made.append(
            Row(
                case=case,
                url=address(request, "case", case=case.pk) if reads else "",
                title=words.kinds_said(kinds),
                urgent=_why_first(kinds) if case.urgent and case.stage != Stage.FINAL else "",
                text=_text(case, own) if stake.reads and reads else _of_the_post(own) if spam else "",
                place=words.place(case),
                author=words.author(case.post),
                reports=ngettext("%(n)d report", "%(n)d reports", case.reports) % {"n": case.reports},
                holder=_holder(case, request.person),
                added=_added(owed.get(case.pk, [])),
                again=case.pk in again,
                review=any(duty.owed == Owed.REVIEW for duty in owed.get(case.pk, [])),
                stage=str(words.STAGES[Stage(case.stage)]),
                sign=words.STAGE_SIGNS[Stage(case.stage)],
                since=next((d.since for d in owed.get(case.pk, []) if d.due_at == case.due_at), case.opened_at),
                stake=stake,
                spam=spam,
                note=_asked(own) if case.stage == Stage.RECEIVED else "",
                withdrawn=case.stage in UNDECIDED and _is_withdrawn(own),
                copies=new_copies(copies.get(case.pk, 0)),
            )
        )
    return made


def new_copies(count: int) -> str:
    """Return what a row says of posts that came later and hang together with what was removed; empty for none."""
    said = ngettext("%(n)d new copy of what was removed", "%(n)d new copies of what was removed", count)
    return said % {"n": count} if count else ""


def any_removed(cases: Collection[Case]) -> bool:
    """Say whether by any of the cases a post is gone."""
    return any(case.outcome in TAKES_AWAY and case.standing for case in cases)


def most_urgent_first(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Return `cases` in the order in which they should be taken: urgent kinds, then by what is due first."""
    return cases.order_by("-urgent", F("due_at").asc(nulls_last=True), "opened_at", "pk")


def median_answer(org: Organisation, *, of: QuerySet[Case], now: datetime) -> timedelta | None:
    """Return how long reports of the last 90 days waited for their answer, or `None` when none was answered."""
    met = Duty.objects.within(org).filter(owed=Owed.REPORT, holder=Role.MODERATOR, met_at__gt=now - timedelta(days=90))
    met = met.filter(case__in=of.values("pk"))
    spans = [(ended - since).total_seconds() for since, ended in met.values_list("since", "met_at")[:1000] if ended]
    return timedelta(seconds=statistics.median(spans)) if spans else None


def _found(cases: QuerySet[Case], request: OfficerRequest, asked: str) -> QuerySet[Case]:
    """Search by number and by who wrote; in posts and reports only where the reader could read them.

    A search that answers tells as much as a page: with it an author could find out who reported them (D9).
    """
    texts = PaperText.objects.within(request.org).filter(
        text__icontains=asked,
        field__in=["text", "words", "quoted"],
        paper__kind__in=[Paper.Kind.SNAPSHOT, Paper.Kind.REPORT],
    )
    where = Q(post__account__handle__icontains=asked) | Q(post__account__name__icontains=asked)
    if request.offices & set(READERS):
        where |= Q(pk__in=texts.values("paper__case")) & ~Q(pk__in=closed_to(request.person))
    number = asked.lower().removeprefix("case").strip(" #")
    if number.isascii() and number.isdecimal() and len(number) < 18:
        where |= Q(pk=int(number))
    return cases.filter(where)


def _in_order(cases: QuerySet[Case], *, closed: bool) -> QuerySet[Case]:
    full = cases.select_related("platform", "post__account", "claimed_by")
    return full.order_by("-opened_at", "-pk") if closed else most_urgent_first(full)


def _papers(cases: Collection[Case]) -> dict[int, list[Paper]]:
    of_reports = [Paper.Kind.REPORT, Paper.Kind.WITHDRAWAL, Paper.Kind.SNAPSHOT]
    kinds = [*of_reports, Paper.Kind.QUESTION, Paper.Kind.CLARIFICATION]
    found: dict[int, list[Paper]] = {}
    for paper in Paper.objects.filter(case__in=[c.pk for c in cases], kind__in=kinds).prefetch_related("texts"):
        found.setdefault(paper.case_id, []).append(paper)
    return found


def _kinds(papers: Iterable[Paper]) -> list[ReportKind]:
    return [ReportKind(paper.facts["kind"]) for paper in papers if paper.kind == Paper.Kind.REPORT]


def _may_be_spam(case: Case, kinds: list[ReportKind]) -> bool:
    """Say the short form of `decide_spam.why_not_spam`, for a list."""
    known = set(kinds)
    undecided = case.stage == Stage.RECEIVED and case.post_id is not None and not case.sealed
    return undecided and ReportKind.SPAM in known and known <= {ReportKind.SPAM, ReportKind.SUSPICIOUS}


def _asked(papers: Iterable[Paper]) -> str:
    """Return what became of a question to the author; empty when none was asked."""
    kinds = {paper.kind for paper in papers}
    if Paper.Kind.CLARIFICATION in kinds:
        return gettext("The author has answered")
    return gettext("The author was asked") if Paper.Kind.QUESTION in kinds else ""


def _is_withdrawn(papers: Collection[Paper]) -> bool:
    """Say whether every report was withdrawn: nobody waits for an answer, and a breach does not vanish by that."""
    reports = {paper.pk for paper in papers if paper.kind == Paper.Kind.REPORT}
    return reports <= {paper.answers_id for paper in papers if paper.kind == Paper.Kind.WITHDRAWAL}


def _why_first(kinds: list[ReportKind]) -> str:
    urgent = [str(words.KINDS[kind]).lower() for kind in kinds if kind in URGENT]
    return gettext("Urgent: %(kind)s") % {"kind": urgent[0]} if urgent else gettext("Urgent")


def _text(case: Case, papers: list[Paper]) -> str:
    # DP20: where a child may be in danger only what was told is shown, nothing of the post itself
    told_only = case.sealed or ReportKind.CHILD_SAFETY in _kinds(papers)
    told = [paper for paper in papers if paper.kind in (Paper.Kind.REPORT, Paper.Kind.SNAPSHOT)]
    texts = [{"words": paper.words.get("words", "")} if told_only else paper.words for paper in told]
    for field in ("text", "quoted", "words"):
        found = next((text[field] for text in texts if text.get(field)), "")
        if found:
            return found[:400]
    return ""


def _of_the_post(papers: list[Paper]) -> str:
    """Return the post's own words: what is called spam is seen before it is ticked, and nothing of who told us."""
    snapshot = next((paper for paper in papers if paper.kind == Paper.Kind.SNAPSHOT), None)
    return snapshot.words.get("text", "")[:400] if snapshot else ""


def _holder(case: Case, person: Person) -> str:
    if case.stage not in TO_ANSWER:
        return ""
    if case.claimed_by is None:
        return gettext("Nobody has it yet")
    if case.claimed_by_id == person.pk:
        return gettext("You have it")
    return gettext("%(name)s has it") % {"name": case.claimed_by.name}


def _added(duties: list[Duty]) -> str:
    late = {duty.paper_id for duty in duties if duty.lapsed_at}  # who was asked first was not added
    asked = [duty for duty in duties if duty.owed != Owed.SUBMISSION and duty.paper_id in late]
    holders = {duty.holder for duty in asked}
    if {duty.holder for duty in asked if not duty.lapsed_at} >= {Role.SECRETARY, Role.EXECUTIVE}:
        return gettext("The Secretary and the Executive were added")  # for two reports, of different days
    if Role.EXECUTIVE in holders:
        return gettext("The Executive was added")
    if Role.SECRETARY in holders:
        return gettext("The Secretary was added")
    return ""
