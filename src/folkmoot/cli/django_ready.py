"""Django only for those commands that need it: `./folkmoot --help` answers without it."""

import importlib
import os
from types import ModuleType

import django


def with_django(module: str) -> ModuleType:
    """Set Django up, then import `module`, which may import models at its top."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.config.settings")
    django.setup()
    return importlib.import_module(module)
