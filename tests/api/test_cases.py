"""Cases by the API: what may be read, and what is written down of reading."""

from datetime import timedelta

import pytest

from folkmoot.casefile.models import Reading
from folkmoot.members.models import Scope
from folkmoot.procedure.words import Step
from tests.api.programs import Program, program, refused_as
from tests.cast import Branch, Matter, branch, day, decided, free, lay_open, own, post, reported
from tests.web.browsers import move_clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(1))


@pytest.fixture
def matter() -> Matter:
    return reported()


@pytest.fixture
def caller(matter: Matter) -> Program:
    return program(matter.branch.operator)


def many(people: Branch, number: int) -> list[int]:
    """Report so many posts, each an hour after the other, and return their cases' numbers in that order."""
    found = []
    for one in range(number):
        there = post(people.org, people.place, native_id=f"more-{one}", text=f"Post {one} of many.")
        found.append(reported(people, post=there, at=day(0) + timedelta(hours=one)).pk)
    return found


def test_a_case_opens_once_its_reader_has_said_that_they_have_no_part_in_it(matter: Matter, caller: Program) -> None:
    first = caller.get(f"/cases/{matter.pk}")
    assert (first.status_code, refused_as(first)) == (403, "interest-first")
    assert first.json()["matter"] == {
        "place": "Harbour page",
        "about": "Personal attack",
        "author": "Rowan Pike (rowan.pike)",
        "at": "2026-10-01T09:00:00+00:00",
    }
    assert caller.post(f"/cases/{matter.pk}/interest", {"interested": False}).status_code == 200
    shown = caller.get(f"/cases/{matter.pk}").json()
    assert shown["post"]["text"].startswith("The harbour plan")
    assert [one["step"] for one in shown["timeline"]] == ["file_report", "declare_interest"]
    assert (shown["told"][0]["name"], shown["told"][0]["kind"]) == ("Wren Lacey", "attack")
    assert Reading.objects.filter(case=matter.pk, what="case", by=f"person:{matter.branch.operator.pk}").count() == 1


def test_whoever_has_an_interest_is_kept_out_and_their_reason_stays_sealed(matter: Matter, caller: Program) -> None:
    no_reason = caller.post(f"/cases/{matter.pk}/interest", {"interested": True})
    assert (no_reason.status_code, no_reason.json()["errors"][0]["field"]) == (422, "nature")
    caller.post(f"/cases/{matter.pk}/interest", {"interested": True, "nature": "The author is my brother."})
    closed = caller.get(f"/cases/{matter.pk}")
    assert (closed.status_code, refused_as(closed), closed.json()["by_necessity"]) == (403, "refused", False)
    (row,) = caller.get("/cases").json()["cases"]
    assert (row["interest"], row["words"]) == ("declared", "")
    assert matter.branch.moderator is not None
    free(matter, matter.branch.moderator, at=day(1))
    other = program(matter.branch.moderator).get(f"/cases/{matter.pk}")
    assert b"brother" not in other.content


def test_where_nobody_else_is_free_a_case_opens_by_necessity_and_that_is_written_down() -> None:
    matter = reported(branch(moderators=1, secretary=False, panel=0))
    caller = program(matter.branch.operator)
    caller.post(f"/cases/{matter.pk}/interest", {"interested": True, "nature": "We are neighbours."})
    assert caller.get(f"/cases/{matter.pk}").json()["by_necessity"] is True
    assert caller.get(f"/cases/{matter.pk}", **{"By-Necessity": "yes"}).status_code == 200
    assert Reading.objects.filter(case=matter.pk, what="opened by necessity").exists()
    assert caller.get(f"/cases/{matter.pk}").status_code == 403  # it held for that one request


def test_the_authors_own_case_is_in_no_list_of_theirs(matter: Matter, caller: Program) -> None:
    own(matter.branch, matter.branch.operator)
    assert caller.get("/cases").json()["cases"] == []


def test_a_list_comes_in_pieces_and_each_case_once_whatever_comes_in_between(matter: Matter, caller: Program) -> None:
    numbers = [matter.pk, *many(matter.branch, 6)]
    for order in ("urgency", "newest"):
        found, cursor = list[int](), ""
        while True:
            part = caller.get(f"/cases?limit=2&order={order}&cursor={cursor}").json()
            found += [one["number"] for one in part["cases"]]
            cursor = part["next"]
            if len(found) == 2:
                caller.post(f"/cases/{numbers[0]}/claim")  # changes nothing of the order
            if not cursor:
                break
        assert found == (numbers if order == "urgency" else numbers[::-1])


@pytest.mark.parametrize("cursor", ["x", "!!!", "W10", "bnVsbA", "W1siaWQiXSxbMV1d", "é", "A" * 501])
def test_a_cursor_that_is_not_of_the_list_is_refused(caller: Program, cursor: str) -> None:
    answer = caller.get(f"/cases?cursor={cursor}")
    assert (answer.status_code, refused_as(answer)) == (422, "invalid")


def test_lists_can_be_narrowed(matter: Matter, caller: Program) -> None:
    first, second = many(matter.branch, 2)
    caller.post(f"/cases/{first}/claim")
    place = matter.branch.place.pk

    def listed(asked: str) -> list[int]:
        return [one["number"] for one in caller.get(f"/cases?{asked}").json()["cases"]]

    assert listed("held_by=me") == [first]
    assert listed("held_by=nobody") == [matter.pk, second]
    assert listed(f"stage=received&place={place}&lane=ordinary") == [matter.pk, first, second]
    assert listed("stage=final") == listed("place=987654321") == listed("overdue=true") == []
    assert caller.get("/cases?stage=nonsense").status_code == 422
    assert caller.get("/cases?limit=101").status_code == 422


def test_a_decided_case_says_what_was_decided_and_which_letters_left() -> None:
    matter = decided()
    shown = program(matter.branch.operator, Scope.READ).get(f"/cases/{matter.pk}").json()
    assert (shown["outcome"], shown["decision"]["codes"], shown["decision"]["by"]) == ("remove", ["H1"], "Mo Abara")
    letter = next(one for one in shown["letters"] if one["to"] == "To the author")
    assert "/letter/" not in letter["body"]


def test_what_was_taken_is_put_back_and_the_record_agrees(matter: Matter, caller: Program) -> None:
    caller.post(f"/cases/{matter.pk}/claim")
    assert caller.post(f"/cases/{matter.pk}/release").json()["claimed_by"] is None
    assert [event.step for event in matter.case.events.order_by("seq")] == [
        Step.FILE_REPORT,
        Step.CLAIM,
        Step.RELEASE,
    ]
    assert lay_open(matter.branch.org) == []


def test_what_is_new_is_told_to_who_may_read_it_and_stands_on_the_access_log(matter: Matter) -> None:
    own_reader = matter.branch.operator
    reader, blind = program(own_reader), program(own_reader, Scope.DESK)
    reader.post(f"/cases/{matter.pk}/interest", {"interested": False})
    decision = {
        "outcome": "remove",
        "codes": ["H1"],
        "passage": "Councillor Voss is a crook",
        "aimed_at": "person",
        "clarity": "clear",
        "reasons": "It calls a named councillor a crook and gives no fact for it.",
        "seen": 0,
    }
    untold = blind.post(f"/cases/{matter.pk}/decision", decision)
    assert (untold.status_code, refused_as(untold)) == (409, "moved-on")
    assert not {"new", "seen"} & set(untold.json())
    assert not Reading.objects.filter(case=matter.pk).exists()
    told = reader.post(f"/cases/{matter.pk}/decision", decision).json()
    assert [one["step"] for one in told["new"]] == ["file_report", "declare_interest"]
    assert Reading.objects.filter(case=matter.pk, what="what is new", by=f"person:{own_reader.pk}").count() == 1
