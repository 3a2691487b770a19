"""Posts are found by their words: the same on every database, newest first, and not at all once they are destroyed."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from folkmoot.archive import index_postgresql, index_posts, indexes
from folkmoot.archive.bulk import NewPost, store
from folkmoot.archive.index import Wanted, key_of, number_of
from folkmoot.archive.index_posts import account_marks, bring_up_to_date, find_posts, note_changed, place_marks
from folkmoot.archive.index_sqlite import SqliteIndex
from folkmoot.archive.indexes import index_on
from folkmoot.archive.models import Account, Platform, Post, Revision
from folkmoot.archive.words import cut, query
from folkmoot.members.models import Organisation
from tests.cast import FOUNDED, Branch, branch, outsider

WORDS = (
    "the",
    "the",
    "the",
    "harbour",
    "plan",
    "Café",
    "привет",
    "你好",
    "voss",
    "crook",
    "don't",
    "🤡",
    "w00t",
    "rare",
)


@pytest.fixture
def people(db: None) -> Branch:
    made = branch()
    index_posts.forget_words([made.post])
    return made


def put(org: Organisation, text: str, at: datetime = FOUNDED, account: Account | None = None) -> int:
    place = Platform.objects.within(org).earliest("pk")
    number = Post.objects.count()
    new = NewPost(
        org_id=org.pk,
        platform_id=place.pk,
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


def found(org: Organisation, typed: str, *, most: int = 100, **other: object) -> list[int]:
    wanted = Wanted(org.pk, query(typed).phrases, **other)  # type: ignore[arg-type]
    return [number_of(key) for key in find_posts(wanted, most=most)]


def looked_for(text: str, typed: str) -> bool:
    """Say by reading it whether `text` has all that is looked for."""
    tokens = cut(text)
    runs = [[tuple(tokens[at : at + len(p)]) for at in range(len(tokens))] for p in query(typed).phrases]
    return all(phrase in run for phrase, run in zip(query(typed).phrases, runs, strict=True))


@pytest.mark.parametrize(("looked_through", "rare"), [(1000, 500), (5, 500), (5, 3)])
def test_what_is_found_is_what_reading_everything_would_find(
    people: Branch, monkeypatch: pytest.MonkeyPatch, looked_through: int, rare: int
) -> None:
    monkeypatch.setattr(index_postgresql, "LOOKED_THROUGH", looked_through)
    monkeypatch.setattr(index_postgresql, "RARE", rare)
    chance = random.Random(5)
    first = datetime(1998, 3, 1, tzinfo=UTC)
    written = {}
    for _ in range(300):
        text = " ".join(chance.choice(WORDS) for _ in range(chance.randrange(1, 9)))
        at = first + timedelta(days=chance.randrange(10_000), seconds=chance.randrange(3))
        written[put(people.org, text, at)] = (at, text)
    newest = sorted(written, key=lambda number: (written[number][0], number), reverse=True)
    for typed in (
        "the",
        "rare",
        "cafe crook",
        '"harbour plan"',
        "привет",
        "好",
        "don't",
        "🤡 the",
        '"the the the"',
        "no",
    ):
        expected = [number for number in newest if looked_for(written[number][1], typed)]
        assert found(people.org, typed, most=500) == expected, typed
        assert found(people.org, typed, most=7) == expected[:7], typed
        middle = newest[150]
        last = key_of(written[middle][0], middle)
        assert found(people.org, typed, most=500, last=last) == [n for n in expected if newest.index(n) >= 150], typed
        assert found(people.org, typed, most=500, first=last) == [n for n in expected if newest.index(n) <= 150], typed
        some = {key_of(written[number][0], number) for number in newest[::3]}
        assert found(people.org, typed, among=some) == [n for n in newest[::3] if n in expected], typed


def test_of_one_moment_the_last_that_came_is_first(people: Branch) -> None:
    numbers = [put(people.org, "tide") for _ in range(5)]
    assert found(people.org, "tide") == numbers[::-1]
    assert found(people.org, "tide", last=key_of(FOUNDED, numbers[2]) - 1) == numbers[1::-1]


def test_marks_narrow_and_another_organisation_is_never_there(people: Branch) -> None:
    account = Account.objects.create(org=people.org, platform=people.place, handle="ebb", first_seen_at=FOUNDED)
    theirs = outsider().org
    Platform.objects.create(org=theirs, slug="x", name="X", created_at=FOUNDED)
    put(theirs, "tide tables")
    plain, mine = put(people.org, "tide tables"), put(people.org, "tide tables", account=account)
    assert found(people.org, "tide") == [mine, plain]
    assert found(people.org, "tide", marks=(account_marks([account.pk, 999]),)) == [mine]
    assert found(people.org, "", marks=(account_marks([account.pk]), place_marks([people.place.pk]))) == [mine]
    assert found(people.org, "tide", marks=(place_marks([people.place.pk + 1]),)) == []
    assert found(people.org, "_o1") == found(people.org, "_m1x24000") == []


def test_later_words_are_found_beside_the_first_and_no_phrase_goes_across(people: Branch) -> None:
    number = put(people.org, "the harbour")
    post = Post.objects.get(pk=number)
    for text in ("plan one", "plan two"):
        store([], [Revision(org=people.org, post=post, text=text, seen_at=FOUNDED)])
    assert found(people.org, "harbour plan") == found(people.org, "one two") == [number]
    assert found(people.org, '"plan two"') == [number]
    assert found(people.org, '"harbour plan"') == []


def test_an_account_or_a_day_that_is_put_in_later_is_found(people: Branch) -> None:
    account = Account.objects.create(org=people.org, platform=people.place, handle="ebb", first_seen_at=FOUNDED)
    old, new = put(people.org, "tide"), put(people.org, "tide")
    Post.objects.filter(pk=new).update(account=account, posted_at=FOUNDED - timedelta(days=900))
    note_changed({new: FOUNDED})
    assert found(people.org, "tide") == [old, new]
    assert found(people.org, "tide", marks=(account_marks([account.pk]),)) == [new]


def test_of_what_is_destroyed_no_word_is_left(people: Branch) -> None:
    number = put(people.org, "unspeakable words")
    post = Post.objects.get(pk=number)
    store([], [Revision(org=people.org, post=post, text="unutterable too", seen_at=FOUNDED)])
    index = index_on(connection, index_posts.NAME)
    assert {"unspeakable", "unutterable"} <= index.words_kept()
    index_posts.forget_words([post])
    assert not {"unspeakable", "unutterable", "words", "too"} & index.words_kept()
    assert found(people.org, "words") == []


def test_on_sqlite_nothing_of_it_is_left_in_the_file_either(db: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the file is SQLite's")
    file = tmp_path_factory.mktemp("index") / "words.sqlite3"
    mine = connection.copy("elsewhere")
    mine.settings_dict["NAME"] = str(file)
    try:
        index = SqliteIndex(mine, "words")
        index.make()
        index.enter([_entry(number, "common") for number in range(1, 500)])
        index.enter([_entry(500, "unspeakable")])
        _to_disk(mine)
        assert b"unspeakable" in file.read_bytes()
        index.forget([(1, key_of(FOUNDED, 500))])
        _to_disk(mine)
        assert b"unspeakab" not in file.read_bytes()
        assert b"common" in file.read_bytes()
    finally:
        mine.close()


def test_words_that_were_cut_otherwise_are_put_in_anew(people: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    number = put(people.org, "tide")
    Post.objects.filter(pk=number).update(text="tides")  # as if `cut` had given this
    bring_up_to_date("default")
    assert found(people.org, "tide") == [number]
    monkeypatch.setattr(indexes, "VERSION", "another")
    bring_up_to_date("default")
    assert (found(people.org, "tide"), found(people.org, "tides")) == ([], [number])
    bring_up_to_date("default")


@pytest.mark.parametrize("text", ["", "!?", "spam " * 30_000, "ж" * 90_000, " ".join(f"w{n}" for n in range(30_000))])
def test_any_text_can_be_kept(people: Branch, text: str) -> None:
    number = put(people.org, text)
    assert found(people.org, "")[0] == number


@pytest.mark.parametrize("year", [1, 1969, 9999])
def test_any_time_can_be_kept(people: Branch, year: int) -> None:
    number = put(people.org, "tide", datetime(year, 6, 1, tzinfo=UTC))
    assert found(people.org, "tide") == [number]


def _entry(number: int, word: str) -> index_posts.Entry:
    return index_posts.Entry(1, key_of(FOUNDED, number), f"{word} words")


def _to_disk(database: object) -> None:
    with database.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
