"""What hangs together with a removal is looked for when that is new, and in all that comes while it stands (Md).

Is it a copy, a quotation, an answer of what was removed? The worker looks, soon after the removal or after the posts
came: no page and no import waits for it, and nothing is forgotten where any is killed. What is found is only shown; a
person confirms or leaves each (`take_along`).
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from folkmoot.archive.copies import proposals, proposals_among, touched
from folkmoot.archive.models import Arrival, Post
from folkmoot.casefile.models import Case, FoundLater, Paper, Sought
from folkmoot.casefile.papers import is_sealed, passage_of
from folkmoot.casefile.record import locked
from folkmoot.members.models import Organisation
from folkmoot.procedure.words import TAKES_AWAY, Stage
from folkmoot.steps.take_along import handled, removal

BATCHES = 3  # of an import, looked at together

# As `take_along.removal` says it of one case; of what is sealed nothing is shown (DP20).
REMOVED = (
    Q(outcome__in=TAKES_AWAY, standing=True, sealed=False)
    & Q(post__isnull=False)
    & ~Q(stage__in=[Stage.RECEIVED, Stage.SECOND_LOOK])
)


def find_first(case_id: int, *, at: datetime) -> bool:
    """Look through the archive for what hangs together with the removal of a case; say whether that was asked.

    Shape: nothing is locked while it searches. Where a new decision asks again meanwhile, what was found for the one
    before does not count.
    """
    asked = Sought.objects.filter(root=case_id, found_at=None).select_related("root__org", "root__post").first()
    if asked is None:
        return False
    root = asked.root
    decision = None if is_sealed(root) else removal(root)  # DP20: of what is sealed nothing is looked for
    found = proposals(root.org, root.post, passage=passage_of(decision)).proposals if decision and root.post else ()
    posts = sorted(one.key for one in found)
    Sought.objects.filter(pk=asked.pk, asked_at=asked.asked_at, found_at=None).update(posts=posts, found_at=at)
    return True


def to_find_first(*, limit: int) -> list[int]:
    """Return the cases, by number, for whose removal nobody has looked yet, the oldest first."""
    return list(Sought.objects.filter(found_at=None).order_by("asked_at").values_list("root", flat=True)[:limit])


def find_later(org_id: int, *, at: datetime) -> bool:
    """Look at what came to an organisation; say whether anything had come."""
    arrivals = list(Arrival.objects.filter(org=org_id).order_by("pk")[:BATCHES])
    found = _found(org_id, [number for arrival in arrivals for number in arrival.posts]) if arrivals else {}
    with transaction.atomic():
        for root, posts in sorted(found.items()):
            said = handled(locked(root))
            FoundLater.objects.bulk_create(
                (
                    FoundLater(org_id=org_id, root_id=root, post_id=post, found_at=at)
                    for post in sorted(posts - {*said})
                ),
                ignore_conflicts=True,
            )
        Arrival.objects.filter(pk__in=[arrival.pk for arrival in arrivals]).delete()
    return bool(arrivals)


def to_find(*, limit: int) -> list[int]:
    """Return the organisations, by number, to which posts have come that nobody has looked at."""
    return list(Arrival.objects.order_by("org").values_list("org", flat=True).distinct()[:limit])


def found_later(org: Organisation) -> QuerySet[FoundLater]:
    """Return what waits for somebody to say whether it goes: its removal stands, and it has no case of its own."""
    waiting = FoundLater.objects.within(org).filter(handled_at=None)
    removed = Case.objects.filter(REMOVED, pk=OuterRef("root"))
    return waiting.filter(~Exists(Case.objects.filter(post=OuterRef("post"))), Exists(removed))


def has_found_later() -> Q:
    """Return what is true of cases with something that was found later and waits."""
    rows = FoundLater.objects.filter(~Exists(Case.objects.filter(post=OuterRef("post"))), handled_at=None)
    return REMOVED & Q(pk__in=rows.values("root"))


def _found(org_id: int, numbers: list[int]) -> Mapping[int, set[int]]:
    """Return which of the posts hang together with which removal, by the number of its case."""
    roots = list(Case.objects.filter(REMOVED, org=org_id).select_related("org", "post"))
    if not roots:
        return {}
    by_post = {case.post_id: case for case in roots}
    came = list(Post.objects.filter(org=org_id, pk__in=numbers).exclude(text_key=""))
    found: dict[int, set[int]] = defaultdict(set)
    for removed, posts in touched([case.post for case in roots if case.post], came).items():
        case = by_post[removed]
        decision = removal(case)
        if case.post and decision:
            among = proposals_among(case.org, case.post, posts, passage=passage_of(decision))
            found[case.pk] |= {one.key for one in among.proposals}
    for paper in Paper.objects.filter(case__in=list(found), kind=Paper.Kind.GOES_WITH):
        for _post, child, _kind, _by_itself in paper.facts["taken"]:
            found[child] -= found[paper.case_id]  # it is shown once, where the first of them fell
    return {root: posts for root, posts in found.items() if posts}
