"""Pages of the queue by key, what it is narrowed by, and that neither grows with what waits."""

from datetime import datetime, timedelta
from urllib.parse import urljoin

import pytest
from django.db import connection

from folkmoot.casefile.models import Case
from folkmoot.casefile.record import SYSTEM
from folkmoot.pinboard.models import CaseKind
from folkmoot.procedure.words import Lane, ReportKind, Stage
from folkmoot.steps.add_place import add_place
from folkmoot.steps.claim import claim
from folkmoot.web.desk.keyed import page_by_key
from tests.cast import FOUNDED, Branch, day, post, reported
from tests.web.browsers import move_clock
from tests.web.desk.pages import Desk

WAITING = (Stage.RECEIVED, Stage.SECOND_LOOK, Stage.APPEALED)


def many(people: Branch, dues: list[datetime | None], *, urgent: bool = False) -> list[int]:
    """Put cases into the queue past the steps, each due at one of `dues`: their order is all that counts here."""
    example = reported(people).case if not Case.objects.exists() else Case.objects.earliest("pk")
    made = []
    for due in dues:
        example.pk, example.uid, example.post, example.head = (
            None,
            f"{len(made)}-{urgent}-{Case.objects.count()}",
            None,
            "",
        )
        example.due_at, example.urgent = due, urgent
        example.stage = WAITING[len(made) % 3]
        example.save(force_insert=True)
        made.append(example.pk)
    return made


def walked(size: int, *, back: bool = False) -> list[list[int]]:
    """Return all pages, from the first on, or from the last back."""
    pages, key = [], ""
    first = page_by_key(Case.objects.all(), WAITING, closed=False, size=size)
    while True:
        page = page_by_key(Case.objects.all(), WAITING, closed=False, size=size, **{"before" if back else "after": key})
        pages.append(page.numbers)
        key = page.before if back else page.after
        if not key:
            assert back or pages[0] == first.numbers
            return pages


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_pages_hold_every_case_once_in_order_whatever_they_have_in_common(people: Branch, size: int) -> None:
    same, soon = day(5), day(4)
    many(people, [same, None, soon, same, same, None, day(6)])
    many(people, [None, same, same], urgent=True)
    rows = sorted(Case.objects.all(), key=lambda one: (not one.urgent, one.due_at is None, one.due_at or same, one.pk))
    assert [number for page in walked(size) for number in page] == [one.pk for one in rows]


def test_back_from_a_page_is_the_page_before_it(people: Branch) -> None:
    many(people, [day(5), None, day(4), day(5), day(5), None, day(6)])
    first = page_by_key(Case.objects.all(), WAITING, closed=False, size=3)
    second = page_by_key(Case.objects.all(), WAITING, closed=False, size=3, after=first.after)
    again = page_by_key(Case.objects.all(), WAITING, closed=False, size=3, before=second.before)
    assert (again.numbers, again.before, bool(again.after)) == (first.numbers, "", True)


def test_a_page_goes_on_after_its_last_row_although_urgent_cases_have_come_meanwhile(people: Branch) -> None:
    numbers = many(people, [day(5, hour) for hour in range(10, 16)])
    first = page_by_key(Case.objects.all(), WAITING, closed=False, size=3)
    many(people, [day(2), day(2)], urgent=True)
    second = page_by_key(Case.objects.all(), WAITING, closed=False, size=3, after=first.after)
    assert [*first.numbers, *second.numbers] == numbers


@pytest.mark.parametrize(
    "key", ["x", "....", "MS4uLTE", "MS4" + "9" * 70, "9" * 500, "MS45OTk5OTk5OTk5OTk5OTk5OTk5OTk5LjE", "é"]
)
def test_a_key_that_nobody_made_is_the_first_page(people: Branch, key: str) -> None:
    reported(people)
    desk = Desk(people.operator)
    for way in ("after", "before"):
        assert "Personal attack" in desk.read(f"queue/?{way}={key}")


def test_the_page_leads_on_and_back_within_what_it_is_narrowed_by(people: Branch) -> None:
    many(people, [day(5, minute=minute % 60, hour=10 + minute // 60) for minute in range(60)])
    desk = Desk(people.operator)
    seen, to = [], "queue/?only=free"
    while to:
        answer = desk.get(to)
        seen += [row.case.pk for row in answer.context["rows"]]
        key = answer.context["page"].after
        to = f"queue/?only=free&after={key}" if key else ""
        assert not key or f"only=free&amp;after={key}" in answer.content.decode()
    assert seen == list(Case.objects.order_by("due_at", "pk").values_list("pk", flat=True))


def test_chips_narrow_by_place_kind_lane_holder_and_lateness_and_combine(
    people: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = add_place(people.org, name="Harbour group", is_public=False, by=SYSTEM, at=FOUNDED)
    mine = reported(people)
    other = reported(people, post=post(people.org, group, native_id="300", text="In the group."), kind=ReportKind.HATE)
    threat = reported(
        people, post=post(people.org, people.place, native_id="301", text="I wait."), kind=ReportKind.THREAT
    )
    claim(mine.pk, by=people.operator, at=day(0))
    move_clock(monkeypatch, day(1))
    desk = Desk(people.operator)

    def shown(asked: str) -> set[int]:
        return {row.case.pk for row in desk.get(f"queue/?{asked}").context["rows"]}

    everything = {mine.pk, other.pk, threat.pk}
    assert shown("") == shown("place=x&kind=nothing&lane=7&only=more") == everything
    assert shown("only=mine") == shown("show=mine") == {mine.pk}
    assert shown("only=free") == {other.pk, threat.pk}
    assert shown(f"place={group.pk}") == {other.pk}
    assert shown("only=places") == {mine.pk, threat.pk}
    assert shown(f"kind={ReportKind.HATE}") == {other.pk}
    assert shown(f"lane={Lane.EMERGENCY}") == {threat.pk}
    assert shown(f"lane={Lane.EMERGENCY}&only=free&place={people.place.pk}") == {threat.pk}
    assert shown(f"lane={Lane.EMERGENCY}&only=mine") == set()
    move_clock(monkeypatch, day(1, 11))
    assert shown("only=overdue") == {threat.pk}  # a threat is answered within hours
    assert "No case fits all that you have chosen above." in desk.read(f"queue/?lane={Lane.EMERGENCY}&only=mine")


def test_a_case_is_of_every_kind_that_somebody_reported_it_as(people: Branch) -> None:
    matter = reported(people)
    reported(people, kind=ReportKind.HATE)
    reported(people, kind=ReportKind.HATE)
    assert set(CaseKind.objects.values_list("case", "kind")) == {
        (matter.pk, ReportKind.ATTACK),
        (matter.pk, ReportKind.HATE),
    }


def test_counts_stop_where_nobody_counts_any_more(people: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("folkmoot.web.counting.ENOUGH", 1)  # at each stage
    many(people, [day(5)] * 6)
    chips = Desk(people.operator).get("queue/").context["chips"]["piles"]
    assert {chip["label"]: chip["count"] for chip in chips}["Waiting for us"] == 3


@pytest.mark.parametrize("asked", ["", "only=free", "only=overdue", "show=decided", "show=appeals", "show=executive"])
def test_no_page_sorts_or_scans_all_cases(people: Branch, asked: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL goes by how many rows there are, and here are few")
    many(people, [day(5) + timedelta(minutes=n) for n in range(40)])
    desk = Desk(people.operator)
    asked_for: list[str] = []

    def listening(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        if 'FROM "casefile_case"' in sql and sql.startswith("SELECT") and "LIMIT" in sql:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
                asked_for.extend(row[-1] for row in cursor.fetchall())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listening):
        desk.get(urljoin("queue/", f"?{asked}"))
    assert asked_for
    assert not [line for line in asked_for if line.startswith("SCAN casefile_case") or "TEMP B-TREE" in line]
