"""`folkmoot audit verify` names the case that was changed behind the software's back, and exits 1."""

import pytest
from click.testing import CliRunner, Result
from django.db import connection

from folkmoot.casefile.guards import guards
from folkmoot.casefile.models import Event
from folkmoot.cli.audit import command
from tests import cast
from tests.tampering import guards_down


def verify(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["verify", *arguments])


@pytest.fixture
def matter(db: None) -> cast.Matter:
    return cast.finalised()


def test_a_record_as_it_was_written_exits_0(matter: cast.Matter) -> None:
    result = verify()
    assert result.exit_code == 0
    assert "The record is as it was written." in result.output


@pytest.mark.parametrize("done", ["edited", "deleted", "reordered"])
def test_an_event_that_was_changed_names_its_case_and_exits_1(matter: cast.Matter, done: str) -> None:
    events = Event.objects.filter(case=matter.pk).order_by("seq")
    first, second = events[1], events[2]
    with guards_down():
        if done == "edited":
            Event.objects.filter(pk=first.pk).update(payload=bytes(first.payload).replace(b"person:", b"person:9"))
        elif done == "deleted":
            Event.objects.filter(pk=first.pk).delete()
        else:
            Event.objects.filter(pk=first.pk).update(seq=1000)
            Event.objects.filter(pk=second.pk).update(seq=first.seq)
            Event.objects.filter(pk=first.pk).update(seq=second.seq)
    result = verify("--org", matter.branch.org.slug)
    assert result.exit_code == 1
    assert f"{matter.branch.org.slug}: case {matter.pk}: event {first.seq}" in result.output
    assert "The record is not as it was written" in result.output


def test_a_database_without_a_guard_exits_1_though_nothing_was_changed_yet(matter: cast.Matter) -> None:
    guard = guards(connection.vendor)[0]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"DROP TRIGGER {guard.name}{'' if connection.vendor == 'sqlite' else f' ON {guard.table}'}")
    result = verify()
    assert result.exit_code == 1
    assert f"lacks its guard {guard.name}" in result.output
