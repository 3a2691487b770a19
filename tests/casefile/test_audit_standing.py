"""The audit finds a bookmark, duties, access, editions and roles that the record does not bear out."""

import json
from datetime import timedelta

import pytest

from folkmoot.archive.models import Account, AccountClaim
from folkmoot.casefile.models import Case, Duty, Event, Grant, Paper, Register
from folkmoot.editions.models import Clause, PolicyEdition, ProcedureEdition
from folkmoot.kernel.canonical import canonical_bytes
from folkmoot.kernel.tokens import new_nonce
from folkmoot.members.models import RoleHeld
from folkmoot.procedure.words import Outcome, Role, Stage
from tests import cast
from tests.tampering import findings, guards_down


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


def test_a_claim_of_an_account_changed_in_silence_is_found(matter):
    claim = cast.own(matter.branch, matter.branch.author)
    assert cast.lay_open(matter.branch.org) == []
    AccountClaim.objects.filter(pk=claim.pk).update(until=cast.day(1))
    in_register(matter, "whose account is whose")


def test_what_lies_outside_the_record_may_change(matter):
    Account.objects.filter(pk=matter.branch.account.pk).update(name="Rowan P.")
    assert cast.lay_open(matter.branch.org) == []
