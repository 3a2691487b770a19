"""The audit finds what was changed behind the software's back, and names the case."""

import json
from datetime import timedelta

import pytest
from django.db.models import F

from folkmoot.archive.models import Account
from folkmoot.casefile.models import Attachment, Case, Duty, Event, Grant, Paper, PaperText, Redaction, Register
from folkmoot.editions.models import Clause, PolicyEdition, ProcedureEdition
from folkmoot.kernel.canonical import canonical_bytes, digest, new_salt
from folkmoot.kernel.tokens import new_nonce
from folkmoot.members.models import RoleHeld
from folkmoot.procedure.words import Outcome, Role, Stage
from folkmoot.steps.attach import Upload
from folkmoot.steps.file_report import file_report
from tests import cast
from tests.tampering import guards_down


@pytest.fixture
def matter(db):
    """Return a case that is final, beside another that was only reported."""
    people = cast.branch()
    beside = cast.post(people.org, people.place, text="Come to the meeting on Monday.", native_id="200")
    file_report(people.org, cast.a_report(people, post=beside), at=cast.day(0))
    return cast.finalised(people)


def findings(matter, says):
    """Return what the audit finds; all of it is about this case, and something of it says `says`."""
    found = cast.lay_open(matter.branch.org)
    assert found
    assert all(line.startswith(f"case {matter.pk}: ") for line in found), found
    assert any(says in line for line in found), found
    return found


def test_a_case_from_report_to_the_end_agrees_with_its_record(matter):
    assert cast.lay_open(matter.branch.org) == []


@pytest.mark.parametrize("stage", ["reported", "decided", "appealed", "reconsidered", "before_executive", "minuted"])
def test_a_case_at_every_stage_agrees_with_its_record(db, stage):
    assert cast.lay_open(getattr(cast, stage)().branch.org) == []


# Events


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


# Papers


@pytest.mark.parametrize("kind", [Paper.Kind.DECISION, Paper.Kind.REPORT, Paper.Kind.MINUTE, Paper.Kind.NOTICE])
def test_an_edited_text_of_a_paper_is_found(matter, kind):
    text = matter.papers(kind)[0].texts.order_by("field").first()
    with guards_down():
        PaperText.objects.filter(pk=text.pk).update(text=f"{text.text} And more.")
    assert findings(matter, f"the {text.field} of paper {text.paper.number} was edited") == [
        f"case {matter.pk}: the {text.field} of paper {text.paper.number} was edited"
    ]


def test_a_text_edited_together_with_its_salt_is_found(matter):
    text = matter.papers(Paper.Kind.DECISION)[0].texts.get(field="reasons")
    with guards_down():
        PaperText.objects.filter(pk=text.pk).update(text="Other reasons.", salt=new_salt())
    findings(matter, "the reasons of paper")


def test_the_edited_body_of_a_paper_is_found(matter):
    paper = matter.papers(Paper.Kind.MINUTE)[0]
    body = bytes(paper.body).replace(b'"answer":"overturned"', b'"answer":"stands"')
    assert body != bytes(paper.body)
    with guards_down():
        Paper.objects.filter(pk=paper.pk).update(body=body)
    findings(matter, f"paper {paper.number} was edited")
    with guards_down():
        Paper.objects.filter(pk=paper.pk).update(hash=digest(body))
    findings(matter, f"tells of paper {paper.number}, which is gone or another")


@pytest.mark.parametrize(
    "change", [{"by": "person:1"}, {"kind": "reconsideration"}, {"at": cast.day(30)}, {"answers": None}]
)
def test_a_paper_whose_columns_were_changed_is_found(matter, change):
    paper = matter.papers(Paper.Kind.MINUTE)[0]
    with guards_down():
        Paper.objects.filter(pk=paper.pk).update(**change)
    findings(matter, f"paper {paper.number} says something else in its columns")


def test_a_paper_put_in_without_an_event_is_found(matter):
    case = matter.case
    number = case.papers.count() + 1
    body = canonical_bytes(
        {"case": case.uid, "number": number, "kind": "decision", "by": "person:1", "at": "", "facts": {}, "texts": {}}
    )
    Paper.objects.create(
        org=case.org,
        case=case,
        number=number,
        kind="decision",
        by="person:1",
        at=cast.day(1),
        body=body,
        hash=digest(body),
    )
    findings(matter, f"paper {number} was put in without an event")


def test_a_text_that_is_gone_or_was_added_is_found(matter):
    text = matter.papers(Paper.Kind.REPORT)[0].texts.get(field="words")
    with guards_down():
        PaperText.objects.filter(pk=text.pk).update(field="other")
    findings(matter, "has lost or gained a text")


def test_a_text_blanked_without_a_redaction_is_found_and_with_one_is_not(matter):
    text = matter.papers(Paper.Kind.REPORT)[0].texts.get(field="name")
    with guards_down():
        PaperText.objects.filter(pk=text.pk).update(text="", salt=b"")
    findings(matter, "the name of paper")
    Redaction.objects.create(org=text.org, papertext=text, reason="asked for", by="person:1", at=cast.day(9))
    assert cast.lay_open(matter.branch.org) == []


# Files


@pytest.fixture
def with_file(db):
    """Return a reported case whose report came with a picture."""
    return cast.reported(files=[Upload("screen.png", "image/png", b"the picture")])


def test_a_changed_file_is_found(with_file):
    with guards_down():
        Attachment.objects.update(content=b"another picture", hash=digest(b"another picture"))
    findings(with_file, "the files of paper 1 are not those that came with it")


def test_a_file_that_is_gone_is_found(with_file):
    with guards_down():
        Attachment.objects.all().delete()
    findings(with_file, "the files of paper 1 are not those that came with it")


def test_a_file_that_was_added_is_found(with_file):
    paper = with_file.papers(Paper.Kind.REPORT)[0]
    Attachment.objects.create(
        org=paper.org, paper=paper, number=2, name="b", media_type="image/png", content=b"b", hash=digest(b"b")
    )
    findings(with_file, "the files of paper 1 are not those that came with it")


# The bookmark, who owes an answer, who has access


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("stage", Stage.RECEIVED),
        ("outcome", Outcome.NO_BREACH),
        ("standing", True),
        ("urgent", True),
        ("reports", 2),
        ("duty", Role.SECRETARY),
        ("due_at", cast.day(60)),
        ("settles_at", cast.day(60)),
        ("opened_at", cast.day(-3)),
        ("post", None),
        ("platform", None),
    ],
)
def test_a_changed_bookmark_is_found(matter, column, value):
    Case.objects.filter(pk=matter.pk).update(**{column: value})
    findings(matter, f"the bookmark is not where the last event left it ({column})")


def test_a_bookmark_that_says_who_has_the_case_is_found(matter):
    Case.objects.filter(pk=matter.pk).update(claimed_by=matter.branch.operator)
    findings(matter, "left it (claimed_by)")


def test_a_case_put_under_other_rules_is_found(matter):
    case = matter.case
    lenient = case.procedure_edition
    lenient.pk, lenient.number = None, 2
    lenient.save()
    Case.objects.filter(pk=matter.pk).update(procedure_edition=lenient)
    found = cast.lay_open(matter.branch.org)
    assert f"case {matter.pk}: the bookmark is not where the last event left it (procedure)" in found


@pytest.mark.parametrize(
    "change",
    [
        {"due_at": cast.day(90)},
        {"met_at": None},
        {"lapsed_at": cast.day(6)},
        {"holder": "secretary"},
        {"owed": "appeal"},
    ],
)
def test_a_changed_duty_is_found(matter, change):
    duty = Duty.objects.filter(case=matter.pk, owed="report").get()
    Duty.objects.filter(pk=duty.pk).update(**change)
    findings(matter, "who owes an answer by when")


def test_a_duty_that_is_gone_or_was_added_is_found(matter):
    duty = Duty.objects.filter(case=matter.pk, owed="report").get()
    with guards_down():
        Duty.objects.filter(pk=duty.pk).delete()
    findings(matter, "who owes an answer by when")
    duty.save(force_insert=True)
    assert cast.lay_open(matter.branch.org) == []
    duty.pk, duty.holder = None, Role.SECRETARY
    duty.save()
    findings(matter, "who owes an answer by when")


def test_a_grant_that_was_added_is_found(matter):
    paper = matter.papers(Paper.Kind.DECISION)[0]
    Grant.objects.create(
        org=paper.org, case=matter.case, party=Role.AUTHOR, paper=paper, nonce=new_nonce(), made_at=cast.day(1)
    )
    findings(matter, "the parties' access is not what the events say")


@pytest.mark.parametrize(
    "change", [{"party": Role.AUTHOR}, {"nonce": "0" * 32}, {"code_hash": "0" * 64}, {"ends_at": cast.day(900)}]
)
def test_a_changed_grant_is_found(matter, change):
    grant = Grant.objects.get(case=matter.pk, party=Role.REPORTER)
    with guards_down():
        Grant.objects.filter(pk=grant.pk).update(**change)
    findings(matter, "the parties' access is not what the events say")


# The organisation's own register


def in_register(matter, says):
    found = cast.lay_open(matter.branch.org)
    assert any(line.startswith(f"the register of {matter.branch.org.name}: ") and says in line for line in found), found


def test_an_edited_or_deleted_entry_of_the_register_is_found(matter):
    entry = Event.objects.filter(org=matter.branch.org, case=None, step="give_role").order_by("seq").last()
    facts = json.loads(bytes(entry.payload))
    with guards_down():
        Event.objects.filter(pk=entry.pk).update(payload=canonical_bytes({**facts, "by": "person:99"}))
    in_register(matter, f"event {entry.seq} was edited")
    with guards_down():
        Event.objects.filter(pk=entry.pk).delete()
    in_register(matter, f"event {entry.seq} is missing")


def test_a_cut_tail_of_the_register_is_found(matter):
    last = Event.objects.filter(org=matter.branch.org, case=None).order_by("seq").last()
    with guards_down():
        Event.objects.filter(pk=last.pk).delete()
    in_register(matter, f"the bookmark knows {last.seq} events")


def test_a_register_that_forgets_everything_is_found(matter):
    with guards_down():
        Register.objects.filter(org=matter.branch.org).delete()
    in_register(matter, "the bookmark knows 0 events")


def test_an_edited_clause_is_found(matter):
    with guards_down():
        Clause.objects.filter(org=matter.branch.org, code="H1").update(text="We do not attack the Executive.")
    in_register(matter, "the text of Harbour branch rules, edition 1 is not the one that was published")


def test_an_edition_with_another_date_is_found(matter):
    with guards_down():
        PolicyEdition.objects.filter(org=matter.branch.org).update(in_force_from=cast.day(5).date())
    in_register(matter, "is not the one that was published")


def test_an_edited_procedure_is_found(matter):
    edition = ProcedureEdition.objects.get(org=matter.branch.org)
    facts = bytes(edition.facts).replace(b'"quorum":3', b'"quorum":1')
    assert facts != bytes(edition.facts)
    with guards_down():
        ProcedureEdition.objects.filter(pk=edition.pk).update(facts=facts)
    in_register(matter, "the procedure is not the one that was published")


def test_a_role_that_nobody_gave_is_found(matter):
    RoleHeld.objects.create(
        org=matter.branch.org, person=matter.branch.author, role=Role.EXECUTIVE, since=cast.FOUNDED + timedelta(days=1)
    )
    in_register(matter, "who holds which role")


def test_a_role_taken_away_in_silence_is_found(matter):
    RoleHeld.objects.filter(org=matter.branch.org, role=Role.SECRETARY).update(until=cast.day(1))
    in_register(matter, "who holds which role")


def test_what_lies_outside_the_record_may_change(matter):
    Account.objects.filter(pk=matter.branch.account.pk).update(name="Rowan P.")
    assert cast.lay_open(matter.branch.org) == []
