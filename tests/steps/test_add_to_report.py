"""A reporter adds something later (Mh)."""

import pytest

from folkmoot.casefile.models import Attachment, Paper
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.procedure.words import ReportKind
from folkmoot.steps.add_to_report import add_to_report
from folkmoot.steps.attach import Upload
from folkmoot.steps.file_report import Report, file_report
from tests import cast
from tests.cast import refused


@pytest.fixture
def matter():
    return cast.reported()


def test_an_addition_lies_beside_its_report_and_the_clock_runs_on(matter):
    before = matter.duties()
    paper = add_to_report(matter.pk, words="He wrote it again.", by=matter.receipt.grant, at=cast.day(1))
    assert paper.answers == matter.receipt.paper
    assert paper.words == {"words": "He wrote it again."}
    assert matter.duties() == before


def test_a_file_can_be_added_without_words(matter):
    files = [Upload("b.png", "image/png", b"another picture")]
    paper = add_to_report(matter.pk, words="", files=files, by=matter.receipt.grant, at=cast.day(1))
    assert Attachment.objects.get(paper=paper).name == "b.png"


def test_nothing_is_no_addition(matter):
    with refused(BadInput, "what you would like to add", field="words"):
        add_to_report(matter.pk, words="", by=matter.receipt.grant, at=cast.day(1))


def test_a_replayed_form_returns_the_first_addition(matter):
    grant = matter.receipt.grant
    first = add_to_report(matter.pk, words="Once.", by=grant, at=cast.day(1), form_key="b" * 32)
    before = cast.everything()
    assert add_to_report(matter.pk, words="Once.", by=grant, at=cast.day(1), form_key="b" * 32) == first
    assert cast.everything() == before


def test_only_the_reporter_of_this_case_adds_to_it(matter):
    people = matter.branch
    other = file_report(people.org, Report(kind=ReportKind.OTHER, words="Something else."), at=cast.day(0))
    author = cast.decided(people).grant
    for grant in (other.grant, author):
        with refused(NotPermitted, "Only the person who made the report"):
            add_to_report(matter.pk, words="More.", by=grant, at=cast.day(2))


def test_a_report_about_a_child_s_safety_takes_no_picture_later_either():
    matter = cast.reported(kind=ReportKind.CHILD_SAFETY)
    with refused(BadInput, "please do not send pictures", field="files"):
        add_to_report(
            matter.pk,
            words="See this.",
            files=[Upload("c.png", "image/png", b"picture")],
            by=matter.receipt.grant,
            at=cast.day(1),
        )


def test_something_is_added_while_the_matter_goes_on_and_nothing_after_its_end():
    matter = cast.minuted()
    add_to_report(matter.pk, words="It matters to me.", by=matter.receipt.grant, at=cast.day(7))
    assert len(matter.papers(Paper.Kind.ADDITION)) == 1
    final = cast.finalised(cast.branch(name="Another branch"))
    with refused(NotPermitted, "while the case is final"):
        add_to_report(final.pk, words="Too late.", by=final.receipt.grant, at=cast.day(9))
