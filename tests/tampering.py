"""Changes behind the software's back: what somebody with the database in their hands could do."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from folkmoot.casefile.guards import guards, install_guards
from tests.cast import Matter, lay_open


@contextmanager
def guards_down() -> Iterator[None]:
    """Drop every trigger for a while, inside the test's transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else what was written before has checks waiting
        for guard in guards(connection.vendor):
            on = "" if connection.vendor == "sqlite" else f" ON {guard.table}"
            cursor.execute(f"DROP TRIGGER {guard.name}{on}")
    yield
    install_guards(connection)


def findings(matter: Matter, says: str) -> list[str]:
    """Return what the audit finds; all of it is about this case, and something of it says `says`."""
    found = lay_open(matter.branch.org)
    assert found
    assert all(line.startswith(f"case {matter.pk}: ") for line in found), found
    assert any(says in line for line in found), found
    return found
