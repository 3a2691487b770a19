"""Copies of a post are found in the archive by the fingerprints that are kept of every text."""

import csv
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.of_archive.families import WANTED, Sort, made_posts
from bench.of_archive.words import Words
from folkmoot.archive.bulk import NewPost, store
from folkmoot.archive.candidates import candidates
from folkmoot.archive.copies import proposals, proposals_among, touched
from folkmoot.archive.fingerprint import Fingerprint
from folkmoot.archive.index_prints import bring_up_to_date, forget_prints
from folkmoot.archive.models import Platform, Post, Revision
from folkmoot.procedure.cascade.order import Order
from folkmoot.procedure.cascade.proposal import Kind, Part
from tests.cast import FOUNDED, Branch, branch, outsider

SAID = "Councillor Voss sold the harbour to his brother for a crate of herring, and the whole town knows it."
LATER = FOUNDED + timedelta(days=1)


@pytest.fixture
def people(db: None) -> Branch:
    return branch()


def new(place: Platform, native_id: str, text: str, at: datetime | None = LATER, **other: str) -> NewPost:
    return NewPost(
        org_id=place.org_id,
        platform_id=place.pk,
        native_id=native_id,
        account_id=None,
        url=other.pop("url", ""),
        text=text,
        posted_at=at or FOUNDED,
        precision="exact" if at else "unknown",
        first_seen_at=FOUNDED + timedelta(days=30),
        state="published",
        **other,
    )


def put(people: Branch, *posts: NewPost) -> list[Post]:
    found = Post.objects.in_bulk(store(posts))
    return [found[key] for key in sorted(found)]


@pytest.fixture
def removed(people: Branch) -> Post:
    return put(people, new(people.place, "5550001234", SAID, FOUNDED, url="https://place.org/p/5550001234"))[0]


def test_copies_answers_quotations_and_mentions_are_proposed(people: Branch, removed: Post) -> None:
    put(
        people,
        new(people.place, "a1", f"RT @ann: {SAID}"),
        new(people.place, "a2", "Look", attachments=f"Screenshot: {SAID}"),
        new(people.place, "a3", "I see.", reply_to="5550001234"),
        new(people.place, "a4", "Ha.", quotes="5550001234"),
        new(people.place, "a5", "See http://www.place.org/p/5550001234/?fbclid=1"),
        new(people.place, "a6", SAID, None),
        new(people.place, "a7", "The harbour festival is on Sunday, with herring for the whole town."),
    )
    found = proposals(people.org, removed)
    by_id = {Post.objects.get(pk=one.key).native_id: one for one in found.proposals}
    kinds = {native_id: one.kind for native_id, one in by_id.items()}
    assert kinds == {
        "a1": Kind.PASSED_ON,
        "a2": Kind.PICTURE,
        "a3": Kind.REPLY,
        "a4": Kind.QUOTE,
        "a5": Kind.MENTION,
        "a6": Kind.WHOLE,
    }
    assert {native_id for native_id, one in by_id.items() if one.default_ticked} == {"a1", "a2", "a4"}
    assert by_id["a6"].order == Order.UNKNOWN
    assert (found.earlier, found.left_out) == ((), ())


def test_nothing_earlier_is_swept_in(people: Branch, removed: Post) -> None:
    (before,) = put(people, new(people.place, "b1", SAID, FOUNDED - timedelta(minutes=1)))
    found = proposals(people.org, removed)
    assert found.proposals == ()
    assert [(one.key, one.order, one.default_ticked) for one in found.earlier] == [(before.pk, Order.EARLIER, False)]


def test_another_organisations_posts_are_never_found(people: Branch, removed: Post) -> None:
    elsewhere = outsider().org
    place = Platform.objects.create(org=elsewhere, slug="p", name="P", created_at=FOUNDED)
    (copy,) = put(people, new(place, "c1", SAID))
    assert proposals(people.org, removed).proposals == ()
    assert proposals(elsewhere, copy).proposals == ()


def test_a_later_text_of_a_post_is_a_copy_too(people: Branch, removed: Post) -> None:
    (post,) = put(people, new(people.place, "d1", "Nice weather"))
    store([], [Revision(org=people.org, post=post, text=SAID, seen_at=LATER)])
    store([], [Revision(org=people.org, post=post, text=f"{SAID} So there!", seen_at=LATER)])  # nearly the same again
    (one,) = proposals(people.org, removed).proposals
    assert one.match is not None
    assert (one.key, one.match.other_part) == (post.pk, Part.LATER)


def test_what_arrives_while_a_removal_stands_is_matched_with_it(people: Branch, removed: Post) -> None:
    arrived = put(
        people,
        new(people.place, "e1", f"Someone wrote: {SAID}"),
        new(people.place, "e2", "Nice weather for a walk along the canal with the dog"),
        new(people.place, "e3", "I see.", reply_to="5550001234"),
        new(people.place, "e4", "https://m.place.org/p/5550001234"),
    )
    assert touched([removed], arrived) == {removed.pk: [arrived[0].pk, arrived[2].pk, arrived[3].pk]}
    among = proposals_among(people.org, removed, [post.pk for post in arrived])
    assert {one.key for one in among.proposals} == {arrived[0].pk, arrived[2].pk, arrived[3].pk}


def test_destroyed_words_leave_no_fingerprints(people: Branch, removed: Post) -> None:
    (other,) = put(people, new(people.place, "f1", SAID))
    assert Fingerprint.objects.within(people.org).filter(post=removed.pk).exists()
    forget_prints([removed.pk])
    assert set(Fingerprint.objects.values_list("post", flat=True)) >= {other.pk}
    assert not Fingerprint.objects.filter(post=removed.pk).exists()


def test_posts_from_before_there_were_fingerprints_get_theirs(people: Branch, removed: Post) -> None:
    before = set(Fingerprint.objects.values_list("org", "shelf", "hash", "post"))
    Fingerprint.objects.all().delete()
    Post.objects.filter(pk=people.post.pk).update(text="")
    bring_up_to_date("default")
    made = set(Fingerprint.objects.values_list("org", "shelf", "hash", "post"))
    assert made
    assert made == {row for row in before if row[3] != people.post.pk}


def test_a_phrase_that_many_use_is_not_followed_and_that_is_said(people: Branch) -> None:
    slogan = "save our harbour pier from doom"
    rest = "Voss pocketed ninety golden guineas for it behind the chapel, while fishermen mended nets and gulls laughed"
    (post,) = put(people, new(people.place, "g0", f"{slogan}: {rest}", FOUNDED))
    rhymes = [f"{slogan} {number} balloons over {number} rooftops" for number in range(120)]
    put(people, *(new(people.place, f"g{number}", text) for number, text in enumerate(rhymes, 1)))
    (copy,) = put(
        people, new(people.place, "h", "They say Voss pocketed ninety golden guineas for it behind the chapel.")
    )
    found = proposals(people.org, post)
    assert [one.key for one in found.proposals] == [copy.pk]
    assert "phrase" in found.left_out[0]


def test_a_post_that_was_copied_very_often_is_no_phrase(people: Branch, removed: Post) -> None:
    copies = put(people, *(new(people.place, f"i{number}", f"{SAID} {number}") for number in range(130)))
    found = proposals(people.org, removed)
    assert {one.key for one in found.proposals} == {post.pk for post in copies}
    assert found.left_out == ()
    rest = proposals(people.org, removed, without=[post.pk for post in copies[:100]])
    assert {one.key for one in rest.proposals} == {post.pk for post in copies[100:]}


def test_of_many_long_copies_some_are_looked_at_first_and_the_rest_after_them(people: Branch, removed: Post) -> None:
    copies = put(people, *(new(people.place, f"m{number}", f"{SAID} {'Hear, hear! ' * 20}") for number in range(3)))
    found = proposals(people.org, removed, most_text=2 * len(copies[0].text))
    assert len(found.proposals) == 2
    assert found.more
    assert found.left_out[0] == "These posts are long: 1 more are looked at when something was said of these."
    rest = proposals(people.org, removed, without=[one.key for one in found.proposals], most_text=1)
    assert len(rest.proposals) == 1
    assert not rest.more


def test_a_passage_from_the_end_of_a_very_long_post_is_found(people: Branch) -> None:
    words = Words(5).some(1500)
    (post,) = put(people, new(people.place, "k0", " ".join(words), FOUNDED))
    (copy,) = put(people, new(people.place, "k1", f"Somebody wrote: {' '.join(words[1400:1430])}"))
    (one,) = proposals(people.org, post).proposals
    assert (one.key, one.kind) == (copy.pk, Kind.PARTIAL)


def test_the_indexes_are_used_on_sqlite(people: Branch, removed: Post) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a table this small as a whole")
    put(people, *(new(people.place, f"i{number}", f"{SAID} {number}") for number in range(30)))
    with CaptureQueriesContext(connection) as asked:
        proposals(people.org, removed)
    plans = []
    with connection.cursor() as cursor:
        for query in asked.captured_queries:
            if not query["sql"].endswith("LIMIT 1"):  # the first and the last post
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
                plans += [row[3] for row in cursor.fetchall()]
    assert len(plans) >= 5
    assert [plan for plan in plans if plan.startswith("SCAN") or "posts_newest_first" in plan] == []
    assert any("posts_by_words (org_id=? AND <expr>=? AND text_key=?)" in plan for plan in plans)


def test_of_a_made_archive_nearly_all_copies_are_found_and_nothing_else(people: Branch) -> None:
    made = list(made_posts(originals=25, total=2000, seed=99))
    new_posts = [
        new(
            people.place,
            one.native_id,
            one.text,
            one.posted_at if one.dated else None,
            url=one.url,
            reply_to=one.reply_to,
            quotes=one.quotes,
            attachments=one.picture,
        )
        for one in made
    ]
    keys = store(new_posts)
    family = {key: one for key, one in zip(keys, made, strict=True) if one.of}
    wanted = {key for key, one in family.items() if one.sort in WANTED}
    right, wrong = set(), 0
    for key, one in zip(keys, made, strict=True):
        if not one.original:
            continue
        found = proposals(people.org, Post.objects.get(pk=key))
        own = {proposal.key for proposal in found.proposals if family.get(proposal.key, one).of == one.native_id}
        right |= own & wanted
        wrong += len({proposal.key for proposal in found.proposals} - own)
        assert not any(family[other].sort == Sort.EARLIER for other in own)
    assert len(right) >= 0.95 * len(wanted)
    assert wrong <= 0.1 * len(right)


@pytest.mark.data
def test_real_tweets_that_were_passed_on_are_found(people: Branch, davidson_csv: Path) -> None:
    with davidson_csv.open(encoding="utf-8", newline="") as file:
        texts = [row["tweet"] for row in csv.DictReader(file)]
    told = [text for text in texts if text.startswith("RT @")]
    originals = {text.partition(":")[2].strip(): text for text in told if len(text.split()) > 12}
    others = [(text, originals[text]) for text in texts if text in originals][:40]
    assert len(others) >= 3  # a tweet and the same "RT @somebody:" it
    for number, (text, passed_on) in enumerate(others):
        first, second = put(
            people,
            new(people.place, f"t{number}", text, None),
            new(people.place, f"r{number}", passed_on, None),
        )
        found = {one.key: one for one in proposals(people.org, first).proposals}
        assert found[second.pk].kind == Kind.PASSED_ON
        assert found[second.pk].order == Order.UNKNOWN


def test_those_that_share_most_come_first(people: Branch, removed: Post) -> None:
    part, whole = put(
        people,
        new(people.place, "j1", "sold the harbour to his brother for a crate of herring"),
        new(people.place, "j2", f"{SAID} Really!"),
    )
    assert candidates(people.org, removed).posts == (whole.pk, part.pk)
