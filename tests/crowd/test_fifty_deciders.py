"""Fifty moderators decide one case in the same moment, over HTTP, on SQLite and on PostgreSQL: one of them does."""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.db import connection
from django.utils.crypto import get_random_string

from tests.cast import PASSAGE
from tests.crowd.crowd import DECIDERS, Visitor, all_at_once, one_by_one
from tests.servers import Server

pytestmark = pytest.mark.slow

ONCE = {"decisions": 1, "statements": 1, "grants": 1, "removals": 1, "decided": 1, "owed": 0, "stage": "decided"}


@pytest.fixture
def address(db: None) -> Iterator[dict[str, str]]:
    """Return the settings that lead a server to an empty database of the kind under test."""
    if connection.vendor == "sqlite":
        yield {}
        return
    about, name = connection.settings_dict, f"crowd_{get_random_string(8).lower()}"
    secret = f":{about['PASSWORD']}" if about["PASSWORD"] else ""
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield {"DATABASE_URL": f"postgres://{about['USER']}{secret}@{about['HOST']}:{about['PORT']}/{name}"}
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def crowded(tmp_path: Path, address: dict[str, str]) -> Iterator[Server]:
    """Return a server that is not yet started, on a database of its own."""
    server = Server(tmp_path, FOLKMOOT_UNDO_SECONDS="0", **address)  # so that authors read at once
    yield server
    server.stop()


def test_one_decides_and_the_others_are_told_who_and_see_it(crowded: Server) -> None:
    """On SQLite it is for the long tier: there one process writes at a time, on PostgreSQL all of them do."""
    if connection.vendor == "sqlite":
        pytest.skip("./test runs it on PostgreSQL; on SQLite: ./test soak")
    one_decides(crowded)


@pytest.mark.soak
def test_on_sqlite_too_one_decides(crowded: Server) -> None:
    one_decides(crowded)


def one_decides(crowded: Server) -> None:
    """Let fifty decide, look and appeal at once; see who was first, and what the others are told."""
    hall = json.loads(crowded.python("tests.crowd.hall", "fill"))
    crowded.start()
    people = {name: Visitor(crowded, session) for name, session in hall["deciders"].items()}

    case = hall["reported"]
    one_by_one([lambda one=one: one.open(at(hall, case, "decision")) for one in people.values()])
    assert len({one.form.fields["seen"] for one in people.values()}) == 1
    answers = all_at_once([lambda name=name, one=one: decide(one, name) for name, one in people.items()])
    the_one = who_won(dict(zip(people, answers, strict=True)))
    for name, answer in zip(people, answers, strict=True):
        if name != the_one:
            page = said(answer)
            assert f"{the_one} decided: remove the post" in page
            assert because_of(the_one) in page
            assert f"Your reasons {because_of(name)}" in page  # what they typed themselves is not lost

    proposed = hall["proposed"]
    one_by_one([lambda one=one: one.open(at(hall, proposed, "second-look")) for one in people.values()])
    looks = all_at_once([lambda one=one: one.send(go="agree") for one in people.values()])
    looked = who_won(dict(zip(people, looks, strict=True)))
    assert all(f"{looked} decided: remove the post" in said(look) for look in looks if look.status_code != 303)

    windows = [Visitor(crowded, session) for session in hall["windows"]]
    for one in windows:
        one.open(f"/o/{hall['org']}/notice/{hall['grant']}/appeal/", having="form_key")
    pleas = all_at_once([lambda n=n, one=one: one.send(words=f"Window {n}.") for n, one in enumerate(windows)])
    assert sorted(plea.status_code for plea in pleas) == [303, 422]

    held = json.loads(crowded.python("tests.crowd.hall", "count"))
    assert held["audit"] == []
    cases = held["cases"]
    assert cases[str(case)] == {**ONCE, "by": [the_one], "appeals": 0}
    assert cases[str(proposed)] == {**ONCE, "by": [looked], "appeals": 0}
    assert (cases[str(hall["decided"])]["appeals"], cases[str(hall["decided"])]["owed"]) == (1, 1)


def at(hall: dict[str, Any], case: int, page: str) -> str:
    """Return the path of a page of the case."""
    return f"/o/{hall['org']}/desk/cases/{case}/{page}/"


def decide(one: Visitor, name: str) -> httpx.Response:
    """Send the decision, each with reasons of their own."""
    found = {"outcome": "remove", "aimed_at": "person", "clarity": "clear", "passage": PASSAGE}
    return one.send(go="confirm", codes=["H1"], reasons=because_of(name), **found)


def because_of(name: str) -> str:
    """Return the reasons that only this person would write."""
    return f"It calls a named person a crook and gives no fact for it, finds {name}."


def who_won(answers: dict[str, httpx.Response]) -> str:
    """Return whose step was taken: exactly one; everybody else was answered in words."""
    statuses = sorted(answer.status_code for answer in answers.values())
    assert statuses == [303] + [422] * (DECIDERS - 1)
    return next(name for name, answer in answers.items() if answer.status_code == 303)


def said(answer: httpx.Response) -> str:
    """Return the words of a page, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())
