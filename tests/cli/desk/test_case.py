"""`folkmoot case`: what happened; words only with a reason, and each reading on the log."""

from folkmoot.casefile.models import Reading
from folkmoot.steps.standing import declared
from tests.cast import (
    REASONS,
    REPORT_WORDS,
    REPORTER_NAME,
    WORDS,
    Branch,
    day,
    decided,
    free,
    own,
    post,
    reported,
)
from tests.cli.desk.conftest import Run, answered


def test_a_case_is_shown_without_words_and_the_reading_is_noted(people: Branch, run: Run) -> None:
    matter = decided(people)
    done = run("case", matter.pk, "--as", people.operator.email)
    assert done.exit_code == 0, done.output
    assert "Decided by Mo Abara: remove the post (H1)." in done.stdout
    assert "Reported: personal attack" in done.stdout
    for words in (WORDS, REPORT_WORDS, REASONS, REPORTER_NAME):
        assert words not in done.stdout
    reading = Reading.objects.latest("pk")
    assert (reading.case_id, reading.what, reading.by) == (
        matter.pk,
        "case, at the command line",
        f"person:{people.operator.pk}",
    )


def test_words_are_shown_with_a_reason_that_goes_on_the_log(people: Branch, run: Run) -> None:
    matter = decided(people)
    done = run("case", matter.pk, "--as", people.operator.email, "--words", "the author asks why")
    assert done.exit_code == 0, done.output
    for words in (WORDS, REPORT_WORDS, REASONS, REPORTER_NAME):
        assert words in done.stdout
    assert Reading.objects.latest("pk").what == "words, at the command line: the author asks why"
    assert run("case", matter.pk, "--as", people.operator.email, "--words", "so").exit_code == 1


def test_a_program_gets_the_same_as_json(people: Branch, run: Run) -> None:
    matter = decided(people)
    found = answered(run("case", matter.pk, "--as", people.operator.email, "--json"))
    assert (found["case"], found["seq"], found["stage"]) == (matter.pk, matter.case.seq, "decided")
    assert found["words"] is None
    assert found["timeline"][0]["what"] == "Reported: personal attack"
    told = answered(run("case", matter.pk, "--as", people.operator.email, "--words", "to answer", "--json"))
    assert told["words"]["post"]["text"] == WORDS


def test_a_case_opens_once_its_reader_has_said_that_they_are_no_part_of_it(people: Branch, run: Run) -> None:
    matter = reported(people)
    first = run("case", matter.pk, "--as", people.operator.email)
    assert first.exit_code == 1
    assert "--no-interest says that you are not" in first.stderr
    assert not Reading.objects.filter(case=matter.pk).exists()
    assert run("case", matter.pk, "--as", people.operator.email, "--no-interest").exit_code == 0
    assert declared(matter.case, people.operator) is False
    assert people.moderator is not None
    other = run("case", matter.pk, "--as", people.moderator.email, "--interest", "She is my neighbour.")
    assert "Somebody else will act." in other.stderr
    assert declared(matter.case, people.moderator) is True


def test_nobody_reads_the_case_about_their_own_post_nor_one_that_is_not_there(people: Branch, run: Run) -> None:
    matter = reported(people)
    own(people, people.operator)
    done = run("case", matter.pk, "--as", people.operator.email, "--no-interest", "--words", "I wonder")
    assert done.exit_code == 1
    assert "an account of yours" in done.stderr
    assert REPORT_WORDS not in done.output
    missing = run("case", 2**62, "--as", people.operator.email)
    assert missing.exit_code == 1
    assert "Harbour branch has no case" in missing.stderr


def test_signs_that_would_drive_a_terminal_are_not_printed(people: Branch, run: Run) -> None:
    other = post(
        people.org, people.place, text="\x1b[2J\x1b]0;mine\x07 a crook", native_id="esc", account=people.account
    )
    matter = reported(people, post=other)
    free(matter, people.operator, at=day(1))
    done = run("case", matter.pk, "--as", people.operator.email, "--words", "to decide it")
    assert "a crook" in done.stdout
    assert "\x1b" not in done.stdout
    assert "\x07" not in done.stdout
