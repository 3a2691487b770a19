"""Every page in every state that it has, looked at by axe: light and dark, 1280 and 390 px wide, folded out and not.

`listed.py` says which pages there are and in which states; whoever adds a page adds its line. `./test` compares that
list with the addresses and looks at the pages that say no; `./test soak` gathers every state and looks at it four ways.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Browser

from folkmoot.config import clock
from tests.web.hostile.world import LATEST, world
from tests.web.states import stages, worlds
from tests.web.states.gather import Gathering, Shown
from tests.web.states.listed import NOT_PAGES, OF_THE_API, PAGES, REFUSALS
from tests.web.states.looks import LOOKS, Looker

pytestmark = pytest.mark.browser


def test_every_address_is_listed_with_its_states_or_with_why_it_is_no_page() -> None:
    listed = {view for group in PAGES for view in group.views}
    assert not listed & set(NOT_PAGES)
    known = (listed - OF_THE_API) | set(NOT_PAGES)
    assert known == set(_names(get_resolver())), "say in tests/web/states/listed.py what it shows"


def test_axe_finds_nothing_on_the_pages_that_say_no(
    browser: Browser, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATEST)
    found = Gathering()
    worlds.refusals(found)
    assert _faults(browser, found.found, looks=(("dark", 390),)) == []


@pytest.fixture(scope="module")
def every(
    django_db_setup: None, django_db_blocker: Any, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Shown]]:
    """Return every page in every state, while what they were made of is still there."""
    folder = tmp_path_factory.mktemp("states")
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        yield _gathered(browser, patch, folder)
        transaction.set_rollback(True)


@pytest.mark.soak
@pytest.mark.django_db  # or pytest-django makes no database where these two are all that is run
def test_every_state_that_is_listed_was_found_and_no_other(every: list[Shown]) -> None:
    found = defaultdict(set)
    for shown in every:
        found[shown.view].add(shown.state)
    listed = {view: group.states for group in PAGES for view in group.views}
    assert {view: states for view, states in found.items() if view not in REFUSALS} == listed
    assert REFUSALS <= set(found)


@pytest.mark.soak
@pytest.mark.django_db  # or pytest-django makes no database where these two are all that is run
def test_axe_finds_nothing_on_any_page_in_any_state(every: list[Shown], browser: Browser) -> None:
    assert len(every) > 300
    assert _faults(browser, every) == []


def _gathered(browser: Browser, patch: pytest.MonkeyPatch, folder: Path) -> list[Shown]:
    patch.setattr(clock, "now", lambda: LATEST)
    found, full = Gathering(), folder / "full"
    full.mkdir()
    worlds.before_anything(found)
    worlds.first_day(found)
    everything = world(worlds.AtLength(hostile=False), full)
    worlds.everything(found, everything)
    worlds.moments(found, everything)
    stages.each_stage(found, patch, folder)
    patch.setattr(clock, "now", lambda: LATEST)
    worlds.refusals(found)
    reader = browser.new_page()
    found.send_back(reader)
    reader.close()
    return found.found


def _faults(browser: Browser, every: list[Shown], looks: tuple[tuple[str, int], ...] = LOOKS) -> list[str]:
    looker = Looker(browser)
    try:
        return [str(fault) for shown in every for fault in looker.faults(shown, looks)]
    finally:
        looker.close()


def _names(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Yield the name of every address, as `resolve` says it; those of the API, which have none, are of programs."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{before}{entry.name or entry.pattern}"
        elif not str(entry.pattern).startswith("api/"):
            yield from _names(entry, f"{before}{entry.namespace}:" if entry.namespace else before)
