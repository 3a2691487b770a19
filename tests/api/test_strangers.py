"""Every operation × another organisation's object: the same 404, for whoever asks with a token."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from folkmoot.api.reference import document
from tests.api.programs import Program, program, token_of
from tests.cast import appealed, branch, day, outsider
from tests.web.browsers import move_clock
from tests.web.test_strangers import NOBODY, objects_of

pytestmark = pytest.mark.django_db
BY_NAME = {"code", "edition", "role", "wording", "clause"}  # alike everywhere: nothing to confuse


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path.removeprefix("/api/v1/o/{org}"), operation


def filled(path: str, values: dict[str, object]) -> str:
    return re.sub(r"{(\w+)}", lambda found: str(values[found[1]]), path)


def test_anothers_object_answers_like_one_that_does_not_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(9))
    ours, theirs = appealed(branch("Ours")), appealed(branch("Theirs"))
    callers = [program(ours.branch.operator), program(ours.branch.administrator), program(ours.branch.panel[0])]
    strange: dict[str, object] = objects_of(theirs)
    strange |= {"file": strange["attachment"], "letter": strange["dispatch"], "measure": 1, "cover": 1}
    nothing = dict.fromkeys(strange, NOBODY)
    faults = []
    for caller in callers:
        for method, path, operation in operations():
            named = set(re.findall(r"{(\w+)}", path))
            if not named - BY_NAME or {"token": []} not in operation["security"]:
                continue
            assert named <= set(strange) | BY_NAME, f"say what another organisation's {named} would be"
            alike = {name: strange[name] for name in BY_NAME & set(strange)}
            body = example_of(operation)
            real, none = (caller.call(method, filled(path, {**values, **alike}), body) for values in (strange, nothing))
            # an example that fits no form of it is refused before anything is looked for
            same = (real.status_code, real.content) == (none.status_code, none.content)
            if not same or none.status_code not in (404, 422):
                faults.append(f"{method} {path}: {real.status_code}, and {none.status_code} for nothing")
    assert not faults, "\n".join(faults)


def test_a_token_of_another_organisation_opens_nothing_here(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(9))
    ours = appealed(branch("Ours"))
    stranger = Program(ours.branch.org, token_of(outsider()))
    values = {**objects_of(ours), "file": 1, "letter": 1, "measure": 1, "cover": 1}
    faults, first = [], stranger.get("/cases").content
    for method, path, operation in operations():
        if {"token": []} not in operation["security"]:
            continue
        answer = stranger.call(method, filled(path, values), example_of(operation))
        if (answer.status_code, answer.content) != (404, first):
            faults.append(f"{method} {path}: {answer.status_code}")
    assert not faults, "\n".join(faults)


def example_of(operation: dict[str, Any]) -> Any:
    """Return the body that the document shows for the operation, or nothing."""
    content = operation.get("requestBody", {}).get("content", {})
    return content.get("application/json", {}).get("example")
