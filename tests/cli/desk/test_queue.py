"""`folkmoot queue`: the page's lanes and rows, and nobody's words."""

from folkmoot.cli.queue import ONLY
from folkmoot.web.desk.asked import TOGGLES
from tests.cast import REPORT_WORDS, WORDS, Branch, day, decided, free, own, post, reported
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


def test_piles_are_counted_and_chosen(people: Branch, run: Run) -> None:
    decided(people)
    who = ("--as", people.operator.email, "--json")
    counts = {one["pile"]: one["cases"] for one in answered(run("queue", "--piles", *who))["piles"]}
    assert (counts["waiting"], counts["decided"]) == (0, 1)
    assert answered(run("queue", *who))["cases"] == []
    assert answered(run("queue", "--show", "decided", *who))["cases"][0]["stage"] == "decided"
    refused = run("queue", "--show", "lost", *who)
    assert refused.exit_code == 1
    assert "There are: waiting, " in answered(refused)["error"]["message"]


def test_cases_are_narrowed_as_on_the_page(people: Branch, run: Run) -> None:
    matter = reported(people)

    def found(*words: str) -> list[int]:
        return [one["case"] for one in answered(run("queue", "--as", people.operator.email, "--json", *words))["cases"]]

    assert found("--place", "harbour-page", "--kind", "attack", "--only", "free", "--lane", "ordinary") == [matter.pk]
    assert found("--only", "places") == [matter.pk]
    assert found("--kind", "spam") == found("--only", "mine") == found("--only", "overdue") == []
    assert found("--search", str(matter.pk)) == [matter.pk]
    assert run("queue", "--as", people.operator.email, "--place", "nowhere").exit_code == 1
    assert set(ONLY) == set(TOGGLES)


def test_a_page_goes_on_after_its_key(people: Branch, run: Run) -> None:
    first, second = (reported(people, post=post(people.org, people.place, native_id=f"p{n}")).pk for n in (1, 2))
    who = ("queue", "--as", people.operator.email, "--limit", "1", "--json")
    page = answered(run(*who))
    assert [one["case"] for one in page["cases"]] == [first]
    rest = answered(run(*who, "--after", page["after"]))
    assert ([one["case"] for one in rest["cases"]], rest["after"]) == ([second], None)


def test_nobody_finds_the_case_about_their_own_post(people: Branch, run: Run) -> None:
    reported(people)
    own(people, people.operator)
    assert answered(run("queue", "--as", people.operator.email, "--json"))["cases"] == []


def test_only_who_works_on_cases_has_a_queue(people: Branch, run: Run) -> None:
    for email, says in [
        (people.administrator.email, "is not one of those who work on cases"),
        (people.author.email, "is not one of those who work on cases"),
        ("who@example.org", "knows nobody with the address"),
    ]:
        done = run("queue", "--as", email)
        assert done.exit_code == 1
        assert says in done.stderr
