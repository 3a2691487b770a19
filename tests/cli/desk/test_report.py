"""`folkmoot report`: the public page's report, with its receipt."""

from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from folkmoot.casefile.models import Attachment, Case, Paper
from folkmoot.cli.commands import folkmoot
from folkmoot.outbox.links import receipt_hash
from tests.cast import REPORTER_ADDRESS, Branch
from tests.cli.desk.conftest import Run, answered

LINK = "https://example.org/posts/100"
TOLD = ("--kind", "attack", "--link", LINK, "--words", "They call her a crook.", "--place", "harbour-page")


def test_a_report_is_filed_and_its_receipt_printed(people: Branch, run: Run) -> None:
    done = run("report", *TOLD)
    assert done.exit_code == 0, done.output
    case = Case.objects.within(people.org).get()
    assert case.post == people.post
    code = "".join(sign for sign in done.stdout.splitlines()[0] if sign.isdigit())
    assert len(code) == 16
    assert case.papers.get(kind=Paper.Kind.REPORT).grants.get().code_hash == receipt_hash(code)
    assert "/o/harbour-branch/track/" in done.stdout
    assert "There is an answer by" in done.stdout


def test_a_program_gets_the_receipt_as_json(people: Branch, run: Run) -> None:
    receipt = answered(run("report", *TOLD, "--email", REPORTER_ADDRESS, "--about-me", "--json"))
    paper = Case.objects.get(pk=receipt["case"]).papers.get(kind=Paper.Kind.REPORT)
    assert paper.grants.get().code_hash == receipt_hash(receipt["code"])
    assert paper.words["email"] == REPORTER_ADDRESS
    assert paper.facts["affected"] is True


def test_whoever_works_here_reports_under_their_name(people: Branch, run: Run) -> None:
    assert run("report", *TOLD, "--as", people.operator.email).exit_code == 0
    paper = Paper.objects.get(kind=Paper.Kind.REPORT)
    assert paper.by == f"person:{people.operator.pk}"
    assert paper.facts["noticed"] is True


def test_a_picture_is_kept_without_where_it_was_taken(people: Branch, run: Run, tmp_path: Path) -> None:
    photograph = Image.new("RGB", (8, 8), "red")
    marks = photograph.getexif()
    marks[0x010F] = "a camera with a name"
    photograph.save(tmp_path / "seen.jpg", exif=marks)
    done = run("report", *TOLD, "--file", tmp_path / "seen.jpg")
    assert done.exit_code == 0, done.output
    kept = bytes(Attachment.objects.get().content)
    assert not Image.open(BytesIO(kept)).getexif()


def test_somebody_at_a_terminal_is_asked_what_is_wrong(people: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("folkmoot.cli.desk.report.at_terminal", lambda: True)
    done = CliRunner().invoke(folkmoot, ["report", "--words", "They call her a crook."], input="3\n")
    assert done.exit_code == 0, done.output
    assert " 3  An attack on a person" in done.output
    assert Paper.objects.get(kind=Paper.Kind.REPORT).facts["kind"] == "attack"


def test_what_the_page_refuses_is_refused_here(people: Branch, run: Run, tmp_path: Path) -> None:
    (tmp_path / "no-picture.png").write_bytes(b"\x00\x01 no picture")
    for words, says in [
        (("--kind", "attack", "--place", "elsewhere"), "Please tell us what happened"),
        (("--kind", "attack", "--link", "javascript:alert(1)"), "does not look like a link"),
        (("--kind", "attack", "--words", "x", "--place", "nowhere"), "There are: harbour-page."),
        (("--kind", "attack", "--words", "x", "--email", "nobody"), "does not look like an e-mail address"),
        (("--words", "x"), "Say it with --kind: attack, hate"),
        (("--kind", "attack", "--words", f"@{tmp_path}"), "cannot be read: is a directory."),
        (("--kind", "attack", "--file", tmp_path / "no-picture.png"), "is not a picture that we can open"),
        (("--kind", "attack", "--file", tmp_path / "nothing.png"), "cannot be read: no such file or directory."),
        (("--kind", "child_safety", "--words", "x", "--file", tmp_path / "no-picture.png"), "takes no --file"),
        (("--kind", "spam", "--words", "x", "--account", "rowan"), "takes no --account"),
        (("--kind", "spam", "--words", "x", "--as", "who@example.org"), "knows nobody with the address"),
    ]:
        done = run("report", *words)
        assert done.exit_code == 1, words
        assert says in done.stderr
    assert not Case.objects.exists()
