"""The queue in another order: emergencies, then what triage found gravest; and a word beside each row says what."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from folkmoot.casefile.models import Case
from folkmoot.detectors.finding import Finding, Signal
from folkmoot.procedure.words import ReportKind
from folkmoot.steps.assess import Made, assess_posts, assess_report, weigh
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.file_report import Report, file_report
from folkmoot.web.desk import queue
from tests.cast import Branch, day, post
from tests.judged import judgement
from tests.web.desk.pages import Desk


@pytest.fixture
def mo(people: Branch) -> Desk:
    return Desk(people.operator)


def reported(people: Branch, signal: Signal | None, score: float, kind: ReportKind = ReportKind.ATTACK) -> int:
    """Return a case about a post in which this was found."""
    text = f"Words that somebody wrote, number {Case.objects.count()}."
    about = post(people.org, people.place, text=text, native_id=f"q{Case.objects.count()}")
    case = file_report(people.org, Report(kind=kind, post=about), at=day(0)).case
    found = [Finding(signal, "Sc", score, 0, 5, "why")] if signal else []
    assess_posts({about.pk: Made(text, judgement(*found, score=score))}, at=day(0))
    weigh(case.pk, at=day(0))
    return case.pk


def listed(desk: Desk, asked: str = "?order=worst") -> list[int]:
    page = desk.get(f"queue/{asked}").content.decode()
    return [int(one) for one in re.findall(r'name="case" value="(\d+)" aria-label="Select', page)]


def test_emergencies_come_first_then_what_weighs_most_then_what_came_first(people: Branch, mo: Desk) -> None:
    plain = reported(people, None, 0.1)
    insult = reported(people, Signal.INSULT, 0.8)
    hate = reported(people, Signal.HATE, 0.8)
    threat = reported(people, Signal.THREAT, 0.9)
    other = reported(people, None, 0.1)
    assert listed(mo) == [threat, hate, insult, plain, other]
    assert listed(mo, "") == [threat, plain, insult, hate, other], "by time"
    page = mo.get("queue/?order=worst").content.decode()
    assert re.search(r'href="\?" aria-current="true">Worst first', page), "one tap leads back"
    assert 'href="?order=worst">Worst first' in mo.get("queue/").content.decode()


def test_pages_of_it_go_on_by_key_and_back(people: Branch, mo: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "PAGE", 2)
    for score in (0.7, 0.9, 0.7, 0.8, 0.7):
        reported(people, Signal.INSULT, score)
    reported(people, Signal.THREAT, 0.9)
    found, at, pages = list[int](), "?order=worst", []
    while at:
        pages.append(at)
        page = mo.get(f"queue/{at}").content.decode()
        found += listed(mo, at)
        more = re.search(r'rel="next"[^>]*href="([^"]+)"', page)
        back = re.search(r'rel="prev" href="([^"]+)"', page)
        if back:
            assert listed(mo, back[1].replace("&amp;", "&")) == found[-len(listed(mo, at)) - 2 : -len(listed(mo, at))]
        at = more[1].replace("&amp;", "&") if more else ""
    weights = dict(Case.objects.values_list("pk", "weight"))
    urgent = dict(Case.objects.values_list("pk", "urgent"))
    assert found == sorted(weights, key=lambda number: (not urgent[number], -weights[number], number))
    assert len(pages) == 3


def test_a_row_says_in_a_word_what_was_noticed_and_not_to_who_stands_aside(people: Branch, mo: Desk) -> None:
    case = reported(people, Signal.HATE, 0.8)
    read = mo.read("queue/")
    assert "Hate on a protected ground? (noticed by the software)" in read
    declare_interest(case, interested=True, by=people.operator, at=day(0, 12))
    assert "noticed by the software" not in mo.read("queue/")


def test_what_was_noticed_in_a_report_is_said_as_well(people: Branch, mo: Desk) -> None:
    receipt = file_report(people.org, Report(kind=ReportKind.OTHER, words="He is coming."), at=day(0))
    threat = judgement(Finding(Signal.THREAT, "Sc", 0.9, 0, 5, "why"), score=0.9)
    assess_report(receipt.paper.pk, {"words": Made("He is coming.", threat)}, at=day(0))
    weigh(receipt.case.pk, at=day(0))
    assert "Threat? (noticed by the software)" in mo.read("queue/")


def test_it_walks_an_index_and_sorts_nothing(people: Branch, mo: Desk) -> None:
    reported(people, Signal.INSULT, 0.8)
    with CaptureQueriesContext(connection) as asked:
        mo.get("queue/?order=worst")
    walked = [
        one["sql"] for one in asked if re.search(r'"weight".* FROM "casefile_case".* ORDER BY 3 DESC', one["sql"])
    ]
    assert walked
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for sql in walked:
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
                plan = " | ".join(row[3] for row in cursor.fetchall())
                assert "cases_worst_first" in plan, plan
                assert "TEMP B-TREE" not in plan, plan
