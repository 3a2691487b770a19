"""Posts by the API: found, read, and handed in as a stream."""

import json
from typing import Any
from uuid import uuid4

import pytest

from folkmoot.api.routes import posts
from folkmoot.archive.models import ImportRun, Post
from folkmoot.casefile.models import Event, Reading
from folkmoot.members.models import Repeatable, Scope
from folkmoot.procedure.words import ReportKind
from tests.api.programs import Program, program, refused_as
from tests.cast import Branch, Matter, branch, day, lay_open, post, reported
from tests.web.browsers import move_clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    move_clock(monkeypatch, day(1))


@pytest.fixture
def people() -> Branch:
    return branch()


@pytest.fixture
def caller(people: Branch) -> Program:
    return program(people.operator)


def line(number: int, **other: Any) -> str:
    return json.dumps({"id": f"n{number}", "text": f"Post number {number}.", "author": "sam", **other})


def test_posts_are_found_by_words_and_that_somebodys_posts_were_looked_through_is_written_down(
    people: Branch, caller: Program
) -> None:
    made = post(people.org, people.place, native_id="zebra", text="A zebra at the harbour.", account=people.account)
    (found,) = caller.get("/posts?q=zebra harbour").json()["posts"]
    assert (found["number"], found["case"]) == (made.pk, None)
    assert not Reading.objects.exists()
    assert found in caller.get("/posts?who=rowan").json()["posts"]
    assert Reading.objects.get().what.startswith("posts of accounts called alike")
    assert caller.get("/posts?q=zeppelin").json() == {"posts": [], "next": ""}


def test_a_list_of_posts_goes_on_after_its_cursor(people: Branch, caller: Program) -> None:
    for number in range(45):
        post(people.org, people.place, native_id=f"p{number}", text=f"A plain post {number}.")
    found, cursor, pieces = list[int](), "", 0
    while pieces == 0 or cursor:
        part = caller.get(f"/posts?q=plain&cursor={cursor}").json()
        found, cursor, pieces = found + [one["number"] for one in part["posts"]], part["next"], pieces + 1
    assert (len(found), len(set(found)), pieces) == (45, 45, 3)


@pytest.mark.parametrize(
    "asked", ["since=2026-13-01", "since=2026-11-02&until=2026-11-01", "q=!!!", "clause=ZZ", "cursor=x"]
)
def test_a_search_that_makes_no_sense_is_refused(caller: Program, asked: str) -> None:
    answer = caller.get(f"/posts?{asked}")
    assert (answer.status_code, refused_as(answer)) == (422, "invalid")


def test_one_post_is_read_with_its_case_and_a_sealed_one_is_not_there(people: Branch, caller: Program) -> None:
    matter: Matter = reported(people)
    shown = caller.get(f"/posts/{people.post.pk}").json()
    assert (shown["text"][:11], shown["case"], shown["later"]) == ("The harbour", matter.pk, [])
    other = post(people.org, people.place, native_id="sealed", text="Not to be seen.")
    reported(people, post=other, kind=ReportKind.CHILD_SAFETY)
    assert caller.get(f"/posts/{other.pk}").status_code == 404
    assert caller.get("/posts?q=seen").json()["posts"] == []


def test_lines_are_taken_one_by_one_and_what_is_wrong_with_the_others_is_said(people: Branch, caller: Program) -> None:
    bad = ["{", '{"text": "no id"}', '{"id": "n9", "text": {"a": 1}}', '{"id": "n8", "text": "a\\u0000b"}', "[1]"]
    answer = hand_in(caller, people, "\n".join([line(1), *bad, line(2, date="2026-10-02T10:00:00Z"), ""]))
    assert answer.status_code == 200, answer.content
    said = answer.json()
    assert (said["new"], said["known"], said["rejected"]) == (2, 0, 5)
    assert [one["line"] for one in said["rejects"]] == [2, 3, 4, 5, 6]
    assert Post.objects.get(native_id="n2").posted_at.isoformat() == "2026-10-02T10:00:00+00:00"
    assert Event.objects.filter(step="record_posts").latest("pk").by == f"person:{people.operator.pk}"
    assert lay_open(people.org) == []


def test_a_post_that_is_known_is_compared(people: Branch, caller: Program) -> None:
    hand_in(caller, people, line(1))
    said = hand_in(caller, people, "\n".join([line(1, text="Something else now."), line(2)])).json()
    assert (said["new"], said["known"], said["changed"]) == (1, 0, 1)
    number = Post.objects.get(native_id="n1").pk
    assert caller.get(f"/posts/{number}").json()["later"][0]["text"] == "Something else now."


def test_the_same_stream_again_gets_the_same_answer_and_another_one_under_its_key_is_refused(
    people: Branch, caller: Program
) -> None:
    first = hand_in(caller, people, line(1), key="one-of-mine")
    again = hand_in(caller, people, line(1), key="one-of-mine")
    assert (again.content, again["Idempotent-Replayed"], ImportRun.objects.count()) == (first.content, "true", 1)
    other = hand_in(caller, people, line(2), key="one-of-mine")
    assert (other.status_code, refused_as(other)) == (422, "other-request")
    assert not Post.objects.filter(native_id="n2").exists()


def test_no_more_than_a_batch_is_ever_in_memory(
    people: Branch, caller: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("folkmoot.api.routes.posts.BATCH", 7)
    sizes = list[int]()

    record = posts.record_posts
    monkeypatch.setattr(
        posts, "record_posts", lambda run, batch, **k: sizes.append(len(batch)) or record(run, batch, **k)
    )
    said = hand_in(caller, people, "\n".join(line(number) for number in range(20))).json()
    assert (said["new"], sizes) == (20, [7, 7, 6])


def test_a_stream_may_come_in_chunks_without_its_length(people: Branch, caller: Program) -> None:
    text = "\n".join(line(number) for number in range(9)) + '\n{"lines": 9}\n'
    answer = caller.send_in_chunks(f"/posts?place={people.place.pk}", text.encode(), "application/x-ndjson")
    assert (answer.status_code, answer.json()["new"]) == (200, 9), answer.content


def test_a_stream_that_breaks_off_is_said_to_and_what_came_before_is_in(people: Branch, caller: Program) -> None:
    path, lines = f"/posts?place={people.place.pk}", "\n".join(line(number) for number in range(3)) + "\n"
    for number, text in enumerate((lines, lines + '{"id": "n', lines + '{"lines": 4}', lines + '{"lines": 3}\n{}')):
        broken = caller.send_in_chunks(path, text.encode(), "application/x-ndjson", key="one-of-mine")
        assert (broken.status_code, refused_as(broken)) == (400, "broken-off"), text
        said = broken.json()["taken"]
        assert (said["new"], said["known"]) == ((0, 3) if number else (3, 0))
    short = caller.send_cut_short(path, lines.encode(), "application/x-ndjson", missing=1)
    assert (short.status_code, refused_as(short)) == (400, "broken-off")
    told = [json.loads(bytes(event.payload))["facts"] for event in Event.objects.filter(step="record_posts")]
    assert [facts.get("broken_off") for facts in told] == [True] * 5
    assert Post.objects.filter(native_id__startswith="n").count() == 3
    text = lines + '{"lines": 3}'
    assert caller.send_in_chunks(path, text.encode(), "application/x-ndjson", key="one-of-mine").status_code == 200
    assert lay_open(people.org) == []


def test_more_than_one_request_may_hold_is_refused_and_what_came_before_is_in(
    people: Branch, caller: Program, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REQUEST_MAX_BYTES = 150_000
    monkeypatch.setattr(posts, "BATCH", 100)
    text = "\n".join(line(number, name="x" * 100) for number in range(1000)) + "\n"
    answer = caller.send_in_chunks(f"/posts?place={people.place.pk}", text.encode(), "application/x-ndjson")
    assert (answer.status_code, refused_as(answer)) == (413, "too-large")
    assert 100 <= Post.objects.filter(native_id__startswith="n").count() < 1000


def test_what_is_no_stream_comes_in_one_piece(people: Branch) -> None:
    answer = Program(people.org).send_in_chunks("/reports", b'{"kind": "attack", "words": "x"}', "application/json")
    assert (answer.status_code, refused_as(answer)) == (400, "unreadable")
    assert "Content-Length" in answer.json()["detail"]


def test_what_is_handed_in_needs_its_scope_an_office_and_a_place_of_ours(people: Branch) -> None:
    assert refused_as(hand_in(program(people.operator, Scope.READ), people, line(1))) == "out-of-scope"
    assert people.secretary is not None
    assert hand_in(program(people.secretary), people, line(1)).status_code == 404
    nowhere = hand_in(program(people.operator), people, line(1), place=987654321)
    assert (nowhere.status_code, nowhere.json()["errors"][0]["field"]) == (422, "place")
    assert not Repeatable.objects.exists()


def hand_in(caller: Program, people: Branch, text: str, *, key: str = "", place: int = 0) -> Any:
    return caller.send(
        f"/posts?place={place or people.place.pk}", text, "application/x-ndjson", key=key or str(uuid4())
    )
