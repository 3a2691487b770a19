"""Somebody looked at posts that triage had put on the list of what is worth a look, and found nothing to do."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.archive.assessment import Assessment
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Organisation, Person
from folkmoot.procedure.words import Role
from folkmoot.steps.many import accounts_of
from folkmoot.steps.office import require_office

_WHO = (Role.MODERATOR, Role.SECRETARY, Role.EXECUTIVE)


@transaction.atomic
def note_looked_at(org: Organisation, read: Mapping[int, str], *, by: Person, at: datetime) -> list[int]:
    """Take posts off the list: they are fine as they are. Return which were on it, by number.

    `read` is the posts, each with the hash of the words that were looked at (`hash_of`): one that says something else
    by now stays. It counts until their words change. It decides nothing: whoever reports such a post gets their case.
    Raises `BadInput` without any, and `NotPermitted` where one is by the person themselves.
    """
    require_office(org, by, *_WHO, at=at)
    _require_others(org, read, by)
    rows = Assessment.objects.within(org).filter(post__in=list(read), flag=True, looked_at=None).order_by("post")
    found = [row.post_id for row in rows.select_for_update(no_key=True) if row.text_hash == read[row.post_id]]
    Assessment.objects.filter(post__in=found).update(looked_by=by, looked_at=at)
    return found


@transaction.atomic
def note_not_looked_at(org: Organisation, posts: Collection[int], *, by: Person, at: datetime) -> list[int]:
    """Put posts back on the list, whoever took them off. Return which, by number; raises as `note_looked_at` does."""
    require_office(org, by, *_WHO, at=at)
    _require_others(org, posts, by)
    rows = Assessment.objects.within(org).filter(post__in=posts, looked_at__isnull=False).order_by("post")
    found = [row.post_id for row in rows.select_for_update(no_key=True)]
    Assessment.objects.filter(post__in=found).update(looked_by=None, looked_at=None)
    return found


def _require_others(org: Organisation, posts: Collection[int], by: Person) -> None:
    if not posts:
        raise BadInput(gettext("Please choose at least one post first."), field="post")
    if Assessment.objects.filter(post__in=list(posts), post__account__in=accounts_of(org, by)).exists():
        raise NotPermitted(gettext("One of these posts is known to be yours. Somebody else has to look at it."))
