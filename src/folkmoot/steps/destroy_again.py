"""What was destroyed after a backup was made is destroyed again when that backup is restored (DP11)."""

from datetime import datetime

from django.db import transaction

from folkmoot.archive.journal import cut_journal
from folkmoot.archive.models import Post
from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import SYSTEM, advance, label, locked
from folkmoot.casefile.tombstones import Tombstone
from folkmoot.procedure.words import Role, Step
from folkmoot.steps.destroy import Adviser, blank_post, destroy_contents
from folkmoot.steps.seal import sealing

_LOST = "It was lost with the database, and destroyed again after a restore."


@transaction.atomic
def destroy_again(one: Tombstone, *, at: datetime) -> bool:
    """Destroy what `one` names, as far as this database has it; say whether there was anything left to destroy.

    It is entered as the software's doing, in the capacity of whoever had it destroyed; the paper names the one that
    was lost. Done once, it is not done again: neither where the backup holds the destruction itself.
    """
    transaction.on_commit(cut_journal)
    case = Case.objects.filter(org__slug=one.org, uid=one.case).first()
    if case is None:  # reported after the backup: only the post can be there
        return _post_alone(one, at=at)
    case = locked(case.pk)
    if _known(case, one):
        return False
    role = Role(one.role)
    if not case.sealed:
        advance(case, Step.SEAL, by=SYSTEM, role=role, at=at, papers=[sealing(case, at=at)])
    told = {"lost": one.destroyed, "lost_by": one.by, "lost_at": one.at}
    destroy_contents(case, Adviser(one.adviser), _LOST, by=SYSTEM, role=role, at=at, facts=told)
    return True


def _known(case: Case, one: Tombstone) -> bool:
    papers = case.papers.filter(kind=Paper.Kind.DESTRUCTION)
    return any(one.destroyed in (paper.hash, paper.facts.get("lost")) for paper in papers)


def _post_alone(one: Tombstone, *, at: datetime) -> bool:
    post = Post.objects.filter(org__slug=one.org, platform__slug=one.place, native_id=one.post).first()
    if post is None or not post.text_key:  # never there, or destroyed already
        return False
    blank_post(post, by=label(SYSTEM), at=at)
    return True
