"""The database itself refuses changes to the record, and the software knows when it would not any more."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from folkmoot.archive.models import AccountClaim, Revision
from folkmoot.casefile.access import note_access
from folkmoot.casefile.guards import guards, install_guards, missing_guards
from folkmoot.casefile.models import Attachment, Case, Checkpoint, Event, Fallen, Measure, Paper, PaperText, Redaction
from folkmoot.editions.models import LetterEdition
from folkmoot.kernel.canonical import digest
from folkmoot.members.models import ApiToken, Cover, Outsider
from folkmoot.outbox.models import Attempt, Hook
from folkmoot.procedure.words import MeasureKind
from tests import cast

GUARDED = [
    model
    for model in apps.get_models()
    if any(getattr(model, rule, False) for rule in ("insert_only", "never_deleted", "only_blanked"))
]
NEVER_CHANGED = [model for model in GUARDED if not getattr(model, "never_deleted", False)]


@pytest.fixture
def matter(db):
    """Return a case at its end, in an organisation that has a row in every guarded table."""
    matter = cast.finalised()
    people, paper = matter.branch, matter.papers(Paper.Kind.REPORT)[0]
    org, at = people.org, cast.day(9)
    Attachment.objects.create(
        org=org, paper=paper, number=1, name="a.txt", media_type="text/plain", content=b"a", hash=digest(b"a")
    )
    Revision.objects.create(org=org, post=people.post, text="Edited since.", seen_at=at)
    note_access(org, "report", by=people.operator, at=at, case=matter.case)
    Checkpoint.objects.create(org=org, number=1, at=at, line=b"{}", hash=digest(b"{}"))
    Outsider.objects.create(org=org, name="The federation", email="f@example.org", salt=b"salt", since=at)
    Cover.objects.create(
        org=org, person=people.operator, covering=people.secretary, role="moderator", since=at, until=at
    )
    LetterEdition.objects.create(org=org, kind="test", number=1, subject="S", body="B", by="person:1", published_at=at)
    Measure.objects.create(
        org=org, case=matter.case, paper=paper, kind=MeasureKind.SUSPEND, platform=people.place, since=at, until=at
    )
    AccountClaim.objects.create(
        org=org, account=people.account, person=people.author, evidence="said so", added_by=people.operator, added_at=at
    )
    Redaction.objects.create(org=org, papertext=paper.texts.get(field="name"), reason="asked", by="person:1", at=at)
    decision = matter.papers(Paper.Kind.DECISION)[0]
    Fallen.objects.create(org=org, root=matter.case, case=matter.case, decision=decision, paper=paper)
    ApiToken.objects.create(
        org=org, owner=people.operator, name="A script", scopes=[], hash="0" * 64, since=at, until=cast.day(30)
    )
    Hook.objects.create(org=org, url="https://example.org/", kinds="case.final", nonce="0" * 32, since=at)
    Attempt.objects.create(dispatch=matter.letters()[0], at=at, outcome="sent")
    return matter


def run(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else what was written before has checks waiting
        cursor.execute(sql)


def tables_that_let_through(models, sql):
    """Return the tables on which `sql` did not meet the guard; each has a row to try it on."""
    found = []
    for model in models:
        assert model.objects.exists(), model
        try:
            run(sql.format(table=model._meta.db_table))
        except DatabaseError as refusal:
            assert "the record is never changed" in str(refusal), (model, refusal)  # noqa: PT017
        else:
            found.append(model._meta.db_table)
    return found


def test_something_is_guarded():
    assert {Paper, PaperText, Event, Case, Redaction} <= set(GUARDED)


def test_no_row_of_the_record_is_updated(matter):
    assert tables_that_let_through(NEVER_CHANGED, "UPDATE {table} SET id = id") == []


def test_no_row_of_the_record_is_deleted(matter):
    assert tables_that_let_through(GUARDED, "DELETE FROM {table}") == []


def test_no_row_of_the_record_is_replaced(matter):
    if connection.vendor == "sqlite":
        replace = "INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1"
        assert tables_that_let_through(GUARDED, replace) == []
    else:
        replace = "INSERT INTO {table} SELECT * FROM {table} LIMIT 1 ON CONFLICT (id) DO UPDATE SET id = EXCLUDED.id"
        assert tables_that_let_through(NEVER_CHANGED, replace) == []


def test_no_table_of_the_record_is_emptied_at_once(matter):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    assert tables_that_let_through(GUARDED, "TRUNCATE {table} CASCADE") == []


def test_the_bookmark_moves_but_its_row_stays(matter):
    run(f"UPDATE casefile_case SET urgent = urgent WHERE id = {matter.pk}")
    assert Case.objects.filter(pk=matter.pk).exists()


def test_a_text_is_blanked_once_its_redaction_is_written(matter):
    text = PaperText.objects.get(redaction__isnull=False)
    PaperText.objects.filter(pk=text.pk).update(text="", salt=b"")
    text.refresh_from_db()
    assert (text.text, bytes(text.salt)) == ("", b"")
    assert text.paper.words["words"] == cast.REPORT_WORDS


def test_a_text_is_not_blanked_without_a_redaction(matter):
    text = PaperText.objects.filter(redaction=None).exclude(text="").first()
    with pytest.raises(DatabaseError, match="the record is never changed"), transaction.atomic():
        PaperText.objects.filter(pk=text.pk).update(text="", salt=b"")


def test_a_redaction_lets_nothing_but_blanking_through(matter):
    text = PaperText.objects.get(redaction__isnull=False)
    other = PaperText.objects.exclude(paper=text.paper_id).first()
    changes = [
        {"text": "other words", "salt": b""},
        {"text": "", "salt": b"salt"},
        {"text": "", "salt": b"", "field": "other"},
        {"text": "", "salt": b"", "paper_id": other.paper_id},
    ]
    for change in changes:
        with pytest.raises(DatabaseError, match="the record is never changed"), transaction.atomic():
            PaperText.objects.filter(pk=text.pk).update(**change)


def test_every_guard_stands_after_migrations(db):
    assert missing_guards(connection) == []


def drop(guard):
    run(f"DROP TRIGGER {guard.name}{'' if connection.vendor == 'sqlite' else f' ON {guard.table}'}")


def test_each_guard_that_is_gone_is_missed_and_can_be_put_back(db):
    for guard in guards(connection.vendor):
        drop(guard)
        assert missing_guards(connection) == [guard.name]
        install_guards(connection)
    assert missing_guards(connection) == []


def test_a_guard_that_lets_something_through_is_missed(db):
    guard = next(guard for guard in guards(connection.vendor) if guard.name == "guard_casefile_event_delete")
    drop(guard)
    when = " FOR EACH ROW WHEN (OLD.id < 0)" if connection.vendor == "postgresql" else " WHEN OLD.id < 0"
    altered = guard.sql.replace(" FOR EACH ROW", "")
    if connection.vendor == "postgresql":
        altered = altered.replace(" EXECUTE", f"{when} EXECUTE")
    else:
        altered = altered.replace(" BEGIN", f"{when} BEGIN")
    run(altered)
    assert missing_guards(connection) == [guard.name]


def test_a_guard_of_the_same_name_on_another_table_is_missed(db):
    guard = next(guard for guard in guards(connection.vendor) if guard.name == "guard_casefile_event_delete")
    drop(guard)
    elsewhere = guard.sql.replace("casefile_event", "casefile_redaction")
    run(elsewhere.replace("guard_casefile_redaction", "guard_casefile_event"))
    assert missing_guards(connection) == [guard.name]


def test_a_guard_that_is_switched_off_is_missed(db):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite cannot switch a trigger off")
    run("ALTER TABLE casefile_event DISABLE TRIGGER guard_casefile_event_update")
    assert missing_guards(connection) == ["guard_casefile_event_update"]


def test_a_guard_whose_function_was_replaced_is_missed(db):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite's triggers call no functions")
    for name in ("folkmoot_refuse", "folkmoot_only_blanks_papertext"):
        run(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'")
        assert missing_guards(connection) == [name]
        install_guards(connection)
