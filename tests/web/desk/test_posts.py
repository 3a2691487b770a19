"""The archived posts: noticing, finding, and saying which one is meant."""

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse

from folkmoot.archive.models import Platform, Post
from folkmoot.casefile.models import Case, Paper
from folkmoot.members.models import Organisation
from folkmoot.procedure.words import ReportKind, Stage
from tests.cast import FOUNDED, REASONS, WORDS, Branch, day, decided, outsider, post, reported
from tests.web.desk.pages import Desk, said, typed, unseen


def notice(desk: Desk, number: int, **other: str) -> HttpResponse:
    fields = {"kind": "attack", "words": "Seen while reading.", "seen": "0", "form_key": "2" * 32}
    return desk.post(f"posts/{number}/report/", **{**fields, **other})


def test_posts_come_newest_first_one_page_after_another(people: Branch) -> None:
    for number in range(70):
        at = FOUNDED + timedelta(minutes=number // 2)  # two of each minute
        post(people.org, people.place, native_id=f"p{number}", text=f"Post number {number}.", posted_at=at)
    desk = Desk(people.operator)
    seen, query = [], "posts/?q=number"
    for _page in range(10):
        page = desk.get(query)
        seen += [int(found) for found in _numbers(page.content.decode())]
        following = _older(page.content.decode())
        if not following:
            break
        query = f"posts/{following}"
    assert seen == list(range(69, -1, -1))


def test_a_key_that_nobody_wrote_starts_at_the_newest(people: Branch) -> None:
    desk = Desk(people.operator)
    too_far = ("0001-01-01T00:00:00+14:00_1", "9999-12-31T23:00:00-12:00_1", "9999-12-31T00:00:00+00:00_" + "9" * 20)
    for key in ("x", "_1", "2026-13-01_1", "2026-01-01T00:00:00_1", *too_far):
        assert WORDS in desk.read(f"posts/?before={key}")


def test_to_notice_bars_nobody(people: Branch) -> None:
    desk = Desk(people.operator)
    answer = notice(desk, people.post.pk)
    case = Case.objects.get(post=people.post)
    assert answer["Location"].endswith(f"/cases/{case.pk}/")
    desk.post(f"cases/{case.pk}/interest/", interested="no")
    assert "Take this case" in desk.read(f"cases/{case.pk}/")
    fields = typed(reported(people, at=day(1)), go="check")
    page = said(desk.post(f"cases/{case.pk}/decision/", **fields))
    assert "Remove and tell the author" in page
    assert "It began with a report" in page


def test_the_letter_says_that_a_moderator_noticed_it(people: Branch) -> None:
    desk = Desk(people.operator)
    notice(desk, people.post.pk)
    case = Case.objects.get(post=people.post)
    desk.post(f"cases/{case.pk}/interest/", interested="no")
    case.refresh_from_db()
    sent = {"seen": case.seq, "form_key": "3" * 32, "outcome": "remove", "passage": WORDS, "codes": ["H1"]}
    sent |= {"aimed_at": "person", "clarity": "clear", "reasons": REASONS, "go": "check"}
    assert "It began with a moderator who noticed it" in said(desk.post(f"cases/{case.pk}/decision/", **sent))


def test_the_same_form_sent_twice_files_one_report(people: Branch) -> None:
    desk = Desk(people.operator)
    first, second = notice(desk, people.post.pk), notice(desk, people.post.pk)
    assert first["Location"] == second["Location"]
    assert Paper.objects.filter(kind=Paper.Kind.REPORT).count() == 1


def test_it_joins_the_case_that_is_open(people: Branch) -> None:
    matter = reported(people)
    desk = Desk(people.operator)
    assert f"Case {matter.pk} is open about it" in desk.read("posts/")
    assert f"Case {matter.pk} is open about this post" in desk.read(f"posts/{people.post.pk}/report/")
    notice(desk, people.post.pk)
    assert matter.case.reports == 2


def test_the_newest_case_is_linked_and_only_a_case_nobody_has_decided_is_called_open(people: Branch) -> None:
    matter = decided(people)
    page = Desk(people.operator).read("posts/")
    assert f"Case {matter.pk} is about it, and is decided" in page
    assert "Asked to be removed" in page
    assert "open a case" not in page
    Case.objects.filter(pk=matter.pk).update(stage=Stage.FINAL)
    page = Desk(people.operator).read("posts/")
    assert f"Case {matter.pk} was about it, and is final" in page
    assert "Report this, and open a case" in page


def test_a_post_without_words_shows_what_was_with_it(people: Branch) -> None:
    Post.objects.filter(pk=people.post.pk).update(text="", attachments="IMG-20251127-WA0007.jpg (file attached)")
    assert "IMG-20251127-WA0007.jpg (file attached)" in Desk(people.operator).read("posts/")


def test_a_kind_has_to_be_chosen_and_the_words_stay(people: Branch) -> None:
    answer = notice(Desk(people.operator), people.post.pk, kind="")
    assert answer.status_code == 422
    assert "Seen while reading." in said(answer)
    assert not Case.objects.exists()


def test_another_organisations_post_is_not_there(people: Branch) -> None:
    desk = Desk(outsider())
    assert desk.get(f"posts/{people.post.pk}/report/").status_code == 404
    assert notice(desk, people.post.pk).status_code == 404
    assert WORDS not in desk.read("posts/")
    assert not Case.objects.exists()


def test_a_report_without_its_post_is_given_one_from_the_archive(people: Branch) -> None:
    matter = reported(people, post=None, words="Somebody calls Voss a crook.", link="")
    desk = Desk(people.operator).free(matter)
    assert "Nobody has said yet which post this is about." in desk.read(f"cases/{matter.pk}/")
    assert WORDS in desk.read(f"cases/{matter.pk}/post/?q=harbour")
    assert desk.post(f"cases/{matter.pk}/post/", post=people.post.pk).status_code == 303
    assert matter.case.post == people.post
    assert WORDS in desk.read(f"cases/{matter.pk}/")


@pytest.mark.parametrize("number", ["0", "abc", "-1", "9" * 30, ""])
def test_a_post_that_is_not_ours_cannot_be_chosen(people: Branch, number: str) -> None:
    matter = reported(people, post=None, link="")
    desk = Desk(people.operator).free(matter)
    assert desk.post(f"cases/{matter.pk}/post/", post=number).status_code == 404
    theirs = outsider().org
    foreign = post(theirs, _a_place(theirs), native_id="f1")
    assert desk.post(f"cases/{matter.pk}/post/", post=foreign.pk).status_code == 404
    assert matter.case.post is None


def test_a_post_that_no_import_brought_is_copied_down(people: Branch) -> None:
    matter = reported(people, post=None, link="https://example.org/p/77", quoted="Voss is a\ncrook, plainly")
    desk = Desk(people.operator).free(matter)
    assert "Voss is a\ncrook, plainly" in desk.get(f"cases/{matter.pk}/post/").content.decode()
    empty = desk.post(
        f"cases/{matter.pk}/post/", **unseen(matter), platform=people.place.pk, text="", handle="jay", posted_on="soon"
    )
    assert empty.status_code == 422
    assert "Please copy the words of the post." in said(empty)
    assert "Please give a day" in said(empty)
    assert "jay" in empty.content.decode()
    sent = {
        "platform": people.place.pk,
        "text": "Voss is a crook, plainly.",
        "handle": "jay",
        "posted_on": "2026-10-30",
    }
    assert desk.post(f"cases/{matter.pk}/post/", **unseen(matter), **sent).status_code == 303
    page = desk.read(f"cases/{matter.pk}/")
    assert "Voss is a crook, plainly." in page
    assert "Friday 30 October" in page


def test_where_a_child_may_be_in_danger_nothing_is_copied_down(people: Branch) -> None:
    matter = reported(people, post=None, kind=ReportKind.CHILD_SAFETY, words="", link="https://example.org/p/9")
    desk = Desk(people.operator).free(matter)
    assert "copy it down" not in desk.read(f"cases/{matter.pk}/post/")
    answer = desk.post(f"cases/{matter.pk}/post/", **unseen(matter), platform=people.place.pk, text="Some words.")
    assert answer.status_code == 422
    assert matter.case.post is None
    assert matter.case.stage == Stage.RECEIVED


def _numbers(source: str) -> list[str]:
    return re.findall(r"Post (?:<mark>)?number(?:</mark>)? (\d+)\.", source)


def _older(source: str) -> str:
    before, found, _rest = source.partition('rel="next" href="')
    return source[len(before) + len(found) :].split('"')[0].replace("&amp;", "&") if found else ""


def _a_place(org: Organisation) -> Platform:
    return Platform.objects.create(org=org, slug="page", name="Valley page", created_at=FOUNDED)


def test_what_was_reported_as_private_is_read_on_the_page_of_its_case_only(people: Branch) -> None:
    desk = Desk(people.operator)
    for page in ("posts/", "search/?words=harbour"):
        assert WORDS in desk.read(page)
    matter = reported(people, kind=ReportKind.PRIVATE_INFORMATION)
    for page in ("posts/", "search/?words=harbour"):
        assert WORDS not in desk.read(page)
        assert "Reported as private" in desk.read(page)
    assert WORDS in desk.free(matter).read(f"cases/{matter.pk}/")


def test_what_was_found_to_break_no_rule_is_in_the_list_again(people: Branch) -> None:
    matter = reported(people, kind=ReportKind.PRIVATE_INFORMATION)
    Case.objects.filter(pk=matter.pk).update(stage=Stage.DECIDED, outcome="no_breach")
    assert WORDS in Desk(people.operator).read("posts/")
