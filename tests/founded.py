"""Remembers what founding a branch wrote, so that only the first test of a process walks through all its steps.

Founding takes some forty steps, and nearly every test starts with it. The rows are those that the real steps
wrote, numbers included; they are put back only into an empty database. How they are put back is remembered as well:
Django takes ten times as long to write the statements as the database to follow them.
"""

import copy
from collections.abc import Callable, Hashable
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models.base import ModelState

from folkmoot.archive.index_posts import note_changed
from folkmoot.archive.models import Post
from folkmoot.members.models import OneTimeLink, Organisation, User

_ROOMS = ("members", "editions", "archive", "casefile", "outbox")
_written: dict[Hashable, list[tuple[type[models.Model], list[models.Model]]]] = {}
_statements: dict[Hashable, list[tuple[str, Any, bool]]] = {}


def once(what: Hashable, found: Callable[[], Any]) -> None:
    """Let the rows that `found` writes be there: by calling it, or from memory."""
    if any(model.objects.exists() for model in (Organisation, User, OneTimeLink)):
        found()
    elif what in _statements:
        with connection.cursor() as cursor:
            for sql, values, many in _statements[what]:
                (cursor.executemany if many else cursor.execute)(sql, values)
    elif what in _written:
        with connection.execute_wrapper(_Noted(_statements.setdefault(what, []))):
            _put_back(_written.pop(what))
    else:
        found()
        _written[what] = [(model, rows) for model in _models() if (rows := list(model._default_manager.order_by("pk")))]


class _Noted:
    """Keeps the statements that write, while they are followed."""

    def __init__(self, into: list[tuple[str, Any, bool]]) -> None:
        self._into = into

    def __call__(self, execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any) -> Any:
        if many:
            values = list(values)
        if not sql.startswith("SELECT"):
            self._into.append((sql, values, many))
        return execute(sql, values, many, context)


def _put_back(written: list[tuple[type[models.Model], list[models.Model]]]) -> None:
    for model, rows in written:
        model._default_manager.bulk_create([_fresh(row) for row in rows])
    note_changed(dict(Post.objects.values_list("pk", "posted_at")))


def _models() -> list[type[models.Model]]:
    return [model for room in _ROOMS for model in apps.get_app_config(room).get_models()]


def _fresh(row: models.Model) -> models.Model:
    found = copy.copy(row)
    found._state = ModelState()
    found._state.adding = True
    return found
