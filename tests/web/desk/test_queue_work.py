"""Work on the queue: many at once, views with names, what is new, who else looks."""

import pytest

from folkmoot.members.models import Person
from folkmoot.pinboard.models import MOST_VIEWS, Looking, View
from folkmoot.procedure.words import Clarity, Lane
from folkmoot.steps.claim import claim
from folkmoot.steps.file_report import file_report
from folkmoot.steps.forget_stale import forget_stale
from folkmoot.steps.propose import propose
from folkmoot.steps.release import release
from tests.cast import Branch, Matter, a_decision, a_report, day, free, outsider, own, post, reported
from tests.web.browsers import move_clock
from tests.web.desk.pages import Desk, said


def some(people: Branch, count: int) -> list[Matter]:
    """Report so many posts."""
    return [
        reported(people, post=post(people.org, people.place, native_id=f"n{number}", text=f"Words {number}."))
        for number in range(count)
    ]


def test_many_are_taken_at_once_after_one_page_that_says_what_will_happen(people: Branch) -> None:
    first, second, taken = some(people, 3)
    assert people.moderator is not None
    claim(taken.pk, by=people.moderator, at=day(0))
    desk = Desk(people.operator)
    chosen = [first.pk, second.pk, taken.pk]
    page = said(desk.post("queue/many/", do="claim", case=chosen))
    assert "Take 2 cases?" in page
    assert "1 case stays as it is" in page
    assert "Nia Roe has it." in page
    assert not first.case.claimed_by  # nothing has happened yet
    answer = desk.post("queue/many/", do="claim", case=chosen, sure="yes", asked="only=free")
    assert (answer.status_code, answer["Location"]) == (303, f"{desk.root}queue/?only=free")
    assert [one.case.claimed_by for one in (first, second, taken)] == [people.operator] * 2 + [people.moderator]
    page = desk.read("queue/")
    assert f"Case {taken.pk} stays: Nia Roe has already taken this case." in page
    assert "You have just taken 2 cases." in page


def test_what_was_taken_can_be_put_back_at_once(people: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = some(people, 2)
    desk = Desk(people.operator)
    desk.post("queue/many/", do="claim", case=[first.pk, second.pk], sure="yes")
    desk.post("queue/many/", do="release", case=[first.pk, second.pk], sure="yes")
    assert [one.case.claimed_by for one in (first, second)] == [None, None]
    assert "You have just put 2 cases back." in desk.read("queue/")
    assert people.moderator is not None
    claim(first.pk, by=people.moderator, at=day(1))
    assert "You have just put 1 case back." in desk.read("queue/")
    move_clock(monkeypatch, day(1, 11))
    assert "You have just put" not in desk.read("queue/")


def test_many_go_to_a_lane_with_one_reason_and_those_not_yet_opened_stay(people: Branch) -> None:
    opened, unopened = some(people, 2)
    desk = Desk(people.operator).free(opened)
    chosen = {"do": "lane", "case": [opened.pk, unopened.pk]}
    page = said(desk.post("queue/many/", **chosen))
    assert "Put 1 case in a lane?" in page
    assert "Please open it first, and say whether you have a part in it." in page
    wrong = desk.post("queue/many/", **chosen, sure="yes", lane=Lane.EMERGENCY, reason="")
    assert wrong.status_code == 422
    assert opened.case.lane == Lane.ORDINARY
    desk.post("queue/many/", **chosen, sure="yes", lane=Lane.EMERGENCY, reason="He names her street.")
    assert [one.case.lane for one in (opened, unopened)] == [Lane.EMERGENCY, Lane.ORDINARY]


def test_nothing_happens_to_cases_that_are_not_ones_to_see(people: Branch) -> None:
    matter = reported(people)
    own(people, people.operator)
    for desk in (Desk(people.operator), Desk(outsider())):
        answer = desk.post("queue/many/", do="claim", case=[matter.pk, "x", "9" * 40], sure="yes")
        assert answer.status_code == 303
        assert "Please choose at least one case first" in desk.read("queue/")
    assert Desk(people.administrator).post("queue/many/", do="claim", case=[matter.pk], sure="yes").status_code == 404
    assert not matter.case.claimed_by


def test_a_view_is_kept_shown_renamed_and_dropped_by_whom_it_belongs_to(people: Branch) -> None:
    reported(people)
    desk = Desk(people.operator)
    answer = desk.post("queue/views/", name="Free ones", asked="only=free&show=decision&junk=1")
    assert answer["Location"] == f"{desk.root}queue/?show=decision&only=free"
    view = View.objects.get()
    assert (view.person, view.asked) == (people.operator, "show=decision&only=free")
    assert (
        'href="?show=decision&amp;only=free" aria-current="true">'
        in desk.get("queue/?only=free&show=decision").content.decode()
    )
    assert desk.post("queue/views/", name="Free ones", asked="only=mine").status_code == 422
    assert desk.post("queue/views/", name=" ", asked="only=mine").status_code == 422
    assert people.moderator is not None
    for other in (Desk(people.moderator), Desk(outsider())):
        assert "Free ones" not in other.read("queue/")
        assert other.post(f"queue/views/{view.pk}/", drop="yes").status_code == 404
    desk.post(f"queue/views/{view.pk}/", name="Nobody’s")
    assert "It is called “Nobody’s” now." in desk.read("queue/views/")
    desk.post(f"queue/views/{view.pk}/", drop="yes")
    assert "No views yet." in desk.read("queue/views/")


def test_nobody_keeps_more_views_than_they_can_overlook(people: Branch) -> None:
    for number in range(MOST_VIEWS):
        View.objects.create(org=people.org, person=people.operator, name=str(number), asked="", made_at=day(0))
    page = Desk(people.operator).post("queue/views/", name="One more", asked="only=mine")
    assert "Please drop one first." in said(page)
    assert View.objects.count() == MOST_VIEWS


def test_what_is_new_is_counted_and_what_changed_is_marked_where_it_stands(
    people: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, _third = some(people, 3)
    move_clock(monkeypatch, day(0, 23))
    desk = Desk(people.operator)
    to = desk.get("queue/").context["news"].removeprefix(desk.root)
    quiet = desk.get(to)
    assert "since you opened this" not in said(quiet)
    assert desk.browser.get(desk.root + to, headers={"If-None-Match": quiet["ETag"]}).status_code == 304
    assert people.moderator is not None
    claim(first.pk, by=people.moderator, at=day(1))
    free(second, people.operator, at=day(1))  # one's own, and nothing that matters to the list
    for number in (7, 8):
        new = post(people.org, people.place, native_id=f"m{number}", text=f"Later {number}.")
        file_report(people.org, a_report(people, post=new), at=day(1))
    answer = desk.browser.get(desk.root + to, headers={"If-None-Match": quiet["ETag"]})
    page = answer.content.decode()
    assert "2 cases are new here, or have changed, since you opened this." in said(answer)
    assert page.count("Changed since you opened this") == 1
    assert page.index(f'id="mark-{first.pk}"') < page.index("Changed since you opened this")
    gone = desk.get(f"queue/news/?only=free&since={day(0, 23):%Y-%m-%dT%H:%MZ}&rows={first.pk}")
    assert "No longer here" in said(gone)


def test_nothing_new_is_told_to_whoever_wrote_what_is_new(people: Branch) -> None:
    own(people, people.operator)
    desk = Desk(people.operator)
    to = desk.get("queue/").context["news"].removeprefix(desk.root)
    before = desk.get(to)
    reported(people)
    assert desk.browser.get(desk.root + to, headers={"If-None-Match": before["ETag"]}).status_code == 304
    assert desk.get("queue/news/?since=x&rows=1.a.99999999999999999999").status_code == 200


def test_who_looks_at_the_same_case_is_named_until_some_minutes_are_over(
    people: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = reported(people)
    assert people.moderator is not None
    one, other = Desk(people.operator).free(matter), Desk(people.moderator)
    here = f"cases/{matter.pk}/here/"
    assert other.post(here).status_code == 404  # has not said yet whether they have a part in it
    other.free(matter)
    assert "has this case open too" not in said(other.post(here))
    assert "Nia Roe has this case open too" in said(one.post(here))
    assert "Mo Abara has this case open too" in said(other.post(here))
    assert "Nia Roe is looking at it now" in one.read("queue/")
    move_clock(monkeypatch, day(1, 10, 3))
    assert "has this case open too" not in said(one.post(here))
    assert "is looking at it" not in one.read("queue/")
    assert Looking.objects.count() == 2
    forget_stale(at=day(2))
    assert not Looking.objects.exists()


def test_the_next_case_is_ones_own_then_the_most_urgent_that_nobody_has(people: Branch) -> None:
    first, second, third = some(people, 3)
    assert people.moderator is not None
    claim(third.pk, by=people.operator, at=day(0))
    desk = Desk(people.operator)

    def after(matter: Matter) -> str:
        return desk.get(f"cases/{matter.pk}/next/")["Location"].removeprefix(desk.root)

    assert after(first) == f"cases/{third.pk}/"
    assert after(third) == f"cases/{first.pk}/"
    release(third.pk, by=people.operator, at=day(1))
    for one in (second, third):
        claim(one.pk, by=people.moderator, at=day(1))
    assert after(first) == "queue/"


def test_the_next_case_is_none_that_others_have_to_answer(people: Branch) -> None:
    proposed, (waiting,) = reported(people), some(people, 1)
    assert people.moderator is not None
    assert people.secretary is not None
    free(proposed, people.operator, at=day(0))
    propose(proposed.pk, a_decision(clarity=Clarity.UNCLEAR), by=people.operator, at=day(0))

    def leads(person: Person) -> str:
        return Desk(person).get(f"cases/{waiting.pk}/next/")["Location"].partition("/desk/")[2]

    assert leads(people.moderator) == f"cases/{proposed.pk}/"
    assert leads(people.operator) == "queue/"  # a second look is never at one's own proposal
    assert leads(people.secretary) == "queue/"  # nobody has added them yet
