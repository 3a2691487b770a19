"""Two usual ways to find copies, for comparison: a phrase search in a full-text index, and MinHash-LSH."""

import re
from collections.abc import Sequence
from pathlib import Path

from datasketch import MinHash, MinHashLSH

from folkmoot.config.embedded import use_safe_sqlite

use_safe_sqlite()

import sqlite3  # noqa: E402  the safe one, if there is one

_WORD = re.compile(r"\w+")
_RUN = 5  # words in a phrase
_PERMUTATIONS, _THRESHOLD = 64, 0.4
_MOST = 1500


class PhraseSearch:
    """SQLite's FTS5 over the texts as they are: what has any five words in a row of the one that is looked for."""

    name = "FTS5, five words in a row"

    def __init__(self, folder: Path) -> None:
        """Open an empty index in `folder`."""
        self._database = sqlite3.connect(folder / "phrases.sqlite3", isolation_level=None)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("CREATE VIRTUAL TABLE posts USING fts5(text, content='', tokenize='unicode61')")

    def add(self, first: int, texts: Sequence[str]) -> None:
        """Take in `texts`, numbered from `first` on."""
        self._database.execute("BEGIN")
        self._database.executemany("INSERT INTO posts (rowid, text) VALUES (?, ?)", enumerate(texts, first))
        self._database.execute("COMMIT")

    def like(self, text: str) -> list[int]:
        """Return the numbers of the texts that have a phrase of `text`."""
        words = _WORD.findall(text.lower())
        phrases = [" ".join(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))]
        asked = " OR ".join(f'"{phrase}"' for phrase in phrases)
        found = self._database.execute("SELECT rowid FROM posts WHERE posts MATCH ? LIMIT ?", (asked, _MOST))
        return [row[0] for row in found]


class MinHashes:
    """datasketch's MinHashLSH over three words in a row, in memory."""

    name = "MinHash-LSH by datasketch"

    def __init__(self, folder: Path) -> None:
        """Make an empty index; `folder` is not used."""
        self._index = MinHashLSH(threshold=_THRESHOLD, num_perm=_PERMUTATIONS)

    def add(self, first: int, texts: Sequence[str]) -> None:
        """Take in `texts`, numbered from `first` on."""
        hashes = MinHash.generator([_shingles(text) for text in texts], num_perm=_PERMUTATIONS)
        with self._index.insertion_session(buffer_size=50_000) as session:
            for number, hashed in enumerate(hashes, first):
                session.insert(number, hashed, check_duplication=False)

    def like(self, text: str) -> list[int]:
        """Return the numbers of the texts that are probably alike."""
        hashed = MinHash(num_perm=_PERMUTATIONS)
        hashed.update_batch(_shingles(text))
        return [int(number) for number in self._index.query(hashed)]


def _shingles(text: str) -> list[bytes]:
    words = _WORD.findall(text.lower())
    return [" ".join(words[at : at + 3]).encode() for at in range(max(1, len(words) - 2))]
