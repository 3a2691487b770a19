"""The log as lines of JSON. Only loaded where it is wanted: structlog brings ten megabytes with it."""

import logging
from typing import Any

import structlog
from structlog.stdlib import ExtraAdder, ProcessorFormatter, add_log_level, add_logger_name

from folkmoot.config.logs import REQUEST, without_words

# What a line can hold beside its message; nothing else gets in, whoever hands it over.
ALLOWED = ("route", "method", "status", "ms", "letters", "steps", "searches", "calls")


class JsonLines(logging.Formatter):
    """One line of JSON for each record."""

    def __init__(self) -> None:
        super().__init__()
        self._inner = ProcessorFormatter(
            foreign_pre_chain=[
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                add_log_level,
                add_logger_name,
                ExtraAdder(allow=ALLOWED),
                _surroundings,
            ],
            processors=[ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer()],
        )

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return self._inner.format(without_words(record))


def _surroundings(_logger: Any, _method: str, line: Any) -> Any:
    record: logging.LogRecord = line["_record"]
    line["pid"] = record.process
    if REQUEST.get():
        line["request"] = REQUEST.get()
    if record.exc_text:
        line["error"] = [one.strip() for one in record.exc_text.splitlines()]
    return line
