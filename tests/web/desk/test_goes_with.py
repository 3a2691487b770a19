"""What goes with a removed post: each is looked at, chosen, checked and sent (Md, D19-D21)."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from folkmoot.archive.index_prints import keep_prints_of
from folkmoot.archive.models import Post
from folkmoot.casefile.models import Case, Paper, Reading
from folkmoot.procedure.words import Outcome, ReportKind, Stage
from folkmoot.steps.decide import decide
from folkmoot.steps.declare_interest import declare_interest
from folkmoot.steps.file_report import Report, file_report
from folkmoot.steps.find_later import find_first, find_later
from folkmoot.steps.seal import seal
from folkmoot.steps.take_along import NO_PART, handled, take_along
from folkmoot.steps.undo import undo
from folkmoot.web.desk import goes_with
from folkmoot.worker.sweep import search
from tests import cast
from tests.cast import Branch, Matter, day
from tests.steps.test_find_later import arrive, seen
from tests.steps.test_take_along import copy as copied
from tests.steps.test_take_along import taken
from tests.web.desk.pages import Desk, said


@pytest.fixture
def matter(people: Branch) -> Matter:
    return cast.decided(people, at=day(1, 9))


@pytest.fixture
def desk(matter: Matter) -> Desk:
    return Desk(matter.branch.operator)


def copy(people: Branch, **other: Any) -> Post:
    """Return a later post of somebody else who passes the words on, with its fingerprints."""
    made = copied(people, **other)
    keep_prints_of([(people.org.pk, made.pk, made.text)])
    return made


def chosen(matter: Matter, *posts: Post, choice: str = "go", **other: Any) -> dict[str, Any]:
    """Return the form as it is sent when this is chosen for each of `posts`."""
    fields = {f"choice-{one.pk}": choice for one in posts}
    return {"seen": matter.case.seq, "go": "check", "no_part": "yes", **fields, **other}


def ticked(page: str, post: Post) -> str:
    """Return what is ticked for the post on a page; nothing where nobody has chosen."""
    assert f'name="choice-{post.pk}"' in page
    found = re.search(rf'name="choice-{post.pk}" id="(\w+)-{post.pk}" value="\w+" checked', page)
    return found[1] if found else ""


def test_each_is_shown_with_why_how_alike_who_and_the_words_that_are_the_same(matter: Matter, desk: Desk) -> None:
    found = copy(matter.branch)
    answer = desk.get(f"cases/{matter.pk}/with-it/")
    page = said(answer)
    for words in ("1 post hangs together with it", "Sal 200", "All of its words", "Word for word", "Harbour page"):
        assert words in page
    raw = answer.content.decode()
    assert raw.count(f"<mark>{cast.WORDS.rstrip('.')}</mark>") == 2
    assert f'href="{found.url}"' in raw
    assert ticked(raw, found) == ""  # Md: somebody has to look at each
    assert Reading.objects.filter(case=matter.pk, what="what goes with it").exists()


def test_what_condemns_it_is_marked_and_left_unless_somebody_says_otherwise(matter: Matter, desk: Desk) -> None:
    found = copy(matter.branch, words=f"This is disgusting and wrong, do not share it: “{cast.WORDS}”")
    answer = desk.get(f"cases/{matter.pk}/with-it/")
    assert "Seems to condemn it" in said(answer)
    assert ticked(answer.content.decode(), found) == ""
    fields = {"seen": matter.case.seq, f"reasons-{found.pk}": "", "all_go": "whole"}
    answer = desk.post(f"cases/{matter.pk}/with-it/", **fields)
    assert "Ticked, but for what seems to condemn it." in said(answer)
    assert ticked(answer.content.decode(), found) == ""


def test_where_nobody_knows_which_was_first_it_is_said_and_left(matter: Matter, desk: Desk) -> None:
    found = copy(matter.branch)
    Post.objects.filter(pk=found.pk).update(precision=Post.Precision.UNKNOWN)
    answer = desk.get(f"cases/{matter.pk}/with-it/")
    assert "Order unknown" in said(answer)
    assert ticked(answer.content.decode(), found) == ""


def test_what_was_there_before_is_a_matter_of_its_own(matter: Matter, desk: Desk) -> None:
    found = copy(matter.branch, hours=-5)
    answer = desk.get(f"cases/{matter.pk}/with-it/")
    assert "Matters of their own" in said(answer)
    assert "Nothing else to look at" in said(answer)
    assert f"/desk/posts/{found.pk}/report/" in answer.content.decode()
    desk.post(f"cases/{matter.pk}/with-it/", **chosen(matter, found, go="send"))
    assert not Case.objects.filter(post=found).exists()


def test_they_go_one_by_one_after_they_were_checked(matter: Matter, desk: Desk) -> None:
    goes, stays, waits = (copy(matter.branch, number=number) for number in ("200", "201", "202"))
    path = f"cases/{matter.pk}/with-it/"
    fields = {**chosen(matter, goes), **chosen(matter, stays, choice="stay"), **chosen(matter, waits, choice="later")}
    check = desk.post(path, **fields)
    page = said(check)
    assert check.status_code == 200
    for words in ("1 post goes with it", "1 post stays", "Sal 200", "Let 1 post go, and tell its author"):
        assert words in page
    assert Case.objects.count() == 1
    sent = desk.post(path, **{**fields, "go": "send"})
    assert sent.status_code == 303
    assert sent["Location"].endswith(path)  # one is left to say something of
    assert handled(matter.case) == {goes.pk: "taken", stays.pk: "left"}
    child = Case.objects.get(post=goes)
    assert child.outcome == Outcome.REMOVE
    after = desk.read(path)
    assert f"It went with this one: case {child.pk}" in after
    assert "1 post hangs together with it" in after


def test_all_of_a_kind_are_ticked_at_once_and_nothing_typed_is_lost(matter: Matter, desk: Desk) -> None:
    posts = [copy(matter.branch, number=str(number)) for number in range(200, 203)]
    path = f"cases/{matter.pk}/with-it/"
    own = "It says of a councillor what nobody may say of anybody here."
    fields = chosen(matter, *posts, choice="later", **{f"reasons-{posts[0].pk}": own}, all_go="whole")
    answer = desk.post(path, **fields)
    raw = answer.content.decode()
    assert [ticked(raw, one) for one in posts] == ["go", "go", "go"]
    assert own in raw
    assert Case.objects.count() == 1


def test_what_is_wrong_stands_beside_its_post_and_what_was_typed_stays(matter: Matter, desk: Desk) -> None:
    first, second = copy(matter.branch), copy(matter.branch, number="201")
    path = f"cases/{matter.pk}/with-it/"
    fields = chosen(matter, first, second, **{f"reasons-{first.pk}": "Too short.", f"itself-{second.pk}": "yes"})
    answer = desk.post(path, **fields)
    raw = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#post-{first.pk}"' in raw
    assert f'id="error-{second.pk}"' in raw
    assert "what in it breaks the rules" in said(answer)
    assert "Too short." in raw
    assert Case.objects.count() == 1


def test_a_page_that_is_out_of_date_says_so_and_keeps_what_was_typed(matter: Matter, desk: Desk) -> None:
    first, second = copy(matter.branch), copy(matter.branch, number="201")
    own = "It says of a councillor what nobody may say of anybody here."
    fields = chosen(matter, second, go="send", **{f"reasons-{second.pk}": own})
    taken(matter, first)
    answer = desk.post(f"cases/{matter.pk}/with-it/", **fields)
    assert answer.status_code == 422
    assert own in answer.content.decode()
    assert f'name="seen" value="{matter.case.seq}"' in answer.content.decode()
    assert not Case.objects.filter(post=second).exists()


def test_a_post_that_was_left_can_be_looked_at_again(matter: Matter, desk: Desk) -> None:
    found = copy(matter.branch)
    path = f"cases/{matter.pk}/with-it/"
    desk.post(path, **chosen(matter, found, choice="stay", go="send"))
    assert "Nothing else to look at" in desk.read(path)
    assert "1 post hangs together with it" in desk.read(f"{path}?again={found.pk}")
    desk.post(path, **chosen(matter, found, go="send", again=found.pk))
    assert handled(matter.case) == {found.pk: "taken"}


def test_a_post_that_was_reported_is_decided_in_its_own_case_and_not_here(matter: Matter, desk: Desk) -> None:
    people = matter.branch
    found = copy(people)
    path = f"cases/{matter.pk}/with-it/"
    assert f"choice-{found.pk}" in desk.get(path).content.decode()
    report = Report(kind=ReportKind.THREAT, words="They will come to her house.", post=found)
    receipt = file_report(people.org, report, at=day(1))
    answer = desk.get(path)
    assert "Decided elsewhere" in said(answer)
    assert f'/desk/cases/{receipt.case.pk}/"' in answer.content.decode()
    assert f"choice-{found.pk}" not in answer.content.decode()
    sent = desk.post(path, **chosen(matter, found, go="send"))
    assert sent.status_code == 422
    receipt.case.refresh_from_db()
    assert (receipt.case.stage, receipt.case.outcome) == (Stage.RECEIVED, "")


def test_of_what_is_sealed_there_is_no_word_and_nothing_goes(matter: Matter, desk: Desk) -> None:
    people = matter.branch
    found = copy(people)
    path = f"cases/{matter.pk}/with-it/"
    receipt = file_report(people.org, Report(kind=ReportKind.CHILD_SAFETY, words="Look.", post=found), at=day(1))
    page = desk.get(path).content.decode()
    assert "Nothing else to look at" in page
    for words in ("Sal 200", "Seen this?", f"choice-{found.pk}", f"/desk/cases/{receipt.case.pk}/"):
        assert words not in page
    assert desk.post(path, **chosen(matter, found, go="send")).status_code == 422
    receipt.case.refresh_from_db()
    assert (receipt.case.stage, receipt.case.outcome, receipt.case.sealed) == (Stage.RECEIVED, "", True)
    seal(matter.pk, by=people.operator, at=day(1))
    assert desk.get(path).status_code == 303  # nor is anything looked for of what is sealed itself


def test_nothing_goes_before_somebody_has_said_that_they_have_no_part_in_it(matter: Matter, desk: Desk) -> None:
    found = copy(matter.branch)
    path = f"cases/{matter.pk}/with-it/"
    check = desk.post(path, **chosen(matter, found))
    assert NO_PART in said(check)
    assert 'name="no_part"' in check.content.decode()
    unsaid = desk.post(path, **chosen(matter, found, go="send", no_part=""))
    assert unsaid.status_code == 422
    assert "Please say first that you have no part" in said(unsaid)
    assert 'name="no_part"' in unsaid.content.decode()  # it is asked once more, with all that was chosen
    assert f'name="choice-{found.pk}" value="go"' in unsaid.content.decode()
    assert not Case.objects.filter(post=found).exists()
    desk.post(path, **chosen(matter, found, go="send"))
    child = Case.objects.get(post=found)
    assert child.papers.get(kind=Paper.Kind.INTEREST).words["said"] == NO_PART
    assert NO_PART in desk.read(f"cases/{child.pk}/")


def test_long_posts_are_shown_by_what_they_have_in_common_and_whole_when_asked(matter: Matter, desk: Desk) -> None:
    around = " ".join(f"word{number}" for number in range(4_000))
    found = copy(matter.branch, words=f"{around} {cast.WORDS} {around}")
    page = desk.get(f"cases/{matter.pk}/with-it/")
    assert "Of a long text the part that has most in common was compared" in said(page)
    raw = page.content.decode()
    assert f"<mark>{cast.WORDS.rstrip('.')}</mark>" in raw
    beside, _, whole = raw.partition("Show all of it")
    assert len(beside) < 30_000
    assert "word3999" in whole
    check = desk.post(f"cases/{matter.pk}/with-it/", **chosen(matter, found)).content.decode()
    assert len(check.partition("Show all of it")[0]) < 30_000


def test_the_case_leads_there_and_both_cases_name_each_other(matter: Matter, desk: Desk) -> None:
    found = copy(matter.branch)
    find_first(matter.pk, at=day(1))
    page = desk.read(f"cases/{matter.pk}/")
    assert "1 post to look at" in page
    assert "See what goes with it" in page
    [child] = taken(matter, found)
    copy(matter.branch, number="201")
    root = desk.get(f"cases/{matter.pk}/").content.decode()
    assert f'/desk/cases/{child.pk}/">Case {child.pk}</a>' in root
    theirs = desk.read(f"cases/{child.pk}/")
    assert f"This post went with that of case {matter.pk}" in theirs
    assert "to look at" not in theirs  # the other copy is looked at once, where the first of them fell


def test_the_case_searches_nothing_and_counts_what_was_found_for_it(matter: Matter, desk: Desk) -> None:
    people = matter.branch
    first, second = copy(people), copy(people, number="201")

    def read(path: str) -> tuple[str, bool]:
        with CaptureQueriesContext(connection) as asked:
            page = desk.read(path)
        return page, any("archive_fingerprint" in query["sql"] for query in asked.captured_queries)

    page, searched = read(f"cases/{matter.pk}/")
    assert "It is still being looked for which later posts" in page
    assert not searched
    assert search(at=day(1)) == 1
    page, searched = read(f"cases/{matter.pk}/")
    assert "2 posts hang together with this one" in page
    assert not searched
    take_along(matter.pk, left=[first.pk], no_part=True, by=people.operator, at=day(1))
    cast.note_contact(second.account, address=people.operator.email, source="Known", by=people.administrator, at=day(1))
    page, searched = read(f"cases/{matter.pk}/")
    assert "to look at" not in page
    assert not searched
    assert read(f"cases/{matter.pk}/with-it/")[1]


def test_a_later_copy_whose_removal_was_undone_is_to_be_looked_at_again(matter: Matter, desk: Desk) -> None:
    people = matter.branch
    find_first(matter.pk, at=day(1))
    arrive(people, seen("700", f"Well said: {cast.WORDS}"))
    find_later(people.org.pk, at=day(1))
    [child] = taken(matter, Post.objects.get(native_id="700"))
    assert "to look at" not in desk.read(f"cases/{matter.pk}/")
    undo(child.pk, by=people.operator, at=day(1, 11))
    assert "1 post to look at" in desk.read(f"cases/{matter.pk}/")


def test_whoever_has_a_part_in_it_sees_nothing_of_it(matter: Matter) -> None:
    people = matter.branch
    found = copy(people)
    assert people.moderator
    asked = Desk(people.moderator).get(f"cases/{matter.pk}/with-it/")
    assert asked.status_code == 303  # first of all: am I part of it?
    declare_interest(matter.pk, interested=True, by=people.moderator, at=day(1))
    assert Desk(people.moderator).get(f"cases/{matter.pk}/with-it/").status_code == 303
    other = Desk(people.operator)
    cast.note_contact(found.account, address=people.operator.email, source="Known", by=people.administrator, at=day(1))
    page = other.read(f"cases/{matter.pk}/with-it/")
    assert "1 more post is from an account of yours" in page
    assert "Sal 200" not in page


def test_copies_that_came_later_are_told_of_in_the_queue_and_at_home_until_somebody_spoke(
    matter: Matter, desk: Desk
) -> None:
    people = matter.branch
    arrive(people, seen("700", f"Well said: {cast.WORDS}"), seen("701", f"Read this: {cast.WORDS}"))
    find_later(people.org.pk, at=day(1))
    for page in (desk.read(), desk.read("queue/?show=copies")):
        assert "2 new copies of what was removed" in page
    assert f"Case {matter.pk}" in desk.read("queue/?show=copies")
    posts = Post.objects.filter(native_id__in=["700", "701"])
    desk.post(f"cases/{matter.pk}/with-it/", **chosen(matter, *posts, choice="stay", go="send"))
    for page in (desk.read(), desk.read("queue/?show=copies")):
        assert "of what was removed" not in page


def test_many_come_page_by_page_and_the_next_when_these_were_spoken_of(
    matter: Matter, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(goes_with, "PAGE", 2)
    posts = [copy(matter.branch, number=str(number)) for number in range(200, 203)]
    path = f"cases/{matter.pk}/with-it/"
    first = desk.get(path)
    assert "3 posts hang together with it" in said(first)
    assert "page 1 of 2" in said(first)
    assert [f"choice-{one.pk}" in first.content.decode() for one in posts] == [True, True, False]
    desk.post(path, **chosen(matter, *posts[:2], choice="stay", go="send"))
    assert f"choice-{posts[2].pk}" in desk.get(path).content.decode()


def test_a_post_that_somebody_has_spoken_of_meanwhile_is_not_passed_over_in_silence(matter: Matter, desk: Desk) -> None:
    found, other = copy(matter.branch), copy(matter.branch, number="201")
    fields = chosen(matter, found, other)
    receipt = file_report(found.org, Report(kind=ReportKind.ATTACK, words="Look.", post=found), at=day(1))
    cast.free(Matter(matter.branch, receipt), matter.branch.operator, at=day(1))
    decide(receipt.case.pk, cast.a_decision(Outcome.NO_BREACH), by=matter.branch.operator, at=day(1))
    answer = desk.post(f"cases/{matter.pk}/with-it/", **fields)
    assert answer.status_code == 422
    assert "1 post that you chose is not here any more" in said(answer)
