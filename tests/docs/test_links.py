"""Links in the documents lead somewhere."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.places import PROJECT

DOCUMENTS = [PROJECT / "README.md", *sorted((PROJECT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")
ELSEWHERE = ("https://", "http://", "mailto:")
CODE = re.compile(r"^(```|~~~).*?^\1|^ {4}.*?$|`[^`\n]*`", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(PROJECT)))
def test_relative_links_lead_to_files_and_headings_that_are_there(document: Path) -> None:
    assert [link for link in links(document.read_text(encoding="utf-8")) if not leads(document, link)] == []


def test_what_leads_nowhere_would_be_noticed() -> None:
    readme = PROJECT / "README.md"
    said = "[a](docs/map.md) [b](docs/nothing.md) [c](docs/map.md#rooms) [d](docs/map.md#no-such) `[e](x)` [f](../..)"
    assert [link for link in links(said) if not leads(readme, link)] == [
        "docs/nothing.md",
        "docs/map.md#no-such",
        "../..",
    ]


def test_every_document_can_be_reached_from_the_readme() -> None:
    reached, waiting = set[Path](), [PROJECT / "README.md"]
    while waiting:
        document = waiting.pop()
        reached.add(document)
        found = [target(document, link) for link in links(document.read_text(encoding="utf-8"))]
        documents = [path / "README.md" if path.is_dir() else path for path in found]
        waiting += [path for path in documents if path.suffix == ".md" and path.is_file() and path not in reached]
    assert [path.name for path in DOCUMENTS if path not in reached] == []


def links(text: str) -> list[str]:
    """Return the relative links of a document, code left out."""
    return [link for link in LINK.findall(CODE.sub("", text)) if not link.startswith(ELSEWHERE)]


def leads(document: Path, link: str) -> bool:
    """Say whether `link` leads to something inside the project, and to a heading that it has."""
    path, anchor = target(document, link), link.partition("#")[2]
    if not path.exists() or PROJECT not in (path, *path.parents):
        return False
    return not anchor or anchor in headings(path.read_text(encoding="utf-8"))


def target(document: Path, link: str) -> Path:
    """Return the path that `link` in `document` leads to."""
    path = unquote(link.partition("#")[0])
    return (document.parent / path).resolve() if path else document


def headings(text: str) -> set[str]:
    """Return the anchors of a document's headings, as they are made of their words."""
    found = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}
