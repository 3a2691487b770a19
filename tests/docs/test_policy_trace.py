"""Every paragraph of the policy is accounted for, and what the trace says works is shown by a test."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
from django.urls import URLPattern, URLResolver, get_resolver

from folkmoot.cli.commands import folkmoot
from tests.docs.trace import TRACE as TRACE_FILE
from tests.docs.trace import at_a_glance, read
from tests.places import PROJECT

PROCEDURE = ["Ma", "Mb", "Mc", "Md", "Me", "Mf", "Mg", "Mh"]
STANDARDS = ["Sa", "Sb", "Sc", "Sd", "Se", "Sf", "Sg", "Sh"]
CONDUCT = ["I", *(f"F{number}" for number in range(1, 11))]
ADVICE = ["R1-R13", "P1, P4, P6, P7", "P2", "P3", "P5", "P8", "P9", "P10"]
DAILY_USE = ["Secretary", "Moderator", "Reporter", "Author", "Target", "Everyone"]
WHAT_THE_BEST_HAVE = [
    "Rules as versioned data",
    "Evidence kept at the moment of reporting",
    "One case for many reports",
    "Claim and assignment",
    "Back-test",
    "API and signed webhooks",
    "Several platforms in one queue",
    "Roles",
    "Keyboard work",
    "Other languages",
    "Data-subject export and erasure",
    "Blur",
]
WHAT_NONE_HAS = [
    "The five-day clock with automatic hand-over",
    "A second, written stage before an elected body",
    "Enforced recusal with a logged necessity override",
    "The cascade with restoration",
    "Notices bound to the exact clause text",
    '"Always told" as an invariant',
    "Platforms without an API as tasks with proof",
    "A tamper-evident record that outsiders can verify",
    "A sealed referral pack",
    "Support for the person targeted",
    "Agreement and reversal figures per clause",
]
DUE_PROCESS = [f"D{number}" for number in range(1, 47) if number not in {6, 27, 33}]
DATA_PROTECTION = [f"DP{number}" for number in (1, 5, *range(8, 18), 19, 20, 21, 22)]
ROWS = [
    *(PROCEDURE + STANDARDS + CONDUCT + ADVICE),
    *(DAILY_USE + WHAT_THE_BEST_HAVE + WHAT_NONE_HAS),
    *(DUE_PROCESS + DATA_PROTECTION),
]

TRACE = read()
PARTS = [(row.head, part) for row in TRACE for part in row.parts]


def test_every_row_is_there_once_and_in_its_order() -> None:
    assert [row.head for row in TRACE] == ROWS


def test_every_row_says_what_works_and_then_in_one_part_what_is_later_work() -> None:
    assert [row.head for row in TRACE if not row.parts or any(part.is_later for part in row.parts[:-1])] == []


def test_what_works_is_shown_by_a_test() -> None:
    assert [f"{head}: {part.text}" for head, part in PARTS if not part.is_later and not part.tests] == []


def test_what_is_later_work_has_no_page_and_no_command() -> None:
    later = [(head, part) for head, part in PARTS if part.is_later]
    assert later
    assert [f"{head}: {part.text}" for head, part in later if part.tests or part.pages or part.commands] == []


def test_every_test_that_is_named_exists() -> None:
    named = [(head, file, name) for head, part in PARTS for file, name in part.tests]
    assert len(named) == TRACE_FILE.read_text(encoding="utf-8").count(".py::")
    known = {file: functions(PROJECT / file) for _, file, _ in named}
    assert [f"{head}: {file}::{name}" for head, file, name in named if name not in known[file]] == []


def test_every_page_that_is_named_is_an_address_of_the_project() -> None:
    known = addresses()
    assert [f"{head}: {page}" for head, part in PARTS for page in part.pages if nameless(page) not in known] == []


def test_every_command_that_is_named_can_be_typed() -> None:
    assert [f"{head}: {words}" for head, part in PARTS for words in part.commands if not is_command(words)] == []


def test_every_page_of_an_organisation_is_there_for_a_row() -> None:
    """A page that serves no working row is a stub, or a row that nobody wrote down."""
    named = {nameless(page) for _, part in PARTS for page in part.pages}
    assert sorted(address for address in addresses() if address.startswith("/o/") and address not in named) == []


def test_the_list_at_the_top_agrees_with_the_rows() -> None:
    assert at_a_glance() == {
        standing: [row.head for row in TRACE if row.standing == standing]
        for standing in ("whole", "in part", "not yet")
    }


def test_no_page_promises_what_is_later_work() -> None:
    promise = re.compile(r"coming soon|not (yet )?implemented|will be available|under construction", re.IGNORECASE)
    pages = sorted((PROJECT / "src" / "folkmoot").rglob("*.html"))
    assert pages
    assert [page.name for page in pages if promise.search(page.read_text(encoding="utf-8"))] == []


def functions(file: Path) -> set[str]:
    """Return the names of the functions at the top of a file; none where there is no such file."""
    if not file.is_file():
        return set()
    return {node.name for node in ast.parse(file.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)}


def addresses() -> set[str]:
    """Return every address of an ordinary server, with "<>" for what stands in it."""
    return {nameless(f"/{route}") for route in _routes(get_resolver())}


def nameless(address: str) -> str:
    """Return an address without the names of what stands in it."""
    address = re.sub(r"\^(.*)\$$", r"\1", re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"<\1>", address))
    return re.sub(r"<[^>]+>", "<>", address)


def is_command(words: str) -> bool:
    """Say whether `words` ("audit verify") are a command, or a command of a group."""
    found: click.Command | None = folkmoot
    for word in words.split():
        if not isinstance(found, click.Group):
            return False
        found = found.get_command(click.Context(found), word)
    return found is not None


def _routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _routes(entry, route)
        elif isinstance(entry, URLPattern):
            yield route
