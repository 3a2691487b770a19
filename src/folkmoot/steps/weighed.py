"""What hangs together with a removed post, weighed before anything is locked: on SQLite a step holds the only lock."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext

from folkmoot.archive.candidates import later_texts
from folkmoot.archive.copies import proposals_among
from folkmoot.archive.models import Post
from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.papers import passage_of
from folkmoot.kernel.errors import StalePage
from folkmoot.procedure.cascade.proposal import Proposal


@dataclass(frozen=True)
class Weighed:
    """What was found of some posts, by their number, and of what: a decision, and the words at that moment."""

    found: Mapping[int, Proposal]
    decision: int | None = None
    words: str = ""


def weighed(case: Case, decision: Paper | None, numbers: Collection[int]) -> Weighed:
    """Weigh the posts against the one that `decision` took down; nothing hangs together with what is not removed."""
    if decision is None or case.post is None:
        return Weighed({})
    words = _words_of([case.post.pk, *numbers])
    among = proposals_among(case.org, case.post, numbers, passage=passage_of(decision))
    return Weighed({one.key: one for one in among.proposals}, decision.pk, words)


def require_same(case: Case, before: Weighed, decision: Paper, numbers: Collection[int]) -> None:
    """Raise `StalePage` where, with `case` locked, the decision or any of the words is another one than was weighed."""
    if case.post_id is None or before.decision != decision.pk or before.words != _words_of([case.post_id, *numbers]):
        raise StalePage(
            gettext("What the posts say, or the decision, has changed in this moment. Please look once more.")
        )


def _words_of(numbers: Collection[int]) -> str:
    """Return a hash of all that the posts say, and of who answers whom."""
    later = later_texts(list(numbers))
    posts = Post.objects.filter(pk__in=numbers).order_by("pk")
    rows = posts.values_list("pk", "text", "attachments", "reply_to", "quotes", "posted_at", "precision")
    return sha256(repr([(*row, later.get(row[0], [])) for row in rows]).encode("utf-8", "surrogatepass")).hexdigest()
