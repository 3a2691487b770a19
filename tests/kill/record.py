"""The database of a stopped server, read past the software."""

import sqlite3
from pathlib import Path
from typing import Any

REPORTS = """
SELECT g.code_hash, t.text FROM casefile_grant g
JOIN casefile_paper p ON p.id = g.paper_id AND p.kind = 'report'
JOIN casefile_papertext t ON t.paper_id = p.id AND t.field = 'words'
JOIN casefile_event e ON e.paper_id = p.id AND e.step = 'file_report'
JOIN casefile_case c ON c.id = p.case_id
JOIN casefile_duty d ON d.paper_id = p.id
"""
PARTS = {
    "its paper": "SELECT case_id FROM casefile_paper WHERE kind = 'decision'",
    "its event": "SELECT case_id FROM casefile_event WHERE step = 'decide'",
    "the statement of reasons": """
        SELECT n.case_id FROM casefile_paper n JOIN casefile_paper d ON d.id = n.answers_id AND d.kind = 'decision'
        WHERE n.kind = 'notice' AND json_extract(CAST(n.body AS TEXT), '$.facts.letter') = 'statement_of_reasons'""",
    "the author's access": "SELECT case_id FROM casefile_grant WHERE party = 'author'",
    "the task to remove": "SELECT case_id FROM outbox_task WHERE op = 'remove'",
    "the task to hand the letter over": "SELECT case_id FROM outbox_task WHERE op = 'hand_over_notice'",
    "the answer owed, met": "SELECT case_id FROM casefile_duty WHERE met_at IS NOT NULL",
}


class Record:
    """What lies in a server's data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def is_whole(self) -> bool:
        """Say whether SQLite finds its own file sound."""
        return self._rows("PRAGMA integrity_check") == [("ok",)]

    def reports(self) -> dict[str, str]:
        """Return the words of each report by the hash of its code, of those that have all that a report has."""
        return dict(self._rows(REPORTS))

    def cases_decided(self) -> list[int]:
        """Return the numbers of the cases whose bookmark says that they are decided."""
        return [case for (case,) in self._rows("SELECT id FROM casefile_case WHERE stage = 'decided'")]

    def parts_of_decisions(self) -> dict[str, list[int]]:
        """Return for each part of a decision the cases that have it."""
        return {part: [case for (case,) in self._rows(sql)] for part, sql in PARTS.items()}

    def letters(self) -> dict[str, str]:
        """Return to whom each letter is promised, by its Message-ID."""
        return dict(self._rows('SELECT message_id, "to" FROM outbox_dispatch'))

    def letters_of_a_case_to_one(self) -> list[list[str]]:
        """Return, for each case and address with several letters, their Message-IDs in the order of their promises."""
        found: dict[tuple[int, str], list[str]] = {}
        for case, to, id_ in self._rows(
            'SELECT case_id, "to", message_id FROM outbox_dispatch WHERE case_id IS NOT NULL ORDER BY id'
        ):
            found.setdefault((case, to), []).append(id_)
        return [letters for letters in found.values() if len(letters) > 1]

    def letters_returned(self) -> list[str]:
        """Return the Message-IDs of the letters that came back."""
        return [id_ for (id_,) in self._rows("SELECT message_id FROM outbox_dispatch WHERE state = 'returned'")]

    def letters_waiting(self) -> int:
        """Return how many letters have not been sent."""
        ((number,),) = self._rows("SELECT count(*) FROM outbox_dispatch WHERE state <> 'sent'")
        return int(number)

    def _rows(self, sql: str) -> list[Any]:
        database = sqlite3.connect(self.folder / "folkmoot.sqlite3", timeout=20)
        try:
            return database.execute(sql).fetchall()
        finally:
            database.close()
