"""`folkmoot queue`: the page's lanes and rows, and nobody's words."""

from tests.cast import REPORT_WORDS, WORDS, Branch, day, decided, free, own, reported
from tests.cli.desk.conftest import Run, answered


def test_cases_are_listed_for_an_officer_without_anybodys_words(people: Branch, run: Run) -> None:
    matter = reported(people)
    free(matter, people.operator, at=day(1))
    done = run("queue", "--as", people.operator.email)
    assert done.exit_code == 0, done.output
    first = done.stdout.splitlines()[0].split("\t")
    assert first[0] == str(matter.pk)
    assert first[1] == "4 days left"
    assert first[2:4] == ["Personal attack", "Harbour page"]
    assert WORDS not in done.stdout
    assert REPORT_WORDS not in done.stdout


def test_lanes_are_counted_and_chosen(people: Branch, run: Run) -> None:
    decided(people)
    who = ("--as", people.operator.email, "--json")
    counts = {one["lane"]: one["cases"] for one in answered(run("queue", "--lanes", *who))["lanes"]}
    assert (counts["waiting"], counts["decided"]) == (0, 1)
    assert answered(run("queue", *who))["total"] == 0
    assert answered(run("queue", "--lane", "decided", *who))["cases"][0]["stage"] == "decided"
    refused = run("queue", "--lane", "lost", *who)
    assert refused.exit_code == 1
    assert "There are: waiting, " in answered(refused)["error"]["message"]


def test_cases_are_narrowed_by_place_kind_and_urgency(people: Branch, run: Run) -> None:
    reported(people)
    who = ("queue", "--as", people.operator.email, "--json")
    assert answered(run(*who, "--place", "harbour-page", "--kind", "attack"))["total"] == 1
    assert answered(run(*who, "--kind", "spam"))["total"] == 0
    assert answered(run(*who, "--urgent"))["total"] == 0
    assert run(*who, "--place", "nowhere").exit_code == 1


def test_nobody_finds_the_case_about_their_own_post(people: Branch, run: Run) -> None:
    reported(people)
    own(people, people.operator)
    assert answered(run("queue", "--as", people.operator.email, "--json"))["total"] == 0


def test_only_who_works_on_cases_has_a_queue(people: Branch, run: Run) -> None:
    for email, says in [
        (people.administrator.email, "is not one of those who work on cases"),
        (people.author.email, "is not one of those who work on cases"),
        ("who@example.org", "knows nobody with the address"),
    ]:
        done = run("queue", "--as", email)
        assert done.exit_code == 1
        assert says in done.stderr
