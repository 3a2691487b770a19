"""Remembers what founding a branch wrote, so that only the first test of a process walks through all its steps.

Founding takes some forty steps, and nearly every test starts with it. The rows are those that the real steps
wrote, numbers included; they are put back only into an empty database.
"""

import copy
from collections.abc import Callable, Hashable
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.base import ModelState

from folkmoot.archive.index_posts import note_changed
from folkmoot.archive.models import Post
from folkmoot.members.models import OneTimeLink, Organisation, User

_ROOMS = ("members", "editions", "archive", "casefile", "outbox")
_written: dict[Hashable, list[tuple[type[models.Model], list[models.Model]]]] = {}


def once(what: Hashable, found: Callable[[], Any]) -> None:
    """Let the rows that `found` writes be there: by calling it, or from memory."""
    if any(model.objects.exists() for model in (Organisation, User, OneTimeLink)):
        found()
        return
    if what not in _written:
        found()
        _written[what] = [(model, rows) for model in _models() if (rows := list(model._default_manager.order_by("pk")))]
        return
    for model, rows in _written[what]:
        model._default_manager.bulk_create([_fresh(row) for row in rows])
    note_changed(dict(Post.objects.values_list("pk", "posted_at")))


def _models() -> list[type[models.Model]]:
    return [model for room in _ROOMS for model in apps.get_app_config(room).get_models()]


def _fresh(row: models.Model) -> models.Model:
    found = copy.copy(row)
    found._state = ModelState()
    found._state.adding = True
    return found
