"""`folkmoot procedure`: the table in plain words, and other limits as a new edition."""

import re

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli.commands import folkmoot
from folkmoot.editions.current import current_procedure
from folkmoot.procedure.table import Limits
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> cast.Branch:
    return cast.branch()


def run(*words: str) -> Result:
    return CliRunner().invoke(folkmoot, ["procedure", *words])


def test_the_table_is_shown_in_plain_words(people: cast.Branch) -> None:
    said = run("show").output
    assert "Harbour branch, procedure, edition 1" in said
    assert "The moderators have 5 days to answer a report. (report_days)" in said
    assert re.search(r"appeal: the author; then it waits\s+for\s+the\s+answer to an appeal", said)
    assert "There is no edition 7; the newest is 1." in run("show", "--edition", "7").output


def test_limits_are_compared_and_published_for_new_cases(people: cast.Branch) -> None:
    cast.reported(people)
    wanted = ("--set", "report_days=7", "--set", "working_days=yes", "--set", "nation=sct")
    said = run("diff", *wanted).output
    assert "The moderators have 7 working days to answer a report, instead of 5." in said
    assert "1 open case keeps its limits and its steps." in said
    assert current_procedure(people.org).number == 1
    assert "Procedure, edition 2 is in force for new cases from now on." in run("publish", *wanted).output
    limits = current_procedure(people.org).procedure().limits
    assert limits == Limits(report_days=7, working_days=True, nation="SCT")
    assert cast.lay_open(people.org) == []


def test_what_changes_nothing_publishes_nothing(people: cast.Branch) -> None:
    assert "Nothing would be different" in run("publish").output
    assert current_procedure(people.org).number == 1


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ("report_days=99", "Report days has to be from 1 to 28."),
        ("report_days=many", "report_days is a number, such as report_days=5."),
        ("working_days=perhaps", "working_days is yes or no."),
        ("nation=atl", "Bank holidays are those of England"),
        ("patience=5", "There is no limit 'patience'."),
    ],
)
def test_what_cannot_be_is_said(wanted: str, says: str, people: cast.Branch) -> None:
    result = run("publish", "--set", wanted)
    assert result.exit_code == 1
    assert says in result.output
    assert current_procedure(people.org).number == 1
