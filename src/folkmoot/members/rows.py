"""Writing and finding single rows by statements that are put together once per model, not each time.

Only for what every report does: there, putting statements together was half of all the work (docs/bench.md).
What they do is what `save` and `first` do; models here have no signals and no `save` of their own.
"""

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BooleanField, CharField, Field, ForeignKey, IntegerField, Model, TextField

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    Fields = list[Field[Any, Any]]

M = TypeVar("M", bound=Model)
# What every database takes as it is, in fields that keep it so: a member of an enumeration is neither.
_AS_THEY_ARE = (str, int, bool, type(None))
_SIMPLE = (BooleanField, CharField, ForeignKey, IntegerField, TextField)


def insert(row: M) -> M:
    """Insert `row`, give it the key that the database chose, and return it."""
    statement, fields = _insertion(type(row))
    database = connections[DEFAULT_DB_ALIAS]
    with database.cursor() as cursor:
        cursor.execute(statement, _values(row, fields, database))
        (row.pk,) = cursor.fetchone()
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return row


def update(row: Model) -> None:
    """Write every column of `row`, which is in the database already."""
    statement, fields = _change(type(row))
    database = connections[DEFAULT_DB_ALIAS]
    with database.cursor() as cursor:
        cursor.execute(statement, [*_values(row, fields, database), row.pk])
        if cursor.rowcount != 1:
            raise LookupError(f"{row!r} is not in the database")


def newest(model: type[M], condition: str, *values: Any, by: str) -> M | None:
    """Return the row with the highest `by` that meets `condition`, SQL with a `%s` for each of `values`."""
    statement, names, converted = _selection(model)
    database = connections[DEFAULT_DB_ALIAS]
    with database.cursor() as cursor:
        cursor.execute(f"{statement} WHERE {condition} ORDER BY {by} DESC LIMIT 1", values)
        found = cursor.fetchone()
    if found is None:
        return None
    row = list(found)
    for place, column in converted:
        for convert in database.ops.get_db_converters(column) + column.get_db_converters(database):
            row[place] = convert(row[place], column, database)
    return model.from_db(DEFAULT_DB_ALIAS, names, row)


@cache
def _insertion(model: type[Model]) -> "tuple[str, Fields]":
    fields = _fields(model)
    columns, marks = ", ".join(f'"{field.column}"' for field in fields), ", ".join("%s" for _ in fields)
    key = model._meta.pk.column
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks}) RETURNING "{key}"', fields  # noqa: S608


@cache
def _change(model: type[Model]) -> "tuple[str, Fields]":
    fields = _fields(model)
    changes = ", ".join(f'"{field.column}" = %s' for field in fields)
    return f'UPDATE "{model._meta.db_table}" SET {changes} WHERE "{model._meta.pk.column}" = %s', fields  # noqa: S608


@cache
def _selection(model: type[Model]) -> tuple[str, list[str], list[tuple[int, Any]]]:
    """Return the statement, the names of what it reads, and which of that the database keeps in another form."""
    fields, database = model._meta.concrete_fields, connections[DEFAULT_DB_ALIAS]
    columns: list[Any] = [field.get_col(model._meta.db_table) for field in fields]
    converted = [
        (place, column)
        for place, column in enumerate(columns)
        if database.ops.get_db_converters(column) or column.get_db_converters(database)
    ]
    chosen = ", ".join(f'"{field.column}"' for field in fields)
    return f'SELECT {chosen} FROM "{model._meta.db_table}"', [field.attname for field in fields], converted  # noqa: S608


def _fields(model: type[Model]) -> "Fields":
    return [field for field in model._meta.local_concrete_fields if not field.primary_key]


def _values(row: Model, fields: "Fields", database: "BaseDatabaseWrapper") -> list[Any]:
    return [
        value if type(value) in _AS_THEY_ARE and isinstance(field, _SIMPLE) else field.get_db_prep_save(value, database)
        for field in fields
        for value in (getattr(row, field.attname),)
    ]
