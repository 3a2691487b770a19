"""`/metrics` has the record's numbers as they are now, for this machine and for whoever has the token."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from folkmoot.config.health.marks import beat
from folkmoot.config.mail import MailServer
from folkmoot.outbox.models import Dispatch
from tests.cast import AUTHOR_ADDRESS, REPORTER_NAME, appealed, branch, day, decided, reported
from tests.web.browsers import move_clock

pytestmark = pytest.mark.django_db

HERE = {"HTTP_HOST": "localhost:8000", "REMOTE_ADDR": "127.0.0.1"}


@pytest.fixture(autouse=True)
def _clock(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA = tmp_path
    move_clock(monkeypatch, day(20))


def numbers() -> dict[tuple[str, str], float]:
    """Return every number by its name and its labels' values."""
    answer = Client().get("/metrics", **HERE)
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.content.decode())
    return {(one.name, " ".join(one.labels.values())): one.value for family in families for one in family.samples}


def test_it_tells_of_cases_letters_and_the_worker(settings: Any, tmp_path: Path) -> None:
    people = branch()
    appealed(people)
    reported(branch("Another branch"), at=day(19))
    beat(tmp_path)
    settings.MAIL = MailServer("127.0.0.1", 25, "", "", "none", "us@example.org")
    failing = Dispatch.objects.filter(to=AUTHOR_ADDRESS).update(tries=2)
    found = numbers()
    assert found["folkmoot_cases_open", "received"] == 1
    assert found["folkmoot_cases_overdue", "received"] == 0
    assert (found["folkmoot_cases_open", "appealed"], found["folkmoot_cases_overdue", "appealed"]) == (1, 1)
    assert "final" not in {labels for _, labels in found}
    assert found["folkmoot_letters", "failing"] == failing > 0
    assert found["folkmoot_letters", "waiting"] > 0
    assert found["folkmoot_worker_heartbeat_age_seconds", ""] < 60
    assert found["folkmoot_worker_lag_seconds", "letters"] > 15 * 86_400  # nobody has taken them since day 1
    assert found["folkmoot_worker_lag_seconds", "time_limits"] > 0


def test_requests_are_counted_by_route_and_never_by_address() -> None:
    matter = decided()
    slug = matter.branch.org.slug
    before = numbers().get(("folkmoot_request_seconds_count", "public:report 2xx"), 0)
    for path in (f"/o/{slug}/report/", f"/o/{slug}/no-such-page/", f"/o/{slug}/letter/a-secret/"):
        Client().get(path)
    found = numbers()
    assert found["folkmoot_request_seconds_count", "public:report 2xx"] == before + 1
    assert found["folkmoot_request_seconds_count", "none 4xx"] >= 1
    assert found["folkmoot_request_seconds_sum", "public:report 2xx"] > 0
    text = Client().get("/metrics", **HERE).content.decode()
    for secret in (slug, "a-secret", AUTHOR_ADDRESS, REPORTER_NAME, "no-such-page"):
        assert secret not in re.sub(r"folkmoot_checkpoint_age.*", "", text)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (HERE, 200),
        (HERE | {"HTTP_X_FORWARDED_FOR": "203.0.113.7"}, 404),  # a proxy on this machine
        (HERE | {"HTTP_VIA": "1.1 Caddy"}, 404),
        (HERE | {"HTTP_HOST": "testserver"}, 404),
        (HERE | {"REMOTE_ADDR": "203.0.113.7"}, 404),
        (HERE | {"REMOTE_ADDR": "::1", "HTTP_HOST": "[::1]:8000"}, 200),
        ({"REMOTE_ADDR": "203.0.113.7", "HTTP_AUTHORIZATION": "Bearer the-token"}, 200),
        ({"REMOTE_ADDR": "203.0.113.7", "HTTP_AUTHORIZATION": "Bearer another"}, 404),
        ({"REMOTE_ADDR": "203.0.113.7", "HTTP_AUTHORIZATION": "Bearer "}, 404),
    ],
)
def test_only_this_machine_and_who_has_the_token_may_read_it(asked: Any, status: int, settings: Any) -> None:
    settings.METRICS_TOKEN = "the-token"
    assert Client().get("/metrics", **asked).status_code == status


def test_without_a_token_in_the_settings_no_token_opens_it() -> None:
    for said in ("Bearer ", "Bearer None", ""):
        asked: Any = {"REMOTE_ADDR": "203.0.113.7", "HTTP_AUTHORIZATION": said}
        assert Client().get("/metrics", **asked).status_code == 404
