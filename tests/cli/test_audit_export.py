"""The record as a file: verified without the database, by somebody outside, against checkpoints of their own."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from folkmoot.casefile.access import note_access
from folkmoot.casefile.checkpoint_file import first_line, path_of, short_line
from folkmoot.casefile.checkpoint_reader import read_file
from folkmoot.casefile.models import Checkpoint
from folkmoot.cli.audit import command
from folkmoot.steps.attach import Upload
from folkmoot.steps.make_checkpoint import make_checkpoint
from tests import cast

SEED = bytes(range(32))


@pytest.fixture
def people(db: None, tmp_path: Path, settings: object) -> cast.Branch:
    """Return a branch with two cases under two checkpoints, and one younger case."""
    settings.CHECKPOINTS = tmp_path / "own"  # type: ignore[attr-defined]
    found = cast.branch()
    cast.finalised(found)
    make_checkpoint(found.org, folder=tmp_path / "own", seed=SEED, at=cast.day(9))
    files = [Upload("screen.png", "image/png", b"the picture")]
    cast.reported(found, post=cast.post(found.org, found.place, native_id="200"), files=files, at=cast.day(10))
    note_access(found.org, "letters", by=found.operator, at=cast.day(10))
    make_checkpoint(found.org, folder=tmp_path / "own", seed=SEED, at=cast.day(11))
    cast.reported(found, post=cast.post(found.org, found.place, native_id="300"), at=cast.day(12))
    return found


@pytest.fixture
def exported(people: cast.Branch, tmp_path: Path) -> Path:
    file = tmp_path / "record.jsonl"
    done = CliRunner().invoke(command, ["export", str(file)])
    assert done.exit_code == 0, done.output
    return file


def verify(*arguments: object) -> Result:
    return CliRunner().invoke(command, ["verify", *map(str, arguments)])


def test_an_export_agrees_with_itself_and_with_the_checkpoints(
    exported: Path, people: cast.Branch, tmp_path: Path
) -> None:
    kept = path_of(tmp_path / "own", people.org.pk)
    for arguments in (["--checkpoint", kept], []):  # without, those that the server kept are in the export
        done = verify("--export", exported, *arguments)
        assert done.exit_code == 0, done.output
        assert "held against checkpoint 2 of 13 November 2026, 10:00 UTC" in done.output
        assert "younger than that, and not proven yet: 1 new case, 1 step." in done.output


def test_no_prose_no_name_and_no_address_is_in_an_export(exported: Path) -> None:
    text = exported.read_text()
    secrets = (cast.WORDS, cast.PASSAGE, cast.REASONS, cast.APPEAL, cast.REPORT_WORDS, cast.REPORTER_NAME)
    for secret in (*secrets, cast.REPORTER_ADDRESS, cast.AUTHOR_ADDRESS, "Rowan", "Mo Abara", "screen.png"):
        assert secret not in text
    assert "decide" in text


def test_a_mail_is_enough_to_hold_an_export_against(exported: Path, people: cast.Branch, tmp_path: Path) -> None:
    row = Checkpoint.objects.latest("number")
    kept = read_file(path_of(tmp_path / "own", people.org.pk))
    assert kept is not None
    mail = tmp_path / "mail.txt"
    mail.write_text(f"Hello,\n\n{first_line(people.org.pk, kept.key)}\n{short_line(bytes(row.line).decode())}\n\nBye")
    done = verify("--export", exported, "--checkpoint", mail, "--key", kept.fingerprint)
    assert done.exit_code == 0, done.output
    assert f"signed with the key {kept.fingerprint}" in done.output


def changed(exported: Path, kind: str, change: Any) -> None:
    lines = [json.loads(line) for line in exported.read_text().splitlines()]
    change(next(line for line in lines if kind in line), lines)
    exported.write_text("".join(f"{json.dumps(line)}\n" for line in lines))


def edited(line: dict[str, Any], _lines: Any) -> None:
    line["entries"][2] = line["entries"][2].replace('"by":"person:', '"by":"person:9')


def paper_edited(line: dict[str, Any], _lines: Any) -> None:
    line["papers"][0] = line["papers"][0].replace('"affected":false', '"affected":true')


@pytest.mark.parametrize(
    ("kind", "change", "says"),
    [
        ("case", edited, "entry 4 does not follow the one before it"),
        ("case", paper_edited, "paper 1 is another than the one that was filed"),
        ("case", lambda line, _: line["papers"].pop(), "is gone"),
        ("case", lambda line, _: line["entries"].pop(), "the bookmark knows"),
        ("case", lambda line, lines: lines.remove(line), "it is gone: checkpoint 1 knows"),
        ("register", lambda line, _: line["entries"].pop(3), "entry 4 does not follow the one before it"),
        ("register", lambda line, lines: lines.remove(line), "it is not in the export"),
        ("access", lambda line, _: line["entries"].pop(), "the bookmark knows 1 entries, and 0 are there"),
        (
            "procedure",
            lambda line, _: line.update(facts=line["facts"].replace('"quorum":3', '"quorum":1')),
            "procedure",
        ),
    ],
)
def test_a_changed_export_is_found(
    exported: Path, people: cast.Branch, tmp_path: Path, kind: str, change: Any, says: str
) -> None:
    changed(exported, kind, change)
    done = verify("--export", exported, "--checkpoint", path_of(tmp_path / "own", people.org.pk))
    assert done.exit_code == 1
    assert says in done.output


def test_a_file_that_proves_nothing_is_refused_and_never_passed_over(
    exported: Path, people: cast.Branch, tmp_path: Path
) -> None:
    own, other = path_of(tmp_path / "own", people.org.pk), tmp_path / "other.txt"
    other.write_text("nothing of ours\n")
    for arguments, says in (
        (["--checkpoint", tmp_path / "nowhere"], "There is no file"),
        (["--checkpoint", other], "holds no checkpoint"),
        (["--checkpoint", own, "--key", "ab" * 32], "is not the one that you gave"),
        (["--export", other], "is not an export of a record"),
    ):
        done = verify("--export", exported, *arguments)
        assert done.exit_code == 1
        assert says in str(done.exception), done.output


def test_checkpoints_of_an_organisation_that_is_gone_are_never_passed_over(people: cast.Branch, tmp_path: Path) -> None:
    elsewhere = cast.branch("Valley branch")
    make_checkpoint(elsewhere.org, folder=tmp_path / "own", seed=SEED, at=cast.day(1))
    kept = path_of(tmp_path / "own", elsewhere.org.pk)
    kept.write_text(kept.read_text().replace(f'"org":{elsewhere.org.pk},"version"', '"org":999,"version"'))
    done = verify("--checkpoint", kept)
    assert done.exit_code == 1
    assert "an organisation that is not there" in str(done.exception)
