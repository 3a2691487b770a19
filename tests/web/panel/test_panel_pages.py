"""The Executive's room: the bundle, the minute, its confirmation."""

import re

import pytest
from django.test import Client
from django.utils.html import escape

from folkmoot.casefile.models import Case, Paper
from folkmoot.outbox.models import Task
from folkmoot.procedure.words import Answer, Stage
from folkmoot.steps.lodge_appeal import lodge_appeal
from folkmoot.steps.object_to_minute import object_to_minute
from folkmoot.steps.put_to_executive import put_to_executive
from folkmoot.steps.reconsider import reconsider
from folkmoot.steps.record_minute import record_minute
from tests import cast
from tests.cast import APPEAL, REPORTER_NAME, SUBMISSION, WORDS, Matter, before_executive, minuted
from tests.steps.test_take_along import copy, taken
from tests.web.browsers import officer

pytestmark = pytest.mark.django_db


def at(matter: Matter, page: str = "") -> str:
    return f"/o/{matter.branch.org.slug}/panel/cases/{matter.pk}/{page}"


def filled(matter: Matter, page: str, **other: str) -> dict[str, str]:
    """Return a minute form as somebody fills it in: three sat, the fourth stood aside."""
    hidden = dict(re.findall(r'name="(seen|form_key)" value="([^"]+)"', page))
    votes = ["overturned", "overturned", "stands", "aside"]
    members = {f"member_{person.pk}": vote for person, vote in zip(matter.branch.panel, votes, strict=True)}
    day = Case.objects.get(pk=matter.pk).papers.get(kind=Paper.Kind.SUBMISSION).at.date().isoformat()
    reasons = "The Executive finds that it was about the plan and not about the person."
    return {**hidden, **members, "met_on": day, "reasons": reasons, "necessity": "", **other}


def open_to(matter: Matter, client: Client) -> str:
    """Answer the question about interests, and return the bundle."""
    asked = client.get(at(matter))
    assert "part of this?" in asked.content.decode()
    desk = at(matter).replace("/panel/", "/desk/") + "interest/"
    answered = client.post(desk, {"interested": "no", "room": "panel"})
    assert answered.status_code == 303
    assert answered["Location"] == at(matter)
    return client.get(at(matter)).content.decode()


def test_the_bundle_opens_after_the_question_and_shows_all_but_who_reported() -> None:
    matter = before_executive()
    page = open_to(matter, officer(matter.branch.panel[0]))
    for words in (WORDS, APPEAL, SUBMISSION):
        assert escape(words[:30]) in re.sub(r"</?mark>", "", page)
    assert REPORTER_NAME not in page


def test_a_case_that_nobody_put_to_the_executive_is_not_in_its_room() -> None:
    matter = minuted()
    other = Case.objects.get(pk=matter.pk)
    assert officer(matter.branch.panel[0]).get(at(matter).replace(str(other.pk), str(other.pk + 1))).status_code == 404


def test_the_minute_is_checked_then_recorded_confirmed_and_final() -> None:
    matter = before_executive()
    secretary = matter.branch.secretary
    assert secretary is not None
    writer = officer(secretary)
    open_to(matter, writer)
    form = filled(matter, writer.get(at(matter, "minute/")).content.decode())
    checked = writer.post(at(matter, "minute/"), {**form, "go": "check"})
    assert checked.status_code == 200
    assert "is overturned" in checked.content.decode()
    assert not matter.papers(Paper.Kind.MINUTE), "checking writes nothing"
    assert writer.post(at(matter, "minute/"), {**form, "go": "confirm"}).status_code == 303
    assert writer.post(at(matter, "minute/"), {**form, "go": "confirm"}).status_code == 303
    assert len(matter.papers(Paper.Kind.MINUTE)) == 1, "a button pressed twice records once"
    for person in matter.branch.panel[:3]:
        client = officer(person)
        open_to(matter, client)
        assert "It is right" in client.get(at(matter, "confirmation/")).content.decode()
        read = {"minute": matter.papers(Paper.Kind.MINUTE)[-1].number}
        assert client.post(at(matter, "confirmation/"), {**read, "go": "confirm"}).status_code == 303
    assert matter.case.stage == Stage.FINAL
    assert [task.op for task in matter.tasks()] == [Task.Op.RESTORE]


def test_who_votes_reads_what_comes_back_with_it() -> None:
    matter = cast.decided()
    taken(matter, *(copy(matter.branch, number=number) for number in ("200", "201")))
    lodge_appeal(matter.pk, words=APPEAL, by=matter.grant, at=cast.day(2))
    other = matter.branch.deciders[-1]
    cast.free(matter, other, at=cast.day(3))
    reconsider(matter.pk, answer=Answer.STANDS, reasons=cast.REASONS, by=other, at=cast.day(3))
    put_to_executive(matter.pk, words=SUBMISSION, by=matter.grant, at=cast.day(4))
    assert matter.branch.secretary is not None
    writer = officer(matter.branch.secretary)
    says = "2 more posts that went with it are to be put back too"
    assert says in open_to(matter, writer)
    page = writer.get(at(matter, "minute/")).content.decode()
    assert says in page
    checked = writer.post(at(matter, "minute/"), {**filled(matter, page), "go": "check"}).content.decode()
    assert "2 more posts that went with this one are to be put back too" in checked


def test_too_few_who_sat_are_refused_and_what_was_typed_stays() -> None:
    matter = before_executive()
    secretary = matter.branch.secretary
    assert secretary is not None
    writer = officer(secretary)
    open_to(matter, writer)
    two = {f"member_{person.pk}": "absent" for person in matter.branch.panel[1:3]}
    form = filled(matter, writer.get(at(matter, "minute/")).content.decode(), **two)
    answer = writer.post(at(matter, "minute/"), {**form, "go": "check"})
    assert answer.status_code == 422
    assert "the quorum is 3" in answer.content.decode()
    assert escape(form["reasons"]) in answer.content.decode()


def test_whoever_decided_before_is_offered_no_vote() -> None:
    matter = before_executive()
    page = officer(matter.branch.panel[0])
    open_to(matter, page)
    form = page.get(at(matter, "minute/")).content.decode()
    assert form.count('value="stands"') == len(matter.branch.panel)


def test_an_objection_takes_the_minute_back_and_its_words_are_read() -> None:
    matter = minuted()
    client = officer(matter.branch.panel[1])
    open_to(matter, client) if "part of this?" in client.get(at(matter)).content.decode() else None
    read = {"minute": matter.papers(Paper.Kind.MINUTE)[-1].number}
    assert client.post(at(matter, "confirmation/"), {**read, "go": "object", "words": ""}).status_code == 422
    said = "I voted the other way, and so did the chair."
    assert client.post(at(matter, "confirmation/"), {**read, "go": "object", "words": said}).status_code == 303
    assert matter.case.stage == Stage.BEFORE_EXECUTIVE
    assert said in client.get(at(matter)).content.decode()


def test_a_page_with_an_earlier_minute_answers_for_no_later_one() -> None:
    matter = minuted()
    client = officer(matter.branch.panel[1])
    open_to(matter, client)
    page = client.get(at(matter, "confirmation/")).content.decode()
    read = {"minute": re.findall(r'name="minute" value="(\d+)"', page)[0]}
    object_to_minute(matter.pk, words="I abstained.", by=matter.branch.panel[0], at=cast.day(8))
    assert matter.branch.secretary is not None
    record_minute(matter.pk, cast.a_minute(matter, overturned=False), by=matter.branch.secretary, at=cast.day(8))
    for stale in (read, {}, {"minute": "x"}):
        assert client.post(at(matter, "confirmation/"), {**stale, "go": "confirm"}).status_code == 303
    assert not matter.papers(Paper.Kind.CONFIRMATION)
    said = {**read, "go": "object", "words": "Not my vote."}
    answer = client.post(at(matter, "confirmation/"), said)
    assert answer.status_code == 422
    assert "recorded anew" in answer.content.decode()
    assert "Not my vote." in answer.content.decode()
    assert matter.case.stage == Stage.MINUTED


def test_a_member_with_an_interest_reads_nothing() -> None:
    matter = before_executive()
    client = officer(matter.branch.panel[2])
    desk = at(matter).replace("/panel/", "/desk/") + "interest/"
    client.post(desk, {"interested": "yes", "nature": "My cousin wrote it.", "room": "panel"})
    page = client.get(at(matter)).content.decode()
    assert SUBMISSION not in page
