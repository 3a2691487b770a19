"""Somebody tells us of a problem (Sh, Mh): the report, its case, its clock and its receipt, all at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from folkmoot.archive.models import Platform, Post
from folkmoot.casefile.models import Case, Grant, Paper
from folkmoot.casefile.papers import is_sealed
from folkmoot.casefile.record import VISITOR, NewDuty, Visitor, file_paper, open_case, procedure_of
from folkmoot.casefile.to_assess import note_report_to_assess
from folkmoot.editions.current import current_policy, current_procedure, policy_of
from folkmoot.editions.models import PolicyEdition, ProcedureEdition
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.kernel.tokens import new_nonce
from folkmoot.members.models import Organisation, Person
from folkmoot.members.rows import insert
from folkmoot.notices.letters import reported_again
from folkmoot.outbox.links import receipt_code, receipt_hash
from folkmoot.outbox.marks import new_marker
from folkmoot.pinboard.kinds import note_kind
from folkmoot.procedure.duties import first_turn, owed_to_report
from folkmoot.procedure.words import Lane, ReportKind, Role, Stage, Step, Subject, lane_of
from folkmoot.steps.about import About, about, open_case_about
from folkmoot.steps.advancing import advance
from folkmoot.steps.alarm import tell_of_lane
from folkmoot.steps.attach import Upload, attach, hashes
from folkmoot.steps.seal import sealing
from folkmoot.steps.snapshot import file_snapshot
from folkmoot.steps.standing import involvement
from folkmoot.steps.tell import tell_nobody_free, tell_people, tell_reporter_received


@dataclass(frozen=True)
class Report:
    """What somebody tells us. Only `kind` and some `words` or a `link` or a `post` are needed (D3, D4)."""

    kind: ReportKind
    words: str = ""
    link: str = ""
    quoted: str = ""  # the words of the post, pasted
    platform: Platform | None = None
    post: Post | None = None
    subject: Subject = Subject.POST
    account: str = ""  # its name there, where the matter is what an account keeps doing
    affected: bool = False  # it is about me (D8), else a bystander
    good_faith: bool = False  # whoever sent it says that, as far as they know, it is true (D3)
    name: str = ""
    email: str = ""
    files: Sequence[Upload] = field(default=())


@dataclass(frozen=True)
class Receipt:
    """What the reporter gets at once (D5)."""

    case: Case
    paper: Paper
    grant: Grant
    code: str  # 16 digits
    due_at: datetime | None  # `None` where the case has its answer already


def file_report(
    org: Organisation, report: Report, *, by: Person | Visitor = VISITOR, at: datetime, form_key: str = ""
) -> Receipt:
    """Put `report` on the record and return its receipt; a replayed form gets the receipt of its first sending.

    It joins the open case about the same matter, or opens one. Raises `BadInput`, or `NotPermitted` for what
    is another organisation's.
    """
    _require_something(report)
    _require_ours(org, report, by)
    matter = about(org, report)
    try:
        return _file(org, report, matter, _rules(org, matter.post, at=at), by=by, at=at, form_key=form_key)
    except IntegrityError:
        # One form came twice, or two at once reported the same matter: the other was first.
        first = _filed_before(org, form_key)
        return first or _file(org, report, matter, _rules(org, matter.post, at=at), by=by, at=at, form_key=form_key)


# What is only read is read before the transaction: on SQLite it holds the only write lock.
def _rules(org: Organisation, post: Post | None, *, at: datetime) -> tuple[PolicyEdition, ProcedureEdition]:
    policy = policy_of(org, post.written_on(org.zone)) if post else current_policy(org, at=at)
    return policy, current_procedure(org)


@transaction.atomic
def _file(
    org: Organisation,
    report: Report,
    matter: About,
    rules: tuple[PolicyEdition, ProcedureEdition],
    *,
    by: Person | Visitor,
    at: datetime,
    form_key: str,
) -> Receipt:
    post = matter.post
    case = open_case_about(matter)
    if case is None:
        case = open_case(
            org,
            at=at,
            platform=matter.platform,
            post=post,
            subject=matter.subject,
            account=matter.account,
            thread=matter.thread,
            link=report.link,
            lane=lane_of(report.kind),
            policy=rules[0],
            procedure_edition=rules[1],
        )
    else:
        _move_up(case, lane_of(report.kind))
    texts = {"words": report.words, "link": report.link, "quoted": report.quoted, "account": report.account}
    paper = file_paper(
        case,
        Paper.Kind.REPORT,
        by=by,
        at=at,
        facts={
            "kind": report.kind,
            "subject": report.subject,
            "affected": report.affected,
            "good_faith": report.good_faith,
            "noticed": _noticed(report, by, at=at),
            "platform": report.platform.pk if report.platform else None,
            "post": post.pk if post else None,
            "files": hashes(report.files),
        },
        texts={name: text for name, text in {**texts, "name": report.name, "email": report.email}.items() if text},
        form_key=form_key,
    )
    attach(paper, report.files)
    papers = [paper]
    # DP20: where a child may be in danger nothing is copied.
    if post and case.reports == 0 and report.kind is not ReportKind.CHILD_SAFETY and not is_sealed(case):
        papers.append(file_snapshot(case, post, at=at))
    if report.kind is ReportKind.CHILD_SAFETY and not case.sealed:
        papers.append(sealing(case, at=at))  # DP20: nor is what the archive holds already shown to anybody
    note_kind(case, report.kind)
    note_report_to_assess(paper)
    case.reports += 1
    nonce = new_nonce()
    code = receipt_code(nonce)
    grant = insert(
        Grant(
            org=org,
            case=case,
            party=Role.REPORTER,
            paper=paper,
            nonce=nonce,
            code_hash=receipt_hash(code),
            made_at=at,
        )
    )
    duties = _answer_owed(case, paper, at=at)
    due_at = duties[0].turn.due_at if duties else None
    if due_at and _first_of_lane(case, report.kind):
        papers += tell_of_lane(case, about=paper, due=due_at, at=at)
    if report.email:
        papers.append(tell_reporter_received(case, paper, to=report.email, due=due_at, at=at))
    if case.stage not in (Stage.RECEIVED, Stage.SECOND_LOOK):
        papers += _tell_of_another(case, paper, report.kind, at=at)
    advance(
        case,
        Step.FILE_REPORT,
        by=by,
        role=_role(by, at=at),
        at=at,
        papers=papers,
        grants=[grant],
        new_duties=duties,
    )
    return Receipt(case, paper, grant, code, due_at)


def _require_something(report: Report) -> None:
    said = report.words or report.link or report.quoted or report.account
    if not (said or report.post or report.files):
        raise BadInput(
            gettext("Please tell us what happened: a few words, a link, or what the post says."), field="words"
        )
    if report.kind is ReportKind.CHILD_SAFETY and (report.files or report.quoted):
        # DP20: such material is never copied, not even to us.
        raise BadInput(
            gettext(
                "Where a child may be in danger, please send only the link. Do not send a picture or a "
                "copy of the post."
            ),
            field="files",
        )


def _noticed(report: Report, by: Person | Visitor, *, at: datetime) -> bool:
    """Say whether somebody with an office noticed it, rather than reported it in their own name (Ma)."""
    return _role(by, at=at) is not Role.REPORTER and not (report.affected or report.name or report.email)


def _require_ours(org: Organisation, report: Report, by: Person | Visitor) -> None:
    things = (report.post, report.platform, by if isinstance(by, Person) else None)
    if any(thing is not None and thing.org_id != org.pk for thing in things):
        raise NotPermitted(gettext("This belongs to another organisation."))


def _answer_owed(case: Case, paper: Paper, *, at: datetime) -> list[NewDuty]:
    if case.stage not in (Stage.RECEIVED, Stage.SECOND_LOOK):
        return []  # a decided case has its answer already: the reporter's page shows it
    owed = owed_to_report(lane_of(ReportKind(paper.facts["kind"])))
    return [NewDuty(paper, owed, first_turn(owed, procedure_of(case).limits, at=at, zone=case.org.zone))]


def _first_of_lane(case: Case, kind: ReportKind) -> bool:
    """Say whether this is the case's first report that puts it into its lane: only then is everybody told at once."""
    if lane_of(kind) is Lane.ORDINARY:
        return False
    told = case.papers.filter(kind=Paper.Kind.NOTICE)
    return not any(paper.facts["letter"] in ("emergency", "legal_clock") for paper in told)


def _move_up(case: Case, lane: Lane) -> None:
    """Let a later report put the case into a faster lane, never into a slower one."""
    ranked = (Lane.ORDINARY, Lane.LEGAL, Lane.EMERGENCY)
    if ranked.index(lane) > ranked.index(Lane(case.lane)):
        case.lane, case.urgent = lane, lane is Lane.EMERGENCY


def _tell_of_another(case: Case, paper: Paper, kind: ReportKind, *, at: datetime) -> list[Paper]:
    """Tell the moderators who are free: no time limit runs for a report in a case that has its answer already.

    Once a day for each kind: anybody can report, as often as they like.
    """
    today = case.papers.filter(kind=Paper.Kind.NOTICE, at__gt=at - timedelta(days=1), answers__duties=None)
    letters = today.select_related("answers")
    again = (one.answers for one in letters if one.facts["letter"] in ("reported_again", "nobody_free"))
    if any(one and one.facts.get("kind") == kind for one in again):
        return []
    told = [
        (p, reported_again(case.org, case=case.pk, name=p.name, kind=kind, marker=new_marker()))
        for p in Person.objects.holding(case.org, Role.MODERATOR, at=at)
        if not involvement(case, p)
    ]
    return tell_people(case, told, role=Role.MODERATOR, about=paper, at=at) or tell_nobody_free(
        case, Role.MODERATOR, due=None, about=paper, at=at
    )


def _role(by: Person | Visitor, *, at: datetime) -> Role:
    held = by.offices(at=at) if isinstance(by, Person) else frozenset()
    ranked = (Role.MODERATOR, Role.SECRETARY, Role.EXECUTIVE, Role.ADMINISTRATOR)
    return next((role for role in ranked if role in held), Role.REPORTER)


def _filed_before(org: Organisation, form_key: str) -> Receipt | None:
    if not form_key:
        return None
    paper = Paper.objects.within(org).filter(form_key=form_key, kind=Paper.Kind.REPORT).select_related("case").first()
    if paper is None:
        return None
    grant = paper.grants.get()
    duty = paper.duties.order_by("pk").first()
    return Receipt(paper.case, paper, grant, receipt_code(grant.nonce), duty.due_at if duty else None)
