"""The audit finds events that were changed behind the software's back, and names the case."""

import pytest
from django.db.models import F

from folkmoot.casefile.models import Case, Event
from folkmoot.kernel.canonical import canonical_bytes, digest
from folkmoot.procedure.words import Stage
from tests import cast
from tests.tampering import findings, guards_down


def test_a_case_from_report_to_the_end_agrees_with_its_record(matter):
    assert cast.lay_open(matter.branch.org) == []


@pytest.mark.parametrize("stage", ["reported", "decided", "appealed", "reconsidered", "before_executive", "minuted"])
def test_a_case_at_every_stage_agrees_with_its_record(db, stage):
    assert cast.lay_open(getattr(cast, stage)().branch.org) == []


def test_an_edited_event_is_found(matter):
    event = Event.objects.get(case=matter.pk, step="decide")
    payload = bytes(event.payload).replace(b'"outcome":"remove"', b'"outcome":"warn"')
    assert payload != bytes(event.payload)
    with guards_down():
        Event.objects.filter(pk=event.pk).update(payload=payload)
    findings(matter, f"event {event.seq} was edited")


def test_an_event_edited_together_with_its_hash_is_found_at_the_next(matter):
    event = Event.objects.get(case=matter.pk, step="decide")
    payload = bytes(event.payload).replace(b'"outcome":"remove"', b'"outcome":"warn"')
    with guards_down():
        Event.objects.filter(pk=event.pk).update(payload=payload, hash=digest(payload))
    findings(matter, f"event {event.seq + 1} does not follow")


@pytest.mark.parametrize(
    "change",
    [{"by": "person:1"}, {"step": "claim"}, {"at": cast.day(30)}],
    ids=["who", "what", "when"],
)
def test_a_column_that_says_something_else_than_the_hashed_text_is_found(matter, change):
    event = Event.objects.get(case=matter.pk, step="reconsider")
    with guards_down():
        Event.objects.filter(pk=event.pk).update(**change)
    findings(matter, f"event {event.seq} says something else in its columns")


def test_a_deleted_event_is_found(matter):
    event = Event.objects.get(case=matter.pk, step="reconsider")
    with guards_down():
        Event.objects.filter(pk=event.pk).delete()
    findings(matter, f"event {event.seq} is missing")


def test_a_deleted_event_is_found_when_the_others_close_ranks(matter):
    event = Event.objects.get(case=matter.pk, step="reconsider")
    with guards_down():
        Event.objects.filter(pk=event.pk).delete()
        for later in Event.objects.filter(case=matter.pk, seq__gt=event.seq).order_by("seq"):
            Event.objects.filter(pk=later.pk).update(seq=F("seq") - 1)
    findings(matter, f"event {event.seq} does not follow the one before it")


def test_events_in_another_order_are_found(matter):
    first, second = Event.objects.filter(case=matter.pk, step__in=["lodge_appeal", "decide"]).order_by("seq")
    with guards_down():
        Event.objects.filter(pk=first.pk).update(seq=1000)
        Event.objects.filter(pk=second.pk).update(seq=first.seq)
        Event.objects.filter(pk=first.pk).update(seq=second.seq)
    findings(matter, f"event {first.seq} does not follow the one before it")


def test_a_cut_tail_is_found(matter):
    last = Event.objects.filter(case=matter.pk).order_by("seq").last()
    with guards_down():
        Event.objects.filter(pk=last.pk).delete()
    findings(matter, f"the bookmark knows {last.seq} events")


def test_a_cut_tail_is_found_even_when_the_bookmark_forgets_it(matter):
    *_, before, last = Event.objects.filter(case=matter.pk).order_by("seq")
    with guards_down():
        Event.objects.filter(pk=last.pk).delete()
        Case.objects.filter(pk=matter.pk).update(seq=before.seq, head=before.hash)
    findings(matter, "the bookmark is not where the last event left it (")


def test_an_event_moved_to_another_case_is_found_in_both(matter):
    other = Case.objects.exclude(pk=matter.pk).get()
    last = Event.objects.filter(case=matter.pk).order_by("seq").last()
    with guards_down():
        Event.objects.filter(pk=last.pk).update(case=other, seq=other.seq + 1)
    named = {line.partition(":")[0] for line in cast.lay_open(matter.branch.org)}
    assert named == {f"case {matter.pk}", f"case {other.pk}"}


def test_a_forged_event_at_the_end_is_found_though_its_hash_fits(matter):
    case = matter.case
    facts = {"role": "system", "bookmark": {"stage": "received"}, "owed": [], "met": [], "lapsed": [], "grants": []}
    at = cast.day(9)
    payload = canonical_bytes(
        {
            "of": case.uid,
            "seq": case.seq + 1,
            "before": case.head,
            "step": "decide",
            "by": "system",
            "at": at.isoformat(timespec="microseconds"),
            "papers": [],
            "facts": facts,
        }
    )
    Event.objects.create(
        org=case.org,
        case=case,
        seq=case.seq + 1,
        step="decide",
        by="system",
        at=at,
        payload=payload,
        hash=digest(payload),
    )
    Case.objects.filter(pk=case.pk).update(seq=case.seq + 1, head=digest(payload), stage=Stage.RECEIVED)
    findings(matter, "(decide) is a step that the procedure does not allow there")
