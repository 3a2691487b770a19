"""Django only for those commands that need it: `./folkmoot --help` answers without it."""

import importlib
import os
from types import ModuleType

import django
from django.apps import apps

from folkmoot.cli.words import warn
from folkmoot.config.places import named_folder


def with_django(module: str) -> ModuleType:
    """Set Django up, then import `module`, which may import models at its top.

    Says where a data folder or a database is made anew: mostly FOLKMOOT_DATA was forgotten then.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.config.settings")
    if not apps.ready:
        _set_up()
    return importlib.import_module(module)


def _set_up() -> None:
    folder = named_folder()
    had_keys, had_database = (folder / "keys").exists(), (folder / "folkmoot.sqlite3").exists()
    django.setup()
    if os.environ.get("DATABASE_URL"):
        new = "" if had_keys else "A new data folder was made, for keys and checkpoints"
    elif not had_database:
        new = "A new, empty database was made" if had_keys else "A new, empty data folder was made"
    else:
        new = ""
    if new:
        unset = "" if os.environ.get("FOLKMOOT_DATA") else " (FOLKMOOT_DATA is not set; it names another)"
        warn(f"{new}: {folder.resolve()}{unset}.")
