"""How people decided on posts, as far as it stands, in four words."""

from collections.abc import Collection

from folkmoot.casefile.models import Case
from folkmoot.procedure.words import TAKES_AWAY, Outcome

REMOVED, PROTECTED, LEFT, ANSWERED = "removed", "protected", "left", "answered"
_SAID = {
    Outcome.ROBUST_CRITICISM: PROTECTED,
    Outcome.NO_BREACH: LEFT,
    Outcome.WARN: ANSWERED,
    Outcome.MEASURE: ANSWERED,
    **dict.fromkeys(TAKES_AWAY, REMOVED),
}


def decided_on(posts: Collection[int]) -> dict[int, str]:
    """Return, by the post's number, what stands of it: removed, protected, left, or answered by something milder.

    Of several decisions the newest that stands counts. Posts on which nobody has decided are not among them.
    """
    cases = Case.objects.filter(post__in=posts, standing=True, sealed=False).exclude(outcome="").order_by("pk")
    found = {post: _SAID.get(Outcome(outcome), "") for post, outcome in cases.values_list("post", "outcome")}
    return {post: said for post, said in found.items() if said}
