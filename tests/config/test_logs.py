"""The log quotes nobody: of an error only its kind and its places, of other software only that it said something."""

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest

from folkmoot.config.json_lines import JsonLines
from folkmoot.config.logs import REQUEST, Plain, logging_settings
from folkmoot.kernel.errors import NotReady

NAME = "Rowan Pike"
ADDRESS = "rowan.pike@example.org"
Line = Callable[..., str]


def record(name: str, message: str, *args: object, error: BaseException | None = None, **extra: object) -> Any:
    found = logging.LogRecord(name, logging.WARNING, "/somewhere/module.py", 7, message, args, None)
    if error is not None:
        found.exc_info = (type(error), error, error.__traceback__)
    vars(found).update(extra)
    return found


def quoting() -> BaseException:
    """Return an error whose words, and whose cause's, are about somebody."""
    try:
        try:
            raise ConnectionRefusedError(111, f"no mail for {ADDRESS}")
        except OSError as error:
            raise ValueError(f"{NAME} cannot be written to") from error
    except ValueError as error:
        return error


@pytest.mark.parametrize("formatter", [Plain(), JsonLines()])
def test_an_error_is_told_by_kind_and_place_and_never_in_its_words(formatter: logging.Formatter) -> None:
    said = formatter.format(record("folkmoot.worker", "letter %s could not be composed", 12, error=quoting()))
    assert "letter 12 could not be composed" in said
    assert "ConnectionRefusedError (ECONNREFUSED)" in said
    assert "ValueError" in said
    assert "in quoting" in said
    assert NAME not in said
    assert ADDRESS not in said


@pytest.mark.parametrize("formatter", [Plain(), JsonLines()])
def test_what_other_software_says_is_not_quoted(formatter: logging.Formatter) -> None:
    for message, args in (("no such person: %s", (NAME,)), (f"no such person: {NAME}", ())):
        said = formatter.format(record("allauth.account", message, *args))
        assert "said at module.py:7" in said
        assert NAME not in said
    said = formatter.format(record("_granian", f"Application callable raised an exception\nValueError: {NAME}"))
    assert "Application callable raised an exception" in said
    assert NAME not in said


def test_a_line_of_json_has_what_is_allowed_and_nothing_else() -> None:
    known = REQUEST.set("f00d")
    line = json.loads(
        JsonLines().format(record("folkmoot.requests", "request", route="desk:case", status=200, ms=4.2, path="/x"))
    )
    REQUEST.reset(known)
    assert line.pop("timestamp").endswith("Z")
    assert isinstance(line.pop("pid"), int)
    assert line == {
        "event": "request",
        "level": "warning",
        "logger": "folkmoot.requests",
        "route": "desk:case",
        "status": 200,
        "ms": 4.2,
        "request": "f00d",
    }


def test_a_form_that_is_none_is_refused_in_a_sentence() -> None:
    with pytest.raises(NotReady, match="FOLKMOOT_LOG must be plain or json"):
        logging_settings("xml", requests=False)
