"""A report becomes a case with its clock and its receipt, or joins the open one (Sh, Mh)."""

from datetime import UTC, datetime

import pytest

from folkmoot.archive.models import Post, Revision
from folkmoot.casefile.models import Attachment, Case, Grant, Paper
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.outbox.links import receipt_hash
from folkmoot.procedure.words import ReportKind, Role, Stage
from folkmoot.steps.attach import Upload
from folkmoot.steps.decide import decide
from folkmoot.steps.file_report import Report, file_report
from tests import cast
from tests.cast import refused

PICTURE = Upload("screen.png", "image/png", b"a picture")


@pytest.fixture
def people():
    return cast.branch()


def kinds(case):
    return [paper.kind for paper in Paper.objects.filter(case=case).order_by("number")]


def test_a_report_opens_a_case_with_a_receipt_and_a_snapshot(people):
    receipt = file_report(people.org, cast.a_report(people), at=cast.day(0))
    assert receipt.case.stage == Stage.RECEIVED
    assert kinds(receipt.case) == ["report", "snapshot", "notice"]
    assert receipt.code.isdigit()
    assert len(receipt.code) == 16
    assert Grant.objects.get(code_hash=receipt_hash(receipt.code)).party == Role.REPORTER
    assert receipt.due_at == datetime(2026, 11, 7, 23, 59, 59, tzinfo=UTC)
    snapshot = Paper.objects.get(case=receipt.case, kind="snapshot")
    assert snapshot.words == {"text": cast.WORDS, "author": "Rowan Pike", "url": people.post.url}


def test_the_receipt_s_code_is_nowhere_in_the_database(people):
    receipt = file_report(people.org, cast.a_report(people), at=cast.day(0))
    assert receipt.code not in str(cast.everything())


def test_the_clock_of_five_days_starts_at_receipt_and_is_shown_on_the_bookmark(people):
    matter = cast.reported(people)
    assert matter.duties() == [("moderator", "report", datetime(2026, 11, 7, 23, 59, 59, tzinfo=UTC))]
    assert (matter.case.due_at, matter.case.duty) == (matter.receipt.due_at, Role.MODERATOR)


def test_a_report_needs_no_name_and_no_link(people):
    receipt = file_report(
        people.org, Report(kind=ReportKind.OTHER, words="It was said at the meeting."), at=cast.day(0)
    )
    assert kinds(receipt.case) == ["report"]
    assert receipt.case.post is None


def test_a_report_of_nothing_is_refused(people):
    with refused(BadInput, "Please tell us what happened", field="words"):
        file_report(people.org, Report(kind=ReportKind.ATTACK, name="Wren"), at=cast.day(0))


@pytest.mark.parametrize(
    "said", [{"link": "https://example.org/posts/100"}, {"quoted": f"  {cast.WORDS.upper()} "}], ids=["link", "words"]
)
def test_the_post_is_found_by_its_link_or_its_words(people, said):
    receipt = file_report(people.org, Report(kind=ReportKind.ATTACK, **said), at=cast.day(0))
    assert receipt.case.post == people.post


def test_words_that_two_posts_have_name_neither(people):
    cast.post(people.org, people.place, native_id="101")
    receipt = file_report(people.org, Report(kind=ReportKind.ATTACK, quoted=cast.WORDS), at=cast.day(0))
    assert receipt.case.post is None


def test_the_snapshot_is_of_the_newest_text(people):
    Revision.objects.create(org=people.org, post=people.post, text="A milder text.", seen_at=cast.day(-1))
    matter = cast.reported(people)
    [newer] = matter.papers(Paper.Kind.SNAPSHOT)
    assert (newer.words["text"], newer.facts["revised"]) == ("A milder text.", True)
    [first] = cast.reported(cast.branch("Elsewhere")).papers(Paper.Kind.SNAPSHOT)
    assert (first.words["text"], first.facts["revised"]) == (cast.WORDS, False)


def test_a_second_report_joins_the_open_case_with_a_clock_of_its_own(people):
    first = cast.reported(people)
    second = file_report(people.org, Report(kind=ReportKind.HATE, post=people.post), at=cast.day(2))
    assert second.case == first.case
    assert first.case.reports == 2
    assert len(first.papers(Paper.Kind.SNAPSHOT)) == 1
    assert [due.day for _, _, due in first.duties()] == [7, 9]
    assert first.case.due_at.day == 7


def test_a_report_of_danger_makes_the_open_case_urgent(people):
    first = cast.reported(people)
    assert not first.case.urgent
    file_report(people.org, Report(kind=ReportKind.THREAT, post=people.post), at=cast.day(1))
    assert first.case.urgent


@pytest.mark.parametrize("kind", ReportKind)
def test_danger_to_people_is_urgent(people, kind):
    receipt = file_report(people.org, Report(kind=kind, words="This one."), at=cast.day(0))
    assert receipt.case.urgent is (kind in {"threat", "private_information", "intimate_image", "child_safety"})


def test_who_reports_a_decided_post_joins_the_case_and_is_promised_no_second_decision(people):
    matter = cast.decided(people)
    again = file_report(people.org, cast.a_report(people, email="other@example.org"), at=cast.day(2))
    assert again.case == matter.case
    assert again.due_at is None
    assert matter.duties() == []
    [letter] = matter.letters("other@example.org")
    assert "We have already decided about this post" in letter.paper.words["body"]


def test_a_report_after_the_end_opens_a_new_case(people):
    final = cast.finalised(people)
    again = file_report(people.org, cast.a_report(people), at=cast.day(20))
    assert again.case != final.case
    assert again.case.stage == Stage.RECEIVED


def test_a_replayed_form_gets_the_first_receipt_and_leaves_nothing_new(people):
    first = file_report(people.org, cast.a_report(people), at=cast.day(0), form_key="a" * 32)
    before = cast.everything()
    again = file_report(people.org, cast.a_report(people, words="Again."), at=cast.day(3), form_key="a" * 32)
    assert (again.code, again.paper, again.case, again.due_at) == (first.code, first.paper, first.case, first.due_at)
    assert cast.everything() == before


def test_the_same_key_in_another_organisation_is_another_form(people):
    elsewhere = cast.outsider().org
    first = file_report(people.org, cast.a_report(people), at=cast.day(0), form_key="a" * 32)
    other = file_report(elsewhere, Report(kind=ReportKind.OTHER, words="Ours."), at=cast.day(0), form_key="a" * 32)
    assert other.case != first.case


def test_pictures_come_with_the_report(people):
    receipt = file_report(people.org, cast.a_report(people, files=[PICTURE]), at=cast.day(0))
    [kept] = Attachment.objects.filter(paper=receipt.paper)
    assert (kept.name, kept.media_type, bytes(kept.content)) == ("screen.png", "image/png", b"a picture")


# DP20: where a child may be in danger, nothing is copied


@pytest.mark.parametrize("copy", [{"files": [PICTURE]}, {"quoted": cast.WORDS}], ids=["picture", "words of the post"])
def test_a_report_about_a_child_s_safety_takes_no_copy(people, copy):
    report = Report(kind=ReportKind.CHILD_SAFETY, link=people.post.url, **copy)
    with refused(BadInput, "please send only the link", field="files"):
        file_report(people.org, report, at=cast.day(0))


def test_a_report_about_a_child_s_safety_makes_no_snapshot(people):
    receipt = file_report(people.org, Report(kind=ReportKind.CHILD_SAFETY, link=people.post.url), at=cast.day(0))
    assert receipt.case.post == people.post
    assert (receipt.case.urgent, receipt.case.sealed) == (True, True)
    assert "snapshot" not in kinds(receipt.case)


def test_nor_does_a_later_report_of_another_kind_make_one(people):
    receipt = file_report(people.org, Report(kind=ReportKind.CHILD_SAFETY, link=people.post.url), at=cast.day(0))
    file_report(people.org, Report(kind=ReportKind.ATTACK, post=people.post), at=cast.day(0))
    assert "snapshot" not in kinds(receipt.case)


# Who reports


def test_a_visitor_is_on_the_record_as_nobody(people):
    receipt = file_report(people.org, cast.a_report(people), at=cast.day(0))
    assert receipt.paper.by == "visitor"
    assert Case.objects.get().events.get().facts["role"] == Role.REPORTER


@pytest.mark.parametrize(
    ("who", "role"), [("operator", Role.MODERATOR), ("secretary", Role.SECRETARY), ("author", Role.REPORTER)]
)
def test_a_person_reports_in_the_role_they_hold(people, who, role):
    by = getattr(people, who)
    receipt = file_report(people.org, cast.a_report(people, email=""), by=by, at=cast.day(0))
    assert receipt.paper.by == f"person:{by.pk}"
    assert receipt.case.events.get().facts["role"] == role


def test_what_belongs_to_another_organisation_is_not_reported_here(people):
    stranger = cast.outsider()
    theirs = cast.post(
        stranger.org, cast.add_place(stranger.org, name="Valley page", is_public=True, by=cast.SYSTEM, at=cast.FOUNDED)
    )
    for report, by in (
        (Report(kind=ReportKind.ATTACK, post=theirs), people.operator),
        (Report(kind=ReportKind.ATTACK, words="That.", platform=theirs.platform), people.operator),
        (Report(kind=ReportKind.ATTACK, words="That."), stranger),
    ):
        with refused(NotPermitted, "another organisation"):
            file_report(people.org, report, by=by, at=cast.day(0))


# The mailed receipt


def test_the_mailed_receipt_says_by_when_and_quotes_nothing(people):
    matter = cast.reported(people)
    [letter] = matter.letters(cast.REPORTER_ADDRESS)
    body = letter.paper.words["body"]
    assert "answer by Saturday 7 November 2026" in body
    assert matter.receipt.code not in body
    for secret in (cast.WORDS, cast.REPORT_WORDS, cast.REPORTER_NAME, "crook"):
        assert secret not in body


def test_an_address_that_nobody_has_proven_gets_five_mails_a_day(people):
    posts = [cast.post(people.org, people.place, text=f"Post {n}", native_id=str(200 + n)) for n in range(7)]
    for post in posts:
        file_report(people.org, cast.a_report(people, post=post), at=cast.day(0))
    sent = [case.dispatches.count() for case in Case.objects.order_by("pk")]
    assert sent == [1, 1, 1, 1, 1, 0, 0]
    notices = Paper.objects.filter(kind="notice").order_by("pk")
    assert [notice.facts["mailed"] for notice in notices] == [True] * 5 + [False] * 2


def test_a_held_post_is_reported_like_any_other(people):
    held = cast.post(people.org, people.place, text="Waits.", native_id="300", state=Post.State.HELD)
    assert file_report(people.org, cast.a_report(people, post=held), at=cast.day(0)).case.post == held


# Ma: a matter also starts because a moderator noticed something


def noticed(people, by):
    receipt = file_report(people.org, Report(kind=ReportKind.ATTACK, post=people.post), by=by, at=cast.day(0))
    return cast.Matter(people, receipt)


def test_who_noticed_a_post_may_decide_about_it_and_the_letter_says_how_it_began(people):
    matter = noticed(people, people.operator)
    cast.free(matter, people.operator, at=cast.day(0))
    decide(matter.pk, cast.a_decision(), by=people.operator, at=cast.day(0))
    body = matter.letters(cast.AUTHOR_ADDRESS)[0].paper.words["body"]
    assert "It began with a moderator who noticed it" in body


def test_what_was_noticed_and_then_reported_began_with_a_report_too(people):
    matter = noticed(people, people.operator)
    file_report(people.org, cast.a_report(people), at=cast.day(0))
    cast.free(matter, people.operator, at=cast.day(0))
    decide(matter.pk, cast.a_decision(), by=people.operator, at=cast.day(0))
    assert "It began with a report" in matter.letters(cast.AUTHOR_ADDRESS)[0].paper.words["body"]


def test_a_member_without_a_role_reports_and_does_not_notice(people):
    assert noticed(people, people.target).receipt.paper.facts["noticed"] is False
