"""A case becomes final: the Executive's word is confirmed, or nobody objected in time (Mg)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Duty, Grant, Paper, Reading
from folkmoot.casefile.record import SYSTEM, locked, procedure_of
from folkmoot.kernel.errors import StalePage
from folkmoot.notices.letters import Letter, executive_decided, link_mark
from folkmoot.outbox.marks import new_marker
from folkmoot.outbox.models import Dispatch
from folkmoot.outbox.promise import call_off
from folkmoot.procedure.words import Answer, Role, Stage, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.reviews import open_reviews
from folkmoot.steps.service import service_pending
from folkmoot.steps.tell import open_to_author, tell_author, tell_reporters
from folkmoot.steps.vary import Instead, instead_of, now_holds, overturn, put_in_place


def make_final(case_id: int, *, at: datetime) -> bool:
    """Make the case final if its time has come; says whether it did. Safe to call twice at once."""
    if not _is_due(Case.objects.get(pk=case_id), at=at):  # asked each second: no lock is taken for what waits
        return False
    with transaction.atomic():
        case = locked(case_id)
        if not _is_due(case, at=at):
            return False
        _settle(case, at=at)
        return True


def settles_by_silence(case: Case) -> datetime | None:
    """Return when the case becomes final by itself, or `None` while nothing says when.

    Mg: nobody agrees by saying nothing to what they were not told. So a minute waits until its letter to each who
    sat and has not confirmed has left, or they have opened the page; from then on they have their 48 hours.
    """
    minute = minute_of(case) if case.stage == Stage.MINUTED else None
    if minute is None and open_reviews(case):
        return None  # Sh: somebody still waits to hear whether it is decided afresh
    if case.settles_at is None or minute is None:
        return case.settles_at
    told = _told(minute)
    silent = {int(pk) for pk in minute.facts["votes"]} - confirmed(minute)
    if not silent <= told.keys():
        return None
    span = timedelta(hours=procedure_of(case).limits.objection_hours)
    return max([case.settles_at, *(told[pk] + span for pk in silent)])


def settle_if_confirmed(case: Case, *, at: datetime) -> bool:
    """Make a minuted case final when everybody who sat has confirmed. Call with the case locked."""
    minute = minute_of(case)
    if case.stage != Stage.MINUTED or minute is None:
        return False
    if set(minute.facts["votes"]) - {str(pk) for pk in confirmed(minute)}:
        return False
    _settle(case, at=at)
    return True


def minute_of(case: Case) -> Paper | None:
    """Return the newest minute of the case, or `None`."""
    return case.papers.filter(kind=Paper.Kind.MINUTE).order_by("-number").first()


def require_read(minute: Paper, read: int | None) -> None:
    """Raise `StalePage` unless `read`, the number of the minute that a page showed, is that of `minute`."""
    if read is not None and read != minute.number:
        raise StalePage(
            gettext("The meeting was recorded anew since you opened the page. Please read what is new, then answer.")
        )


def confirmed(minute: Paper) -> set[int]:
    """Return the numbers of the people who have confirmed the minute."""
    answers = minute.answered_by.filter(kind=Paper.Kind.CONFIRMATION)
    return {*minute.facts["confirmed"], *(paper.facts["person"] for paper in answers)}


def _is_due(case: Case, *, at: datetime) -> bool:
    if case.settles_at is None or case.settles_at > at:
        return False
    settles = settles_by_silence(case)
    return settles is not None and settles <= at and not service_pending(case)


def _told(minute: Paper) -> dict[int, datetime]:
    """Return who has been told of the minute, by letter or by opening its page, and when first."""
    letters = Dispatch.objects.filter(kind="minute_to_confirm", paper__answers=minute, state=Dispatch.State.SENT)
    sent = letters.select_related("paper")
    heard = [(row.paper.facts["person"], row.sent_at) for row in sent if row.paper and row.sent_at]
    opened = Reading.objects.filter(case=minute.case_id, what="confirmation", at__gte=minute.at)
    heard += [(int(row.by.removeprefix("person:")), row.at) for row in opened]
    told: dict[int, datetime] = {}
    for person, when in sorted(heard, key=itemgetter(1)):
        told.setdefault(person, when)
    return told


def _settle(case: Case, *, at: datetime) -> None:
    papers, grants = [], []
    minute = minute_of(case)
    if case.stage == Stage.MINUTED and minute is not None:
        grant = open_to_author(case, minute, at=at)
        grants.append(grant)
        papers = _tell(case, minute, grant, at=at)
        call_off(case, Dispatch.objects.filter(case=case, kind="minute_to_confirm"))  # there is nothing to confirm now
    case.settles_at, case.claimed_by = None, None
    owed = Duty.objects.filter(case=case, met_at=None).select_related("paper")
    advance(case, Step.MAKE_FINAL, by=SYSTEM, role=Role.SYSTEM, at=at, papers=papers, grants=grants, met=owed)


def _tell(case: Case, minute: Paper, grant: Grant, *, at: datetime) -> list[Paper]:
    instead = instead_of(minute)
    letter = executive_letter(case, minute.facts, minute.words["reasons"], instead, grant=grant)
    if minute.facts["answer"] == Answer.OVERTURNED:
        overturn(case, because=minute, at=at)
    if instead:
        put_in_place(case, instead, because=minute, at=at)
    notice = tell_author(case, letter, grant=grant, at=at, about=minute)
    return [notice, *tell_reporters(case, about=minute, at=at)]


def executive_letter(
    case: Case, facts: Mapping[str, Any], reasons: str, instead: Instead | None, *, grant: Grant | None
) -> Letter:
    """Return the author's letter for a minute with these `facts`, before anything has changed; or as a preview."""
    marker = new_marker()
    return executive_decided(
        case.org,
        answer=Answer(facts["answer"]),
        reasons=reasons,
        sat=len(facts["votes"]),
        aside=len(facts["aside"]),
        too_few=facts["necessity"] and len(facts["votes"]) < facts["quorum"],
        necessity=facts.get("by_necessity", False),
        now=now_holds(case, instead) if instead else "",
        link=link_mark(marker, grant.pk) if grant else "(a link that only the author gets)",
        marker=marker,
    )
