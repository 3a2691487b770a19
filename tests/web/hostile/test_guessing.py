"""Guessing at receipts, codes and links: how often one may try, and that no answer tells how near a guess was."""

import ast
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client

from folkmoot.kernel import tokens
from folkmoot.members.models import OneTimeLink
from folkmoot.outbox.links import letter_link, one_time_link, receipt_code, sign_in_code
from folkmoot.procedure.words import Role
from folkmoot.steps.invite_person import invite_person
from folkmoot.steps.send_sign_in_code import send_sign_in_code
from folkmoot.steps.set_up import setup_link
from tests.cast import Matter, day, decided, everything
from tests.places import PROJECT
from tests.web.browsers import move_clock

SOURCE = PROJECT / "src" / "folkmoot"
# Where a secret that somebody sent meets the one that it should be.
MEETING = (
    "outbox/links.py",
    "steps/one_time.py",
    "steps/redeem_code.py",
    "web/public/letter.py",
    "web/public/track.py",
)
SECRETS = {"token", "code", "digits", "typed", "text", "letter", "link"}


@pytest.fixture(autouse=True)
def _third_day(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(3))


@pytest.fixture
def matter(db: None, settings: Any) -> Matter:
    settings.LOOKUPS_PER_HOUR = 4
    return decided()


def invited(matter: Matter) -> OneTimeLink:
    """Return the link of somebody who is invited."""
    people, roles = matter.branch, {Role.MODERATOR}
    return invite_person(
        people.org, name="Eve", email="eve@example.org", roles=roles, by=people.administrator, at=day(3)
    )


def wrong(link: str) -> str:
    """Return the path of `link` with the last sign of its token changed."""
    path = urlsplit(link).path.rstrip("/")
    return f"{path[:-1]}{'A' if path[-1] != 'A' else 'B'}/"


def test_guessing_at_the_link_of_a_letter_is_limited_and_opening_it_is_not(matter: Matter) -> None:
    link = letter_link(matter.grant)
    for _ in range(6):
        assert Client().post(urlsplit(link).path).status_code == 303
    assert [Client().post(wrong(link)).status_code for _ in range(6)] == [403] * 4 + [429] * 2
    stopped = Client().post(wrong(link))
    assert "Please try again after 11:00" in stopped.content.decode()
    assert stopped["Referrer-Policy"] == "no-referrer"
    assert Client(REMOTE_ADDR="192.0.2.7").post(wrong(link)).status_code == 403
    assert Client().post(urlsplit(link).path).status_code == 303  # of somebody else in the same office


def test_guessing_at_links_that_work_once_is_limited_by_looking_at_them_too(matter: Matter) -> None:
    person = matter.branch.administrator
    made = invite_person(
        matter.branch.org, name="Eve", email="eve@example.org", roles={Role.MODERATOR}, by=person, at=day(3)
    )
    guess = wrong(one_time_link(made))
    tried = [Client().get(guess), Client().post(guess), Client().get(guess), Client().post(guess)]
    assert [answer.status_code for answer in tried] == [403] * 4
    for path in (guess, "/sign-in/link/1.aaaa/"):
        assert Client().get(path).status_code == 429, path
        assert Client().post(path).status_code == 429, path
    assert Client().get(urlsplit(one_time_link(made)).path).status_code == 200


def test_guessing_at_the_link_of_the_first_page_is_limited(db: None, settings: Any) -> None:
    settings.LOOKUPS_PER_HOUR = 2
    link = setup_link(at=day(3))
    assert link is not None
    assert [Client().get(wrong(link)).status_code for _ in range(4)] == [403, 403, 429, 429]


def test_a_guess_of_a_receipt_is_answered_in_the_same_words_however_near_it_was(matter: Matter, settings: Any) -> None:
    settings.LOOKUPS_PER_HOUR = 30
    code = matter.receipt.code
    near = [code[:at] + str((int(code[at]) + 1) % 10) + code[at + 1 :] for at in range(0, 16, 3)]
    pages = {_without_code(Client().post(f"/o/{matter.branch.org.slug}/track/", {"code": one}), one) for one in near}
    assert len(pages) == 1


def test_secrets_are_looked_up_by_their_hash_or_compared_in_constant_time_and_never_with_equals() -> None:
    for name in MEETING:
        compared = [
            f"{name}:{node.lineno}"
            for node in ast.walk(ast.parse((SOURCE / name).read_text()))
            if isinstance(node, ast.Compare)
            and any(isinstance(op, ast.Eq | ast.NotEq | ast.In) for op in node.ops)
            and {part.id for part in (node.left, *node.comparators) if isinstance(part, ast.Name)} & SECRETS
        ]
        assert not compared
    for name, function in (("outbox/links.py", "opens"), ("outbox/links.py", "one_time_token_fits")):
        assert "same" in _calls(SOURCE / name, function)
    assert "same" in _calls(SOURCE / "steps/redeem_code.py", "redeem_code")
    assert "receipt_hash" in _calls(SOURCE / "web/public/track.py", "_open")
    assert "compare_digest" in _calls(Path(tokens.__file__), "same")


def test_no_row_holds_what_opens_something(matter: Matter) -> None:
    user = matter.branch.administrator.user
    assert user is not None
    code = send_sign_in_code(user, at=day(3))
    person = matter.branch.administrator
    made = invite_person(
        matter.branch.org, name="Eve", email="eve@example.org", roles={Role.MODERATOR}, by=person, at=day(3)
    )
    Client().post(urlsplit(letter_link(matter.grant)).path)
    secrets = {
        "receipt": receipt_code(matter.receipt.grant.nonce),
        "letter": letter_link(matter.grant).rstrip("/").partition(".")[2],
        "sign-in code": sign_in_code(code),
        "invitation": one_time_link(made).rstrip("/").rpartition(".")[2],
    }
    rows = repr(everything()) + repr(_sessions())
    assert [name for name, secret in secrets.items() if secret in rows] == []


def _without_code(answer: Any, code: str) -> str:
    page = answer.content.decode().replace(code, "CODE")
    return re.sub(r'name="(csrfmiddlewaretoken|form_key)" value="[^"]*"', "", page)


def _calls(file: Path, function: str) -> set[str]:
    """Return the names of what a function calls."""
    tree = ast.parse(file.read_text())
    body = next(one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name == function)
    calls = [node.func for node in ast.walk(body) if isinstance(node, ast.Call)]
    return {getattr(one, "id", getattr(one, "attr", "")) for one in calls}


def _sessions() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM django_session")
        return list(cursor.fetchall())
