"""docs/cli.md says how every command ends and what it answers programs with; each answer has exactly those keys."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.utils import timezone

from folkmoot.cli.commands import folkmoot
from folkmoot.cli.ending import STATUSES
from tests.cast import REASONS, branch, day, free, reported
from tests.cli.typed import DOCUMENT, KEYS, command_of, every_command
from tests.places import PROJECT

# Those that start a server, or need a folder of their own, are tried in these files.
ELSEWHERE = {
    "serve": "tests/cli/test_server.py",
    "backup": "tests/cli/backups/test_backup_and_restore.py",
    "restore": "tests/cli/backups/test_backup_and_restore.py",
}
NOT_TRIED = {"demo"}  # filling it takes half a minute, and its answer is two lines


@pytest.fixture(autouse=True)
def _second_day(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.CLOCK_SHIFT_SECONDS = (day(1) - timezone.now()).total_seconds()
    settings.CHECKPOINTS = tmp_path / "checkpoints"
    monkeypatch.chdir(tmp_path)
    yield
    timezone.deactivate()


def test_the_document_and_the_software_know_the_same_statuses() -> None:
    found = {int(number): said for number, said in re.findall(r"^\| (\d+) \| (.+) \|$", DOCUMENT, re.MULTILINE)}
    assert found == STATUSES


def test_every_command_has_its_row() -> None:
    groups = {words[:-1] for words in every_command()}
    with_other_answers = {"queue --piles", "check --house-style"}
    assert {" ".join(words) for words in every_command() if words not in groups} | with_other_answers == set(KEYS)


def test_every_command_takes_json() -> None:
    for name in {name.partition(" --")[0] for name in KEYS}:
        assert any("--json" in one.opts for one in command_of(*name.split()).params), name


@pytest.mark.django_db
def test_every_answer_has_the_keys_that_the_document_names(tmp_path: Path) -> None:
    people = branch()
    matter = reported(people)
    free(matter, people.operator, at=day(1))
    email, pack = people.operator.email, str(PROJECT / "tests" / "packs" / "harbour-rules")
    (tmp_path / "posts.csv").write_text("id,text\n1,one\n2,two\n", encoding="utf-8")
    (tmp_path / "rules.md").write_text("# Ours\n\n- Nobody is insulted.\n- Nobody is harmed.\n", encoding="utf-8")
    typed = {
        "report": ["--kind", "attack", "--words", "x"],
        "queue": ["--as", email],
        "queue --piles": ["--as", email],
        "case": [str(matter.pk), "--as", email],
        "decide": [str(matter.pk), "--as", email, "--outcome", "no_breach", "--aimed-at", "policy", "--dry-run"],
        "check": ["Good morning"],
        "check --house-style": ["Good morning"],
        "import": ["posts.csv", "--place", "harbour-page", "--dry-run"],
        "org add": ["Valley branch"],
        "place add": ["Members’ forum", "--org", "harbour-branch"],
        "user invite": ["new@example.org", "--name", "New", "--role", "moderator"],
        "user roles": [email],
        "user link": [email],
        "user reset": [email],
        "policy import": ["rules.md", "--out", "rules", "--since", "2026-01-01"],
        "policy check": [pack],
        "policy diff": [pack, pack],
        "policy publish": [pack],
        "audit export": ["record.jsonl"],
        "completion": ["bash"],
    }
    typed["decide"] += ["--clarity", "clear", "--reasons", REASONS]
    late = ["org add"]  # from then on it has to be said which organisation is meant
    for name in sorted(set(KEYS) - set(ELSEWHERE) - NOT_TRIED, key=lambda name: (name in late, name)):
        done = CliRunner().invoke(folkmoot, [*name.split(), *typed.get(name, []), "--json"])
        found = json.loads(done.stdout)
        assert sorted(found) == KEYS[name], (name, found)


def test_what_is_tried_elsewhere_is_tried_there() -> None:
    for name, file in ELSEWHERE.items():
        assert f'KEYS["{name}"]' in (PROJECT / file).read_text(encoding="utf-8"), name
