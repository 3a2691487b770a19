"""What a report is about (Ma, F1): a post, a conversation, what an account keeps doing, something offline."""

import pytest

from folkmoot.archive.models import Account
from folkmoot.casefile.models import Case, Paper
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.procedure.words import Outcome, ReportKind, Subject
from folkmoot.steps.file_report import Report, file_report
from folkmoot.steps.link_post import link_post
from folkmoot.steps.make_final import make_final
from folkmoot.steps.name_author import name_author
from folkmoot.steps.standing import involvement
from folkmoot.steps.tell import author_address
from tests import cast
from tests.cast import day, refused


@pytest.fixture
def people():
    return cast.branch()


def file(people, subject, *, at=None, form_key="", **other):
    report = Report(kind=ReportKind.ATTACK, subject=subject, platform=people.place, **{"words": "Look.", **other})
    return file_report(people.org, report, at=at or day(0), form_key=form_key)


def reply(people, number, **other):
    answer = cast.post(people.org, people.place, text=f"Reply {number}", native_id=str(number), **other)
    answer.thread = people.post.native_id
    answer.save()
    return answer


def test_a_conversation_is_one_matter_from_whichever_of_its_posts_it_is_reported(people):
    answer = reply(people, 101)
    first = file(people, Subject.THREAD, link=people.post.url).case
    assert (first.subject, first.platform, first.thread, first.post) == (Subject.THREAD, people.place, "100", None)
    assert file(people, Subject.THREAD, link=answer.url).case == first
    assert Case.objects.get(pk=first.pk).reports == 2


def test_a_post_of_it_is_a_matter_of_its_own(people):
    whole = file(people, Subject.THREAD, link=people.post.url).case
    assert file(people, Subject.POST, link=people.post.url).case != whole


@pytest.mark.parametrize("said", [{"account": "@Rowan.Pike"}, {"account": "Rowan Pike"}, {"link": "post"}])
def test_what_an_account_keeps_doing_is_one_matter_found_by_its_name_or_by_a_post(people, said):
    first = file(people, Subject.PATTERN, account="rowan.pike").case
    assert (first.subject, first.account, first.post) == (Subject.PATTERN, people.account, None)
    said = {"link": people.post.url} if "link" in said else said
    assert file(people, Subject.PATTERN, **said).case == first


def test_a_name_that_two_accounts_have_names_neither(people):
    Account.objects.create(
        org=people.org, platform=people.place, handle="other", name="Rowan Pike", first_seen_at=cast.FOUNDED
    )
    assert file(people, Subject.PATTERN, account="Rowan Pike").case.account is None


def test_something_offline_is_a_matter_of_its_own_each_time(people):
    first = file(people, Subject.OFFLINE, words="At the meeting on Monday.").case
    assert (first.subject, first.post) == (Subject.OFFLINE, None)
    assert file(people, Subject.OFFLINE, words="At the meeting on Monday.").case != first


def test_unless_the_same_form_came_twice(people):
    first = file(people, Subject.OFFLINE, form_key="f" * 64)
    again = file(people, Subject.OFFLINE, form_key="f" * 64)
    assert (again.case, again.paper, again.code) == (first.case, first.paper, first.code)
    assert Case.objects.count() == 1


@pytest.mark.parametrize("subject", [Subject.THREAD, Subject.PATTERN])
def test_after_its_end_a_new_report_opens_a_case_of_its_own(people, subject):
    matter = cast.Matter(people, file(people, subject, link=people.post.url))
    cast.free(matter, people.operator, at=day(1))
    cast.decide(matter.pk, cast.a_decision(Outcome.NO_BREACH), by=people.operator, at=day(1))
    assert make_final(matter.pk, at=day(200))
    assert file(people, subject, link=people.post.url, at=day(201)).case.pk != matter.pk


def test_what_nobody_can_tell_from_another_is_a_matter_of_its_own(people):
    assert file(people, Subject.THREAD).case != file(people, Subject.THREAD).case
    assert file(people, Subject.PATTERN).case != file(people, Subject.PATTERN).case


def test_nothing_is_decided_about_by_whose_account_it_is(people):
    cast.own(people, people.moderator)
    case = file(people, Subject.PATTERN, account="rowan.pike").case
    assert involvement(case, people.moderator)
    assert not involvement(case, people.operator)


def test_no_copy_of_a_single_post_stands_for_a_conversation_or_an_account(people):
    for subject in (Subject.THREAD, Subject.PATTERN):
        case = file(people, subject, link=people.post.url).case
        assert not case.papers.filter(kind=Paper.Kind.SNAPSHOT).exists()


@pytest.mark.parametrize("subject", [Subject.THREAD, Subject.PATTERN, Subject.OFFLINE])
def test_a_moderator_finds_what_is_meant_by_one_of_its_posts(people, subject):
    matter = cast.Matter(people, file(people, subject))
    case = link_post(matter.pk, post=people.post, by=people.operator, at=day(1))
    found = {
        Subject.THREAD: (Subject.THREAD, "100", None, None),
        Subject.PATTERN: (Subject.PATTERN, "", people.account, None),
        Subject.OFFLINE: (Subject.POST, "", None, people.post),  # so it was online
    }[subject]
    assert (case.subject, case.thread, case.account, case.post) == found
    with refused(NotPermitted, "already has its post, conversation or account"):
        link_post(matter.pk, post=people.post, by=people.operator, at=day(2))


@pytest.mark.parametrize("subject", [Subject.THREAD, Subject.PATTERN])
def test_two_open_cases_never_have_the_same_matter(people, subject):
    first = file(people, subject, link=people.post.url).case
    second = file(people, subject).case
    with refused(NotPermitted, f"Case {first.pk} is already open about the same"):
        link_post(second.pk, post=people.post, by=people.operator, at=day(1))


def test_a_post_of_nobody_shows_whose_pattern_it_is_to_nobody(people):
    case = file(people, Subject.PATTERN).case
    unsigned = cast.post(people.org, people.place, text="Unsigned", native_id="7")
    with refused(NotPermitted, "Nobody knows who wrote this post"):
        link_post(case.pk, post=unsigned, by=people.operator, at=day(1))


@pytest.mark.parametrize("subject", Subject)
def test_each_is_decided_like_any_other(people, subject):
    matter = cast.Matter(people, file(people, subject, link=people.post.url))
    cast.free(matter, people.operator, at=day(1))
    cast.decide(matter.pk, cast.a_decision(Outcome.NO_BREACH), by=people.operator, at=day(1))
    assert matter.case.outcome == Outcome.NO_BREACH


def test_that_it_is_true_as_far_as_they_know_is_kept_as_a_fact(people):
    report = cast.a_report(people, good_faith=True)
    assert file_report(people.org, report, at=day(0)).paper.facts["good_faith"] is True
    assert file_report(people.org, cast.a_report(people), at=day(0)).paper.facts["good_faith"] is False


def test_whose_pattern_it_is_is_told_like_a_post_s_author(people):
    matter = cast.Matter(people, file(people, Subject.PATTERN, account="rowan.pike"))
    cast.free(matter, people.operator, at=day(1))
    decision = cast.a_decision(Outcome.WARN, passage="")
    cast.decide(matter.pk, decision, by=people.operator, at=day(1))
    assert [one.kind for one in matter.letters(cast.AUTHOR_ADDRESS)] == ["statement_of_reasons"]


def test_an_address_is_written_down_for_whose_pattern_it_is(people):
    matter = cast.Matter(people, file(people, Subject.PATTERN, account="rowan.pike"))
    with refused(BadInput, "give an address only", field="handle"):
        name_author(matter.pk, handle="other", source="A member.", by=people.operator, at=day(1))
    name_author(matter.pk, address="new@example.org", source="A member.", by=people.operator, at=day(1))
    assert author_address(matter.case) == "new@example.org"
