"""Searching posts and cases: what is found, how it is shown, and what is closed to whom."""

import re
from datetime import timedelta

import pytest
from django.db import connection

from folkmoot.archive.bulk import NewPost, store
from folkmoot.archive.models import Account, Platform, Post
from folkmoot.casefile.models import Case, Reading
from folkmoot.procedure.words import Answer
from folkmoot.steps.claim_account import claim_account
from folkmoot.steps.reconsider import reconsider
from folkmoot.steps.seal import seal
from folkmoot.steps.tick_task import tick_task
from tests.cast import FOUNDED, REASONS, WORDS, Branch, appealed, branch, day, decided, outsider, reported
from tests.web.desk.pages import Desk, said


@pytest.fixture
def people(db: None) -> Branch:
    return branch()


def put(people: Branch, text: str, number: int, account: Account | None = None, place: Platform | None = None) -> int:
    at = FOUNDED + timedelta(days=number)
    new = NewPost(
        org_id=people.org.pk,
        platform_id=(place or people.place).pk,
        native_id=f"s{number}",
        account_id=account.pk if account else None,
        url="",
        text=text,
        posted_at=at,
        precision="exact",
        first_seen_at=at,
        state="published",
    )
    return store([new])[0]


def reports(page: str) -> list[int]:
    return [int(found) for found in re.findall(r"posts/(\d+)/report/", page)]


def test_words_are_marked_where_they_stand_and_nothing_of_a_post_is_markup(people: Branch) -> None:
    put(people, "Their <b>HARBOUR</b> plan &amp; the cafe\u0301.", 1)
    page = Desk(people.operator).get('search/?q="harbour plan"').content.decode()
    assert "<mark>harbour plan</mark>" in page
    assert "&lt;b&gt;" not in page  # `HARBOUR</b> plan` is no run of two words: `b` stands between
    page = Desk(people.operator).get("search/?q=café harbour").content.decode()
    assert "Their &lt;b&gt;<mark>HARBOUR</mark>&lt;/b&gt; plan &amp;amp; the <mark>cafe\u0301</mark>." in page


def test_all_pages_together_show_every_post_once_newest_first(people: Branch) -> None:
    numbers = [put(people, f"Tide {number}.", number) for number in range(45)]
    seen, query = [], "search/?q=tide"
    while query:
        page = Desk(people.operator).get(query).content.decode()
        seen += reports(page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        query = "search/" + older[1].replace("&amp;", "&") if older else ""
    assert seen == numbers[::-1]


def test_it_is_narrowed_by_person_place_day_and_rule(people: Branch) -> None:
    ebb = Account.objects.create(
        org=people.org, platform=people.place, handle="ebb", name="Ebba T", first_seen_at=FOUNDED
    )
    forum = Platform.objects.create(org=people.org, slug="forum", name="Forum", created_at=FOUNDED)
    plain, hers, there = put(people, "Tide.", 1), put(people, "Tide.", 2, ebb), put(people, "Tide.", 3, None, forum)
    desk = Desk(people.operator)

    def found(query: str) -> list[int]:
        return reports(desk.get(f"search/?{query}").content.decode())

    assert found("q=tide") == [there, hers, plain]
    assert found("q=tide&who=ebba") == found("who=EBB") == [hers]
    assert found(f"q=tide&place={forum.pk}") == [there]
    first = (FOUNDED + timedelta(days=2)).date()
    assert found(f"q=tide&since={first}") == [there, hers]
    assert found(f"q=tide&until={first}") == [hers, plain]
    assert found(f"q=tide&since={first}&until={first}") == [hers]
    assert found("q=tide&clause=H1") == []
    decided(people)
    assert WORDS in desk.read("search/?clause=H1")
    assert WORDS not in desk.read("search/?clause=H2")


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("q=%3F%21", "signs alone cannot be found"),
        ("who=nobody-at-all", "Nobody whose posts are here is called so"),
        ("since=2026-12-01&until=2026-11-01", "The last day comes before the first"),
        ("since=soon", "Please give a day, such as 2026-11-27"),
        ("place=987654", "This place is not one of ours"),
        ("clause=X9", "None of our rules has this code"),
        ("q=a%01b", "cannot be kept"),
    ],
)
def test_what_cannot_be_looked_for_says_what_to_do_and_keeps_the_rest(people: Branch, query: str, says: str) -> None:
    for what in ("posts", "cases"):
        answer = Desk(people.operator).get(f"search/?in={what}&{query}")
        assert answer.status_code == 422
        assert says in said(answer)


@pytest.mark.parametrize("key", ["x", "-", "9" * 30, "-" + "9" * 18, str(2**63), "0"])
def test_a_key_that_nobody_wrote_is_no_fault(people: Branch, key: str) -> None:
    for what in ("posts", "cases"):
        assert Desk(people.operator).get(f"search/?in={what}&before={key}").status_code == 200


def test_nothing_found_says_what_to_try(people: Branch) -> None:
    desk = Desk(people.operator)
    assert "Words are found whole" in desk.read("search/?q=nothere")
    assert "Cases in which you have a part are not searched" in desk.read("search/?in=cases&q=nothere")
    assert "No cases yet" in desk.read("search/?in=cases")


def test_a_case_is_found_and_its_words_are_for_who_has_no_part_in_it(people: Branch) -> None:
    matter = appealed(people)
    page = Desk(people.moderator).read("search/?in=cases&q=gives no fact")  # type: ignore[arg-type]
    assert f"Case {matter.pk}" in page
    assert "once you have said on its page that you have no part in it" in page
    assert "calls a named councillor" not in page
    desk = Desk(people.moderator).free(matter)  # type: ignore[arg-type]
    page = desk.get("search/?in=cases&q=fact").content.decode()
    assert "gives no <mark>fact</mark>" in page
    assert f"Case {matter.pk}" in desk.read("search/?in=cases&clause=H1")
    assert "No case fits" in desk.read("search/?in=cases&clause=H2")
    assert "No case fits" in desk.read("search/?in=cases&clause=H1&until=2026-01-01")


def test_the_cases_of_one_person_open_with_a_reason_and_whose_posts_were_looked_for_is_kept(people: Branch) -> None:
    matter = decided(people)
    desk, account = Desk(people.operator), people.account.pk

    def looks() -> list[str]:
        return list(Reading.objects.filter(what__startswith="posts of").values_list("what", flat=True))

    for query in ("who=rowan", "who=rowan&clause=H1", "who=rowan&q=crook", f"who=rowan&q={matter.pk}"):
        answer = desk.get(f"search/?in=cases&{query}")
        assert f"accounts/{account}/history/" in answer.content.decode()
        assert f"Case {matter.pk}" not in said(answer)
    desk.read("search/?q=crook")
    assert looks() == []
    queries = ("search/?who=rowan", f"search/?q={people.account.handle}", f"posts/?q={people.account.handle}")
    for count, query in enumerate(queries, start=1):
        assert WORDS in desk.read(query)
        assert looks() == [f"posts of accounts called alike: {account}"] * count


def test_where_too_many_are_called_so_the_page_says_so(people: Branch) -> None:
    new = [Account(org=people.org, platform=people.place, handle=f"tern{n}", first_seen_at=FOUNDED) for n in range(51)]
    last = Account.objects.bulk_create(new)[-1]
    desk, more = Desk(people.operator), "More than 50 accounts have this in their name."
    for query in ("search/?who=tern", "search/?q=tern", "search/?in=cases&who=tern", "posts/?q=tern"):
        assert more in desk.read(query)
    last.delete()
    for query in ("search/?who=tern", "search/?q=tern", "search/?in=cases&who=tern", "posts/?q=tern"):
        assert more not in desk.read(query)


def test_whoever_wrote_a_post_does_not_learn_here_that_it_was_reported(people: Branch) -> None:
    claim_account(people.account, people.operator, evidence="said so", by=people.operator, at=day(0))
    pages = ("posts/", "posts/?q=crook", "search/?q=crook", f"posts/{people.post.pk}/report/")

    def read() -> list[str]:
        return [said(Desk(people.operator).get(page)) for page in pages]

    before = read()
    matter = reported(people)
    assert read() == before
    assert not any("Report this, and open a case" in page for page in before)
    assert Desk(people.operator).post(f"posts/{people.post.pk}/report/").status_code == 403
    assert people.moderator is not None
    desk = Desk(people.moderator)
    assert f"Case {matter.pk} is open about it" in desk.read("search/?q=crook")
    desk.post(f"cases/{matter.pk}/interest/", interested="yes")
    history = f"accounts/{people.account.pk}/history/"
    desk.post(history, reason="A rule speaks of pestering")
    for page in ("posts/", "search/?q=crook", history):
        assert f"Case {matter.pk}" not in desk.read(page)
        assert "Report this, and open a case" not in desk.read(page)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_days_like_others(people: Branch, day: str) -> None:
    desk = Desk(people.operator)
    for query in (f"since={day}", f"until={day}"):
        finds = query in {"since=0001-01-01", "until=9999-12-31"}
        assert (WORDS in desk.read(f"search/?{query}")) is finds
        assert desk.get(f"search/?in=cases&{query}").status_code == 200


def test_a_name_finds_the_posts_of_whoever_is_called_so(people: Branch) -> None:
    ebb = Account.objects.create(
        org=people.org, platform=people.place, handle="ebb_t", name="Ebba Tide", first_seen_at=FOUNDED
    )
    named, hers = put(people, "Ebba told me.", 1), put(people, "Nothing of the kind.", 2, ebb)
    desk = Desk(people.operator)
    assert reports(desk.get("search/?q=ebba").content.decode()) == [hers, named]
    assert reports(desk.get("search/?q=ebb_t").content.decode()) == [hers]
    assert reports(desk.get("search/?q=ebba&until=" + f"{FOUNDED + timedelta(days=1):%Y-%m-%d}").content.decode()) == [
        named
    ]


@pytest.mark.parametrize("typed", ["{}", "case {}", "Case%20%23{}", "%23{}"])
def test_a_case_is_found_by_its_number(people: Branch, typed: str) -> None:
    matter = appealed(people)
    query = f"search/?in=cases&q={typed.format(matter.pk)}"
    assert f"Case {matter.pk}: " in Desk(people.moderator).read(query)  # type: ignore[arg-type]
    assert "No case fits" in Desk(people.moderator).read(f"search/?in=cases&q={matter.pk + 1}")  # type: ignore[arg-type]
    desk = Desk(people.moderator)  # type: ignore[arg-type]
    desk.post(f"cases/{matter.pk}/interest/", interested="yes")
    assert "No case fits" in desk.read(query)


def test_a_post_that_is_to_be_put_back_is_called_so_everywhere_until_somebody_has_confirmed_it(people: Branch) -> None:
    matter = appealed(people)
    tick_task(matter.case.tasks.get(op="remove").pk, done=True, by=people.operator, at=day(2, 12))
    assert people.moderator is not None
    desk = Desk(people.moderator).free(matter)
    pages = ("posts/", "search/", f"cases/{matter.pk}/")
    for page in pages:
        assert "Removed" in desk.read(page)
    reconsider(matter.pk, answer=Answer.OVERTURNED, reasons=REASONS, by=people.moderator, at=day(3))
    for page in pages:
        assert "Asked to be put back" in desk.read(page)
    assert "Overturned: it does not count" in desk.read(f"cases/{matter.pk}/")
    tick_task(matter.case.tasks.get(op="restore").pk, done=True, by=people.operator, at=day(3, 12))
    for page in pages:
        assert "Asked to be put back" not in desk.read(page)


def test_whoever_has_an_interest_finds_nothing_of_the_case(people: Branch) -> None:
    matter = decided(people)
    person = people.moderator
    assert person is not None
    desk = Desk(person)
    desk.post(f"cases/{matter.pk}/interest/", interested="yes", nature="Related.")
    for query in ("q=crook", "clause=H1"):
        assert "No case fits" in desk.read(f"search/?in=cases&{query}")
    assert WORDS not in desk.read("search/?clause=H1")


def test_what_is_sealed_is_found_by_nobody(people: Branch) -> None:
    matter = reported(people)
    assert f"Case {matter.pk}" in Desk(people.operator).read("search/?in=cases&q=crook")
    seal(matter.pk, by=people.operator, at=day(1))
    for query in ("q=crook", "in=cases&q=crook", "who=rowan", "in=cases&clause=H1"):
        page = Desk(people.operator).read(f"search/?{query}")
        assert "No post fits" in page or "No case fits" in page


def test_another_organisation_finds_nothing_of_ours(people: Branch) -> None:
    decided(people)
    desk = Desk(outsider())
    assert "No post fits" in desk.read("search/?q=crook")
    assert "No case fits" in desk.read("search/?in=cases&q=crook")
    assert desk.get(f"search/?place={people.place.pk}").status_code == 422


def test_a_page_of_search_asks_the_database_no_more_for_more_posts(
    people: Branch, django_assert_max_num_queries: object
) -> None:
    for number in range(25):
        put(people, "Tide.", number)
    desk = Desk(people.operator)
    desk.get("search/?q=tide")
    with django_assert_max_num_queries(32):  # type: ignore[operator]
        assert len(reports(desk.get("search/?q=tide").content.decode())) == 20
    assert connection.vendor
    assert Case.objects.count() == 0
    assert Post.objects.count() == 26
