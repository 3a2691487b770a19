"""Replays the record and compares: every chain, every paper, every bookmark, every duty."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from folkmoot.casefile.audit_access import access_faults
from folkmoot.casefile.audit_fallen import fallen_faults
from folkmoot.casefile.audit_measures import measure_faults
from folkmoot.casefile.audit_office import office_faults
from folkmoot.casefile.audit_register import register_faults
from folkmoot.casefile.chain import chain_faults, said_by
from folkmoot.casefile.files import file_mark
from folkmoot.casefile.models import Attachment, Case, Duty, Event, Paper
from folkmoot.casefile.record import BEFORE, access_mark, bookmark, procedure_of
from folkmoot.kernel.canonical import commitment, digest
from folkmoot.kernel.errors import NotPermitted
from folkmoot.kernel.times import stamp
from folkmoot.members.models import Organisation
from folkmoot.procedure.words import Lane, Role, Stage, Step


@dataclass(frozen=True)
class Discrepancy:
    """Something that is not as it was written; `where` names the case or the register."""

    where: str
    what: str


def verify(org: Organisation) -> Iterator[Discrepancy]:
    """Yield what does not agree in the record of `org`; nothing when all is as written."""
    for what in (*register_faults(org), *office_faults(org)):
        yield Discrepancy(f"the register of {org.name}", what)
    for what in access_faults(org):
        yield Discrepancy(f"the access log of {org.name}", what)
    cases = Case.objects.within(org).select_related("procedure_edition").order_by("pk")
    for case in cases.iterator(chunk_size=200):
        yield from verify_case(case)
    known = Case.objects.within(org).values("pk")
    for row in Event.objects.within(org).exclude(case=None).exclude(case__in=known).values("case").distinct():
        yield Discrepancy(f"case {row['case']}", "it has events but no case file")


def verify_case(case: Case) -> Iterator[Discrepancy]:
    """Yield what does not agree in one case."""
    where = f"case {case.pk}"
    events = list(case.events.select_related("paper").order_by("seq"))
    filed = case.papers.select_related("answers").prefetch_related("texts__redaction", "attachments")
    papers = {paper.number: paper for paper in filed}
    for what in chain_faults(events, uid=case.uid, seq=case.seq, head=case.head):
        yield Discrepancy(where, what)
    for what in _replay_faults(case, events):
        yield Discrepancy(where, what)
    for what in _filing_faults(events, papers):
        yield Discrepancy(where, what)
    for what in (*_grant_faults(case, events), *_link_faults(case, papers)):
        yield Discrepancy(where, what)
    for what in _lane_faults(events):
        yield Discrepancy(where, what)
    for what in (*measure_faults(case, list(papers.values())), *fallen_faults(case, list(papers.values()))):
        yield Discrepancy(where, what)
    if not events:
        yield Discrepancy(where, "it has no event: no case begins without its report")
    redacted = _redacted(events)
    for paper in papers.values():
        for what in _paper_faults(case, paper, redacted):
            yield Discrepancy(where, what)


def _replay_faults(case: Case, events: list[Event]) -> Iterator[str]:
    procedure = procedure_of(case)
    stage = Stage.RECEIVED
    last: dict[str, Any] = {}
    for event in events:
        facts = said_by(event.payload).get("facts", {})
        try:
            stage = procedure.way(stage, Step(event.step), Role(facts["role"])).to
        except (NotPermitted, ValueError, KeyError):
            yield f"event {event.seq} ({event.step}) is a step that the procedure does not allow there"
            return
        last = {**BEFORE, **facts.get("bookmark", {})}
        if last.get("stage") != stage:
            yield f"event {event.seq} says another stage than the procedure gives"
    if events and last != json.loads(json.dumps(bookmark(case))):
        wrong = sorted(name for name, value in bookmark(case).items() if last.get(name) != value)
        yield f"the bookmark is not where the last event left it ({', '.join(wrong) or 'its shape'})"
    rows = {
        (duty.paper.number, str(duty.holder)): [
            str(duty.owed),
            stamp(duty.since),
            stamp(duty.due_at),
            stamp(duty.met_at) if duty.met_at else None,
            stamp(duty.lapsed_at) if duty.lapsed_at else None,
        ]
        for duty in Duty.objects.filter(case=case).select_related("paper")
    }
    if rows != _duties_told(events):
        yield "who owes an answer by when is not what the events say"


def _lane_faults(events: list[Event]) -> Iterator[str]:
    """D10: the software chooses a lane once, only the emergency lane, and not after a person has chosen one."""
    chosen = False
    for event in events:
        if event.step == Step.RAISE_LANE:
            lane = said_by(event.payload).get("facts", {}).get("bookmark", {}).get("lane")
            if chosen or lane != Lane.EMERGENCY:
                yield f"event {event.seq}: the software chose the lane, which it may once and before any person"
        chosen = chosen or event.step in (Step.SET_LANE, Step.RAISE_LANE)


def _duties_told(events: list[Event]) -> dict[tuple[int, str], list[str | None]]:
    """Return by paper and holder what the events say: [owed, since, due, met, lapsed]."""
    told: dict[tuple[int, str], list[str | None]] = {}
    for event in events:
        facts, at = said_by(event.payload).get("facts", {}), stamp(event.at)
        for number, owed, holder, due in facts.get("owed", []):
            told[(number, holder)] = [owed, at, due, None, None]
        changes: list[tuple[Any, int, str | None]]
        changes = [(key, 3, at) for key in facts.get("met", [])] + [(key, 4, at) for key in facts.get("lapsed", [])]
        changes += [((number, holder), 2, due) for number, holder, due in facts.get("extended", [])]
        changes += [(key, 3, None) for key in facts.get("unmet", [])]
        for (number, holder), place, value in changes:
            if (number, holder) in told:
                told[(number, holder)][place] = value
    return told


def _filing_faults(events: list[Event], papers: dict[int, Paper]) -> Iterator[str]:
    told: set[int] = set()
    for event in events:
        entries = said_by(event.payload).get("papers", [])
        for number, hash_ in entries:
            told.add(number)
            paper = papers.get(number)
            if paper is None or paper.hash != hash_:
                yield f"event {event.seq} tells of paper {number}, which is gone or another"
        if (event.paper.number if event.paper else None) != (entries[0][0] if entries else None):
            yield f"event {event.seq} points at another paper than it tells of"
    for number in papers.keys() - told:
        yield f"paper {number} was put in without an event"


def _grant_faults(case: Case, events: list[Event]) -> Iterator[str]:
    told = {pk: hash_ for event in events for pk, hash_ in said_by(event.payload).get("facts", {}).get("grants", [])}
    rows = {grant.pk: access_mark(grant) for grant in case.grants.all()}
    if told != rows:
        yield "the parties' access is not what the events say"


def _redacted(events: list[Event]) -> set[tuple[int, str]]:
    """Return the texts, by paper and field, of which an event tells that they were erased."""
    told = (said_by(event.payload).get("facts", {}).get("redacted", []) for event in events)
    return {(number, field) for entries in told for number, field in entries}


def _paper_faults(case: Case, paper: Paper, redacted: set[tuple[int, str]]) -> Iterator[str]:
    body = bytes(paper.body)
    said = said_by(body)
    if digest(body) != paper.hash or said.get("case") != case.uid or said.get("number") != paper.number:
        yield f"paper {paper.number} was edited"
        return
    answers = paper.answers.number if paper.answers else None
    columns = (paper.kind, paper.by, stamp(paper.at), answers)
    if (said.get("kind"), said.get("by"), said.get("at"), said.get("answers")) != columns:
        yield f"paper {paper.number} says something else in its columns than in its hashed text"
    texts = {text.field: text for text in paper.texts.all()}
    if set(texts) != set(said.get("texts", {})):
        yield f"paper {paper.number} has lost or gained a text"
        return
    for field, text in texts.items():
        blanked = text.text == "" and bytes(text.salt) == b"" and hasattr(text, "redaction")
        if blanked and (paper.number, field) not in redacted:
            yield f"the {field} of paper {paper.number} was erased, and no event tells of it"
        elif not blanked and commitment(bytes(text.salt), text.text) != said["texts"][field]:
            yield f"the {field} of paper {paper.number} was edited"
    files: list[Attachment] = sorted(paper.attachments.all(), key=lambda file: file.number)
    told = said.get("facts", {}).get("files", [])
    if len(files) != len(told) or not all(
        hash_ in _file_hashes(file, redacted, paper) for file, hash_ in zip(files, told, strict=True)
    ):
        yield f"the files of paper {paper.number} are not those that came with it"


def _file_hashes(file: Attachment, redacted: set[tuple[int, str]], paper: Paper) -> tuple[str, ...]:
    """Return by which hashes its paper may know a file: with its name, or as it was done before, without."""
    blanked = bytes(file.content) == b"" and hasattr(file, "redaction")
    if blanked and (paper.number, f"file {file.number}") in redacted:
        return (file.hash,)
    content = bytes(file.content)
    return file_mark(file.name, file.media_type, content), digest(content)


def _link_faults(case: Case, papers: dict[int, Paper]) -> Iterator[str]:
    reports = [paper for _, paper in sorted(papers.items()) if paper.kind == Paper.Kind.REPORT]
    if reports and case.link != reports[0].words.get("link", ""):
        yield "its link is not the one of its first report"
