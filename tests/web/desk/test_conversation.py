"""The post of a case in its conversation: what stands around it, what is folded away, and what became of it."""

from datetime import timedelta

import pytest

from folkmoot.archive.models import Post, Revision
from folkmoot.casefile.models import Paper
from folkmoot.outbox.models import Item, Task
from folkmoot.outbox.promise import new_task
from folkmoot.steps.seal import seal
from folkmoot.web.desk.conversation import AFTER, BEFORE, FOLDED, around
from folkmoot.web.desk.stakes import closed_to
from tests.cast import FOUNDED, WORDS, Branch, branch, day, post, reported
from tests.web.desk.pages import Desk


@pytest.fixture
def people(db: None) -> Branch:
    made = branch()
    Post.objects.filter(pk=made.post.pk).update(thread="start", reply_to="b2")
    made.post.refresh_from_db()
    return made


def beside(people: Branch, name: str, minutes: int, text: str = "Well.", **other: object) -> Post:
    """Put a post into the thread, `minutes` after the one in question."""
    made = post(people.org, people.place, native_id=name, text=text, posted_at=FOUNDED + timedelta(minutes=minutes))
    Post.objects.filter(pk=made.pk).update(**{"thread": "start", **other})
    made.refresh_from_db()
    return made


def names(posts: object) -> list[str]:
    return [one.post.native_id for one in posts]  # type: ignore[attr-defined]


def test_near_posts_are_shown_and_far_ones_are_folded_away(people: Branch) -> None:
    for number in range(8, 0, -1):
        beside(people, f"b{number}", -number)
    for number in range(1, 60):
        beside(people, f"a{number}", number)
    found = around(people.post, closed=closed_to(people.operator))
    assert names(found.before) == ["b2", "b1"]
    assert names(found.earlier) == ["b8", "b7", "b6", "b5", "b4", "b3"]
    assert names(found.after) == ["a1", "a2", "a3", "a4"]
    assert names(found.later) == [f"a{number}" for number in range(5, 5 + FOLDED)]
    assert found.more == 59 - AFTER - FOLDED
    assert len(found.before) == BEFORE


def test_what_it_answers_is_always_there(people: Branch) -> None:
    for number in range(8, 0, -1):
        beside(people, f"b{number}", -number)
    Post.objects.filter(pk=people.post.pk).update(reply_to="b7")
    people.post.refresh_from_db()
    found = around(people.post, closed=closed_to(people.operator))
    assert names(found.before) == ["b7", "b2", "b1"]
    assert found.before[0].tie == "the post in question answers this"
    assert "b7" not in names(found.earlier)
    assert found.more == 0


def test_what_was_taken_from_the_post_is_marked(people: Branch) -> None:
    beside(people, "a1", 1, f"Look at this: “{WORDS.upper()}” Really? <b>", reply_to="100")
    page = Desk(people.operator).free(reported(people)).get(f"cases/{_case(people)}/").content.decode()
    assert f'“<q class="taken">{WORDS.upper().rstrip(".")}</q>' in page
    assert "Really? &lt;b&gt;" in page
    assert "answers the post in question" in page


def test_a_common_turn_of_phrase_is_no_quotation(people: Branch) -> None:
    beside(people, "a1", 1, "The harbour plan is a good one, and it always was.")
    assert around(people.post, closed=closed_to(people.operator)).after[0].pieces == [
        ("The harbour plan is a good one, and it always was.", False)
    ]


def test_what_was_deleted_removed_changed_or_brought_back_says_so(people: Branch) -> None:
    matter = reported(people)
    beside(people, "a1", 1, "Gone by its author.", gone_seen_at=day(0))
    removed, shown = beside(people, "a2", 2, "Taken down."), beside(people, "a3", 3, "First words.")
    Item.objects.create(org=people.org, post=removed, wanted="gone", observed="gone", changed_at=day(0))
    Revision.objects.create(org=people.org, post=shown, text="Other words.", seen_at=day(0))
    first, second, third = around(people.post, closed=closed_to(people.operator)).after
    assert first.signs == [("final", "Deleted there, kept here")]
    assert second.signs == [("final", "Removed")]
    assert (third.signs, third.since) == ([], "Other words.")
    page = Desk(people.operator).free(matter).read(f"cases/{matter.pk}/")
    for words in (
        "Gone by its author. ",
        "Deleted there, kept here",
        "Taken down.",
        "It was changed later",
        "Other words.",
    ):
        assert words.strip() in page


def test_what_came_back_is_called_restored_only_where_it_had_been_removed(people: Branch) -> None:
    matter = reported(people)
    paper = matter.papers(Paper.Kind.REPORT)[0]
    hidden, removed, untouched = (beside(people, f"a{n}", n, "Well, well.") for n in (1, 2, 3))
    hide, unhide, remove, restore = Task.Op.HIDE, Task.Op.UNHIDE, Task.Op.REMOVE, Task.Op.RESTORE
    for found, ops in ((hidden, (hide, unhide)), (removed, (remove, restore)), (untouched, (restore,))):
        for op in ops:
            task = new_task(matter.case, op, paper=paper, at=day(0), told_in=matter.case)
            Task.objects.filter(pk=task.pk).update(post=found, state=Task.State.DONE, ended_at=day(0))
    signs = [one.signs for one in around(people.post, closed=closed_to(people.operator)).after]
    assert signs == [[("ok", "Shown again")], [("ok", "Restored")], []]


def test_what_is_sealed_is_not_part_of_any_conversation(people: Branch) -> None:
    other = beside(people, "a1", 1, "Unspeakable.")
    matter = reported(people, post=other)
    seal(matter.pk, by=people.operator, at=day(0))
    assert around(people.post, closed=closed_to(people.operator)).after == []


def _case(people: Branch) -> int:
    return people.post.cases.latest("pk").pk
