"""Posts are recorded once, and nothing that was seen is overwritten."""

from datetime import timedelta

import pytest
from django.db import connection

from folkmoot.archive.bulk import NewPost
from folkmoot.archive.find import import_to_go_on
from folkmoot.archive.fingerprint import Fingerprint
from folkmoot.archive.index import Wanted, number_of
from folkmoot.archive.index_posts import find_posts
from folkmoot.archive.indexes import writing_on
from folkmoot.archive.intake import Moment, Reject, SeenPost
from folkmoot.archive.models import Account, ImportRun, Leftover, Post, Revision
from folkmoot.archive.words import query
from folkmoot.archive.worked_out import NewWords, text_key, worked_out
from folkmoot.casefile.models import Event
from folkmoot.casefile.record import SYSTEM
from folkmoot.kernel.errors import NotPermitted
from folkmoot.steps.record_posts import begin_import, finish_import, record_posts, rehearse
from folkmoot.steps.taking_posts import Recorded
from tests.cast import FOUNDED, Branch, branch, outsider, refused

LATER = FOUNDED + timedelta(days=1)


def seen(native_id: str, text: str = "Hello", **other: object) -> SeenPost:
    facts: dict[str, object] = {
        "line": 2,
        "native_id": native_id,
        "text": text,
        "posted": Moment(FOUNDED, exact=True),
        "author": "",
        "name": "",
        "url": "",
        "held": None,
        "thread": "",
        "reply_to": "",
        "numbered": False,
    }
    return SeenPost(**{**facts, **other})  # type: ignore[arg-type]


@pytest.fixture
def people() -> Branch:
    return branch()


def record(people: Branch, *posts: SeenPost) -> Recorded:
    run = begin_import(people.place, file_name="posts.csv", by=SYSTEM, at=LATER)
    return record_posts(run, posts, at=LATER)


def test_a_new_post_is_kept_with_all_that_is_known_of_it(people: Branch) -> None:
    record(
        people,
        seen(
            "7", "Ｈello  World", author="ann", name="Ann", url="https://x.org/7", held=True, thread="1", reply_to="2"
        ),
    )
    post = Post.objects.select_related("account").get(native_id="7")
    assert post.account is not None
    assert (post.account.handle, post.account.name) == ("ann", "Ann")
    assert (post.org, post.platform, post.text) == (people.org, people.place, "Ｈello  World")
    assert (post.url, post.thread, post.reply_to) == ("https://x.org/7", "1", "2")
    assert (post.posted_at, post.precision, post.first_seen_at) == (FOUNDED, "exact", LATER)
    assert post.state == Post.State.HELD
    assert post.text_key == text_key("hello world")


def test_a_date_that_nobody_knows_is_that_of_the_first_sight_and_says_so(people: Branch) -> None:
    record(people, seen("7", posted=None), seen("8", posted=Moment(FOUNDED, exact=False)))
    assert Post.objects.filter(native_id="7", posted_at=LATER, precision="unknown").exists()
    assert Post.objects.filter(native_id="8", posted_at=FOUNDED, precision="day").exists()


def test_a_time_that_is_known_stays_whatever_a_later_file_says(people: Branch) -> None:
    record(people, seen("7"))
    assert record(people, seen("7", posted=Moment(LATER, exact=False))).known == 1
    assert Post.objects.filter(native_id="7", posted_at=FOUNDED, precision="exact").exists()


def test_the_same_posts_again_change_nothing(people: Branch) -> None:
    posts = [seen(str(number), f"text {number}", author="ann") for number in range(50)]
    assert record(people, *posts).new == 50
    before = list(Post.objects.order_by("pk").values_list())
    again = record(people, *posts)
    assert (again.new, again.known, again.changed) == (0, 50, 0)
    assert list(Post.objects.order_by("pk").values_list()) == before
    assert Account.objects.filter(handle="ann").count() == 1


def test_a_changed_text_is_a_revision_and_the_first_text_stays(people: Branch) -> None:
    record(people, seen("7", "first"))
    assert record(people, seen("7", "second")).changed == 1
    assert record(people, seen("7", "second")).known == 1
    assert record(people, seen("7", "first")).changed == 1  # changed back is a change too
    assert Post.objects.get(native_id="7").text == "first"
    texts = Revision.objects.filter(post__native_id="7").order_by("pk").values_list("text", flat=True)
    assert list(texts) == ["second", "first"]


def test_one_id_twice_in_a_file_is_one_post_and_its_revision(people: Branch) -> None:
    done = record(people, seen("7", "first"), seen("7", "second"), seen("7", "second"))
    assert (done.new, done.changed, done.known) == (1, 1, 1)
    assert Revision.objects.get().post == Post.objects.get(native_id="7")


def test_a_row_number_is_no_proof_that_a_text_was_changed(people: Branch) -> None:
    record(people, seen("a.csv:1", "first", numbered=True))
    done = record(people, seen("a.csv:1", "another text", numbered=True))
    assert (done.new, done.changed, done.known) == (0, 0, 0)
    assert "without an id column" in done.refused[0].reason.casefold()
    assert not Revision.objects.exists()


def test_what_was_unknown_is_filled_in_and_what_was_known_is_not_overwritten(people: Branch) -> None:
    record(people, seen("7", posted=None, held=True), seen("8", author="ann", url="https://x.org/8"))
    done = record(
        people,
        seen("7", author="bob", name="Bob", url="https://x.org/7", held=False),
        seen("8", author="eve", url="https://x.org/other", held=True),
    )
    assert (done.changed, done.known) == (1, 1)
    first, second = Post.objects.filter(native_id__in=["7", "8"]).select_related("account").order_by("native_id")
    assert first.account is not None
    assert second.account is not None
    assert (first.account.handle, first.url, first.posted_at, first.precision) == (
        "bob",
        "https://x.org/7",
        FOUNDED,
        "exact",
    )
    assert first.state == Post.State.PUBLISHED
    assert (second.account.handle, second.url, second.state) == ("ann", "https://x.org/8", Post.State.PUBLISHED)


def test_the_same_id_at_another_place_is_another_post(people: Branch) -> None:
    other = outsider()
    record(people, seen("7"))
    assert Post.objects.within(other.org).count() == 0
    with refused(NotPermitted, "Only an administrator or a moderator"):
        begin_import(people.place, file_name="x.csv", by=other, at=LATER)


def test_the_run_counts_and_stands_on_the_register(people: Branch) -> None:
    run = begin_import(people.place, file_name="posts.csv", by=SYSTEM, at=LATER)
    record_posts(run, [seen("1"), seen("2")], at=LATER)
    record_posts(run, [seen("2"), seen("3")], at=LATER)
    done = finish_import(run, rejected=4, by=SYSTEM, at=LATER + timedelta(seconds=5))
    assert (done.new, done.known, done.changed, done.rejected) == (3, 1, 0, 4)
    assert done.finished_at == LATER + timedelta(seconds=5)
    entry = Event.objects.get(step="record_posts")
    assert entry.facts["new"] == 3
    assert b"posts.csv" not in bytes(entry.payload)


def test_an_import_that_broke_off_is_simply_done_again(people: Branch) -> None:
    run = begin_import(people.place, file_name="posts.csv", by=SYSTEM, at=LATER)
    record_posts(run, [seen("1"), seen("2")], at=LATER)
    assert ImportRun.objects.get().finished_at is None
    done = record(people, seen("1"), seen("2"), seen("3"))
    assert (done.new, done.known) == (1, 2)


def test_what_is_written_in_bulk_is_every_column_of_a_post() -> None:
    columns = {field.attname for field in Post._meta.concrete_fields if not field.primary_key}
    assert set(NewPost._fields) - {"worked_out"} == columns - {"text_key"}


def test_what_each_batch_brought_is_handed_to_what_is_derived_from_it(
    people: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, int, int | None]] = []

    def derive(new: list[NewWords], later: list[Revision]) -> None:
        told.extend((one.worked_out.tokens, one.post_id, one.account_id) for one in new)
        told.extend((one.text, one.post_id, one.post.account_id) for one in later)

    monkeypatch.setattr("folkmoot.archive.bulk.derive", derive)
    record(people, seen("7", "first", author="ann"), seen("8", "other"))
    record(people, seen("7", "second", author="ann"), seen("8", "other"))
    posts = {post.native_id: post for post in Post.objects.all()}
    assert [(words.partition(":")[0], post) for words, post, _account in told] == [
        ("first", posts["7"].pk),
        ("other", posts["8"].pk),
        ("second", posts["7"].pk),
    ]
    assert {account for _words, _post, account in told} == {posts["7"].account_id, None}


def test_what_was_worked_out_ahead_is_what_the_archive_would_have_worked_out(people: Branch) -> None:
    text, picture = "The harbour was never sold to anybody’s brother, see https://place.org/p/5550001234", "a crate"
    post = seen("7", text)._replace(attachments=picture)
    ahead = worked_out(text, picture, writing_on(connection))
    record(people, post, post._replace(native_id="8", worked_out=ahead))
    one, other = Post.objects.filter(native_id__in=["7", "8"]).order_by("native_id")
    assert one.text_key == other.text_key == text_key(text)
    prints = [set(Fingerprint.objects.filter(post=made.pk).values_list("hash", flat=True)) for made in (one, other)]
    assert prints[0] == prints[1] != set()
    for words in ("brother", '"brother see"', "crate"):
        wanted = Wanted(people.org.pk, query(words).phrases)
        assert {number_of(key) for key in find_posts(wanted, most=9)} == {one.pk, other.pk}


def test_a_post_that_its_place_deleted_is_noted_and_its_words_are_kept(people: Branch) -> None:
    record(people, seen("7", "first"), seen("8", "", gone=True))
    assert not Post.objects.filter(native_id="8").exists()  # nothing is left of it
    assert record(people, seen("7", "", gone=True)).changed == 1
    assert record(people, seen("7", "", gone=True)).known == 1
    post = Post.objects.get(native_id="7")
    assert (post.text, post.gone_seen_at) == ("first", LATER)
    assert not Revision.objects.exists()


def test_words_that_made_an_id_and_changed_are_found_by_author_and_time_where_that_is_clear(people: Branch) -> None:
    record(people, seen("a", "first", author="ann"), seen("b", "other", author="ann"), seen("c", author="bob"))
    assert record(people, seen("x", "mended", author="ann", beside=frozenset({"b", "x"}))).changed == 1
    assert record(people, seen("x", "mended", author="ann", beside=frozenset({"b", "x"}))).known == 1
    assert Revision.objects.get().post == Post.objects.get(native_id="a")
    unclear = record(people, seen("y", "", gone=True, author="ann", beside=frozenset({"y"})))
    assert "cannot be told which post" in unclear.refused[0].reason
    assert not Post.objects.exclude(gone_seen_at=None).exists()


def test_what_was_destroyed_does_not_come_back_by_the_next_import(people: Branch) -> None:
    record(people, seen("7", "first"))
    Post.objects.filter(native_id="7").update(text="", text_key="")
    assert record(people, seen("7", "first", attachments="a picture")).known == 1
    assert not Revision.objects.exists()
    assert Post.objects.get(native_id="7").attachments == ""
    record(people, seen("7", "first", unread=Reject(5, "it has bytes that are not UTF-8 text.", b"first\xff")))
    assert not Leftover.objects.exists()


def test_what_is_left_over_is_kept_with_its_bytes_until_the_same_file_is_read_again(people: Branch) -> None:
    def again() -> None:
        run = begin_import(people.place, file_name="posts.csv", mark="m", by=SYSTEM, at=LATER)
        half = seen("7", unread=Reject(5, "it has bytes that are not UTF-8 text.", b"\xff\xfe"))
        record_posts(run, [half], rejects=[Reject(3, "it has no text.")], done=2, at=LATER)
        assert import_to_go_on(people.place, mark="m") == run
        finish_import(run, rejected=1, by=SYSTEM, at=LATER)

    again()
    again()
    assert import_to_go_on(people.place, mark="m") is None
    bad, half = Leftover.objects.order_by("line")
    assert (bad.post, bad.reason, bytes(bad.raw)) == (None, "it has no text.", b"")
    assert (half.post, bytes(half.raw)) == (Post.objects.get(native_id="7"), b"\xff\xfe")
    assert ImportRun.objects.order_by("pk").values_list("rejected", "done").last() == (1, 2)


def test_of_a_long_reason_its_beginning_is_kept(people: Branch) -> None:
    run = begin_import(people.place, file_name="posts.csv", mark="m", by=SYSTEM, at=LATER)
    record_posts(run, [], rejects=[Reject(1, "x" * 300), Reject(2, "y" * 301)], done=2, at=LATER)
    assert list(Leftover.objects.order_by("line").values_list("reason", flat=True)) == ["x" * 300, "y" * 300]


def test_a_rehearsal_says_what_would_come_and_leaves_everything_as_it_is(people: Branch) -> None:
    record(people, seen("7", "first"), seen("8"))
    before = (Post.objects.count(), Account.objects.count())
    done = rehearse(people.place, [seen("7", "second"), seen("8"), seen("9", author="new")], at=LATER)
    assert (done.new, done.changed, done.known) == (1, 1, 1)
    assert rehearse(None, [seen("7"), seen("7")], at=LATER).new == 1
    assert (Post.objects.count(), Account.objects.count()) == before
    assert not Revision.objects.exists()


def test_a_reply_joins_the_conversation_of_what_it_answers_where_its_file_does_not_say(people: Branch) -> None:
    record(people, seen("1"), seen("2", reply_to="1", thread="1"))
    record(
        people,
        seen("5", reply_to="4"),  # by way of one that stands below it
        seen("3", reply_to="2", thread="2"),
        seen("4", reply_to="3"),
        seen("6", reply_to="never seen"),
        seen("8", reply_to="9"),
        seen("9", reply_to="8"),
    )
    threads = dict(Post.objects.filter(native_id__in="345689").values_list("native_id", "thread"))
    assert [threads[native_id] for native_id in "3456"] == ["1", "1", "1", ""]
    assert threads["8"] == threads["9"]
