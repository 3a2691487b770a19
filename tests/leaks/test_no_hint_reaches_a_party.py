"""What the text check noticed is for those who decide: neither author nor reporter ever reads a word of it."""

import json
from dataclasses import replace

import pytest

from tests import cast
from tests.api.calls import opens
from tests.api.programs import Program, program
from tests.cast import WORDS, Branch, day, free
from tests.judged import assessed, insult, judgement
from tests.leaks.plays import PLAYS, begin
from tests.leaks.reach import all_that_an_officer_reaches, all_that_is_reached
from tests.leaks.reporters import EVERYBODY
from tests.web.browsers import move_clock

pytestmark = pytest.mark.django_db
HINT = "Quixotic wombats say so."
TRACES = (HINT, "1 unheard-of model", "text check", "is-hint", "assessment", "0.9173")


def hinted(people: Branch) -> None:
    found = replace(insult(WORDS, "crook", 0.9173), why=HINT)
    assessed(people.post, judgement(found, score=0.9173, model="1 unheard-of model"))


def test_nothing_that_an_author_reaches_says_it(monkeypatch: pytest.MonkeyPatch) -> None:
    matter, acts = begin(PLAYS["milder and milder"], EVERYBODY["a stranger"])
    hinted(matter.branch)
    reached: dict[str, str] = {}
    for now in acts:
        move_clock(monkeypatch, now)
        reached |= all_that_is_reached(matter, before=reached)
    assert "/o/ORG/notice/GRANT/" in reached
    for where, text in reached.items():
        assert not [trace for trace in TRACES if trace in text], where


def test_an_author_who_is_a_moderator_here_reads_nothing_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    matter = cast.decided()
    people = matter.branch
    assert people.moderator is not None
    cast.own(people, people.moderator)
    hinted(people)
    move_clock(monkeypatch, day(1, 12))
    for where, text in all_that_an_officer_reaches(people.moderator).items():
        assert not [trace for trace in TRACES if trace in text], where


def test_a_partys_own_program_reads_nothing_of_it_and_an_officers_does(monkeypatch: pytest.MonkeyPatch) -> None:
    matter = cast.decided()
    hinted(matter.branch)
    move_clock(monkeypatch, day(3))
    for grant, path in ((matter.grant, "/notice"), (matter.receipt.grant, "/report")):
        answer = Program(matter.branch.org).get(path, **opens(grant))
        assert answer.status_code == 200
        assert not [trace for trace in TRACES if trace in json.dumps(answer.json())], path
    free(matter, matter.branch.operator, at=day(2))
    said = program(matter.branch.operator).get(f"/cases/{matter.pk}").json()["assessment"]
    assert (said["hints"][0]["why"], said["about"], said["model"]) == (HINT, "text", "1 unheard-of model")
    start = WORDS.index("crook")
    assert (said["hints"][0]["code"], said["hints"][0]["places"]) == ("H1", [[start, start + 5]])
