"""How a post is seen at its place, in a word, wherever the desk lists posts: the same as on the page of its case."""

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from folkmoot.archive.models import Post
from folkmoot.members.prepared import keep, prepared
from folkmoot.outbox.models import Item, Task
from folkmoot.web.desk import by_hand
from folkmoot.web.desk.stakes import Closed


class _Asked(QuerySet[Task]):
    """Tasks, without those of cases that are `closed` to the reader: which of them are is asked when they are there."""

    closed: Closed | None = None

    def _clone(self) -> "_Asked":
        clone: _Asked = super()._clone()  # type: ignore[misc]
        clone.closed = self.closed
        return clone

    def _fetch_all(self) -> None:
        is_new = self._result_cache is None
        super()._fetch_all()
        if is_new and self.closed and self._result_cache:
            closed = self.closed.among(task.case_id for task in self._result_cache)
            self._result_cache = [task for task in self._result_cache if task.case_id not in closed]


class Shown(NamedTuple):
    """A word, and the sign that goes with it; both empty where a post is simply there."""

    word: str = ""
    sign: str = ""


def with_state(posts: QuerySet[Post], *, closed: Closed) -> QuerySet[Post]:
    """Return `posts` with all that `state_of` needs, in one more query.

    What was asked in cases that are `closed` to the reader is left out: it tells what was decided there (D30).
    """
    asked = _Asked(Task).filter(op__in=Task.POST_OPS).exclude(state=Task.State.SUPERSEDED).order_by("pk")
    asked.closed = closed
    loaded = posts.select_related("account", "platform", "item")
    return loaded.prefetch_related(Prefetch("tasks", queryset=asked))


def as_they_are(numbers: Collection[int], *, closed: Closed) -> dict[int, Post]:
    """Return the posts with these numbers, with all that `state_of` needs, as `with_state` would load it."""
    posts = {post.pk: post for post in _posts(numbers)}
    tasks = _asked(list(posts))
    hidden = closed.among(task.case_id for task in tasks)
    asked: dict[int, list[Task]] = {number: [] for number in posts}
    for task in tasks:
        if task.post_id and task.case_id not in hidden:
            asked[task.post_id].append(task)
    for number, post in posts.items():
        keep(post, "tasks", asked[number])
    return posts


def state_of(post: Post) -> Shown:
    """Return how the post is seen: never as removed, or as back, before somebody has said so."""
    asked = [one for one in post.tasks.all() if one.op in Task.POST_OPS and one.state != Task.State.SUPERSEDED]
    newest = max(asked, key=lambda task: task.pk, default=None)
    if newest and newest.state == Task.State.OPEN:
        return Shown(str(by_hand.ASKED[Task.Op(newest.op)]), "soon")
    if newest and newest.state == Task.State.CANNOT:
        return Shown(str(by_hand.FAILED[Task.Op(newest.op)]), "harm")
    item: Item | None = getattr(post, "item", None)
    is_held = post.state == Post.State.HELD
    match item.observed if item else None:
        case Item.Visibility.GONE:
            return Shown(_("Not let through") if is_held else _("Removed"), "final")
        case Item.Visibility.HIDDEN:
            return Shown(_("Hidden for now"), "final")
        case Item.Visibility.UNCERTAIN:
            return Shown(_("Nobody is sure"), "soon")
        case Item.Visibility.VISIBLE:
            return Shown()
    return Shown(_("Waits for approval"), "neutral") if is_held else Shown()


@prepared
def _posts(numbers: Collection[int]) -> QuerySet[Post]:
    return Post.objects.filter(pk__in=numbers).select_related("account", "platform", "item")


@prepared
def _asked(posts: Collection[int]) -> QuerySet[Task]:
    asked = Task.objects.filter(post__pk__in=posts, op__in=Task.POST_OPS)
    return asked.exclude(state=Task.State.SUPERSEDED).order_by("pk")
