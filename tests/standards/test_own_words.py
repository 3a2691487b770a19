"""The packs tell the policies in words of their own, with no run of words from the published texts."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from folkmoot.standards import Pack, find_pack, installed_packs, load_pack

LONGEST_SHARED_RUN = 5
CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def sources() -> list[str]:
    shared = Path(os.environ.get("FOLKMOOT_SHARED") or CHECKOUT.parent / "shared")
    texts = [path.read_text(encoding="utf-8") for path in sorted((shared / "source-policy").glob("*.txt"))]
    if not texts:
        pytest.skip(
            "the published policies are not here: put them as .txt files into a folder source-policy, and "
            "name the folder above it by FOLKMOOT_SHARED"
        )
    return texts


def test_a_copied_run_is_noticed_through_case_quotes_and_line_breaks() -> None:
    source = "We have to say it,\nboldly and with clear INTENTION, don't we?"
    assert list(shared_runs("So: boldly and with clear intention, don’t go", source, 5)) == [
        "boldly and with clear intention dont"
    ]
    assert list(shared_runs("boldly and with clear intention", source, 5)) == []


@pytest.mark.data
def test_no_text_shares_a_run_of_words_with_its_source(sources: list[str]) -> None:
    found = [
        f"{pack.name} {where}: {run}"
        for pack in own_packs()
        for where, text in texts_of(pack)
        for source in sources
        for run in shared_runs(text, source, LONGEST_SHARED_RUN)
    ]
    assert found == []


@pytest.mark.data
def test_the_branch_of_the_source_is_not_named(sources: list[str]) -> None:
    names = {name for source in sources for name in re.findall(r"\*\*([A-Z][a-z]+) & The [A-Z]", source)}
    assert names, "the branch's name was not found in the source"
    for pack in own_packs():
        for where, text in texts_of(pack):
            assert not any(name.lower() in text.lower() for name in names), f"{pack.name} {where}"


def own_packs() -> list[Pack]:
    return [load_pack(find_pack(name)) for name in installed_packs() if name.startswith("labour-")]


def texts_of(pack: Pack) -> Iterator[tuple[str, str]]:
    yield "title", pack.title
    yield "description", pack.description
    for clause in pack.clauses:
        for field in ("title", "text", "allowed", "not_allowed", "limited_to"):
            yield f"{clause.code} {field}", getattr(clause, field)


def shared_runs(text: str, source: str, longest: int) -> Iterator[str]:
    """Every run of `longest` + 1 words that both texts have."""
    known = set(runs(source, longest + 1))
    return (run for run in runs(text, longest + 1) if run in known)


def runs(text: str, length: int) -> list[str]:
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", text.lower()))
    return [" ".join(words[start : start + length]) for start in range(len(words) - length + 1)]
