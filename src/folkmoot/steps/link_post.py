"""A moderator says which post, conversation or account a report is about, where the report could not be matched."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from folkmoot.archive.models import Post
from folkmoot.archive.to_assess import note_to_assess
from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.papers import is_sealed
from folkmoot.casefile.record import locked
from folkmoot.editions.current import policy_of
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import Person
from folkmoot.procedure.words import ReportKind, Stage, Step, Subject
from folkmoot.steps.about import About, first_of_thread, same_matter
from folkmoot.steps.advancing import advance
from folkmoot.steps.snapshot import file_snapshot
from folkmoot.steps.standing import capacity


def link_post(case_id: int, *, post: Post, by: Person, at: datetime, seen: int | None = None) -> Case:
    """Bind the case to `post`, which is in the archive: to the post itself, or to its conversation or its author."""
    try:
        with transaction.atomic():
            return bind(locked(case_id, seen=seen), post, by=by, at=at)
    except IntegrityError:  # two at once: the other was first
        raise NotPermitted(
            gettext("Another case about the same was opened just now. Please decide it there.")
        ) from None


def bind(case: Case, post: Post, *, by: Person, at: datetime) -> Case:
    """Bind a locked case to what `post` shows it to be about. Raises `NotPermitted` when it is bound already.

    Of a post a copy is kept as it is now; something offline turns out to be about a post.
    """
    role = capacity(case, by, Step.LINK_POST, at=at)
    if post.org_id != case.org_id:
        raise NotPermitted(gettext("This post belongs to another organisation."))
    if is_bound(case):
        raise NotPermitted(gettext("This case already has its post, conversation or account."))
    matter = _shown_by(case, post)
    other = Case.objects.filter(same_matter(matter)).exclude(stage=Stage.FINAL).first()
    if other:
        raise NotPermitted(
            gettext("Case %(pk)s is already open about the same. Please decide it there.") % {"pk": other.pk}
        )
    case.subject, case.platform = matter.subject, matter.platform
    case.post, case.account, case.thread = matter.post, matter.account, matter.thread
    if matter.post:
        note_to_assess([(post.org_id, post.platform_id, post.pk)], first=True)
        case.policy = policy_of(case.org, post.written_on(case.org.zone))  # D1: the rules of its time
    papers = [file_snapshot(case, post, at=at)] if matter.post and may_be_copied(case) else []
    advance(case, Step.LINK_POST, by=by, role=role, at=at, papers=papers)
    return case


def is_bound(case: Case) -> bool:
    """Say whether it is known which post, conversation or account the case is about."""
    return bool(case.post_id or case.account_id or case.thread)


def may_be_copied(case: Case) -> bool:
    """Say whether the post may be copied at all: never where a child may be in danger (DP20)."""
    if is_sealed(case):
        return False
    kinds = {paper.facts["kind"] for paper in case.papers.filter(kind=Paper.Kind.REPORT)}
    return ReportKind.CHILD_SAFETY not in kinds


def _shown_by(case: Case, post: Post) -> About:
    if case.subject == Subject.THREAD:
        return About(Subject.THREAD, post.platform, thread=first_of_thread(post))
    if case.subject == Subject.PATTERN:
        if post.account is None:
            raise NotPermitted(gettext("Nobody knows who wrote this post. Please choose another of the account."))
        return About(Subject.PATTERN, post.platform, account=post.account)
    return About(Subject.POST, post.platform, post=post)
