"""Every command in the documents can be typed, and is run; or it is in a list here, with why not and what runs it."""

import re
import shlex
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
import docx
import pytest
from click.testing import CliRunner
from django.utils import timezone

from folkmoot.cli.commands import folkmoot
from tests import cast
from tests.cli.typed import understood
from tests.docs.commands import Line, lines
from tests.places import PROJECT

LINES = lines()
OURS = [line for line in LINES if line.folkmoot is not None]
# Not run here: another test runs them, in a folder of its own. By their first words.
RUN_ELSEWHERE = {
    "backup": "tests/cli/backups/test_backup_and_restore.py",  # waits for whoever holds the database: this test
    "restore": "tests/cli/backups/test_backup_and_restore.py",  # takes the place of the data
    "demo": "tests/web/demo",  # fills a folder, and serves it
    "serve": "tests/cli/test_server.py",
    "import facebook-annmoss.zip": "tests/archive/test_facebook_download.py",  # needs a download of Facebook
    "import labeled_data.csv": "tests/cli/test_import.py",  # needs public data
    "policy import policy.pdf": "tests/standards/importing/test_pdf.py",  # needs a published policy
    "policy diff our-rules-2026-before-1/our-rules-2026": "tests/cli/test_policy_import.py",  # comes of two imports
    "audit verify --export record.jsonl --checkpoint kept.txt": "tests/cli/test_audit_export.py",  # needs a mail
    "audit checkpoint --restored": "tests/cli/test_audit_rolled_back.py",  # declares a gap
}
# Other programs than ./folkmoot: why no test runs the line as it stands, and what of ours must be there for it.
NOT_OURS = {
    r"\./run\b": "starts a server: tests/cli/test_server.py",
    r"(JOURNEY_PICTURES=1 )?\./test\b": "is what runs this test: scripts/checking/main.py",
    r"bench/\w+": "takes up to an hour: bench/",
    r"\.venv/bin/python -m training\.fetch_data": "fetches 26 MB: tests/training/test_fetch_data.py",
    r"\.venv/bin/python scripts/": "takes many minutes: scripts/",
    r"FOLKMOOT_URL=\S+ MAIL_URL=\S+ \./run$": "starts a server: tests/cli/test_server.py",
    r"(mkdir -p \.\./shared|cp labeled_data\.csv)": "puts public data where tests find them: docs/data.md",
    r"mv /srv/folkmoot ": "moves a data folder aside: tests/cli/backups",
    r"(git clone|useradd|mkdir -p /etc|printf|cp /opt|systemctl|journalctl)": "needs a machine of its own: packaging/",
    r"(mkdir packaging|openssl|echo|chmod|FOLKMOOT_URL=\S+ docker|docker)": "needs Docker: packaging/compose.yaml",
    r"curl \"\$AT/": "asks a server: tests/docs/test_api.py",
    r"sudo python3 scripts/image_steps\.py": "needs a machine to itself: scripts/image_steps.py",
}
WRITTEN_FOR_ALL = {  # what stands for something in the documents
    "SLUG": "harbour-branch",
    "hartfield-branch": "harbour-branch",
    "DIR": "our-rules",
    "DATE": "2027-01-01",
}


def test_there_are_commands_and_a_wrong_one_would_be_noticed() -> None:
    assert len(OURS) > 40
    assert Line(PROJECT / "README.md", "zcat x.gz | ./folkmoot import - --dry-run").folkmoot == "import - --dry-run"
    for wrong in ("audit verfy", "queue --show", "backup"):
        with pytest.raises(click.UsageError):
            understood(shlex.split(wrong))


@pytest.mark.parametrize("line", [line for line in OURS if line.folkmoot], ids=str)
def test_every_command_can_be_typed(line: Line) -> None:
    words = shlex.split(str(line.folkmoot))
    try:
        understood([*words])
    except click.exceptions.Exit:
        assert "--help" in words
    except click.UsageError:
        assert line.is_span, line  # a mention in a sentence may stop before its arguments, but not be misspelt
        assert _is_mention(words), line


def test_every_other_command_is_in_the_list_and_what_it_needs_is_there() -> None:
    for line in LINES:
        if line.folkmoot is None:
            why = [reason for start, reason in NOT_OURS.items() if re.match(start, line.text)]
            assert why, f"{line}: run it here, or say why not"
            assert (PROJECT / why[0].rpartition(": ")[2]).exists()
        for program in re.findall(r"(?:^| )((?:bench|scripts)/[a-z_/]+(?:\.py)?)", line.text):
            assert line.is_span or (PROJECT / program).is_file(), line
    assert [path for path in RUN_ELSEWHERE.values() if not (PROJECT / path).exists()] == []


def test_nothing_is_listed_that_no_document_has() -> None:
    for start in RUN_ELSEWHERE:
        assert start in ("serve", "audit checkpoint --restored") or any(
            str(line.folkmoot).startswith(start) for line in OURS
        ), start
    for start in NOT_OURS:
        assert any(line.folkmoot is None and re.match(start, line.text) for line in LINES), start


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Path]:
    """Return a folder with the files that the documents name."""
    monkeypatch.chdir(tmp_path)
    settings.CHECKPOINTS = tmp_path / "checkpoints"
    settings.CLOCK_SHIFT_SECONDS = (cast.day(1) - timezone.now() + timedelta(hours=1)).total_seconds()
    for name in ("our-rules-2026", "our-rules"):
        shutil.copytree(PROJECT / "tests" / "packs" / "harbour-rules", tmp_path / name)
        front = tmp_path / name / "pack.yaml"
        front.write_text(front.read_text().replace("harbour-rules", name))
    rules = docx.Document()
    for words in ("Our rules", "1. Nobody is insulted here.", "2. Nobody is threatened here."):
        rules.add_paragraph(words)
    rules.save(str(tmp_path / "rules.docx"))
    (tmp_path / "posts.csv").write_text("message,from,created\nGood morning,Ann Moss,2026-11-01 10:00\n")
    (tmp_path / "archive.jsonl").write_text('{"body": "Hello", "user": {"name": "Ann"}, "created_at": "2026-11-01"}\n')
    (tmp_path / "posts.jsonl").write_text('{"text": "Good morning"}\n')
    (tmp_path / "comments.txt").write_text("Good morning\n")
    (tmp_path / "changed-lists").mkdir()
    (tmp_path / "changed-lists" / "threats.txt").write_text("0.8 watch your|his back\n")
    chat = "13/10/2026, 10:00 - Ann Moss: Good morning\n13/10/2026, 10:01 - Bo Lark: And to you\n"
    (tmp_path / "WhatsApp Chat with Hartfield.txt").write_text(chat)
    yield tmp_path
    timezone.deactivate()


@pytest.mark.django_db
def test_every_command_does_what_the_document_says(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("desk.decide", "work.publishing"):
        monkeypatch.setattr(f"folkmoot.cli.{module}.at_terminal", lambda: True)
    people = cast.branch()
    matter = cast.reported(people)
    done_already: set[str] = set()
    otherwise = []
    for line in OURS:
        said = str(line.folkmoot)
        if not said or said in done_already or said.startswith(tuple(RUN_ELSEWHERE)) or _is_mention(shlex.split(said)):
            continue
        done_already.add(said)
        words = [WRITTEN_FOR_ALL.get(word, word) for word in shlex.split(said)]
        named = {"12": str(matter.pk), "mo@example.org": people.operator.email, "EMAIL": people.operator.email}
        words = [named.get(word, word) for word in words]
        if words[:2] == ["policy", "import"]:
            shutil.rmtree(folder / words[-1])  # the folder that it makes
        if words[0] == "import" and "--place" not in words:
            words += ["--place", "harbour-page"]
        typed = _answers(words)
        done = CliRunner().invoke(folkmoot, words, input=typed)
        if done.exit_code != _expected(words):
            otherwise.append(f"{line}\n{done.output}{done.exception!r}")
    assert not otherwise, "\n\n".join(otherwise)
    assert len(done_already) > 30


def _answers(words: list[str]) -> str | bytes:
    """Return what comes by standard input: a person's answers, or what another program writes."""
    if words[0] == "import" and words[1] == "-":
        return b"From ann@example.org Sun Nov  1 10:00:00 2026\nFrom: ann@example.org\nMessage-ID: <1@x>\n\nHello\n"
    if words[0] != "decide":
        return "y\n"  # publish it?
    finding = [] if "--outcome" in words else ["1"]  # no breach
    passage = [cast.PASSAGE] if "--outcome" in words else []
    grave = ["1"] if "--outcome" in words else []
    return "\n".join([*finding, *passage, "1", "1", *grave, cast.REASONS, "y", ""])


def _expected(words: list[str]) -> int:
    if words[0] == "doctor":
        return 1  # nothing serves here, and it says so
    return 0


def _is_mention(words: list[str]) -> bool:
    """Say whether it is only the name of a command, or of a group, without what it needs to run."""
    found: click.Command | None = folkmoot
    for word in words:
        if not isinstance(found, click.Group):
            return False
        found = found.get_command(click.Context(found), word)
        if found is None:
            return False
    needs = found is not None and any(one.required for one in found.params)
    return isinstance(found, click.Group) or needs
