"""The database itself refuses changes to the record: triggers, and the check that they are there.

A model says what holds for it: `insert_only`, `never_deleted`, or `only_blanked` (which columns may be
emptied once a redaction is written). SQLite drops triggers silently when a migration rebuilds a table,
so they are installed after every migration and looked for at every start.
"""

from typing import Any, NamedTuple

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

_FUNCTION = "folkmoot_refuse"
_FUNCTION_BODY = "BEGIN RAISE EXCEPTION 'the record is never changed: % on %', TG_OP, TG_TABLE_NAME; END"
_REDACTED = "folkmoot_redacted"
_REDACTED_BODY = "SELECT EXISTS (SELECT 1 FROM casefile_redaction WHERE papertext_id = $1)"


class Guard(NamedTuple):
    """One trigger: its name, its table, and the SQL that makes it."""

    name: str
    table: str
    sql: str


def guards(vendor: str) -> list[Guard]:
    """Return every guard for a database `vendor`: "sqlite" or "postgresql"."""
    write = _sqlite if vendor == "sqlite" else _postgresql
    found: list[Guard] = []
    for model in apps.get_models():
        blanked: tuple[str, ...] = getattr(model, "only_blanked", ())
        if blanked:
            kept = [str(field.column) for field in model._meta.concrete_fields if field.name not in blanked]
            found += write(model._meta.db_table, ("update", "delete"), blanked, kept)
        elif getattr(model, "insert_only", False):
            found += write(model._meta.db_table, ("update", "delete"), (), [])
        elif getattr(model, "never_deleted", False):
            found += write(model._meta.db_table, ("delete",), (), [])
    return found


def install_guards(connection: BaseDatabaseWrapper) -> None:
    """Put every guard in place, replacing what stands under its name."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${_FUNCTION_BODY}$$"
            )
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {_REDACTED}(bigint) RETURNS boolean LANGUAGE sql AS $${_REDACTED_BODY}$$"
            )
        for guard in guards(connection.vendor):
            on = "" if connection.vendor == "sqlite" else f" ON {guard.table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{on}")
            cursor.execute(guard.sql)


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of guards that are gone, changed or switched off; empty when all stand."""
    standing = _standing(connection)
    wanted = guards(connection.vendor)
    if connection.vendor == "sqlite":
        return [guard.name for guard in wanted if standing.get(guard.name) != guard.sql]
    gone = [guard.name for guard in wanted if standing.get(guard.name) != "on"]
    functions = {_FUNCTION: _FUNCTION_BODY, _REDACTED: _REDACTED_BODY}
    return [name for name, body in functions.items() if standing.get(name) != body] + gone


def _standing(connection: BaseDatabaseWrapper) -> dict[str, Any]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            return dict(cursor.fetchall())
        cursor.execute(
            "SELECT tgname, CASE WHEN tgenabled IN ('O', 'A') THEN 'on' ELSE 'off' END FROM pg_trigger "
            "JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace"
        )
        found: dict[str, Any] = dict(cursor.fetchall())
        cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE proname IN (%s, %s)", [_FUNCTION, _REDACTED])
        return found | dict(cursor.fetchall())


def _sqlite(table: str, ops: tuple[str, ...], blanked: tuple[str, ...], kept: list[str]) -> list[Guard]:
    found = []
    for op in ops:
        name = f"guard_{table}_{op}"
        when = f" WHEN NOT ({_only_blanked(table, blanked, kept, 'IS')})" if blanked and op == "update" else ""
        sql = (
            f'CREATE TRIGGER {name} BEFORE {op.upper()} ON "{table}"{when} '
            f"BEGIN SELECT RAISE(ABORT, 'the record is never changed: {op} on {table}'); END"
        )
        found.append(Guard(name, table, sql))
    return found


def _postgresql(table: str, ops: tuple[str, ...], blanked: tuple[str, ...], kept: list[str]) -> list[Guard]:
    found = []
    for op in ops:
        name = f"guard_{table}_{op}"
        if blanked and op == "update":
            # a trigger's WHEN may hold no subquery: that the redaction exists is a function of its own
            when = f" WHEN (NOT ({_only_blanked(table, blanked, kept, 'IS NOT DISTINCT FROM')}))"
            when = when.replace(_redacted(table), f"{_REDACTED}(OLD.id)")
        else:
            when = ""
        found.append(
            Guard(
                name,
                table,
                f"CREATE TRIGGER {name} BEFORE {op.upper()} ON {table} "
                f"FOR EACH ROW{when} EXECUTE FUNCTION {_FUNCTION}()",
            )
        )
    name = f"guard_{table}_truncate"
    found.append(Guard(name, table, f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {_FUNCTION}()"))
    return found


def _redacted(table: str) -> str:
    owner = table.removeprefix("casefile_")
    return f"EXISTS (SELECT 1 FROM casefile_redaction WHERE {owner}_id = OLD.id)"  # noqa: S608  names of our own


def _only_blanked(table: str, blanked: tuple[str, ...], kept: list[str], same: str) -> str:
    clauses = [f"NEW.{column} {same} OLD.{column}" for column in kept]
    clauses += [f"length(NEW.{column}) = 0" for column in blanked]
    return " AND ".join([*clauses, _redacted(table)])
