"""Measures at the desk: chosen with an end, shown while they hold, ended sooner with a reason."""

from typing import Any

import pytest

from folkmoot.casefile.models import Measure
from folkmoot.procedure.words import MeasureKind, Outcome
from folkmoot.steps.decide import decide
from folkmoot.steps.measures import MeasureWanted
from folkmoot.steps.tick_task import tick_task
from tests.cast import Branch, Matter, a_decision, day, free, post, reported
from tests.web.desk.pages import Desk, said, typed

LAST = day(29).date()
ENOUGH = "They have written to us and mean it, so it has lasted long enough."


@pytest.fixture
def matter(people: Branch) -> Matter:
    """Return a case whose author is suspended until 1 December."""
    matter = reported(people)
    free(matter, people.operator, at=day(1))
    suspend = MeasureWanted(MeasureKind.SUSPEND, LAST)
    decide(matter.pk, a_decision(Outcome.MEASURE, measures=[suspend]), by=people.operator, at=day(1))
    return matter


def chosen(matter: Matter, **other: Any) -> dict[str, Any]:
    fields = {"outcome": "measure", "measures": ["ban"], "until_ban": "2026-12-01", "passage": "", "go": "check"}
    return typed(matter, **{**fields, **other})


def undecided(people: Branch) -> tuple[Matter, Desk]:
    matter = reported(people)
    return matter, Desk(people.operator).free(matter)


def test_measures_are_offered_in_plain_words_each_with_an_end_in_four_weeks(people: Branch) -> None:
    matter, desk = undecided(people)
    page = desk.read(f"cases/{matter.pk}/decision/")
    for words in ("Hold their posts for approval", "Close this conversation", "Shut the account out"):
        assert words in page
    assert 'value="2026-12-01"' in desk.get(f"cases/{matter.pk}/decision/").content.decode()


def test_what_is_chosen_is_shown_before_it_is_sent_and_then_imposed(people: Branch) -> None:
    matter, desk = undecided(people)
    page = said(desk.post(f"cases/{matter.pk}/decision/", **chosen(matter)))
    assert "Besides Shut the account out, until 1 December 2026" in page
    assert "Until Tuesday 1 December 2026, you are shut out of that place." in page
    assert desk.post(f"cases/{matter.pk}/decision/", **chosen(matter, go="confirm")).status_code == 303
    assert Measure.objects.get().kind == "ban"
    page = desk.read(f"cases/{matter.pk}/")
    assert "What holds for a time Shut the account out Asked for, not confirmed" in page


def test_what_was_chosen_is_still_there_when_something_is_changed(people: Branch) -> None:
    matter, desk = undecided(people)
    answer = desk.post(f"cases/{matter.pk}/decision/", **chosen(matter, go="change", until_ban="2026-12-24"))
    page = answer.content.decode()
    assert 'value="2026-12-24"' in page
    assert 'value="ban"' in page[page.index("checked") - 400 :]


@pytest.mark.parametrize(
    ("until", "says"),
    [("", "Please say until when."), ("2026-11-01", "A measure ends on a day after today."), ("soon", "give the date")],
)
def test_an_end_that_makes_no_sense_is_said_at_its_place(people: Branch, until: str, says: str) -> None:
    matter, desk = undecided(people)
    answer = desk.post(f"cases/{matter.pk}/decision/", **chosen(matter, until_ban=until))
    assert answer.status_code == 422
    assert says in said(answer)
    assert not Measure.objects.exists()


def test_what_holds_already_elsewhere_is_shown_while_deciding(matter: Matter, people: Branch) -> None:
    other = reported(people, post=post(people.org, people.place, native_id="7", account=people.account))
    page = Desk(people.operator).free(other).read(f"cases/{other.pk}/decision/")
    assert "This holds already, by other decisions:" in page
    assert f"Suspend the account ( Rowan Pike (rowan.pike) , until Tuesday 1 December 2026), case {matter.pk}" in page


def test_all_that_holds_stands_on_one_page_with_its_end(matter: Matter) -> None:
    desk = Desk(matter.branch.administrator)
    page = desk.read("measures/")
    assert "Suspend the account Asked for, not confirmed" in page
    assert "until Tuesday 1 December 2026" in page
    [task] = matter.tasks()
    tick_task(task.pk, done=True, by=matter.branch.operator, at=day(1))
    assert "Suspend the account In place" in desk.read("measures/")


def test_where_nothing_holds_the_page_says_so(people: Branch) -> None:
    assert "Nothing is limited now." in Desk(people.operator).read("measures/")


def test_it_is_ended_sooner_with_a_reason(matter: Matter) -> None:
    desk = Desk(matter.branch.operator)
    fields = {"seen": matter.case.seq, "form_key": "0" * 32, "measure": Measure.objects.get().pk}
    answer = desk.post(f"cases/{matter.pk}/measures/", **fields, reasons="Enough.")
    assert answer.status_code == 422
    assert "Please write why, in a sentence or two" in said(answer)
    answer = desk.post(f"cases/{matter.pk}/measures/", **fields, reasons=ENOUGH)
    assert answer.status_code == 303
    page = desk.read(f"cases/{matter.pk}/")
    assert "It ends now. Somebody has to lift it by hand." in page
    assert "ended a measure sooner" in page
    assert "Suspend the account" in desk.read(f"cases/{matter.pk}/measures/")


def test_whoever_may_not_end_it_reads_why(matter: Matter) -> None:
    secretary = matter.branch.secretary
    assert secretary is not None
    page = Desk(secretary).free(matter).read(f"cases/{matter.pk}/measures/")
    assert "Only the moderators, and those who have been added to this case, may do this." in page
    assert "End it now and tell the author" not in page


def test_its_task_says_what_to_click_there(matter: Matter) -> None:
    [task] = matter.tasks()
    page = Desk(matter.branch.operator).read(f"tasks/{task.pk}/")
    assert "Suspend Rowan Pike (rowan.pike) at Harbour page, until Tuesday 1 December 2026." in page
    assert "so that they can read and cannot post" in page
    assert "It is in place" in page
