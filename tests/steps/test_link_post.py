"""A moderator says which post a report is about."""

import pytest

from folkmoot.casefile.models import Paper
from folkmoot.kernel.errors import NotPermitted
from folkmoot.procedure.words import ReportKind
from folkmoot.steps.file_report import Report, file_report
from folkmoot.steps.link_post import link_post
from tests import cast
from tests.cast import Matter, refused


@pytest.fixture
def people():
    return cast.branch()


@pytest.fixture
def matter(people):
    receipt = file_report(people.org, Report(kind=ReportKind.ATTACK, words="Rowan's post."), at=cast.day(0))
    return Matter(people, receipt)


def test_the_case_gets_its_post_its_place_and_a_snapshot(matter, people):
    link_post(matter.pk, post=people.post, by=people.operator, at=cast.day(1))
    assert (matter.case.post, matter.case.platform) == (people.post, people.place)
    assert matter.papers(Paper.Kind.SNAPSHOT)[0].words["text"] == cast.WORDS


def test_nothing_is_copied_where_a_child_may_be_in_danger(people):
    receipt = file_report(people.org, Report(kind=ReportKind.CHILD_SAFETY, words="A post there."), at=cast.day(0))
    link_post(receipt.case.pk, post=people.post, by=people.operator, at=cast.day(1))
    assert Matter(people, receipt).papers(Paper.Kind.SNAPSHOT) == []


def test_a_case_has_one_post(matter, people):
    link_post(matter.pk, post=people.post, by=people.operator, at=cast.day(1))
    other = cast.post(people.org, people.place, text="Other.", native_id="101")
    with refused(NotPermitted, "already has its post"):
        link_post(matter.pk, post=other, by=people.operator, at=cast.day(1))


def test_a_post_has_one_open_case(matter, people):
    open_case = cast.reported(people)
    with refused(NotPermitted, f"Case {open_case.pk} is already open about the same"):
        link_post(matter.pk, post=people.post, by=people.operator, at=cast.day(1))


def test_the_author_does_not_say_which_post_it_is_once_known(matter, people):
    cast.own(people, people.operator)
    link_post(matter.pk, post=people.post, by=people.moderator, at=cast.day(1))
    with refused(NotPermitted, "written from an account of yours"):
        link_post(matter.pk, post=people.post, by=people.operator, at=cast.day(1))


def test_the_post_of_another_organisation_stays_there(matter):
    stranger = cast.outsider()
    place = cast.add_place(stranger.org, name="Valley page", is_public=True, by=cast.SYSTEM, at=cast.FOUNDED)
    theirs = cast.post(stranger.org, place)
    with refused(NotPermitted, "This post belongs to another organisation"):
        link_post(matter.pk, post=theirs, by=matter.branch.operator, at=cast.day(1))


def test_after_the_decision_the_post_is_settled():
    matter = cast.decided()
    with refused(NotPermitted, "while the case is decided"):
        link_post(matter.pk, post=matter.branch.post, by=matter.branch.operator, at=cast.day(2))
