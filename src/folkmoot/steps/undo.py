"""What somebody has just decided is taken back, within a minute and before anything has left.

Nothing is erased: the paper stays in the file, an UNDO paper answers it, and from then on it counts no more. Later
posts that went with a removal in that minute (Md) are taken back with it.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Duty, Event, Paper, Reading
from folkmoot.casefile.record import BEFORE, file_paper, label, locked
from folkmoot.kernel.errors import NotPermitted, StalePage
from folkmoot.members.models import Person
from folkmoot.members.prepared import prepared
from folkmoot.outbox.hooks import never_told
from folkmoot.outbox.models import Dispatch, Item, Task
from folkmoot.outbox.promise import ask_by_hand, call_off, supersede
from folkmoot.procedure.words import CAN_BE_UNDONE, Lane, Role, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.enforce import enforce, item_of
from folkmoot.steps.gone_along import came_back, gone_along, withdraw_finding
from folkmoot.steps.measures import never_ended, never_imposed
from folkmoot.steps.seek import ask_to_seek

_AT_ONCE = 20  # events that are read together
_BESIDE = (Step.RECORD_DELIVERY, Step.DECLARE_INTEREST, Step.WARN_DUE, Step.WRITE_NOTE, Step.TAKE_ALONG)


@dataclass(frozen=True)
class Undoable:
    """A step that can still be taken back: its event, its paper, and until when (that moment is too late)."""

    event: Event
    paper: Paper
    until: datetime
    along: Sequence[Case] = ()  # whose posts went with it, and are taken back too


@transaction.atomic
def undo(case_id: int, *, by: Person, at: datetime, read: int | None = None) -> Paper:
    """Take back what `by` did last in the case, and what went with it: all is as it was, and no letter leaves.

    `read` is the number of the paper that the page showed. Raises `NotPermitted` with the reason, or `StalePage`.
    """
    case = locked(case_id)
    found = undoable(case, by, at=at)
    if read is not None and read != found.paper.number:
        raise StalePage(gettext("You have decided anew since you opened the page. Please look at what is there now."))
    if case.post:
        item_of(case.post, at=at)  # the post before its tasks, as every step does
    numbers = _papers_of(found.event)
    letters = Dispatch.objects.filter(case=case, paper__number__in=numbers)
    _require_nothing_left(letters)
    opened = _opened(case, numbers, since=found.event.at)
    paper = file_paper(case, Paper.Kind.UNDO, by=by, at=at, facts={"undone": found.paper.number}, answers=found.paper)
    call_off(case, letters)
    never_told(case, found.event)
    supersede(case, Task.objects.filter(case=case, paper__number__in=numbers), at=at)
    _restore(case, found.event)
    ask_to_seek(case, at=at)  # where a removal stands once more
    _settle_post(case, paper, opened, at=at)
    never_imposed(case, found.paper, because=paper, opened=opened, at=at)
    never_ended(case, found.paper, opened=opened, at=at)
    facts = found.event.facts
    advance(
        case,
        Step.UNDO,
        by=by,
        role=Role(facts["role"]),
        at=at,
        papers=[paper],
        met=_duties(case, {(number, holder) for number, _, holder, _ in facts["owed"]}),
        unmet=_duties(case, {(number, holder) for number, holder in facts["met"]}),
    )
    for child in found.along:
        undone = undo(child.pk, by=by, at=at).answers
        if undone:
            withdraw_finding(child, undone, by=by, at=at)
    return paper


def undoable(case: Case, person: Person, *, at: datetime) -> Undoable:
    """Return what `person` can take back in the case at `at`, or raise `NotPermitted` with the reason."""
    if person.org_id != case.org_id:
        raise NotPermitted(gettext("This case belongs to another organisation."))
    event, since = _last(case)
    if event is not None and event.step == Step.UNDO and event.by == label(person):
        raise NotPermitted(gettext("You have taken it back already. Nothing of it has left."))
    if event is None or event.paper is None or event.step not in CAN_BE_UNDONE:
        raise NotPermitted(gettext("There is nothing to take back: something else has happened in the case since."))
    if event.by != label(person):
        raise NotPermitted(gettext("Only whoever has decided can take it back."))
    if Role(event.facts["role"]) not in person.offices(at=at):
        raise NotPermitted(gettext("You no longer hold the role in which you decided."))
    if case.lane == Lane.EMERGENCY:
        # D10: act first. What has left is answered by deciding anew, or on appeal.
        raise NotPermitted(gettext("In an emergency letters leave at once, so this cannot be taken back."))
    too_late = _has_left(case, event, since)
    if too_late:
        raise NotPermitted(too_late)
    until = event.at + timedelta(seconds=settings.UNDO_SECONDS)
    if at >= until:
        raise NotPermitted(
            gettext("It can be taken back for %(undo_seconds)s seconds only, and they are over.")
            % {"undo_seconds": settings.UNDO_SECONDS}
        )
    return Undoable(event, event.paper, until, _along(case, event.paper, since, person, at=at))


def not_said_until(case: Case, *, at: datetime) -> datetime | None:
    """Return until when what was done last in the case can be taken back; `None` where it stands already.

    Until then no party reads of it: what is taken back was never said.
    """
    event, since = _last(case)
    if event is None or event.step not in CAN_BE_UNDONE or case.lane == Lane.EMERGENCY:
        return None
    until = event.at + timedelta(seconds=settings.UNDO_SECONDS)
    return until if at < until and not _has_left(case, event, since) else None


_LEFT = "A letter about it has left, so this cannot be taken back any more."


def _last(case: Case) -> tuple[Event | None, list[Event]]:
    """Return what was done last in the case, and what came since that changes nothing about it."""
    since: list[Event] = []
    for event in chain(_newest(case), _older(case)):
        if event.step not in _BESIDE:
            return event, since
        since.append(event)
    return None, since


def _has_left(case: Case, event: Event, since: list[Event]) -> str:
    """Return what has reached somebody already, as a sentence; empty while nothing has."""
    if any(_is_about(one, event) for one in since):
        return _LEFT
    if _handed_over(case, _papers_of(event), since=event.at):
        return "Somebody has opened the author’s letter to hand it over, so this cannot be taken back."
    if came_back(case, event):
        return "What had gone with it is back with it, and other authors are told. So this cannot be taken back."
    return ""


def _is_about(delivery: Event, event: Event) -> bool:
    """Say whether a letter that left is one of those that `event` promised."""
    notice = delivery.paper.answers if delivery.paper and delivery.step == Step.RECORD_DELIVERY else None
    return notice is not None and notice.number in _papers_of(event)


def _along(case: Case, decision: Paper, since: list[Event], person: Person, *, at: datetime) -> list[Case]:
    """Return the cases that are taken back with `decision`, or raise `NotPermitted` where one of them cannot be."""
    for event in since:
        with_it = event.step == Step.TAKE_ALONG and event.paper and event.paper.answers_id == decision.pk
        if with_it and event.by != label(person):
            raise NotPermitted(
                gettext("Somebody else has looked at what goes with it since, so this cannot be taken back.")
            )
    children = gone_along(case, decision)
    for child in children:
        try:
            undoable(child, person, at=at)
        except NotPermitted as why:
            raise NotPermitted(
                gettext("Case %(pk)s went with it, and that cannot be taken back. %(why)s")
                % {"pk": child.pk, "why": why}
            ) from why
    return children


def _handed_over(case: Case, numbers: list[int], *, since: datetime) -> bool:
    """Say whether somebody has opened the author's letter to hand it over: it may be with them by now."""
    asked = Task.objects.filter(case=case, paper__number__in=numbers, op=Task.Op.HAND_OVER_NOTICE)
    what = [f"task {pk}" for pk in asked.values_list("pk", flat=True)]
    return bool(what) and Reading.objects.filter(case=case, what__in=what, at__gte=since).exists()


def _papers_of(event: Event) -> list[int]:
    return [number for number, _ in json.loads(bytes(event.payload))["papers"]]


def _require_nothing_left(letters: QuerySet[Dispatch]) -> None:
    """Lock the letters, so that no worker takes one in this moment; raise `NotPermitted` if one has been taken."""
    held = list(letters.order_by("pk").select_for_update(of=("self",), no_key=True))
    if any(letter.state != Dispatch.State.WAITING or letter.tries for letter in held):
        raise NotPermitted(_LEFT)


def _opened(case: Case, numbers: list[int], *, since: datetime) -> set[int]:
    """Return which of the tasks that were asked somebody has opened: they may have acted on them already."""
    tasks = Task.objects.filter(case=case, paper__number__in=numbers).values_list("pk", flat=True)
    seen = Reading.objects.filter(case=case, what__in=[f"task {pk}" for pk in tasks], at__gte=since)
    return {int(what.removeprefix("task ")) for what in seen.values_list("what", flat=True)}


def _restore(case: Case, event: Event) -> None:
    before = {**BEFORE, **case.events.get(seq=event.seq - 1).facts["bookmark"]}
    case.outcome, case.standing, case.hidden = before["outcome"], before["standing"], before["hidden"]
    case.claimed_by_id = before["claimed_by"]
    case.settles_at = datetime.fromisoformat(before["settles_at"]) if before["settles_at"] else None


def _settle_post(case: Case, paper: Paper, opened: set[int], *, at: datetime) -> None:
    asked = enforce(case, because=paper, at=at)
    acted = Task.objects.filter(pk__in=opened, op__in=Task.POST_OPS).exists()
    if asked or not acted:
        return
    if case.post:
        item = item_of(case.post, at=at)
        item.observed, item.changed_at = Item.Visibility.UNCERTAIN, at
        item.save()
    ask_by_hand(case, Task.Op.LOOK, paper=paper, at=at)


def _duties(case: Case, wanted: set[tuple[int, str]]) -> list[Duty]:
    """Return the duties that an event tells of by paper and holder."""
    rows = Duty.objects.filter(case=case).select_related("paper")
    return [duty for duty in rows if (duty.paper.number, str(duty.holder)) in wanted]


@prepared
def _newest(case: Case) -> QuerySet[Event]:
    return Event.objects.filter(case=case).select_related("paper__answers").order_by("-seq")[:_AT_ONCE]


def _older(case: Case) -> Iterator[Event]:
    """Yield the events before those, where somebody goes on to ask for them."""
    yield from case.events.select_related("paper__answers").order_by("-seq")[_AT_ONCE:].iterator(chunk_size=_AT_ONCE)
