"""Fixtures that every test may use."""

import gc
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from tests import chromium
from tests.places import PROJECT
from tests.servers import Server, clean_environment
from tests.tables import copy_tables
from tests.together import pytest_xdist_make_scheduler as pytest_xdist_make_scheduler

PAGES = PROJECT / "tests" / "web"
OWN_SQL = {PROJECT / "tests" / room for room in ("archive", "casefile", "config", "crowd")}  # or that of one database
ONE_IN = 16  # of the other tests that use the database, `./test` runs these on PostgreSQL too
SHARED = Path(os.environ.get("FOLKMOOT_SHARED") or PROJECT.parent / "shared")


gc.set_threshold(100_000, 50, 50)  # looking for rubbish as often as Python does costs a twentieth of the time


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of public data sets, or skip and say how to get them."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip(
            f"no public data sets at {folder}: put them there (docs/data.md says which), or name "
            "their parent folder by FOLKMOOT_SHARED"
        )
    return folder


@pytest.fixture(scope="session")
def davidson_csv(shared_data: Path) -> Path:
    """Return the CSV file of 24,783 labelled tweets (Davidson and others, 2017), or skip."""
    file = shared_data / "davidson" / "labeled_data.csv"
    if not file.is_file():
        pytest.skip(f"no {file}: it is labeled_data.csv of t-davidson/hate-speech-and-offensive-language")
    return file


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Put a database with its tables where the tests' own is to be; Django then finds nothing left to make.

    On PostgreSQL it makes all of it.
    """
    about = settings.DATABASES["default"]
    if about["ENGINE"] != "folkmoot.config.sqlite":
        return False
    copy_tables(Path(about["TEST"]["NAME"]), clean_environment())
    return True


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Return a real server that is not yet started, with an empty data folder; it is stopped afterwards."""
    made = Server(tmp_path)
    yield made
    made.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a real Chromium."""
    with chromium.started() as found:
        yield found


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses the database, what only shows pages, and what is run again on PostgreSQL.

    There it is all that has to do with a database by itself, and of each other file its first test and every sixteenth
    after it; `./test soak` runs all. The kills come first: they take longest.
    """
    items.sort(key=lambda item: item.path.parent.name != "kill")
    seen: Counter[Path] = Counter()
    for item in items:
        if PAGES in item.path.parents and item.path.parent != PAGES:
            item.add_marker("pages")
        if item.get_closest_marker("django_db") or "db" in getattr(item, "fixturenames", ()):
            item.add_marker("database")
            if seen[item.path] % ONE_IN == 0 or not OWN_SQL.isdisjoint(item.path.parents):
                item.add_marker("postgresql")
            seen[item.path] += 1
