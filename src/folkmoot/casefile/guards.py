"""The database itself refuses changes to the record: triggers, and the check that they are there.

A model says what holds for it: `insert_only`, `never_deleted`, or `only_blanked` (which columns may be
emptied once a redaction is written). SQLite drops triggers silently when a migration rebuilds a table,
so they are installed after every migration and looked for at every start.
"""

from typing import NamedTuple

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

_REFUSE = "folkmoot_refuse"
_REDACTED = "EXISTS (SELECT 1 FROM casefile_redaction WHERE {what}_id = OLD.id)"
_REFUSAL = "RAISE EXCEPTION 'the record is never changed: % on %', TG_OP, TG_TABLE_NAME;"


class Guard(NamedTuple):
    """One trigger: its name, its table, and the SQL that makes it."""

    name: str
    table: str
    sql: str


def guards(vendor: str) -> list[Guard]:
    """Return every guard for a database `vendor`: "sqlite" or "postgresql"."""
    write = _sqlite if vendor == "sqlite" else _postgresql
    return [guard for model in apps.get_models() for guard in write(model)]


def install_guards(connection: BaseDatabaseWrapper) -> None:
    """Put every guard in place, replacing what stands under its name."""
    with connection.cursor() as cursor:
        for name, body in _functions(connection.vendor).items():
            cursor.execute(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$")
        for guard in guards(connection.vendor):
            on = "" if connection.vendor == "sqlite" else f" ON {guard.table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{on}")
            cursor.execute(guard.sql)


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of guards that are gone, changed or switched off; empty when all stand."""
    standing = _standing(connection)
    wanted = {guard.name: guard.sql for guard in guards(connection.vendor)} | _functions(connection.vendor)
    return [name for name, text in wanted.items() if standing.get(name) != text]


def _standing(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            return dict(cursor.fetchall())
        cursor.execute(
            # in its pretty form a trigger's definition reads exactly as `_postgresql` writes it
            "SELECT tgname, pg_get_triggerdef(pg_trigger.oid, true) FROM pg_trigger "
            "JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') "
            "AND relnamespace = current_schema()::regnamespace"
        )
        found: dict[str, str] = dict(cursor.fetchall())
        cursor.execute(
            "SELECT proname, prosrc FROM pg_proc "
            "WHERE pronamespace = current_schema()::regnamespace AND proname = ANY(%s)",
            [list(_functions(connection.vendor))],
        )
        return found | dict(cursor.fetchall())


def _ops(model: type[Model]) -> tuple[str, ...]:
    if _blanked(model) or getattr(model, "insert_only", False):
        return ("UPDATE", "DELETE")
    return ("DELETE",) if getattr(model, "never_deleted", False) else ()


def _sqlite(model: type[Model]) -> list[Guard]:
    table = model._meta.db_table
    found = []
    for op in _ops(model):
        name = _name(table, op)
        when = f" WHEN NOT ({_only_blanks(model, 'IS')})" if _blanked(model) and op == "UPDATE" else ""
        refusal = f"SELECT RAISE(ABORT, 'the record is never changed: {op} on {table}');"
        found.append(Guard(name, table, f'CREATE TRIGGER {name} BEFORE {op} ON "{table}"{when} BEGIN {refusal} END'))
    return found


def _postgresql(model: type[Model]) -> list[Guard]:
    table = model._meta.db_table
    ops = _ops(model)
    found = []
    for op in (*ops, "TRUNCATE") if ops else ():
        each = "STATEMENT" if op == "TRUNCATE" else "ROW"
        function = _blanking(model) if _blanked(model) and op == "UPDATE" else _REFUSE
        name = _name(table, op)
        made = f"CREATE TRIGGER {name} BEFORE {op} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}()"
        found.append(Guard(name, table, made))
    return found


def _functions(vendor: str) -> dict[str, str]:
    """Return the bodies of the functions that PostgreSQL's triggers call."""
    if vendor == "sqlite":
        return {}
    found = {_REFUSE: f"BEGIN {_REFUSAL} END"}
    for model in apps.get_models():
        if _blanked(model):
            may = _only_blanks(model, "IS NOT DISTINCT FROM")
            found[_blanking(model)] = f"BEGIN IF {may} THEN RETURN NEW; END IF; {_REFUSAL} END"
    return found


def _only_blanks(model: type[Model], same: str) -> str:
    """Return the SQL that holds when a row is blanked, with its redaction written, and not otherwise changed."""
    blanked = _blanked(model)
    clauses = [f"NEW.{f.column} {same} OLD.{f.column}" for f in model._meta.concrete_fields if f.name not in blanked]
    clauses += [f"length(NEW.{column}) = 0" for column in blanked]
    return " AND ".join([*clauses, _REDACTED.format(what=model._meta.model_name)])


def _blanked(model: type[Model]) -> tuple[str, ...]:
    return getattr(model, "only_blanked", ())


def _blanking(model: type[Model]) -> str:
    return f"folkmoot_only_blanks_{model._meta.model_name}"


def _name(table: str, op: str) -> str:
    return f"guard_{table}_{op.lower()}"
