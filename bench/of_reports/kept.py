"""Looks in the database, past the software, for reports that were acknowledged."""

import sys
from collections.abc import Iterable
from pathlib import Path

import psycopg

from bench.of_reports.plain import sqlite3

WORDS_OF_REPORTS = (
    "SELECT casefile_papertext.text FROM casefile_papertext"
    " JOIN casefile_paper ON casefile_paper.id = casefile_papertext.paper_id"
    " JOIN casefile_event ON casefile_event.paper_id = casefile_paper.id"
    " JOIN casefile_grant ON casefile_grant.paper_id = casefile_paper.id"
    " WHERE casefile_papertext.field = 'words' AND casefile_paper.kind = 'report'"
)


def missing(words: Iterable[str], folder: Path, url: str) -> int:
    """Return how many reports with these words are not on the record, with their event and their access."""
    on_record = set(_postgresql(url) if url else _sqlite(folder / "data" / "folkmoot.sqlite3"))
    lost = [text for text in words if text not in on_record]
    for text in lost[:5]:
        print(f"acknowledged, but not on the record: {text}", file=sys.stderr)
    return len(lost)


def _sqlite(file: Path) -> list[str]:
    database = sqlite3.connect(file)
    try:
        return [text for (text,) in database.execute(WORDS_OF_REPORTS)]
    finally:
        database.close()


def _postgresql(url: str) -> list[str]:
    with psycopg.connect(url) as database:
        return [text for (text,) in database.execute(WORDS_OF_REPORTS)]
