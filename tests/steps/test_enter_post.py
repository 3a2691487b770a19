"""A moderator copies down a post that no import has brought."""

import pytest

from folkmoot.archive.models import Post
from folkmoot.casefile.models import Paper
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.procedure.words import ReportKind
from folkmoot.steps.enter_post import SeenPost, enter_post
from folkmoot.steps.file_report import Report, file_report
from tests import cast
from tests.cast import Matter, refused


@pytest.fixture
def people():
    return cast.branch()


def told_of(people, kind=ReportKind.ATTACK):
    return Matter(people, file_report(people.org, Report(kind=kind, words="A post there."), at=cast.day(0)))


def test_the_post_is_in_the_archive_and_kept_with_the_case(people):
    matter = told_of(people)
    seen = SeenPost(platform=people.place, text="The plan is a scandal.", handle="rowan.pike", posted_at=cast.day(-1))
    enter_post(matter.pk, seen, by=people.operator, at=cast.day(1))
    assert matter.case.post.account == people.account
    assert matter.papers(Paper.Kind.SNAPSHOT)[0].words["text"] == "The plan is a scandal."


def test_without_words_there_is_nothing_to_keep(people):
    matter = told_of(people)
    with refused(BadInput, "copy the words of the post", field="text"):
        enter_post(matter.pk, SeenPost(platform=people.place, text=""), by=people.operator, at=cast.day(1))


def test_nothing_is_copied_down_where_a_child_may_be_in_danger(people):
    matter = told_of(people, ReportKind.CHILD_SAFETY)
    with refused(NotPermitted, "please copy nothing"):
        enter_post(matter.pk, SeenPost(platform=people.place, text="Words."), by=people.operator, at=cast.day(1))


def test_who_may_not_decide_copies_nothing_into_the_archive(people):
    matter = told_of(people)
    stranger = cast.outsider()
    for by in (people.author, people.secretary, stranger):
        with refused(NotPermitted, ""):
            enter_post(matter.pk, SeenPost(platform=people.place, text="Words."), by=by, at=cast.day(1))
    assert Post.objects.count() == 1
