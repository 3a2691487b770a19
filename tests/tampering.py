"""Changes behind the software's back: what somebody with the database in their hands could do."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from folkmoot.casefile.guards import guards, install_guards


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
