"""What the processes write down of themselves, in plain lines or JSON; never an address, a name, a code, what was sent.

An error's own words often quote what somebody typed, so of an error only its kind and its places are written. Of what
other software says only who said it and where: its words may quote as well.
"""

import copy
import errno
import logging
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from folkmoot.kernel.errors import NotReady

OURS = "folkmoot"  # its messages name numbers, routes and steps only
WEB_SERVER = "_granian"  # what it says of its processes is in the first line; below it quotes errors
REQUEST: ContextVar[str] = ContextVar("request", default="")  # by which the lines of one request are known
_FORMATTERS = {"plain": "folkmoot.config.logs.Plain", "json": "folkmoot.config.json_lines.JsonLines"}


def logging_settings(kind: str, *, requests: bool) -> dict[str, Any]:
    """Return Django's `LOGGING`: `kind` is "plain" or "json"; `requests`: whether each request gets a line."""
    if kind not in _FORMATTERS:
        raise NotReady(f"FOLKMOOT_LOG must be plain or json; it is {kind!r}.")
    quiet = {"handlers": ["console"], "level": "CRITICAL", "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"ours": {"()": _FORMATTERS[kind]}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "ours"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "folkmoot": {"level": "INFO" if kind == "json" else "WARNING"},
            "folkmoot.requests": {"level": "INFO" if requests else "WARNING"},
            "_granian": {"level": "WARNING"},
            # Paths of token pages are secrets: Django's own logs would print them. Faults are told by `web.errors`.
            **dict.fromkeys(("django.request", "django.security.csrf", "django.security.DisallowedHost"), quiet),
        },
    }


class Plain(logging.Formatter):
    """One line for each record, and the places of its error below."""

    def __init__(self) -> None:
        super().__init__("%(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Return the lines."""
        return super().format(without_words(record))


def without_words(record: logging.LogRecord) -> logging.LogRecord:
    """Return a copy of the record that quotes nobody; its error's places are in `exc_text`."""
    found = copy.copy(record)
    if found.name == WEB_SERVER:
        found.msg, found.args = record.getMessage().partition("\n")[0], None
    elif not found.name.startswith(OURS):
        found.msg, found.args = f"said at {Path(found.pathname).name}:{found.lineno}", None
    if found.exc_info and found.exc_info[1] is not None:
        found.exc_text = "\n".join(_places_and_kind(found.exc_info[1]))
    found.exc_info = found.stack_info = None
    return found


def _places_and_kind(error: BaseException) -> Iterator[str]:
    """Yield the places that an error came through and its kind, those of its cause first; none of its words."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and cause is not error:
        yield from _places_and_kind(cause)
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
    code = getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None)
    if isinstance(error, OSError) and error.errno:
        code = errno.errorcode.get(error.errno)
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    yield f"{kind} ({code})" if code else kind
