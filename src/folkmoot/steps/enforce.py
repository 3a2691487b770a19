"""What should be seen at the place, recomputed from all standing decisions and hidings; and the task that asks for it.

Of all that was asked about one post, whatever case it came from, at most one task is open: what is wanted now.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from folkmoot.archive.models import Post
from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.papers import decision_in_force, papers_in_force
from folkmoot.outbox.models import Item, Task
from folkmoot.outbox.promise import ask_by_hand, supersede
from folkmoot.procedure.words import TAKES_AWAY

Seen = Item.Visibility
_TAKING = (Task.Op.REMOVE, Task.Op.REJECT, Task.Op.HIDE)
_NEW = (Paper.Kind.DECISION, Paper.Kind.HIDING)  # these are always asked for, whatever was asked before
_AS_WANTED = {Seen.GONE: (Seen.GONE,), Seen.HIDDEN: (Seen.HIDDEN, Seen.GONE)}


def enforce(case: Case, *, because: Paper, at: datetime) -> Task | None:
    """Write down how the post should be seen now, and ask for it if somebody has to act; return that task.

    What another standing decision, or another hiding, keeps away stays away: reversing one never undoes another.
    Call with the case locked and its columns set, before `advance`; `because` is the paper of the step.
    """
    item = item_of(case.post, at=at) if case.post else None
    keeping = [one for one in _about_it(case) if _keeps(one)]
    wanted = _wanted(case, keeping)
    if item and item.wanted != wanted:
        item.wanted, item.changed_at = wanted, at
        item.save()
    if wanted in _AS_WANTED:
        keeper = next(one for one in keeping if _keeps(one) == wanted)
        if keeper is case and because.kind in _NEW:
            return ask_by_hand(case, _away(case, wanted), paper=because, at=at)
        if item and item.observed in _AS_WANTED[wanted]:
            supersede(case, asked_of_post(case), at=at)
            return None
        return _keep_away(case, keeping, wanted, because=because, at=at)
    return _give_back(case, because=because, at=at) if wanted == Seen.VISIBLE else None


def ask_anew(case: Case, *, there: bool, because: Paper, at: datetime) -> Task | None:
    """Ask once more for what is wanted of the post, where somebody has looked and found it otherwise."""
    wanted = _wanted(case, [one for one in _about_it(case) if _keeps(one)])
    if wanted in _AS_WANTED and there:
        return ask_by_hand(case, _away(case, wanted), paper=because, at=at)
    if wanted != Seen.VISIBLE or there:
        return None
    asked = _newest(case)
    hidden = asked is not None and asked.op in (Task.Op.HIDE, Task.Op.UNHIDE)
    back = Task.Op.APPROVE if waits(case) else Task.Op.UNHIDE if hidden else Task.Op.RESTORE
    return ask_by_hand(case, back, paper=because, at=at)


def item_of(post: Post, *, at: datetime) -> Item:
    """Return how `post` should be seen and is seen, locked: all that is wanted of one post is reconciled in turn."""
    seen = Seen.HELD if post.state == Post.State.HELD else Seen.VISIBLE
    item, _ = Item.objects.get_or_create(
        post=post, defaults={"org_id": post.org_id, "wanted": seen, "observed": seen, "changed_at": at}
    )
    return Item.objects.select_for_update(of=("self",), no_key=True).get(pk=item.pk)


def asked_of_post(case: Case) -> QuerySet[Task]:
    """Return what was ever asked to be done with the post of `case`, for whatever case."""
    same = Q(case=case) | Q(post=case.post_id) if case.post_id else Q(case=case)
    return Task.objects.filter(same, op__in=Task.POST_OPS)


def waits(case: Case) -> bool:
    """Say whether the case is about a post that still waits for approval at the place."""
    return case.post is not None and case.post.state == Post.State.HELD


def _about_it(case: Case) -> list[Case]:
    """Return the cases about the same post, this one first, as it is about to be."""
    others = Case.objects.filter(post=case.post_id).exclude(pk=case.pk).order_by("pk") if case.post_id else []
    return [case, *others]


def _keeps(case: Case) -> Item.Visibility | None:
    """Return how a case alone wants its post to be seen, or `None` where it keeps nothing away."""
    if case.outcome in TAKES_AWAY and case.standing:
        return Seen.GONE
    return Seen.HIDDEN if case.hidden else None


def _wanted(case: Case, keeping: Sequence[Case]) -> Item.Visibility:
    strongest = {_keeps(one) for one in keeping}
    if Seen.GONE in strongest:
        return Seen.GONE
    if waits(case):  # nobody sees it yet: hidden or not, it waits until somebody has decided about it
        decided = not strongest and any(one.outcome for one in _about_it(case))
        return Seen.VISIBLE if decided else Seen.HELD
    return Seen.HIDDEN if strongest else Seen.VISIBLE


def _keep_away(
    case: Case, keeping: Sequence[Case], wanted: Item.Visibility, *, because: Paper, at: datetime
) -> Task | None:
    """Let what others decided, or what was decided before, be asked for: as it stands already, or anew."""
    op, asked = _away(case, wanted), _newest(case)
    done = asked is not None and asked.state == Task.State.DONE and asked.post_id is None
    if asked and asked.op == op and (asked.state == Task.State.OPEN or done) and asked.case in keeping:
        return asked
    keeper = next(one for one in keeping if _keeps(one) == wanted)
    behind = decision_in_force(keeper) if wanted == Seen.GONE else papers_in_force(keeper, Paper.Kind.HIDING).last()
    return ask_by_hand(keeper if behind else case, op, paper=behind or because, at=at, told_in=case)


def _away(case: Case, wanted: Item.Visibility) -> Task.Op:
    if wanted == Seen.HIDDEN:
        return Task.Op.HIDE
    return Task.Op.REJECT if waits(case) else Task.Op.REMOVE


def _give_back(case: Case, *, because: Paper, at: datetime) -> Task | None:
    """Ask for the post back where it was ever asked to be taken away.

    A place worked by hand cannot be observed: the task is asked even when nobody ticked the removal,
    for somebody may have done it without telling.
    """
    asked = _newest(case)
    if waits(case):
        waiting = asked is not None and asked.op == Task.Op.APPROVE and asked.state == Task.State.OPEN
        return asked if waiting else ask_by_hand(case, Task.Op.APPROVE, paper=because, at=at)
    if asked is None or (asked.state == Task.State.OPEN and asked.op not in _TAKING):
        return asked
    if asked.op in _TAKING:
        op = Task.Op.UNHIDE if asked.op == Task.Op.HIDE else Task.Op.RESTORE
        return ask_by_hand(case, op, paper=because, at=at)
    # asked back before, and then not: what superseded it was taken back
    superseded = asked.state == Task.State.SUPERSEDED
    return ask_by_hand(case, Task.Op(asked.op), paper=because, at=at) if superseded else None


def _newest(case: Case) -> Task | None:
    """Return what was asked last of the post by a step that nobody has taken back; to look is no change."""
    asked = asked_of_post(case).exclude(op=Task.Op.LOOK).exclude(paper__answered_by__kind=Paper.Kind.UNDO)
    return asked.select_related("case").order_by("-made_at", "-pk").first()
