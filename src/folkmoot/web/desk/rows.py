"""One row of the queue for each case, as far as its reader may see it."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import gettext, ngettext

from folkmoot.casefile.models import Case, Duty, FoundLater, Paper
from folkmoot.members.models import Organisation, Person
from folkmoot.members.prepared import prepared
from folkmoot.pinboard.kinds import NOT_IN_LISTS
from folkmoot.procedure.duties import Owed
from folkmoot.procedure.words import TAKES_AWAY, URGENT, ReportKind, Role, Stage
from folkmoot.steps.find_later import found_later
from folkmoot.steps.reporting import UNDECIDED, reported_again
from folkmoot.web.access import OfficerRequest
from folkmoot.web.desk import words
from folkmoot.web.desk.going import READERS, address
from folkmoot.web.desk.hints import hints_of
from folkmoot.web.desk.looking import looked_at
from folkmoot.web.desk.stakes import Stake, stakes

TO_ANSWER = (Stage.RECEIVED, Stage.SECOND_LOOK, Stage.APPEALED)


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
    pickable: bool = False  # something can be done with it from the list
    takeable: bool = False  # it can be claimed
    looking: str = ""  # who else looks at it now
    copies: str = ""  # what has come since and hangs together with what was removed
    hint: str = ""  # what triage noticed, as a question

    @property
    def named(self) -> str:
        """What the case is called."""
        return gettext("Case %(number)s") % {"number": self.case.pk}

    @property
    def settles_at(self) -> datetime | None:
        """When it becomes final by itself, where the row says so: not while somebody who sat, or reported, waits."""
        return None if self.review or self.case.stage == Stage.MINUTED else self.case.settles_at

    @property
    def signs(self) -> list[tuple[str, str]]:
        """What stands beside its title: the kind of each sign, and its word."""
        found = [
            ("harm", self.urgent),
            ("overdue", gettext("Reported again") if self.again else ""),
            ("overdue", gettext("Not satisfied") if self.review else ""),
            ("soon", self.copies),
            ("neutral", self.hint),
            ("overdue", self.added),
            ("accent", self.note),
            ("neutral", gettext("Report withdrawn") if self.withdrawn else ""),
            (self.sign, self.stage),
        ]
        return [one for one in found if one[1]]


@prepared
def full(org: int, numbers: list[int]) -> QuerySet[Case]:
    """Return the cases of the organisation with these numbers, and all that a row is made of."""
    cases = Case.objects.filter(org=org, pk__in=numbers)
    return cases.select_related("platform", "post__account", "claimed_by")


def rows(request: OfficerRequest, cases: Collection[Case]) -> list[Row]:
    """Return the list's rows for `cases`, in their order."""
    standing = stakes(cases, request.person)
    reads = bool(request.offices & set(READERS))
    papers = _papers(cases)
    numbers = [case.pk for case in cases]
    owed: dict[int, list[Duty]] = {}
    for duty in _duties(numbers):
        owed.setdefault(duty.case_id, []).append(duty)
    oftener = [case.pk for case in cases if case.reports > 1 and case.stage not in UNDECIDED]
    again = set(_again(oftener)) if oftener else ()
    copies = Counter(_later(request.org, numbers) if any_removed(cases) else ())
    looking = looked_at(request, numbers)
    kinds_of = {case.pk: _kinds(papers.get(case.pk, [])) for case in cases}
    spam_ones = {
        case.pk for case in cases if reads and not standing[case.pk].barred and _may_be_spam(case, kinds_of[case.pk])
    }
    # words are fetched only for whom they may be shown to
    shown = [number for number in numbers if (reads and standing[number].reads) or number in spam_ones]
    prefetch_related_objects([paper for number in shown for paper in papers.get(number, [])], "texts")
    hints = hints_of([case for case in cases if reads and not case.sealed and not standing[case.pk].barred])
    made = []
    for case in cases:
        stake = standing[case.pk]
        own = papers.get(case.pk, [])
        kinds, spam = kinds_of[case.pk], case.pk in spam_ones
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
                pickable=reads and not stake.barred and case.stage in TO_ANSWER,
                takeable=reads and not stake.barred and case.stage in TO_ANSWER and case.claimed_by is None,
                looking=looking.get(case.pk, ""),
                copies=new_copies(copies.get(case.pk, 0)),
                hint=hints.get(case.pk, ""),
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


def _papers(cases: Collection[Case]) -> dict[int, list[Paper]]:
    found: dict[int, list[Paper]] = {}
    for paper in _of_reports([case.pk for case in cases]):
        found.setdefault(paper.case_id, []).append(paper)
    return found


@prepared
def _again(cases: Sequence[int]) -> QuerySet[Case, int]:
    return Case.objects.filter(reported_again(), pk__in=cases).values_list("pk", flat=True)


@prepared
def _later(org: Organisation, roots: Sequence[int]) -> QuerySet[FoundLater, int]:
    return found_later(org).filter(root__pk__in=roots).values_list("root", flat=True)


@prepared
def _of_reports(cases: list[int]) -> QuerySet[Paper]:
    reports = [Paper.Kind.REPORT, Paper.Kind.WITHDRAWAL, Paper.Kind.SNAPSHOT]
    kinds = [*reports, Paper.Kind.QUESTION, Paper.Kind.CLARIFICATION]
    return Paper.objects.filter(case__pk__in=cases, kind__in=kinds)


@prepared
def _duties(cases: list[int]) -> QuerySet[Duty]:
    return Duty.objects.filter(case__pk__in=cases, met_at=None).order_by("due_at")


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
    if NOT_IN_LISTS & set(_kinds(papers)):
        return ""
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
