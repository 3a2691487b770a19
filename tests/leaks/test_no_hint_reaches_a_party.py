"""What the text check noticed is for those who decide: neither author nor reporter ever reads a word of it."""

import json
from dataclasses import replace

import pytest

from folkmoot.detectors.finding import Signal
from folkmoot.steps.assess import Made, assess_posts, weigh
from folkmoot.steps.decide import decide
from tests import cast
from tests.api.calls import opens
from tests.api.programs import Program, program
from tests.cast import WORDS, Branch, day, free
from tests.judged import assessed, insult, judgement
from tests.leaks.plays import PLAYS, begin
from tests.leaks.reach import all_that_an_officer_reaches, all_that_is_reached
from tests.leaks.reporters import EVERYBODY
from tests.web.browsers import move_clock, officer

pytestmark = pytest.mark.django_db
HINT = "Quixotic wombats say so."
TRACES = (HINT, "1 unheard-of model", "text check noticed", "is-hint", "assessment", "0.9173")


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
    assert (said["hints"][0]["code"], said["hints"][0]["places"]) == ("", [[start, start + 5]])


def test_a_lane_that_the_software_chose_leads_neither_party_to_what_it_found(monkeypatch: pytest.MonkeyPatch) -> None:
    matter = cast.reported()
    people = matter.branch
    threat = replace(insult(people.post.text, "crook", 0.9), signal=Signal.THREAT, why=HINT)
    made = judgement(threat, score=0.9173, model="1 unheard-of model")
    assess_posts({people.post.pk: Made(people.post.text, made)}, at=day(0, 11))
    assert weigh(matter.pk, at=day(0, 12))
    officers = {person.email for person in [*people.deciders, people.secretary] if person}
    since = [letter for letter in matter.letters() if letter.kind == "emergency"]
    assert {letter.to for letter in since} == officers
    assert not any(trace in letter.paper.words["body"] for letter in since for trace in (*TRACES, "software", "signal"))
    free(matter, people.operator, at=day(1))
    decide(matter.pk, cast.a_decision(), by=people.operator, at=day(1))
    move_clock(monkeypatch, day(3))
    answer = Program(people.org).get("/report", **opens(matter.receipt.grant))
    assert not [trace for trace in (*TRACES, "raise_lane") if trace in json.dumps(answer.json())]
    for where, text in all_that_is_reached(matter, before={}).items():
        assert not [trace for trace in (*TRACES, "emergency lane", "raise_lane") if trace in text], where


def test_who_wrote_a_post_does_not_find_it_among_what_is_worth_a_look(monkeypatch: pytest.MonkeyPatch) -> None:
    people = cast.branch()
    assert people.moderator is not None
    cast.own(people, people.moderator)
    hinted(people)
    move_clock(monkeypatch, day(1))
    mine, others = officer(people.moderator), officer(people.operator)
    for path, there in (
        (f"/o/{people.org.slug}/desk/worth-a-look/", True),
        (f"/o/{people.org.slug}/desk/posts/", False),
    ):
        assert HINT not in mine.get(path).content.decode()
        assert (HINT in others.get(path).content.decode()) is there
