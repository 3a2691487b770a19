"""What a case's papers say, made ready for its page: reports, decision, appeal."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from folkmoot.casefile.models import Attachment, Case, Paper
from folkmoot.casefile.papers import is_sealed, of_case, with_texts
from folkmoot.editions.citing import cited
from folkmoot.editions.models import Clause
from folkmoot.members.models import Person
from folkmoot.members.prepared import keep, prepared
from folkmoot.procedure.words import (
    AimedAt,
    Answer,
    Clarity,
    Intent,
    MeasureKind,
    Outcome,
    ReportKind,
    Route,
    Severity,
    Stage,
    Subject,
)
from folkmoot.steps.measures import MeasureWanted
from folkmoot.web.desk import words
from folkmoot.web.desk.measure_fields import said_of_measures
from folkmoot.web.subjects import SUBJECTS


@dataclass(frozen=True)
class Told:
    """One report, as the desk reads it."""

    kind: str
    at: datetime
    text: str
    quoted: str
    link: str
    affected: bool
    name: str  # for those who decide only (D9)
    email: str
    named: bool  # whether a name or an address was left at all
    files: Sequence[Attachment]
    additions: "Sequence[Told]" = field(default=())
    number: int = 0  # of its paper in the case
    about: str = ""  # what it is about, where it is no single post
    account: str = ""  # the name of the account, as they typed it
    withdrawn: datetime | None = None
    answer: str = ""  # that this reporter alone got
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Found:
    """The decision as it was written."""

    outcome: str
    codes: Sequence[Clause]
    passage: str
    reasons: str
    aimed_at: str
    clarity: str
    by: str
    at: datetime
    correction: str = ""
    more: Sequence[tuple[str, str]] = ()  # what else was chosen, as label and words
    note: str = ""  # who else looked


@dataclass(frozen=True)
class Said:
    """Words with a date: an appeal, an answer to it, a case for the Executive."""

    at: datetime
    text: str
    files: Sequence[Attachment] = ()
    answer: str = ""
    by: str = ""
    note: str = ""


def papers_of(case: Case) -> list[Paper]:
    """Return the case's papers in order, with their texts, and their files without the content.

    Where the case is sealed, what repeats the post is left out of them (DP20).
    """
    papers = with_texts(of_case(case, _papers(case)))
    files: dict[int, list[Attachment]] = {paper.pk: [] for paper in papers}
    for file in _files(case):
        files[file.paper_id].append(file)
    for paper in papers:
        keep(paper, "attachments", files[paper.pk])
    if is_sealed(case):
        sealed_at = next((paper.number for paper in papers if paper.kind == Paper.Kind.SEAL), len(papers) + 1)
        for paper in papers:
            _leave_out(paper, _REPEATS.get(Paper.Kind(paper.kind), ()) if paper.number < sealed_at else ())
    return papers


# In which texts of which papers the post, or a part of it, may stand.
_REPEATS = {
    Paper.Kind.REPORT: ("quoted",),
    Paper.Kind.SNAPSHOT: ("text",),
    Paper.Kind.PROPOSAL: ("passage",),
    Paper.Kind.DECISION: ("passage",),
    Paper.Kind.NOTICE: ("body",),
}


def _leave_out(paper: Paper, fields: Sequence[str]) -> None:
    for text in paper.texts.all():
        if text.field in fields:
            text.text = ""  # of what was read, not of the record


def reports(papers: Sequence[Paper], *, names: bool) -> list[Told]:
    """Return the reports, oldest first, each with what was added to it; who reported only where `names`."""
    added: dict[int, list[Paper]] = {}
    for paper in papers:
        if paper.kind == Paper.Kind.ADDITION and paper.answers_id:
            added.setdefault(paper.answers_id, []).append(paper)
    people = _people([one for one in papers if one.kind == Paper.Kind.REPORT]) if names else {}
    child = ReportKind.CHILD_SAFETY in kinds(papers) or any(paper.kind == Paper.Kind.SEAL for paper in papers)
    told = []
    for paper in papers:
        if paper.kind == Paper.Kind.REPORT:
            more = [_told(one, names=False, people={}) for one in added.get(paper.pk, [])]
            report = _ended(paper, _told(paper, names=names, people=people, additions=more), papers)
            told.append(replace(report, quoted="") if child else report)  # DP20: nothing is shown of it
    return told


def kinds(papers: Sequence[Paper]) -> list[ReportKind]:
    """Return what the reports say is wrong, in their order."""
    return [ReportKind(paper.facts["kind"]) for paper in papers if paper.kind == Paper.Kind.REPORT]


def decision(case: Case, papers: Sequence[Paper]) -> Found | None:
    """Return the newest decision, or `None` before there is one."""
    paper = _newest(papers, Paper.Kind.DECISION)
    return found_in(case, paper) if paper else None


def proposal(case: Case, papers: Sequence[Paper]) -> Found | None:
    """Return what waits for a second look, or `None`."""
    paper = _newest(papers, Paper.Kind.PROPOSAL) if case.stage == Stage.SECOND_LOOK else None
    return found_in(case, paper) if paper else None


def found_in(case: Case, paper: Paper) -> Found:
    """Return what a decision, or the proposal of one, says."""
    facts, said = paper.facts, paper.words
    return Found(
        outcome=str(words.OUTCOME_DONE[Outcome(facts["outcome"])]),
        codes=cited(case.policy, facts["codes"]),
        passage=said.get("passage", ""),
        reasons=said.get("reasons", ""),
        aimed_at=str(words.AIMS[AimedAt(facts["aimed_at"])]),
        clarity=str(words.CLARITIES[Clarity(facts["clarity"])]),
        by=name_of(paper.by, _people([paper])),
        at=paper.at,
        correction=said.get("correction", ""),
        more=_more(facts),
        note=_who_else(facts),
    )


def appeal(papers: Sequence[Paper]) -> Said | None:
    """Return the author's appeal, or `None`."""
    return _said(_newest(_since_decided(papers), Paper.Kind.APPEAL))


def reconsideration(papers: Sequence[Paper]) -> Said | None:
    """Return the answer to the appeal, or `None`."""
    paper = _newest(_since_decided(papers), Paper.Kind.RECONSIDERATION)
    if paper is None:
        return None
    same = _("By the moderator who made the first decision: no other was free.")
    return Said(
        paper.at,
        paper.words.get("reasons", ""),
        answer=str(words.ANSWERS[Answer(paper.facts["answer"])]),
        by=name_of(paper.by, _people([paper])),
        note=same if paper.facts["same_moderator"] else "",
    )


def submission(papers: Sequence[Paper]) -> Said | None:
    """Return the case that the author put to the Executive, or `None`."""
    return _said(_newest(_since_decided(papers), Paper.Kind.SUBMISSION))


def final_word(case: Case, papers: Sequence[Paper]) -> Said | None:
    """Return what the Executive decided, once it is final (Mg); who sat and how they voted stays in its bundle."""
    paper = _newest(papers, Paper.Kind.MINUTE) if case.stage == Stage.FINAL else None
    if paper is None:
        return None
    answer = str(words.ANSWERS[Answer(paper.facts["answer"])])
    return Said(paper.at, paper.words.get("reasons", ""), answer=answer)


def name_of(by: str, people: dict[int, str]) -> str:
    """Return who stands behind a label of the record, in words."""
    kind, _colon, number = by.partition(":")
    if kind == "person":
        return people.get(int(number), _("somebody"))
    return {"grant": _("a party"), "visitor": _("a visitor"), "system": _("the software")}.get(kind, _("somebody"))


def people_named(labels: Sequence[str]) -> dict[int, str]:
    """Return the names behind "person:12" and so on, by number."""
    numbers = {int(by.removeprefix("person:")) for by in labels if by.startswith("person:")}
    return dict(_names(numbers))


def _people(papers: Sequence[Paper]) -> dict[int, str]:
    return people_named([paper.by for paper in papers])


def _more(facts: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what a decision says beside its finding, where it is not the usual."""
    more = []
    if facts.get("severity", Severity.ORDINARY) != Severity.ORDINARY:
        more.append((_("How grave"), str(words.SEVERITIES[Severity(facts["severity"])])))
    if facts.get("intent", Intent.NOT_SAID) != Intent.NOT_SAID:
        more.append((_("Meant?"), str(words.INTENTS[Intent(facts["intent"])])))
    if facts.get("route"):
        more.append((_("Goes to"), str(words.ROUTES[Route(facts["route"])])))
    wanted = [MeasureWanted(MeasureKind(kind), date.fromisoformat(day)) for kind, day in facts.get("measures", [])]
    return [*more, *said_of_measures(wanted)]


def _who_else(facts: dict[str, Any]) -> str:
    if facts.get("alone"):
        return _("Decided alone: nobody else was free to look first.")
    if "looked" in facts:
        people = people_named([f"person:{facts[name]}" for name in ("proposed_by", "looked")])
        said = {"proposed": people.get(facts["proposed_by"], ""), "looked": people.get(facts["looked"], "")}
        return _("Proposed by %(proposed)s; %(looked)s took the second look.") % said
    return ""


def _since_decided(papers: Sequence[Paper]) -> Sequence[Paper]:
    """Return the papers since the newest decision: what was said of an earlier one is not said of this."""
    decision = _newest(papers, Paper.Kind.DECISION)
    return [paper for paper in papers if decision is None or paper.number > decision.number]


def _newest(papers: Sequence[Paper], kind: Paper.Kind) -> Paper | None:
    undone = {paper.answers_id for paper in papers if paper.kind == Paper.Kind.UNDO}
    return next((paper for paper in reversed(papers) if paper.kind == kind and paper.pk not in undone), None)


def _said(paper: Paper | None) -> Said | None:
    return Said(paper.at, paper.words.get("words", ""), list(paper.attachments.all())) if paper else None


def _told(paper: Paper, *, names: bool, people: dict[int, str], additions: Sequence[Told] = ()) -> Told:
    facts: dict[str, Any] = paper.facts
    said = paper.words
    by_officer = name_of(paper.by, people) if paper.by.startswith("person:") else ""
    return Told(
        kind=str(words.KINDS[ReportKind(facts["kind"])]) if "kind" in facts else "",
        at=paper.at,
        text=said.get("words", ""),
        quoted=said.get("quoted", ""),
        link=said.get("link", ""),
        affected=bool(facts.get("affected")),
        name=(said.get("name", "") or by_officer) if names else "",
        email=said.get("email", "") if names else "",
        named=bool(said.get("name") or said.get("email") or paper.by.startswith("person:")),
        files=list(paper.attachments.all()),
        additions=additions,
    )


def _ended(report: Paper, told: Told, papers: Sequence[Paper]) -> Told:
    mine = [paper for paper in papers if paper.answers_id == report.pk]
    withdrawn = _newest(mine, Paper.Kind.WITHDRAWAL)
    answer = _newest(mine, Paper.Kind.ANSWER)
    subject = Subject(report.facts.get("subject", Subject.POST))
    return replace(
        told,
        number=report.number,
        about="" if subject is Subject.POST else str(SUBJECTS[subject].short),
        account=report.words.get("account", ""),
        withdrawn=withdrawn.at if withdrawn else None,
        answer=answer.words.get("words", "") if answer else "",
        answered_at=answer.at if answer else None,
    )


@prepared
def _papers(case: Case) -> QuerySet[Paper]:
    return Paper.objects.filter(case=case).order_by("number")


@prepared
def _files(case: Case) -> QuerySet[Attachment]:
    return Attachment.objects.filter(paper__case=case).defer("content").order_by("number")


@prepared
def _names(people: Collection[int]) -> QuerySet[Person, tuple[int, str]]:
    return Person.objects.filter(pk__in=people).values_list("pk", "name")
