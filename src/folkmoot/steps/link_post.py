"""A moderator says which post a report is about, where the report itself could not be matched."""

from datetime import datetime

from django.db import IntegrityError, transaction

from folkmoot.archive.models import Post
from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import advance, locked
from folkmoot.editions.current import policy_of
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import Person
from folkmoot.procedure.words import ReportKind, Stage, Step
from folkmoot.steps.snapshot import file_snapshot
from folkmoot.steps.standing import capacity


def link_post(case_id: int, *, post: Post, by: Person, at: datetime, seen: int | None = None) -> Case:
    """Bind the case to `post`, which is in the archive, and keep the post as it is now."""
    try:
        with transaction.atomic():
            return bind(locked(case_id, seen=seen), post, by=by, at=at)
    except IntegrityError:  # two at once: the other was first
        raise NotPermitted("Another case about this post was opened just now. Please decide it there.") from None


def bind(case: Case, post: Post, *, by: Person, at: datetime) -> Case:
    """Bind a locked case to `post`. Raises `NotPermitted` when either has its other half already."""
    role = capacity(case, by, Step.LINK_POST, at=at)
    if post.org_id != case.org_id:
        raise NotPermitted("This post belongs to another organisation.")
    if case.post_id:
        raise NotPermitted("This case already has its post.")
    other = Case.objects.filter(post=post).exclude(stage=Stage.FINAL).first()
    if other:
        raise NotPermitted(f"Case {other.pk} is already open about this post. Please decide it there.")
    case.post, case.platform = post, post.platform
    case.policy = policy_of(case.org, post.written_on(case.org.zone))  # D1: the rules of its time
    papers = [file_snapshot(case, post, at=at)] if may_be_copied(case) else []
    advance(case, Step.LINK_POST, by=by, role=role, at=at, papers=papers)
    return case


def may_be_copied(case: Case) -> bool:
    """Say whether the post may be copied at all: never where a child may be in danger (DP20)."""
    if case.sealed:
        return False
    kinds = {paper.facts["kind"] for paper in case.papers.filter(kind=Paper.Kind.REPORT)}
    return ReportKind.CHILD_SAFETY not in kinds
