"""What the server's processes need is loaded once, before they are forked: they share its memory, and start at once."""

import gc
import importlib
from functools import lru_cache

from django.conf import settings
from django.db import connections
from django.urls import get_resolver
from django.utils.translation.trans_real import translation

_SELDOM = (20_000, 20, 20)  # requests leave hardly any circles, and each pays for looking for them
_WORKER = "folkmoot.worker.loop"


def load_ahead() -> None:
    """Load what the web server and the worker need, and let go of what a forked process must not have."""
    for name in (settings.ROOT_URLCONF, *(path.rpartition(".")[0] for path in settings.MIDDLEWARE), _WORKER):
        importlib.import_module(name)
    get_resolver().reverse_dict  # noqa: B018  puts all addresses together
    spoken = translation(settings.LANGUAGE_CODE)  # a sentence is looked for in five catalogs: once, not on each page
    vars(spoken)["gettext"] = lru_cache(maxsize=8192)(spoken.gettext)
    connections.close_all()  # two processes with one connection would read each other's answers
    gc.collect()
    gc.freeze()  # what is there now stays, and its pages shared: the collector leaves it alone
    gc.set_threshold(*_SELDOM)


def deliver() -> None:
    """Be the worker process: deliver and sweep until it, or its parent, ends."""
    importlib.import_module(_WORKER).run()
