"""Somebody who holds the database, knows the software, and counts all hashes anew after each change.

What they do not hold is the key that signs checkpoints, and the copy of the file that is kept elsewhere.
"""

import json
from datetime import datetime
from random import Random
from typing import Any

from django.db.models import Model

from folkmoot.archive.models import Contact
from folkmoot.casefile.assessed import ReportAssessment, ReportToAssess
from folkmoot.casefile.audit import _duties_told
from folkmoot.casefile.models import (
    AccessLog,
    Attachment,
    Case,
    Duty,
    Event,
    Grant,
    Measure,
    Paper,
    PaperText,
    Reading,
    Register,
    Sought,
)
from folkmoot.casefile.record import bookmark
from folkmoot.kernel.canonical import canonical_bytes, commitment, digest, new_salt
from folkmoot.members.models import Organisation, RoleHeld
from folkmoot.outbox.audit import _state, _told
from folkmoot.outbox.models import Attempt, Dispatch, Task
from folkmoot.pinboard.models import CaseKind, Looking

_COLUMNS = {"policy": "policy_id", "procedure": "procedure_edition_id", "claimed_by": "claimed_by_id"}
_COLUMNS |= {name: f"{name}_id" for name in ("post", "platform", "account")}
_TIMES = ("opened_at", "due_at", "settles_at")


class CaseForgery:
    """One case taken apart: change `payloads` and `bodies`, then `put_back` as if it had always been so."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.payloads = [json.loads(bytes(event.payload)) for event in case.events.order_by("seq")]
        self.bodies = {paper.number: json.loads(bytes(paper.body)) for paper in case.papers.order_by("number")}

    def put_back(self) -> None:
        """Write papers, events, bookmark, duties, letters and tasks so that all of it agrees again."""
        told = {number for payload in self.payloads for number, _ in payload["papers"]}
        _delete(Event, case=self.case)
        self._forget_papers(set(self.bodies) - told)
        hashes = {}
        for number, body in self.bodies.items():
            written = canonical_bytes(body)
            hashes[number] = digest(written)
            columns = {"by": body["by"], "at": _time(body["at"]), "kind": body["kind"]}
            Paper.objects.filter(case=self.case, number=number).update(body=written, hash=hashes[number], **columns)
        for payload in self.payloads:
            payload["papers"] = [[number, hashes[number]] for number, _ in payload["papers"] if number in hashes]
        seq, head = rechain(self.case.org, self.payloads, case=self.case)
        self._move_bookmark(seq, head)
        self._owe()
        self._promise()

    def _forget_papers(self, numbers: set[int]) -> None:
        gone = list(Paper.objects.filter(case=self.case, number__in=numbers))
        _delete(Attempt, dispatch__paper__in=gone)
        for model in (Task, Dispatch, Measure, Duty, Grant, Attachment, PaperText, ReportToAssess, ReportAssessment):
            _delete(model, paper__in=gone)
        for event in self.payloads:
            event["facts"]["grants"] = [
                entry for entry in event["facts"]["grants"] if Grant.objects.filter(pk=entry[0]).exists()
            ]
        Paper.objects.filter(case=self.case, answers__in=gone).update(answers=None)
        _delete(Paper, pk__in=[paper.pk for paper in gone])
        for number in numbers:
            del self.bodies[number]

    def _move_bookmark(self, seq: int, head: str) -> None:
        said = self.payloads[-1]["facts"]["bookmark"]
        known = bookmark(Case.objects.select_related("procedure_edition").get(pk=self.case.pk))
        moved = {name: value for name, value in said.items() if known[name] != value}
        columns = {_COLUMNS.get(name, name): _time(value) if name in _TIMES else value for name, value in moved.items()}
        Case.objects.filter(pk=self.case.pk).update(seq=seq, head=head, **columns)

    def _owe(self) -> None:
        told = _duties_told(list(Event.objects.filter(case=self.case).order_by("seq")))
        for duty in Duty.objects.filter(case=self.case).select_related("paper"):
            said = told.get((duty.paper.number, str(duty.holder)))
            if said is None:
                _delete(Duty, pk=duty.pk)
                continue
            _owed, since, due, met, lapsed = said
            times = {"since": since, "due_at": due, "met_at": met, "lapsed_at": lapsed}
            Duty.objects.filter(pk=duty.pk).update(**{name: _time(value) for name, value in times.items()})

    def _promise(self) -> None:
        told = _told(self.case.org)
        _delete(Task, pk__in=[task.pk for task in self.case.tasks.all() if task.pk not in told.tasks])
        strange = [letter.pk for letter in self.case.dispatches.all() if letter.pk not in told.letters]
        _delete(Attempt, dispatch__in=strange)
        _delete(Dispatch, pk__in=strange)
        for task in Task.objects.filter(case=self.case):
            Task.objects.filter(pk=task.pk).update(state=_state(task, told))
        for letter in Dispatch.objects.filter(case=self.case):
            if letter.pk not in told.outcomes and letter.pk not in told.called_off:
                Dispatch.objects.filter(pk=letter.pk).update(state=Dispatch.State.WAITING)


def rechain(org: Organisation, payloads: list[dict[str, Any]], *, case: Case | None) -> tuple[int, str]:
    """Write a chain of events anew, each bound to the one before it; returns its length and its last hash."""
    _delete(Event, org=org, case=case)
    papers = {paper.number: paper for paper in case.papers.all()} if case else {}
    head = ""
    for seq, payload in enumerate(payloads, start=1):
        payload |= {"seq": seq, "before": head}
        written = canonical_bytes(payload)
        head = digest(written)
        Event.objects.create(
            org=org,
            case=case,
            seq=seq,
            step=payload["step"],
            by=payload["by"],
            at=_time(payload["at"]),
            paper=papers[payload["papers"][0][0]] if payload["papers"] else None,
            payload=written,
            hash=head,
        )
    if case is None:
        Register.objects.filter(org=org).update(seq=len(payloads), head=head)
    return len(payloads), head


def register_payloads(org: Organisation) -> list[dict[str, Any]]:
    """Return what the register says, entry by entry."""
    return [json.loads(bytes(event.payload)) for event in Event.objects.filter(org=org, case=None).order_by("seq")]


def readings(org: Organisation) -> list[dict[str, Any]]:
    """Return what the access log says, entry by entry."""
    return [json.loads(bytes(one.payload)) for one in Reading.objects.filter(org=org).order_by("seq")]


def rewrite_readings(org: Organisation, payloads: list[dict[str, Any]]) -> None:
    """Write the access log anew, each entry bound to the one before it."""
    _delete(Reading, org=org)
    head, earlier = "", digest(canonical_bytes({"earlier": []}))
    for seq, payload in enumerate(payloads, start=1):
        payload |= {"seq": seq, "before": head}
        payload.pop("earlier", None)
        if seq == 1:
            payload["earlier"] = earlier
        written = canonical_bytes(payload)
        head = digest(written)
        case = Case.objects.filter(uid=payload["case"]).first() if payload["case"] else None
        Reading.objects.create(
            org=org,
            case=case,
            by=payload["by"],
            what=payload["what"],
            at=_time(payload["at"]),
            seq=seq,
            payload=written,
            hash=head,
        )
    AccessLog.objects.filter(org=org).update(seq=len(payloads), head=head)


def remove_case(case: Case) -> None:
    """Let a case never have been: its rows go, and so does what the access log says of it."""
    kept = [entry for entry in readings(case.org) if entry["case"] != case.uid]
    rewrite_readings(case.org, kept)
    _delete(Attempt, dispatch__case=case)
    for model in (Task, Dispatch, Measure, Duty, Event, Grant):
        _delete(model, case=case)
    _delete(Attachment, paper__case=case)
    _delete(PaperText, paper__case=case)
    Paper.objects.filter(case=case).update(answers=None)
    _delete(ReportToAssess, paper__case=case)
    _delete(ReportAssessment, paper__case=case)
    _delete(Paper, case=case)
    _delete(Sought, root=case)
    _delete(CaseKind, case=case)
    _delete(Looking, case=case)
    _delete(Case, pk=case.pk)


def rewrite_text(case: Case, chance: Random) -> str:
    """Let somebody have written something else, with a new salt and commitment; returns which text."""
    text = chance.choice(list(PaperText.objects.filter(paper__case=case).select_related("paper").order_by("pk")))
    forgery, salt, words = CaseForgery(case), new_salt(), f"{text.text} Or so."
    PaperText.objects.filter(pk=text.pk).update(text=words, salt=salt)
    forgery.bodies[text.paper.number]["texts"][text.field] = commitment(salt, words)
    forgery.put_back()
    return f"{text.field} of paper {text.paper.number}"


def forget_roles(org: Organisation, payloads: list[dict[str, Any]]) -> None:
    """Let people hold the roles that `payloads`, the register's, give them, and no other."""
    given = [(p["facts"]["person"], p["facts"]["role"], _time(p["at"])) for p in payloads if p["step"] == "give_role"]
    _delete(RoleHeld, org=org)
    for person, role, since in given:
        RoleHeld.objects.create(org=org, person_id=person, role=role, since=since)
    noted = {p["facts"]["contact"] for p in payloads if p["step"] == "note_contact"}
    unknown = Contact.objects.filter(org=org).exclude(pk__in=noted).values_list("pk", flat=True)
    _delete(Contact, pk__in=list(unknown))


def _delete(model: type[Model], **which: Any) -> None:
    rows = model._default_manager.filter(**which)
    rows._raw_delete(rows.db)  # past Django's own care


def _time(stamped: str | None) -> datetime | None:
    return datetime.fromisoformat(stamped) if stamped else None
