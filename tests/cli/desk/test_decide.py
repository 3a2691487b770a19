"""`folkmoot decide`: the page's questions and checks, the letter first, and nothing without a yes."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from folkmoot.casefile.models import Paper, Reading
from folkmoot.cli.commands import folkmoot
from folkmoot.procedure.words import Outcome
from tests.cast import PASSAGE, REASONS, WORDS, Branch, Matter, day, decided, free, own, reported
from tests.cli.desk.conftest import Run, answered

FOUND = (
    *("--outcome", "remove", "--cite", "H1", "--passage", PASSAGE),
    *("--aimed-at", "person", "--clarity", "clear", "--reasons", REASONS),
)


def ready(people: Branch) -> Matter:
    matter = reported(people)
    free(matter, people.operator, at=day(1))
    return matter


def test_a_case_is_decided_as_on_the_page(people: Branch, run: Run) -> None:
    matter = ready(people)
    done = run("decide", matter.pk, "--as", people.operator.email, *FOUND, "--yes")
    assert done.exit_code == 0, done.output
    assert "Decided: remove the post." in done.stdout
    [paper] = matter.papers(Paper.Kind.DECISION)
    assert (paper.by, paper.facts["codes"], paper.words["passage"]) == (
        f"person:{people.operator.pk}",
        ["H1"],
        PASSAGE,
    )
    assert "statement_of_reasons" in [letter.paper.facts["letter"] for letter in matter.letters() if letter.paper]
    assert Reading.objects.filter(case=matter.pk, what="decision, at the command line").exists()


def test_a_dry_run_shows_the_letter_and_decides_nothing(people: Branch, run: Run) -> None:
    matter = ready(people)
    seq = matter.case.seq
    done = run("decide", matter.pk, "--as", people.operator.email, *FOUND, "--dry-run")
    assert done.exit_code == 0, done.output
    assert REASONS in done.stdout
    assert PASSAGE in done.stdout
    assert "Nothing was decided" in done.stdout
    assert matter.case.seq == seq
    told = answered(run("decide", matter.pk, "--as", people.operator.email, *FOUND, "--dry-run", "--json"))
    assert told["decided"] is False
    assert REASONS in told["letter"]["body"]


def test_nothing_is_decided_where_nobody_can_be_asked(people: Branch, run: Run) -> None:
    matter = ready(people)
    done = run("decide", matter.pk, "--as", people.operator.email, *FOUND)
    assert done.exit_code == 1
    assert "there is nobody here to ask. Say --yes" in done.stderr
    assert matter.case.stage == "received"


def test_what_is_missing_or_wrong_is_said_with_its_option(people: Branch, run: Run, tmp_path: Path) -> None:
    matter = ready(people)
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    start = ("decide", matter.pk, "--as", people.operator.email, "--yes", "--json")
    for words, field in [
        ((), "outcome"),
        (FOUND[:2], "aimed_at"),
        ((*FOUND, "--cite", "H99"), "codes"),
        ((*FOUND, "--passage", "words that nobody wrote"), "passage"),
        ((*FOUND, "--reasons", "Because."), "reasons"),
        ((*FOUND, "--reasons", f"@{tmp_path}/nothing"), "reasons"),
        ((*FOUND, "--passage", f"@{tmp_path}/bytes"), "passage"),
        ((*FOUND, "--measure", "jail=2027-01-01"), "measures"),
        ((*FOUND, "--measure", "ban=soon"), "until_ban"),
        ((*FOUND, "--measure", "ban=2020-01-01"), "measures"),
        (("--outcome", "reject", *FOUND[2:]), "outcome"),
    ]:
        done = run(*start, *words)
        assert done.exit_code == 1, words
        error = answered(done)["error"]
        assert (error["kind"], error["field"]) == ("bad_input", field), error
    assert matter.case.stage == "received"


def test_who_has_an_interest_or_was_never_asked_does_not_decide(people: Branch, run: Run) -> None:
    matter = reported(people)
    done = run("decide", matter.pk, "--as", people.operator.email, *FOUND, "--yes")
    assert "Before a case opens" in done.stderr
    own(people, people.operator)
    done = run("decide", matter.pk, "--as", people.operator.email, *FOUND, "--no-interest", "--yes", "--json")
    assert answered(done)["error"]["kind"] == "not_permitted"
    assert people.moderator is not None
    done = run("decide", matter.pk, "--as", people.moderator.email, *FOUND, "--no-interest", "--yes")
    assert done.exit_code == 0, done.output


def test_an_unclear_removal_is_proposed_to_somebody_who_looks_first(people: Branch, run: Run) -> None:
    matter = ready(people)
    unclear = (*FOUND, "--clarity", "unclear", "--yes", "--json")
    alone = answered(run("decide", matter.pk, "--as", people.operator.email, *unclear))
    assert "somebody else is free to look at it first" in alone["error"]["message"]
    told = answered(run("decide", matter.pk, "--as", people.operator.email, *unclear, "--propose"))
    assert (told["proposed"], told["decided"], told["stage"]) == (True, False, "second_look")
    assert people.moderator is not None
    assert told["second_look"] == [people.moderator.email]


def test_somebody_at_a_terminal_is_asked_for_what_is_missing(people: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their interest first, then the post, then question after question, then the letter, then yes or no."""
    matter = reported(people)
    for module in ("acting", "decide"):
        monkeypatch.setattr(f"folkmoot.cli.desk.{module}.at_terminal", lambda: True)
    answers = ["n", "6", PASSAGE, "1", "1", "1", "1", REASONS]
    words = ["decide", str(matter.pk), "--as", people.operator.email]
    refused = CliRunner().invoke(folkmoot, words, input="\n".join([*answers, "n", ""]))
    assert refused.exit_code == 1, refused.output
    assert "Nothing was decided." in refused.output
    assert WORDS in refused.output
    assert "The letter to the author:" in refused.output
    done = CliRunner().invoke(folkmoot, words, input="\n".join([*answers[1:], "y", ""]))
    assert done.exit_code == 0, done.output
    assert [paper.facts["outcome"] for paper in matter.papers(Paper.Kind.DECISION)] == ["remove"]


def test_a_case_that_has_moved_on_is_not_decided_blindly(people: Branch, run: Run) -> None:
    matter = ready(people)
    seen = answered(run("case", matter.pk, "--as", people.operator.email, "--json"))["seq"]
    reported(people, name="Somebody else", email="else@example.org")
    done = run("decide", matter.pk, "--as", people.operator.email, *FOUND, "--seen", seen, "--yes", "--json")
    assert answered(done)["error"]["kind"] == "stale"
    assert matter.case.stage == "received"


def test_what_is_decided_already_is_refused_in_the_procedures_words(people: Branch, run: Run) -> None:
    matter = decided(people, outcome=Outcome.WARN)
    done = run("decide", matter.pk, "--as", people.operator.email, *FOUND, "--yes")
    assert done.exit_code == 1
    assert "Traceback" not in done.output
