"""The only writer of case files: papers are put in, and the bookmark moves with its event in the same breath.

Call inside `transaction.atomic()`, on a case locked by `locked()`.
"""

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext

from folkmoot.archive.models import Account, Platform, Post
from folkmoot.casefile.index_cases import note_paper
from folkmoot.casefile.models import Case, Duty, Event, Grant, Paper, PaperText, Register
from folkmoot.casefile.settings_mark import setting_names, settings_mark
from folkmoot.editions.models import PolicyEdition, ProcedureEdition
from folkmoot.kernel.canonical import canonical_bytes, commitment, digest, new_salt
from folkmoot.kernel.errors import StalePage
from folkmoot.kernel.times import stamp
from folkmoot.members.models import Organisation, Person
from folkmoot.members.rows import insert, update
from folkmoot.procedure.duties import Owed, Turn
from folkmoot.procedure.table import Procedure
from folkmoot.procedure.words import Lane, Role, Stage, Step, Subject


class Machine:
    """The software itself, when a time limit or a delivery moves a case."""


class Visitor:
    """Somebody nobody knows, at the moment of reporting."""


SYSTEM: Final = Machine()
VISITOR: Final = Visitor()
Actor = Person | Grant | Machine | Visitor


@dataclass(frozen=True)
class NewDuty:
    """An answer that from now on somebody owes to `paper`."""

    paper: Paper
    owed: Owed
    turn: Turn


def label(actor: Actor) -> str:
    """Return how `actor` stands in the record: "person:12", "grant:7", "visitor" or "system"."""
    match actor:
        case Person():
            return f"person:{actor.pk}"
        case Grant():
            return f"grant:{actor.pk}"
        case Visitor():
            return "visitor"
        case Machine():
            return "system"


def procedure_of(case: Case) -> Procedure:
    """Return the procedure under which the case was opened."""
    return case.procedure_edition.procedure()


def locked(case_id: int, *, seen: int | None = None) -> Case:
    """Return the case, locked until the transaction ends.

    `seen` is the `seq` that the page showed; raises `StalePage` when the case has moved on since.
    """
    # no_key here and wherever rows refer to what is locked: PostgreSQL looks at those references when it commits,
    # and two steps that hold each other's rows by then would be a deadlock.
    cases = Case.objects.select_related("org", "procedure_edition")
    case = cases.select_for_update(of=("self",), no_key=True).get(pk=case_id)
    if seen is not None and seen != case.seq:
        raise StalePage(
            gettext(
                "Somebody has done something in this case since you opened the page. Nothing of yours "
                "was lost: please read what is new, then send again."
            )
        )
    return case


def open_case(
    org: Organisation,
    *,
    at: datetime,
    platform: Platform | None,
    post: Post | None,
    link: str,
    lane: Lane,
    policy: PolicyEdition,
    procedure_edition: ProcedureEdition,
    subject: Subject = Subject.POST,
    account: Account | None = None,
    thread: str = "",
) -> Case:
    """Open an empty case file in stage *received*; the report that opens it is filed next."""
    return insert(
        Case(
            org=org,
            uid=secrets.token_hex(16),
            stage=Stage.RECEIVED,
            platform=platform,
            post=post,
            link=link,
            subject=subject,
            account=account,
            thread=thread,
            lane=lane,
            urgent=lane is Lane.EMERGENCY,
            policy=policy,
            procedure_edition=procedure_edition,
            opened_at=at,
        )
    )


def file_paper(
    case: Case,
    kind: Paper.Kind,
    *,
    by: Actor,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    texts: Mapping[str, str] | None = None,
    answers: Paper | None = None,
    form_key: str | None = None,
) -> Paper:
    """Put a paper into the case file: `facts` are hashed as they are, `texts` by salted commitment.

    `facts` hold references, choices and hashes, never prose and nothing personal: they cannot be erased.
    """
    kept = {field: (text, new_salt()) for field, text in (texts or {}).items()}
    case.filed += 1
    number = case.filed
    body = canonical_bytes(
        {
            "case": case.uid,
            "number": number,
            "kind": kind,
            "by": label(by),
            "at": stamp(at),
            "answers": answers.number if answers else None,
            "facts": dict(facts or {}),
            "texts": {field: commitment(salt, text) for field, (text, salt) in kept.items()},
        }
    )
    paper = insert(
        Paper(
            org_id=case.org_id,
            case=case,
            number=number,
            kind=kind,
            by=label(by),
            at=at,
            answers=answers,
            form_key=form_key or None,
            body=body,
            hash=digest(body),
        )
    )
    for field, (text, salt) in kept.items():
        insert(PaperText(org_id=case.org_id, paper=paper, field=field, text=text, salt=salt))
    note_paper(case, paper, texts or {})
    return paper


def advance(
    case: Case,
    step: Step,
    *,
    by: Actor,
    role: Role,
    at: datetime,
    papers: Sequence[Paper] = (),
    grants: Sequence[Grant] = (),
    facts: Mapping[str, Any] | None = None,
    new_duties: Sequence[NewDuty] = (),
    met: Iterable[Duty] = (),
    lapsed: Iterable[Duty] = (),
    extended: Iterable[tuple[Duty, datetime]] = (),
    unmet: Iterable[Duty] = (),
) -> Event:
    """Take `step` in the capacity of `role`: check the table, write the event, move the bookmark.

    `papers` are all that the step puts into the file, the one that tells of the step first. `extended` are
    duties with their new time; `unmet` are owed again, because what answered them was taken back.

    Changes to other columns of `case` (claimed_by, outcome, ...) may be set on the object beforehand;
    they are saved here and stand in the event. Raises `NotPermitted` when the table has no such way.
    """
    way = procedure_of(case).way(Stage(case.stage), step, role)
    met, lapsed, extended, unmet = list(met), list(lapsed), list(extended), list(unmet)
    case.stage = way.to
    Duty.objects.filter(pk__in=[duty.pk for duty in unmet]).update(met_at=None)
    for duty, until in extended:
        Duty.objects.filter(pk=duty.pk, extended_at=None).update(due_at=until, extended_at=at)
    for duty in met:
        Duty.objects.filter(pk=duty.pk, met_at=None).update(met_at=at)
    for duty in lapsed:
        Duty.objects.filter(pk=duty.pk, lapsed_at=None).update(lapsed_at=at)
    for new in new_duties:
        insert(
            Duty(
                org_id=case.org_id,
                case=case,
                paper=new.paper,
                owed=new.owed,
                holder=new.turn.holder,
                since=at,
                due_at=new.turn.due_at,
            )
        )
    _show_duty(case, new_duties if not case.seq else None)
    moved = {
        **(facts or {}),
        "role": role,
        "bookmark": bookmark(case),
        "owed": [[new.paper.number, new.owed, new.turn.holder, stamp(new.turn.due_at)] for new in new_duties],
        "met": [[duty.paper.number, duty.holder] for duty in met],
        "lapsed": [[duty.paper.number, duty.holder] for duty in lapsed],
        "extended": [[duty.paper.number, duty.holder, stamp(until)] for duty, until in extended],
        "unmet": [[duty.paper.number, duty.holder] for duty in unmet],
        "grants": [[grant.pk, access_mark(grant)] for grant in grants],
        "promised": vars(case).pop(_MENTIONED, {}),
    }
    payload, hash_ = _link(case.uid, case.seq + 1, case.head, step, by=by, at=at, papers=papers, facts=moved)
    event = insert(
        Event(
            org_id=case.org_id,
            case=case,
            seq=case.seq + 1,
            step=step,
            by=label(by),
            at=at,
            paper=papers[0] if papers else None,
            payload=payload,
            hash=hash_,
        )
    )
    case.seq, case.head = event.seq, event.hash
    update(case)
    return event


def mention(case: Case, what: str, entry: Sequence[int | str]) -> None:
    """Let the next event of `case` tell of something outside the case file that the same step made or ended.

    `what` is the list in the event's "promised" that takes the `entry`: references, choices and hashes.
    """
    told: dict[str, list[Sequence[int | str]]] = vars(case).setdefault(_MENTIONED, {})
    told.setdefault(what, []).append(entry)


def enter_register(org: Organisation, step: str, *, by: Actor, at: datetime, facts: Mapping[str, Any]) -> Event:
    """Write a change of people, roles, places or editions on the organisation's own chain."""
    register, _ = Register.objects.select_for_update().get_or_create(org=org)
    register.salt = bytes(register.salt) or new_salt()
    names = setting_names()
    settings = {"settings": [names, settings_mark(org.pk, names, register.salt)]}
    place = (f"register:{org.pk}", register.seq + 1, register.head)
    payload, hash_ = _link(*place, step, by=by, at=at, papers=(), facts=facts, beside=settings)
    event = Event.objects.create(
        org=org, seq=register.seq + 1, step=step, by=label(by), at=at, payload=payload, hash=hash_
    )
    register.seq, register.head = event.seq, event.hash
    register.save()
    return event


_MENTIONED: Final = "mentioned_for_the_next_event"

# What stands in no event of a record begun before it was kept: it was so then.
BEFORE: Final[Mapping[str, Any]] = {
    "lane": Lane.ORDINARY,
    "subject": Subject.POST,
    "account": None,
    "thread": "",
    "hidden": False,
    "sealed": False,
}


def bookmark(case: Case) -> dict[str, Any]:
    """Return what the bookmark says, as it stands in each event: replay compares it with the row."""
    return {
        "opened_at": stamp(case.opened_at),
        "policy": case.policy_id,
        "procedure": case.procedure_edition_id,
        "stage": case.stage,
        "outcome": case.outcome,
        "standing": case.standing,
        "claimed_by": case.claimed_by_id,
        "post": case.post_id,
        "platform": case.platform_id,
        "urgent": case.urgent,
        "lane": case.lane,
        "subject": case.subject,
        "account": case.account_id,
        "thread": case.thread,
        "hidden": case.hidden,
        "sealed": case.sealed,
        "reports": case.reports,
        "filed": case.filed,
        "duty": case.duty,
        "due_at": stamp(case.due_at) if case.due_at else None,
        "settles_at": stamp(case.settles_at) if case.settles_at else None,
    }


def access_mark(grant: Grant) -> str:
    """Return the hash by which an event knows a grant: whose access it is, to what, and by which nonce."""
    what = {"party": grant.party, "paper": grant.paper_id, "nonce": grant.nonce, "code": grant.code_hash}
    return digest(canonical_bytes({**what, "ends_at": stamp(grant.ends_at) if grant.ends_at else None}))


def _show_duty(case: Case, only: Sequence[NewDuty] | None) -> None:
    """Show on the bookmark the earliest answer still owed, and by whom.

    When everybody has let their time pass, the last to be added stays there, overdue: silence never decides.
    """
    if only is not None:  # a case that has just been opened: nothing else can be owed
        owed = [(new.turn.due_at, new.turn.holder) for new in only]
    else:
        rows = list(Duty.objects.filter(case=case, met_at=None).order_by("due_at", "pk"))
        running = [duty for duty in rows if duty.lapsed_at is None]
        owed = [(duty.due_at, Role(duty.holder)) for duty in running or rows[-1:]]
    case.due_at = owed[0][0] if owed else None
    case.duty = owed[0][1] if owed else ""


def _link(
    uid: str,
    seq: int,
    before: str,
    step: str,
    *,
    by: Actor,
    at: datetime,
    papers: Sequence[Paper],
    facts: Mapping[str, Any],
    beside: Mapping[str, Any] | None = None,
) -> tuple[bytes, str]:
    payload = canonical_bytes(
        {
            **(beside or {}),
            "of": uid,
            "seq": seq,
            "before": before,
            "step": step,
            "by": label(by),
            "at": stamp(at),
            "papers": [[paper.number, paper.hash] for paper in papers],
            "facts": json.loads(canonical_bytes(facts)),
        }
    )
    return payload, digest(payload)
