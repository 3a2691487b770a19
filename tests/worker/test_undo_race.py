"""Taking back and sending meet in the same moment: one of them comes first, and the other knows."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.utils.crypto import get_random_string

from tests.places import PROJECT


@pytest.fixture
def environment(db: None) -> Iterator[dict[str, str]]:
    """Return the environment of a process with an empty database of its own, of the kind under test."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FOLKMOOT_", "PYTEST_"))}
    kept |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": f"{PROJECT}/src:{PROJECT}"}
    if connection.vendor == "sqlite":
        yield kept  # the settings give each process a folder of its own
        return
    about, name = connection.settings_dict, f"racing_{get_random_string(8).lower()}"
    secret = f":{about['PASSWORD']}" if about["PASSWORD"] else ""
    address = f"postgres://{about['USER']}{secret}@{about['HOST']}:{about['PORT']}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield {**kept, "DATABASE_URL": f"{address}/{name}"}
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')


def test_either_everything_has_left_or_nothing_ever_does(environment: dict[str, str]) -> None:
    rounds = played(environment)
    assert len(rounds) == 12
    for one in rounds:
        assert one["audit"] == []
        if one["taken_back"]:
            assert (one["stage"], one["left"], one["states"]) == ("received", [], ["cancelled"])
        else:
            assert (one["stage"], one["left"], one["states"]) == ("decided", one["promised"], ["sent"])
    assert {one["taken_back"] for one in rounds if one["first"] == "undo"} == {True}
    assert {one["taken_back"] for one in rounds if one["first"] == "worker"} == {False}


def played(environment: dict[str, str]) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "tests.worker.racing"]
    done = subprocess.run(command, env=environment, cwd=PROJECT, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]
