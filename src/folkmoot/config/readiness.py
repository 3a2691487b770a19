"""What must hold before a server may serve: a sound SQLite, all migrations, all guards."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from folkmoot.archive import index_posts
from folkmoot.casefile import index_cases
from folkmoot.casefile.guards import missing_guards
from folkmoot.config.embedded import require_safe_sqlite
from folkmoot.config.places import one_at_a_time
from folkmoot.kernel.errors import NotReady
from folkmoot.members.models import Organisation, User


def bring_up_to_date(*, first: Callable[[], None] = lambda: None) -> None:
    """Migrate the database if it is behind; raise `NotReady` when it must not be used afterwards.

    Of several processes that start at once, one migrates and the others wait for it. `first` is done before the
    tables of a database are changed that holds something; nothing is changed where it raises.
    """
    require_database()
    if pending_migrations() or not _indexes_fit():
        with one_at_a_time(Path(settings.DATA), "migrate"):
            if pending_migrations() and _holds_something():
                first()
            call_command("migrate", interactive=False, verbosity=0)
    require_ready()


def _holds_something() -> bool:
    tables = connection.introspection.table_names()
    return any(model._meta.db_table in tables and model._default_manager.exists() for model in (Organisation, User))


def _indexes_fit() -> bool:
    """Say whether what is searched in was made by this Python: a newer one may know more letters."""
    return index_posts.is_up_to_date(connection.alias) and index_cases.is_up_to_date(connection.alias)


def require_ready() -> None:
    """Raise `NotReady` with a plain sentence when this database must not be served."""
    require_current()
    require_guards()


def require_current() -> None:
    """Raise `NotReady` unless the database can be reached and has exactly this software's tables."""
    require_database()
    if pending_migrations():
        if not connection.introspection.table_names():
            raise NotReady(
                f"There is nothing in the database of {settings.DATA} yet. Are your data elsewhere? FOLKMOOT_DATA says "
                "where; ./run sets up new ones."
            )
        raise NotReady("The database is older than this software. Start it with ./run, which brings it up to date.")


def require_database() -> None:
    """Raise `NotReady` when the database cannot be reached, or its engine is not safe."""
    if connection.vendor == "sqlite":
        require_safe_sqlite()
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        said = (str(error).strip().splitlines() or [type(error).__name__])[0]
        where = "DATABASE_URL names a database that" if connection.vendor != "sqlite" else "The database"
        raise NotReady(f"{where} cannot be opened: {said}") from None


def require_guards() -> None:
    """Raise `NotReady` when the database would let the record be changed."""
    gone = missing_guards(connection)
    if gone:
        raise NotReady(
            "The database no longer refuses changes to the record: "
            f"{len(gone)} of its guards are gone (first: {gone[0]}). Somebody has changed it behind the "
            "software's back. Run ./folkmoot audit verify, find out what happened, then ./folkmoot audit "
            "guard to put the guards back."
        )


def is_migrated() -> bool:
    """Say whether every migration has run, by one question; what there is to run is looked up once per process."""
    return set(_newest()) <= set(MigrationRecorder(connection).applied_migrations())


@cache
def _newest() -> list[tuple[str, str]]:
    return list(MigrationLoader(connection).graph.leaf_nodes())


def pending_migrations() -> bool:
    """Say whether a migration has not yet run on this database.

    Raises `NotReady` when the database knows a migration of ours that this software does not.
    """
    executor = MigrationExecutor(connection)
    loader = executor.loader
    ours = {app for app, _ in loader.disk_migrations}
    unknown = sorted(
        f"{app} {name}" for app, name in set(loader.applied_migrations) - set(loader.disk_migrations) if app in ours
    )
    if unknown:
        raise NotReady(
            f"The database was brought up to date by a newer version of Folkmoot (it knows {unknown[-1]}). "
            "Start that version, or bring back the backup made before."
        )
    return bool(executor.migration_plan(loader.graph.leaf_nodes()))
