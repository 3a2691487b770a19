"""The list of posts that nobody has reported and that may be worth a look: the worst first, and nothing is decided."""

import re
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from folkmoot.archive.assessment import Assessment, hash_of
from folkmoot.archive.models import Post, Revision
from folkmoot.casefile.models import Case, Event
from folkmoot.detectors.finding import Finding, Signal
from folkmoot.kernel.errors import BadInput
from folkmoot.procedure.words import ReportKind
from folkmoot.steps.add_place import add_place
from folkmoot.steps.assess import Made, assess_posts
from folkmoot.steps.file_report import Report, file_report
from folkmoot.steps.look_over import note_looked_at, note_not_looked_at
from folkmoot.web.desk import worth_a_look
from tests import cast
from tests.cast import Branch, day, refused
from tests.judged import judgement
from tests.web.desk.pages import Desk, said

LIST = "worth-a-look/"


@pytest.fixture
def mo(people: Branch) -> Desk:
    return Desk(people.operator)


def flagged(people: Branch, text: str, signal: Signal = Signal.THREAT, score: float = 0.9, **other: Any) -> Post:
    number = f"w{Post.objects.count()}"
    post = cast.post(people.org, other.pop("place", people.place), text=text, native_id=number, **other)
    found = Finding(signal, "Sc", score, 0, 5, "It may be a threat of harm to a person.")
    assess_posts({post.pk: Made(text, judgement(found, score=score))}, at=day(0))
    return post


def listed(page: HttpResponse) -> list[int]:
    return [int(one) for one in re.findall(r'type="checkbox" name="post" value="(\d+)"', page.content.decode())]


def read(page: HttpResponse) -> list[str]:
    return re.findall(r'name="words" value="([^"]+)"', page.content.decode())


def test_the_worst_is_first_and_says_what_why_and_that_nobody_decided(people: Branch, mo: Desk) -> None:
    insult = flagged(people, "You absolute turnip of a person.", Signal.INSULT)
    threat = flagged(people, "I am coming round tonight.")
    flagged(people, "The bins are late again.", Signal.INSULT, 0.2)
    page = mo.get(LIST)
    assert listed(page) == [threat.pk, insult.pk]
    read = said(page)
    assert "Threat? noticed by the software, decided by nobody Strength: strong" in read
    assert "It may be a threat of harm to a person. It may run into Sc." in read
    assert "You absolute turnip" in read
    raw = page.content.decode()
    folded = raw[raw.index("<details><summary>Show its words") :]
    assert "I am coming round tonight." in folded, "what may do harm is shown to who asks for it"


def test_what_somebody_reported_is_not_there_nor_what_its_place_no_longer_has(people: Branch, mo: Desk) -> None:
    reported = flagged(people, "I am coming round tonight.")
    gone = flagged(people, "I am coming round tomorrow.")
    Post.objects.filter(pk=gone.pk).update(gone_seen_at=day(0))
    file_report(people.org, Report(kind=ReportKind.ATTACK, post=reported), at=day(0))
    assert listed(mo.get(LIST)) == []
    assert "Nothing is worth a look" in mo.read(LIST)


def test_nobody_sees_their_own_posts_in_it_or_takes_them_off(people: Branch, mo: Desk) -> None:
    cast.own(people, people.operator)
    mine = flagged(people, "I am coming round tonight.", account=people.account)
    assert listed(mo.get(LIST)) == []
    assert mo.post(LIST, post=[mine.pk], do="fine").status_code == 303
    assert "known to be yours" in mo.read(LIST)
    assert Assessment.objects.get(post=mine).looked_at is None
    assert people.moderator
    assert listed(Desk(people.moderator).get(LIST)) == [mine.pk]


def test_it_is_narrowed_by_place_and_signal(people: Branch, mo: Desk) -> None:
    other = add_place(
        people.org, name="Members' list", kind="mailing_list", is_public=False, by=people.administrator, at=day(0)
    )
    there = flagged(people, "I am coming round tonight.", place=other)
    hate = flagged(people, "They are all alike.", Signal.HATE)
    assert listed(mo.get(f"{LIST}?place={other.pk}")) == [there.pk]
    assert listed(mo.get(f"{LIST}?signal=hate")) == [hate.pk]
    assert "No post fits" in mo.read(f"{LIST}?signal=spam")
    assert listed(mo.get(f"{LIST}?place=x&signal=nonsense&after=x.y")) == [there.pk, hate.pk]


def test_pages_go_on_by_key_also_where_many_weigh_the_same(
    people: Branch, mo: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worth_a_look, "PAGE", 3)
    posts = [flagged(people, f"I am coming round at {number}.").pk for number in range(7)]
    found, at = [], ""
    while True:
        page = mo.get(LIST + at)
        found += listed(page)
        more = re.search(r'rel="next" href="([^"]+)"', page.content.decode())
        if not more:
            break
        at = more[1].replace("&amp;", "&")
    assert found == posts[::-1]


def test_what_was_looked_at_leaves_the_list_and_comes_back_at_once_or_later(people: Branch, mo: Desk) -> None:
    one, two = (flagged(people, f"I am coming round at {number}.").pk for number in (7, 8))
    before = Event.objects.count()
    assert mo.post(LIST, post=[one, two], words=read(mo.get(LIST)), do="fine").status_code == 303
    page = mo.get(LIST)
    assert listed(page) == []
    assert "You have looked at 2 posts, and left them as they are." in said(page)
    assert Assessment.objects.filter(looked_by=people.operator, looked_at=day(1)).count() == 2
    assert people.moderator
    nia = Desk(people.moderator)
    assert "Mo Abara found it fine" in nia.read(f"{LIST}?looked=1")
    nia.post(f"{LIST}?looked=1", post=[one], do="back")
    assert listed(mo.get(LIST)) == [one]
    mo.post(LIST, post=[one, two], do="back")
    assert listed(mo.get(LIST)) == [two, one]
    assert (Event.objects.count(), Case.objects.count()) == (before, 0), "nothing of it is a decision"


def test_a_post_that_says_something_else_by_now_was_not_looked_at(people: Branch, mo: Desk) -> None:
    one, other = (flagged(people, f"I am coming round at {number}.") for number in (7, 8))
    words = read(mo.get(LIST))
    later = "I am coming round tonight, and you will be sorry."
    Revision.objects.create(org=people.org, post=one, text=later, seen_at=day(1))
    threat = Finding(Signal.THREAT, "Sc", 0.9, 0, 5, "It may be a threat of harm to a person.")
    assess_posts({one.pk: Made(later, judgement(threat, score=0.9))}, at=day(1))
    mo.post(LIST, post=[one.pk, other.pk], words=words, do="fine")
    page = mo.get(LIST)
    assert listed(page) == [one.pk]
    assert "please read it again" in said(page)
    mo.post(LIST, post=[one.pk], words=read(page), do="fine")
    assert listed(mo.get(LIST)) == []


def test_choosing_nothing_or_what_is_anothers_changes_nothing(people: Branch, mo: Desk) -> None:
    post = flagged(people, "I am coming round tonight.")
    elsewhere = cast.branch("Elsewhere branch")
    with refused(BadInput, "at least one post", field="post"):
        note_looked_at(people.org, {}, by=people.operator, at=day(1))
    assert note_looked_at(elsewhere.org, {post.pk: hash_of(post.text)}, by=elsewhere.operator, at=day(1)) == []
    assert note_not_looked_at(elsewhere.org, [post.pk], by=elsewhere.operator, at=day(1)) == []
    mo.post(LIST, do="fine")
    assert "choose at least one post" in mo.read(LIST)
    assert listed(mo.get(LIST)) == [post.pk]


def test_a_case_is_opened_from_it_as_whoever_notices_a_post_does(people: Branch, mo: Desk) -> None:
    post = flagged(people, "I am coming round tonight.")
    assert f"/desk/posts/{post.pk}/report/" in mo.get(LIST).content.decode()
    assert "Worth a look 1" in mo.read("posts/")
    sent = mo.post(f"posts/{post.pk}/report/", kind="threat", words="", seen=0, form_key="0" * 32)
    assert sent.status_code == 303
    assert Case.objects.get().post_id == post.pk
    assert listed(mo.get(LIST)) == []


def test_it_is_read_from_an_index_and_nothing_is_sorted(people: Branch, mo: Desk) -> None:
    flagged(people, "I am coming round tonight.")
    with CaptureQueriesContext(connection) as asked:
        mo.get(LIST)
    if connection.vendor == "sqlite":
        [sql] = [one["sql"] for one in asked if 'ORDER BY "archive_assessment"."weight"' in one["sql"]]
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plan = " | ".join(row[3] for row in cursor.fetchall())
        assert "worth_a_look" in plan, plan
        assert "TEMP B-TREE" not in plan, plan
