"""Public pages are light: each with all that it loads is under 60 kB on its way to a telephone."""

import re

import pytest
from django.test import Client

from tests import cast
from tests.web.browsers import party

pytestmark = pytest.mark.django_db

MOST = 60_000  # bytes, as they are sent


def weight(browser: Client, path: str) -> int:
    """Return how many bytes a browser loads for a page that it has never seen."""
    page = browser.get(path)
    assert page.status_code == 200, path
    loaded = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.content.decode()))
    assert loaded, path
    return len(page.content) + sum(_sent(browser, file) for file in loaded)


def _sent(browser: Client, file: str) -> int:
    answer = browser.get(file, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200, file
    return len(b"".join(answer) if answer.streaming else answer.content)  # type: ignore[arg-type]


def test_every_public_page_weighs_less_than_sixty_kilobytes() -> None:
    matter = cast.decided()
    root = f"/o/{matter.branch.org.slug}/"
    pages = ["", "report/", "track/", "privacy/", "rules/", "rules/editions/", f"notice/{matter.grant.pk}/"]
    pages += [f"notice/{matter.grant.pk}/appeal/", f"track/progress/{matter.receipt.grant.pk}/"]
    browser = party(matter.grant, matter.receipt.grant)
    weights = {page: weight(browser, root + page) for page in pages}
    assert {page: much for page, much in weights.items() if much >= MOST} == {}


def test_pages_themselves_are_never_compressed_since_they_hold_tokens() -> None:
    matter = cast.decided()
    page = Client().get(f"/o/{matter.branch.org.slug}/report/", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in page
    style = Client().get("/static/look/parts.css", headers={"Accept-Encoding": "gzip"})
    assert style["Content-Encoding"] == "gzip"
