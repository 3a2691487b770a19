"""What a case says to whoever may read it: the pages' own functions, put into shapes."""

from collections.abc import Iterable, Sequence
from typing import Any

from folkmoot.api.caller import Caller
from folkmoot.api.case_shapes import (
    AdditionTold,
    CaseInShort,
    CaseShown,
    DecisionFound,
    FileNamed,
    Happened,
    HintAt,
    HintsShown,
    LetterThere,
    Named,
    PaperThere,
    PostKept,
    ReportTold,
    SaidThere,
    SpokenBeside,
)
from folkmoot.casefile.models import Attachment, Case, Paper
from folkmoot.web.desk import casework, evidence, letters_sent, words
from folkmoot.web.desk.case import decides
from folkmoot.web.desk.conversation import around
from folkmoot.web.desk.next_step import next_step
from folkmoot.web.desk.noticed import Panel, panel
from folkmoot.web.desk.stakes import closed_to
from folkmoot.web.desk.timeline import timeline


def in_short(case: Case) -> CaseInShort:
    """Return how `case` stands."""
    return CaseInShort(**facts_of(case))


def facts_of(case: Case) -> dict[str, Any]:
    """Return what every shape of a case has."""
    return {
        "number": case.pk,
        "seq": case.seq,
        "stage": case.stage,
        "lane": case.lane,
        "urgent": case.urgent,
        "subject": case.subject,
        "outcome": case.outcome,
        "standing": case.standing,
        "hidden": case.hidden,
        "sealed": case.sealed,
        "place": Named(number=case.platform.pk, name=case.platform.name) if case.platform else None,
        "claimed_by": Named(number=case.claimed_by.pk, name=case.claimed_by.name) if case.claimed_by else None,
        "reports": case.reports,
        "opened_at": case.opened_at,
        "duty": case.duty,
        "due_at": case.due_at,
        "settles_at": case.settles_at,
    }


def whole(request: Caller, case: Case) -> CaseShown:
    """Return all that the caller may read of a case that is open to them."""
    papers = casework.papers_of(case)
    proposal, decision = casework.proposal(case, papers), casework.decision(case, papers)
    noticed = panel(case, evidence.kept(case, papers))
    return CaseShown(
        **facts_of(case),
        about=words.kinds_said(casework.kinds(papers)),
        next_step=next_step(request, case).title,
        post=_post(case, papers),
        assessment=_hints(noticed) if noticed else None,
        conversation=_conversation(request, case, papers),
        told=_told(papers, names=decides(case, request)),
        proposal=_found(proposal) if proposal else None,
        decision=_found(decision) if decision else None,
        appeal=_said(casework.appeal(papers)),
        reconsideration=_said(casework.reconsideration(papers)),
        submission=_said(casework.submission(papers)),
        final_word=_said(casework.final_word(case, papers)),
        letters=[_letter(letter) for letter in letters_sent.letters(case, papers)],
        timeline=happened(case, papers),
        papers=[
            PaperThere(number=one.number, kind=one.kind, at=one.at, files=_files(one.attachments.all()))
            for one in papers
        ],
    )


def happened(case: Case, papers: Sequence[Paper]) -> list[Happened]:
    """Return what happened in the case, the oldest first."""
    events = list(case.events.order_by("-seq"))
    told = zip(events, timeline(case, papers), strict=True)
    return [
        Happened(seq=event.seq, at=event.at, step=event.step, words=moment.title, text=moment.text)
        for event, moment in told
    ][::-1]


def _post(case: Case, papers: Sequence[Paper]) -> PostKept:
    kept, seen = evidence.kept(case, papers), evidence.seen(case)
    return PostKept(
        number=case.post_id,
        text=kept.text,
        text_since=kept.since,
        author=kept.author,
        url=kept.url,
        written_at=kept.at,
        seen=seen.word if seen else "",
    )


def _hints(noticed: Panel) -> HintsShown:
    return HintsShown(
        flag=noticed.flag,
        score=noticed.score,
        aimed_at_policy=noticed.aimed_at_policy,
        hints=[
            HintAt(
                signal=one.signal,
                strength=one.strength,
                score=one.score,
                code=one.clause.code if one.clause else "",
                why=one.why,
                places=[(place.start, place.end) for place in noticed.places if place.number == one.number],
                advice=one.advice,
            )
            for one in noticed.noticed
        ],
        about="text_since" if noticed.later else "" if noticed.gone else "text",
        windows=noticed.windows,
        read=noticed.read,
        without=list(noticed.without),
        model=noticed.model,
        at=noticed.at,
    )


def _conversation(request: Caller, case: Case, papers: Sequence[Paper]) -> list[SpokenBeside]:
    if evidence.kept(case, papers).child:  # DP20
        return []
    there = around(case.post, closed=closed_to(request.person))
    return [
        SpokenBeside(
            number=one.post.pk,
            author=words.author(one.post),
            text=one.post.text,
            written_at=one.post.posted_at,
            tie=one.tie,
        )
        for one in (*there.earlier, *there.before, *there.after, *there.later)
    ]


def _told(papers: Sequence[Paper], *, names: bool) -> list[ReportTold]:
    kinds = {paper.number: paper.facts["kind"] for paper in papers if paper.kind == Paper.Kind.REPORT}
    return [
        ReportTold(
            number=one.number,
            kind=kinds[one.number],
            at=one.at,
            words=one.text,
            quoted=one.quoted,
            link=one.link,
            account=one.account,
            affected=one.affected,
            name=one.name,
            email=one.email,
            files=_files(one.files),
            additions=[AdditionTold(at=more.at, words=more.text, files=_files(more.files)) for more in one.additions],
            withdrawn_at=one.withdrawn,
            answer=one.answer,
            answered_at=one.answered_at,
        )
        for one in casework.reports(papers, names=names)
    ]


def _found(found: casework.Found) -> DecisionFound:
    return DecisionFound(
        outcome=found.outcome,
        codes=[clause.code for clause in found.codes],
        passage=found.passage,
        reasons=found.reasons,
        aimed_at=found.aimed_at,
        clarity=found.clarity,
        by=found.by,
        at=found.at,
        correction=found.correction,
        more=[(str(label), str(said)) for label, said in found.more],
        note=found.note,
    )


def _said(said: casework.Said | None) -> SaidThere | None:
    if said is None:
        return None
    files = _files(said.files)
    return SaidThere(at=said.at, words=said.text, answer=said.answer, by=said.by, note=said.note, files=files)


def _letter(letter: letters_sent.Sent) -> LetterThere:
    return LetterThere(
        title=letter.title,
        to=letter.to,
        subject=letter.subject,
        body=letter.body,
        at=letter.at,
        state=letter.state,
        note=letter.note,
    )


def _files(files: Iterable[Attachment]) -> list[FileNamed]:
    return [FileNamed(number=file.pk, media_type=file.media_type) for file in files]
