"""What was destroyed after a backup was made is destroyed again when that backup is restored (DP11)."""

from datetime import datetime

from django.db import transaction

from folkmoot.archive.journal import cut_journal
from folkmoot.archive.models import Platform, Post
from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import SYSTEM, label, locked
from folkmoot.casefile.tombstones import Tombstone
from folkmoot.procedure.words import Role, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.destroy import Adviser, blank_post, destroy_contents
from folkmoot.steps.seal import sealing

_LOST = "It was lost with the database, and destroyed again after a restore."


@transaction.atomic
def destroy_again(one: Tombstone, *, at: datetime) -> bool:
    """Destroy what `one` names, as far as this database has it; say whether there was anything left to destroy.

    It is entered as the software's doing, in the capacity of whoever had it destroyed; the paper names the one that
    was lost. Done once, it is not done again: neither where the backup holds the destruction itself. The post is
    looked for besides: the case may have been without it then, and where it had not come yet, it is not to come.
    Raises `ValueError` where `one` says what this software does not know.
    """
    role, adviser = Role(one.role), Adviser(one.adviser)
    transaction.on_commit(cut_journal)
    case = Case.objects.filter(org__slug=one.org, uid=one.case).first()
    gone = case is not None and _case_again(locked(case.pk), one, adviser, role=role, at=at)
    return _post_again(one, at=at) or gone


def _case_again(case: Case, one: Tombstone, adviser: Adviser, *, role: Role, at: datetime) -> bool:
    if _known(case, one):
        return False
    if not case.sealed:
        advance(case, Step.SEAL, by=SYSTEM, role=role, at=at, papers=[sealing(case, at=at)])
    told = {"lost": one.destroyed, "lost_by": one.by, "lost_at": one.at}
    destroy_contents(case, adviser, _LOST, by=SYSTEM, role=role, at=at, facts=told)
    return True


def _known(case: Case, one: Tombstone) -> bool:
    papers = case.papers.filter(kind=Paper.Kind.DESTRUCTION)
    return any(one.destroyed in (paper.hash, paper.facts.get("lost")) for paper in papers)


def _post_again(one: Tombstone, *, at: datetime) -> bool:
    place = Platform.objects.filter(org__slug=one.org, slug=one.place).first()
    if place is None or not one.post:
        return False
    unknown = {"precision": Post.Precision.UNKNOWN, "posted_at": at, "first_seen_at": at}
    post, new = Post.objects.get_or_create(  # without words from the first: no import brings them then (DP20)
        platform=place, native_id=one.post, defaults={"org_id": place.org_id, "text_key": "", **unknown}
    )
    if new or not post.text_key:  # destroyed already
        return False
    blank_post(post, by=label(SYSTEM), at=at)
    return True
