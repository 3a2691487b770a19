"""One real server and one mail server for each half of the ten journeys, each journey in a branch of its own."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.mailbox import Mailbox
from tests.journeys.ten.journey import Journey
from tests.journeys.ten.quoted import quoted
from tests.servers import Server

Start = Callable[[str], Journey]


@pytest.fixture(scope="package")
def ten(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Return how to begin a journey by its key; after the last, the record is sound and the log names nobody."""
    mailbox = Mailbox().open()
    limits = {"FOLKMOOT_REPORTS_PER_HOUR": "1000", "FOLKMOOT_LOOKUPS_PER_HOUR": "1000"}
    folder, shown = tmp_path_factory.mktemp("ten"), {"FOLKMOOT_UNDO_SECONDS": "0", "FOLKMOOT_LOG": "json"}
    server = Server(folder, MAIL_URL=mailbox.url, **shown, **limits)
    try:
        halls: dict[str, dict[str, Any]] = json.loads(server.python("tests.journeys.ten.hall"))
        server.start()
        yield lambda key: Journey(key, server, mailbox, browser, **halls[key])
        verified = server.folkmoot("audit", "verify")
        assert verified.returncode == 0, verified.stdout + verified.stderr
        assert quoted(server, mailbox) == [], "the log names somebody"
    finally:
        server.stop()
        mailbox.close()
