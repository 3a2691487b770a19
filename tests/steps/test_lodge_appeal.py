"""The author asks us to look again; plain disagreement is enough (Mf)."""

from datetime import UTC, datetime, timedelta

import pytest

from folkmoot.casefile.models import Attachment, Paper
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.procedure.words import Outcome, Stage
from folkmoot.steps.attach import Upload
from folkmoot.steps.lodge_appeal import lodge_appeal
from tests import cast
from tests.cast import refused


@pytest.fixture
def matter():
    return cast.decided()


def test_an_appeal_starts_a_clock_and_is_acknowledged(matter):
    paper = lodge_appeal(matter.pk, words="I disagree.", by=matter.grant, at=cast.day(2))
    assert matter.case.stage == Stage.APPEALED
    assert matter.duties() == [("moderator", "appeal", datetime(2026, 11, 9, 23, 59, 59, tzinfo=UTC))]
    assert matter.case.settles_at is None
    assert paper.answers == matter.grant.paper
    letter = matter.letters(cast.AUTHOR_ADDRESS)[-1]
    assert letter.kind == "appeal_received"
    assert "by Monday 9 November 2026" in letter.paper.words["body"]


def test_the_post_stays_down_while_the_appeal_is_looked_at(matter):
    lodge_appeal(matter.pk, words="I disagree.", by=matter.grant, at=cast.day(2))
    assert [task.op for task in matter.tasks()] == ["remove"]
    assert matter.case.standing


def test_files_come_with_the_appeal(matter):
    files = [Upload("letter.txt", "text/plain", b"what I meant")]
    paper = lodge_appeal(matter.pk, words="See this.", files=files, by=matter.grant, at=cast.day(2))
    assert bytes(Attachment.objects.get(paper=paper).content) == b"what I meant"


def test_an_appeal_without_a_word_is_asked_for_one(matter):
    with refused(BadInput, "that you disagree is enough", field="words"):
        lodge_appeal(matter.pk, words="", by=matter.grant, at=cast.day(2))


def test_a_replayed_form_returns_the_first_appeal_even_when_it_was_answered_since():
    matter = cast.decided()
    grant = matter.grant
    first = lodge_appeal(matter.pk, words="Once.", by=grant, at=cast.day(2), form_key="c" * 32)
    before = cast.everything()
    assert lodge_appeal(matter.pk, words="Once.", by=grant, at=cast.day(9), form_key="c" * 32) == first
    assert cast.everything() == before


def test_one_appeal_is_looked_at_at_a_time(matter):
    lodge_appeal(matter.pk, words="I disagree.", by=matter.grant, at=cast.day(2))
    with refused(NotPermitted, "while the case is appealed"):
        lodge_appeal(matter.pk, words="Again.", by=matter.grant, at=cast.day(2))


def test_only_the_author_s_own_link_appeals(matter):
    elsewhere = cast.decided(cast.branch(name="Another branch"))
    for grant in (matter.receipt.grant, elsewhere.grant):
        with refused(NotPermitted, "Only the author of the post"):
            lodge_appeal(matter.pk, words="I disagree.", by=grant, at=cast.day(2))


def test_an_appeal_comes_until_the_last_second_and_not_after(matter):
    last = cast.served(matter).case.settles_at
    with refused(NotPermitted, "The time for this ended on Monday 3 May 2027"):
        lodge_appeal(matter.pk, words="I disagree.", by=matter.grant, at=last + timedelta(seconds=1))
    lodge_appeal(matter.pk, words="I disagree.", by=matter.grant, at=last)


def test_a_warning_can_be_appealed():
    matter = cast.decided(outcome=Outcome.WARN)
    lodge_appeal(matter.pk, words="I disagree.", by=matter.grant, at=cast.day(2))
    assert matter.case.stage == Stage.APPEALED


def test_nobody_hands_a_receipt_over_that_its_author_has_read_on_the_page():
    matter = cast.decided(cast.branch(contact=False))
    lodge_appeal(matter.pk, words="I disagree.", by=matter.grant, at=cast.day(2))
    assert [task.paper.facts["letter"] for task in matter.tasks() if task.op == "hand_over_notice"] == [
        "statement_of_reasons"
    ]
    receipt = matter.papers(Paper.Kind.NOTICE)[-1]
    assert (receipt.facts["letter"], receipt.facts["mailed"]) == ("appeal_received", False)
