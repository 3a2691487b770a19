"""Questions to the database that are put together once, and asked with other values each time.

Django writes the SQL of a queryset anew for each request, and that is most of what such a question costs
(docs/bench.md). Only for what every page of the desk asks: it is the same question, and what is there now answers it.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import wraps
from itertools import chain, repeat
from typing import Any, NamedTuple, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Model, QuerySet
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable, get_related_populators

P = ParamSpec("P")
R = TypeVar("R")


def prepared(question: Callable[P, QuerySet[Any, R]]) -> Callable[P, list[R]]:
    """Let `question` be put together once; whoever calls it gets what is found now, as a list.

    It is called with a place in lieu of each value, so it must not look at them: it only says where they belong.
    Values are rows (their keys count), numbers, texts, moments and sequences of those, never `None`. A sequence of
    keys is looked for as `case__pk__in`. Rows, and values as `values_list` gives them, come without prefetching.
    """
    known = _Known(question)

    @wraps(question)
    def ask(*values: P.args, **named: P.kwargs) -> list[R]:
        statement, given = known.statement(values, named)
        return [statement.read(row) for row in statement.rows(given)] if statement else []

    return ask


def keep(row: Model, name: str, rows: list[Any]) -> None:
    """Let `row` know `rows`, all that refer to it under this name, as prefetching them would."""
    found = getattr(row, name).get_queryset()
    found._result_cache, found._prefetch_done = rows, True
    vars(row).setdefault("_prefetched_objects_cache", {})[name] = found


class _Single(tuple[Any, ...]):
    """One value, where others are sequences."""

    __slots__ = ()


class _Place(Expression):
    """Where a value belongs, by its number."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def as_sql(self, _compiler: object, _connection: object) -> tuple[str, list[Any]]:  # type: ignore[override]
        return "%s", [self]


class _Statement(NamedTuple):
    """A question as SQL: its `parameters` with the places, and how a row of the answer is read."""

    sql: str
    parameters: Sequence[Any]
    converters: Sequence[tuple[int, Sequence[Callable[..., Any]], Any]]  # of columns kept in another form
    read: Callable[[Any], Any]

    def rows(self, values: Sequence[Any]) -> list[Any]:
        database = connections[DEFAULT_DB_ALIAS]
        rows: list[Any]
        with database.cursor() as cursor:
            cursor.execute(self.sql, self._filled(values))
            rows = cursor.fetchall()
        if self.converters:
            rows = [list(row) for row in rows]
            for place, converters, column in self.converters:
                for convert in converters:
                    for row in rows:
                        row[place] = convert(row[place], column, database)
        return rows

    def _filled(self, values: Sequence[Any]) -> list[Any]:
        return [values[one.number] if isinstance(one, _Place) else one for one in self.parameters]


class _Known:
    """The statements of one question: one for each number of values in its sequences."""

    def __init__(self, question: Callable[..., QuerySet[Any, Any]]) -> None:
        self._question = question
        self._known: dict[tuple[tuple[int, ...], tuple[str, ...]], _Statement | None] = {}

    def statement(self, values: tuple[Any, ...], named: dict[str, Any]) -> tuple[_Statement | None, list[Any]]:
        """Return the statement for values of this shape (`None`: nothing can be found), and the values for it."""
        given = [_given(value) for value in (*values, *named.values())]
        shape = tuple(-1 if isinstance(one, _Single) else len(one) for one in given)
        key = (shape, tuple(named))
        if key not in self._known:
            self._known[key] = _put_together(self._question, shape, list(named))
        return self._known[key], list(chain.from_iterable(given))


def _given(value: object) -> "_Single | list[Any]":
    """Return the value as the database takes it; a sequence filled up with its last, so that few lengths occur."""
    if isinstance(value, str | int | datetime | Model):
        return _Single([_plain(value)])
    if value is None or not isinstance(value, Collection):
        raise TypeError(f"{value!r} has no place in a prepared question")
    many = [_plain(one) for one in value]
    missing = (1 << (len(many) - 1).bit_length()) - len(many) if many else 0
    return [*many, *repeat(many[-1], missing)] if missing else many


def _plain(value: Any) -> Any:
    if type(value) is int:  # as most are
        return value
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, datetime):
        return connections[DEFAULT_DB_ALIAS].ops.adapt_datetimefield_value(value)
    return value


def _put_together(
    question: Callable[..., QuerySet[Any, Any]], shape: Sequence[int], named: list[str]
) -> _Statement | None:
    """Return the statement of a question with places of this shape; `None` where nothing can be found at all."""
    places: list[Any] = []
    number = 0
    for length in shape:
        places.append(_Place(number) if length < 0 else [_Place(number + one) for one in range(length)])
        number += abs(length)
    first = len(places) - len(named)
    found = question(*places[:first], **dict(zip(named, places[first:], strict=True)))
    if found._prefetch_related_lookups:  # type: ignore[attr-defined]
        raise TypeError(f"{question.__qualname__} would need more than one question")
    compiler = found.query.get_compiler(using=DEFAULT_DB_ALIAS)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    if compiler.has_extra_select:
        raise TypeError(f"{question.__qualname__} reads more than it gives")
    columns: Any = compiler.get_converters([column for column, _sql, _alias in compiler.select])
    converters = [(place, converts, column) for place, (converts, column) in columns.items()]
    return _Statement(sql, tuple(parameters), converters, _reader(found, compiler))


def _reader(found: QuerySet[Any, Any], compiler: Any) -> Callable[[Any], Any]:
    kind: Any = found._iterable_class
    if kind is FlatValuesListIterable:
        return lambda row: row[0]
    if kind is ValuesListIterable:
        return tuple
    if kind is not ModelIterable:
        raise TypeError(f"a prepared question gives rows or lists of values, not {kind.__name__}")
    about, select = compiler.klass_info, compiler.select
    start, end = about["select_fields"][0], about["select_fields"][-1] + 1
    names = [column.target.attname for column, _sql, _alias in select[start:end]]
    related = get_related_populators(about, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # of a later Django
    more = dict(compiler.annotation_col_map or {})
    model = about["model"]

    def read(row: Any) -> Any:
        made = model.from_db(DEFAULT_DB_ALIAS, names, row[start:end])
        for one in related:
            one.populate(row, made)
        for name, place in more.items():
            setattr(made, name, row[place])
        return made

    return read
