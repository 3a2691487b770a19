"""What must hold before a server may serve: a sound SQLite, all migrations, all guards."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from folkmoot.casefile.guards import missing_guards
from folkmoot.config.embedded import require_safe_sqlite
from folkmoot.kernel.errors import NotReady


def require_ready() -> None:
    """Raise `NotReady` with a plain sentence when this database must not be served."""
    if connection.vendor == "sqlite":
        require_safe_sqlite()
    if pending_migrations():
        raise NotReady("The database is older than this software. Start it with ./run, which brings it up to date.")
    gone = missing_guards(connection)
    if gone:
        raise NotReady(
            "The database no longer refuses changes to the record: "
            f"{len(gone)} of its guards are gone (first: {gone[0]}). Somebody has changed it behind the software's back. "
            "Run ./folkmoot audit verify, find out what happened, then ./folkmoot audit guard to put the guards back."
        )


def pending_migrations() -> bool:
    """Say whether a migration has not yet run on this database."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
