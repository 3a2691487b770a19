"""What should be seen at the place, recomputed from all standing decisions; and the task that asks for it."""

from datetime import datetime

from folkmoot.archive.models import Post
from folkmoot.casefile.models import Case, Paper
from folkmoot.outbox.models import Item, Task
from folkmoot.outbox.promise import ask_by_hand, want
from folkmoot.procedure.words import TAKES_AWAY, Outcome


def restrict(case: Case, *, decision: Paper, at: datetime) -> Task:
    """Ask for the post to be taken down, or a held one to be rejected. The case is already decided."""
    op = Task.Op.REJECT if case.outcome == Outcome.REJECT else Task.Op.REMOVE
    if case.post:
        want(case.post, Item.Visibility.GONE, at=at)
    return ask_by_hand(case, op, paper=decision, at=at)


def lift(case: Case, *, because: Paper, at: datetime) -> Task | None:
    """Ask for the post back, unless another standing decision still keeps it away.

    A place worked by hand cannot be observed: the task is asked even when the removal was never
    ticked, for somebody may have done it without telling.
    """
    if case.outcome not in TAKES_AWAY:
        return None
    if case.post and _restricted_elsewhere(case, case.post):
        return None
    if case.post:
        want(case.post, Item.Visibility.VISIBLE, at=at)
    op = Task.Op.APPROVE if case.outcome == Outcome.REJECT else Task.Op.RESTORE
    return ask_by_hand(case, op, paper=because, at=at)


def let_through(case: Case, *, decision: Paper, at: datetime) -> Task | None:
    """Ask for a post that waits for approval to be let through, unless a standing decision keeps it away (D38)."""
    if not waits(case) or case.outcome in TAKES_AWAY:
        return None
    if case.post and _restricted_elsewhere(case, case.post):
        return None
    if case.post:
        want(case.post, Item.Visibility.VISIBLE, at=at)
    return ask_by_hand(case, Task.Op.APPROVE, paper=decision, at=at)


def hide_meanwhile(case: Case, *, because: Paper, at: datetime) -> Task:
    """Ask for the post to be hidden while somebody looks; what can hide it again can show it again."""
    if case.post:
        want(case.post, Item.Visibility.HIDDEN, at=at)
    return ask_by_hand(case, Task.Op.HIDE, paper=because, at=at)


def show_again(case: Case, *, because: Paper, at: datetime) -> Task | None:
    """Ask for a hidden post to be shown again, unless a standing decision or another hiding keeps it away."""
    if case.post and (_restricted_elsewhere(case, case.post) or _hidden_elsewhere(case, case.post)):
        return None
    if case.post:
        want(case.post, Item.Visibility.VISIBLE, at=at)
    return ask_by_hand(case, Task.Op.UNHIDE, paper=because, at=at)


def waits(case: Case) -> bool:
    """Say whether the case is about a post that still waits for approval at the place."""
    return case.post is not None and case.post.state == Post.State.HELD


def _restricted_elsewhere(case: Case, post: Post) -> bool:
    others = Case.objects.filter(post=post, outcome__in=TAKES_AWAY, standing=True).exclude(pk=case.pk)
    return others.exists()


def _hidden_elsewhere(case: Case, post: Post) -> bool:
    return Case.objects.filter(post=post, hidden=True).exclude(pk=case.pk).exists()
