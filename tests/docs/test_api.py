"""docs/api.md: its commands are run, one after the other, and answer as it says."""

import json
import re
import shlex
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from folkmoot.casefile.models import Grant
from folkmoot.outbox.links import letter_link
from tests.api.programs import token_of
from tests.cast import branch, day
from tests.places import PROJECT
from tests.web.browsers import move_clock

DOCUMENT = (PROJECT / "docs" / "api.md").read_text(encoding="utf-8")
PAIRS = re.findall(r"```sh\n(curl .*?)\n```\n```json\n(.*?)\n```", DOCUMENT, re.DOTALL)
METHOD_OF = {"-d": "POST", "--data-binary": "POST", "-F": "POST"}


@dataclass
class Asked:
    """What a curl command asks for."""

    url: str = ""
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    form: dict[str, str] = field(default_factory=dict)


@pytest.mark.django_db
def test_every_command_answers_as_it_says(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.UNDO_SECONDS = 0  # else what was decided is read a minute later
    move_clock(monkeypatch, day(1))
    people = branch()
    known = {
        "AT": f"/api/v1/o/{people.org.slug}",
        "TOKEN": token_of(people.operator),
        "PLACE": str(people.place.pk),
    }
    for command, said in PAIRS:
        answer = send(read(command, {**known, "KEY": str(uuid4())}))
        shown = json.loads(said)
        assert answer.status_code == shown.get("status", answer.status_code), command
        assert fits(shown, answer.json()), f"{command}\nanswers\n{json.dumps(answer.json(), indent=1)}"
        known |= learned(answer.json())
    assert len(PAIRS) == DOCUMENT.count("```sh") > 10


def test_every_status_that_is_explained_is_one_that_can_come() -> None:
    told = {int(status) for status in re.findall(r"^\| (\d{3}) \|", DOCUMENT, re.MULTILINE)}
    assert told == {400, 401, 403, 404, 409, 413, 422, 429, 500}


def read(command: str, known: dict[str, str]) -> Asked:
    """Read a curl command as a shell would."""
    words = shlex.split(re.sub(r"\$([A-Z]+)", lambda found: known[found[1]], command.replace("\\\n", " ")))
    asked, option = Asked(), ""
    for word in words[1:]:
        if word.startswith("-") and not option:
            option = word
            asked.method = METHOD_OF.get(word, asked.method)
            continue
        if option == "-H":
            name, _colon, value = word.partition(": ")
            asked.headers[name] = value
        elif option == "-F":
            name, _sign, value = word.partition("=")
            asked.form[name] = value
        elif option in METHOD_OF:
            asked.body = word
        else:
            assert not option, f"the test does not know {option}"
            asked.url = word
        option = ""
    return asked


def send(asked: Asked) -> Any:
    if asked.form:
        return Client().post(asked.url, asked.form, headers=asked.headers)
    media = asked.headers.pop("Content-Type", "application/json")
    return Client().generic(asked.method, asked.url, asked.body, content_type=media, headers=asked.headers)


def fits(shown: Any, answered: Any) -> bool:
    """Say whether all that is shown is answered: words and times may be others, all else is the same."""
    if isinstance(shown, dict):
        numbers = {name for name in shown if name in ("number", "case")}  # which one it is here is chance
        named = all(isinstance(answered.get(name), int) for name in numbers)
        return named and all(fits(one, answered.get(name)) for name, one in shown.items() if name not in numbers)
    if isinstance(shown, list):
        return isinstance(answered, list) and all(any(fits(one, other) for other in answered) for one in shown)
    if isinstance(shown, str) and (shown == "…" or re.search(r"\d{4}-\d\d-\d\dT|\d{16}|^https:", shown)):
        return isinstance(answered, str) and bool(answered)
    return bool(shown == answered)


def learned(answer: dict[str, Any]) -> dict[str, str]:
    """Return what whoever follows the document would have in hand after this answer."""
    found = {"CODE": answer["code"]} if "code" in answer else {}
    if answer.get("cases"):
        found["CASE"] = str(answer["cases"][0]["number"])
    if answer.get("kind") == "decision":
        found["LETTER"] = letter_of(answer["case"])
    return found


def letter_of(case: int) -> str:
    """Return the last part of the link in the author's letter."""
    return letter_link(Grant.objects.filter(case=case, party="author").latest("pk")).rstrip("/").rpartition("/")[2]
