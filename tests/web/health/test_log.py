"""Each request is one line, by its route's name; a fault tells its place, and nothing that was sent."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from django.test import Client

from folkmoot.config.json_lines import JsonLines
from folkmoot.web.public import report
from tests.cast import AUTHOR_ADDRESS, WORDS, decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """Return what is written while requests are logged as JSON."""
    written = StringIO()
    handler, logger = logging.StreamHandler(written), logging.getLogger("folkmoot")
    handler.setFormatter(JsonLines())
    logger.addHandler(handler)
    requests = logging.getLogger("folkmoot.requests")
    before = requests.level
    requests.setLevel(logging.INFO)
    yield written
    requests.setLevel(before)
    logger.removeHandler(handler)


def test_a_request_is_known_by_a_number_that_its_answer_carries(lines: StringIO) -> None:
    slug, secret = decided().branch.org.slug, f"9.{'Sesame' * 5}ab"
    answer = Client().get(f"/o/{slug}/letter/{secret}/?code=1234567890123456")
    line = json.loads(lines.getvalue().splitlines()[-1])
    assert (line["event"], line["route"], line["method"]) == ("request", "public:letter", "GET")
    assert (line["status"], line["request"]) == (answer.status_code, answer["X-Request-ID"])
    assert line["ms"] > 0
    for hidden in (slug, secret, "1234567890123456"):
        assert hidden not in lines.getvalue()


def test_a_fault_tells_its_place_and_the_request_but_not_what_was_typed(
    lines: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError(f"{AUTHOR_ADDRESS} wrote {WORDS}")

    monkeypatch.setattr(report, "_ask_kind", fail)
    slug = decided().branch.org.slug
    browser = Client(raise_request_exception=False)
    assert browser.get(f"/o/{slug}/report/?words={WORDS}").status_code == 500
    fault, request = (json.loads(line) for line in lines.getvalue().splitlines())
    assert "public:report failed" in fault["event"]
    assert (fault["error"][-1], fault["request"]) == ("builtins.ValueError", request["request"])
    assert any("in fail" in place for place in fault["error"])
    assert request["status"] == 500
    assert WORDS not in lines.getvalue()
    assert AUTHOR_ADDRESS not in lines.getvalue()
