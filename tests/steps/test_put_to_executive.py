"""The author puts their case to the Executive in writing (Mg)."""

from datetime import UTC, datetime, timedelta

import pytest

from folkmoot.casefile.models import Attachment
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.procedure.words import Stage
from folkmoot.steps.attach import Upload
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.put_to_executive import put_to_executive
from tests import cast
from tests.cast import refused


@pytest.fixture
def matter():
    return cast.reconsidered()


def convened(matter):
    return [letter.to for letter in matter.letters() if letter.kind == "put_to_executive"]


def test_the_words_go_on_verbatim_and_the_executive_has_28_days(matter):
    words = "Line one.\n\n  “Line two”, with <b>signs</b>."
    paper = put_to_executive(matter.pk, words=words, by=matter.grant, at=cast.day(4))
    assert paper.words["words"] == words
    assert matter.case.stage == Stage.BEFORE_EXECUTIVE
    assert matter.duties() == [("executive", "submission", datetime(2026, 12, 4, 23, 59, 59, tzinfo=UTC))]
    assert matter.case.settles_at is None
    letter = matter.letters(cast.AUTHOR_ADDRESS)[-1]
    assert letter.kind == "submission_received"
    assert "by Friday 4 December 2026" in letter.paper.words["body"]


def test_the_secretary_is_asked_to_convene(matter):
    put_to_executive(matter.pk, words="Please look.", by=matter.grant, at=cast.day(4))
    assert convened(matter) == [matter.branch.secretary.email]
    assert f"/panel/cases/{matter.pk}/" in matter.letters(matter.branch.secretary.email)[0].paper.words["body"]


def test_without_a_secretary_the_executive_itself_is_asked():
    matter = cast.reconsidered(cast.branch(secretary=False))
    put_to_executive(matter.pk, words="Please look.", by=matter.grant, at=cast.day(4))
    assert sorted(convened(matter)) == sorted(person.email for person in matter.branch.panel)


def test_a_secretary_who_is_involved_is_passed_by_and_so_is_a_member(matter):
    declare_interest(matter.pk, interested=True, by=matter.branch.panel[0], at=cast.day(3))
    cast.own(matter.branch, matter.branch.secretary)
    put_to_executive(matter.pk, words="Please look.", by=matter.grant, at=cast.day(4))
    assert sorted(convened(matter)) == sorted(person.email for person in matter.branch.panel[1:])


def test_nobody_to_convene_holds_nothing_up():
    matter = cast.reconsidered(cast.branch(secretary=False, panel=0))
    put_to_executive(matter.pk, words="Please look.", by=matter.grant, at=cast.day(4))
    assert matter.case.stage == Stage.BEFORE_EXECUTIVE
    assert convened(matter) == []


def test_when_nobody_can_convene_the_administrators_are_asked_to_give_somebody_the_role():
    matter = cast.reconsidered(cast.branch(secretary=False, panel=0))
    put_to_executive(matter.pk, words=cast.SUBMISSION, by=matter.grant, at=cast.day(4))
    [letter] = matter.letters(matter.branch.administrator.email)
    body = letter.paper.words["body"]
    assert letter.subject == f"Case {matter.pk} waits, and nobody is there to act in it"
    assert "waits for the Executive, and an answer is due by Friday 4 December 2026" in body
    assert f"/o/{matter.branch.org.slug}/admin/people/" in body
    for secret in (cast.SUBMISSION, cast.WORDS, cast.REPORTER_NAME, "Rowan"):
        assert secret not in body
    assert cast.lay_open(matter.branch.org) == []


def test_where_somebody_can_convene_no_administrator_is_troubled(matter):
    put_to_executive(matter.pk, words=cast.SUBMISSION, by=matter.grant, at=cast.day(4))
    assert matter.letters(matter.branch.administrator.email) == []


def test_files_come_with_it(matter):
    files = [Upload("a.txt", "text/plain", b"more")]
    paper = put_to_executive(matter.pk, words="See.", files=files, by=matter.grant, at=cast.day(4))
    assert Attachment.objects.get(paper=paper).name == "a.txt"


def test_the_executive_decides_on_words(matter):
    with refused(BadInput, "make your case in writing", field="words"):
        put_to_executive(matter.pk, words="", by=matter.grant, at=cast.day(4))


def test_a_replayed_form_returns_the_first(matter):
    grant = matter.grant
    first = put_to_executive(matter.pk, words="Once.", by=grant, at=cast.day(4), form_key="d" * 32)
    before = cast.everything()
    assert put_to_executive(matter.pk, words="Once.", by=grant, at=cast.day(4), form_key="d" * 32) == first
    assert cast.everything() == before


def test_it_comes_until_the_last_second_and_not_after(matter):
    last = cast.served(matter).case.settles_at
    with refused(NotPermitted, "The time for this ended on"):
        put_to_executive(matter.pk, words="Late.", by=matter.grant, at=last + timedelta(seconds=1))
    put_to_executive(matter.pk, words="In time.", by=matter.grant, at=last)


def test_only_the_author_s_own_link_puts_it(matter):
    with refused(NotPermitted, "Only the author of the post"):
        put_to_executive(matter.pk, words="Me too.", by=matter.receipt.grant, at=cast.day(4))


def test_the_moderator_answers_first():
    matter = cast.appealed()
    with refused(NotPermitted, "while the case is appealed"):
        put_to_executive(matter.pk, words="Now.", by=matter.grant, at=cast.day(3))
