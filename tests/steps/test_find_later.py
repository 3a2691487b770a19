"""What comes while a removal stands, and hangs together with it, is shown until somebody says what of it (Md)."""

from datetime import timedelta
from typing import Any

import pytest

from folkmoot.archive.intake import Moment, SeenPost
from folkmoot.archive.models import Arrival, Post
from folkmoot.casefile.models import FoundLater, Sought
from folkmoot.procedure.words import Outcome
from folkmoot.steps import find_later as find_later_module
from folkmoot.steps.find_later import find_later, found_later, has_found_later
from folkmoot.steps.record_posts import begin_import, record_posts
from folkmoot.steps.take_along import Going, take_along
from folkmoot.worker.sweep import sweep
from tests import cast
from tests.cast import Branch, Matter, day
from tests.steps.test_take_along import WHY, overturned

pytestmark = pytest.mark.django_db


def seen(number: str, text: str, *, hours: int = 30, **other: str) -> SeenPost:
    """Return a post of a file, written `hours` after the one that is removed."""
    facts: dict[str, Any] = {
        "line": int(number),
        "native_id": number,
        "text": text,
        "posted": Moment(cast.FOUNDED + timedelta(hours=hours), exact=True),
        "author": f"sal{number}",
        "name": "",
        "url": "",
        "held": None,
        "thread": "",
        "reply_to": "",
        "numbered": False,
    }
    return SeenPost(**{**facts, **other})


def arrive(people: Branch, *posts: SeenPost) -> None:
    """Let an import of these posts come on day 2."""
    run = begin_import(people.place, file_name="later.csv", by=people.operator, at=day(2))
    record_posts(run, posts, at=day(2))


def waiting(matter: Matter) -> list[str]:
    """Return the native ids of what is shown at the matter."""
    rows = found_later(matter.branch.org).filter(root=matter.pk)
    return sorted(rows.values_list("post__native_id", flat=True))


def test_a_copy_that_comes_later_is_found_by_the_worker_and_once_only():
    matter = cast.decided()
    people = matter.branch
    arrive(
        people,
        seen("700", f"Well said: {cast.WORDS}"),
        seen("701", "The ferry runs late again on Sunday mornings in winter."),
        seen("702", "So true.", reply_to="100"),
        seen("703", f"From last year: {cast.WORDS}", hours=-300),
    )
    assert waiting(matter) == []
    assert sweep(at=day(2)) > 0
    assert waiting(matter) == ["700", "702"]
    assert not Arrival.objects.exists()
    arrive(people, seen("700", f"Well said: {cast.WORDS}"))
    find_later(people.org.pk, at=day(3))
    assert FoundLater.objects.count() == 2
    assert matter.case in type(matter.case).objects.filter(has_found_later())


def test_a_post_that_is_changed_into_a_copy_is_found_too():
    matter = cast.decided()
    people = matter.branch
    arrive(people, seen("700", "Nothing to see here, only the weather of this week."))
    find_later(people.org.pk, at=day(2))
    arrive(people, seen("700", f"Well said: {cast.WORDS}"))
    find_later(people.org.pk, at=day(2))
    assert waiting(matter) == ["700"]


def test_what_somebody_has_spoken_about_is_shown_no_more():
    matter = cast.decided()
    people = matter.branch
    arrive(people, seen("700", f"Well said: {cast.WORDS}"), seen("701", f"Read this: {cast.WORDS}"))
    find_later(people.org.pk, at=day(2))
    first, second = Post.objects.filter(native_id__in=["700", "701"]).order_by("native_id")
    take_along(matter.pk, going=[Going(first.pk, WHY)], left=[second.pk], no_part=True, by=people.operator, at=day(2))
    assert waiting(matter) == []
    arrive(people, seen("701", f"Read this again: {cast.WORDS}"))
    find_later(people.org.pk, at=day(3))
    assert waiting(matter) == []


@pytest.mark.parametrize("by_itself", [False, True])
def test_a_copy_of_what_fell_with_another_is_shown_once_where_the_first_of_them_fell(by_itself):
    matter = cast.decided()
    people = matter.branch
    arrive(people, seen("700", f"Well said: {cast.WORDS}"))
    going = [Going(Post.objects.get(native_id="700").pk, WHY, by_itself=by_itself)]
    take_along(matter.pk, going=going, no_part=True, by=people.operator, at=day(2))
    arrive(people, seen("701", f"Well said: {cast.WORDS}", hours=60))
    find_later(people.org.pk, at=day(3))
    assert [row.root_id for row in found_later(people.org)] == [matter.pk]


def test_nothing_is_shown_where_the_removal_does_not_stand():
    matter = cast.decided()
    people = matter.branch
    arrive(people, seen("700", f"Well said: {cast.WORDS}"))
    find_later(people.org.pk, at=day(2))
    overturned(matter)
    assert waiting(matter) == []
    arrive(people, seen("701", f"Well said: {cast.WORDS}"))
    find_later(people.org.pk, at=day(4))
    assert not FoundLater.objects.filter(post__native_id="701").exists()


def test_nothing_is_looked_for_where_nothing_was_taken_down():
    matter = cast.decided(outcome=Outcome.WARN)
    arrive(matter.branch, seen("700", f"Well said: {cast.WORDS}"))
    find_later(matter.branch.org.pk, at=day(2))
    assert not FoundLater.objects.exists()
    assert not Arrival.objects.exists()


def test_what_the_worker_was_stopped_at_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    matter = cast.decided()
    arrive(matter.branch, seen("700", f"Well said: {cast.WORDS}"))
    with monkeypatch.context() as stopped:
        stopped.setattr(find_later_module, "locked", lambda _number: 1 / 0)
        sweep(at=day(2))
    assert waiting(matter) == []
    sweep(at=day(2))
    assert waiting(matter) == ["700"]


def test_only_what_is_taken_down_lets_the_worker_look_for_what_hangs_together_with_it():
    removed = cast.decided()
    cast.decided(cast.branch("Elsewhere"), outcome=Outcome.WARN)
    assert list(Sought.objects.values_list("root", "asked_at", "found_at")) == [(removed.pk, day(1), None)]
