"""Our own post is put beside the contested one (Sb): what was said about it can be compared with what it says."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.archive.models import Post
from folkmoot.casefile.models import Case, Paper
from folkmoot.casefile.record import file_paper, locked
from folkmoot.kernel.errors import BadInput, NotPermitted
from folkmoot.members.models import Person
from folkmoot.procedure.words import Role, Step
from folkmoot.steps.advancing import advance
from folkmoot.steps.link_post import may_be_copied
from folkmoot.steps.standing import capacity

MOST = 5


@dataclass(frozen=True)
class OurPost:
    """A post of ours that no import brought, as it stands at the place. `url` is a web address."""

    text: str
    url: str


@transaction.atomic
def put_beside(case_id: int, post: Post, *, by: Person, at: datetime, seen: int | None = None) -> Paper:
    """Keep `post`, written from an account of ours, in the case as it is now."""
    case = locked(case_id, seen=seen)
    role = _capacity(case, by, at=at)
    if post.org_id != case.org_id:
        raise NotPermitted(gettext("This post belongs to another organisation."))
    if post.account is None or not post.account.official:
        raise NotPermitted(
            gettext("Only a post of our own is put beside. If the account is ours, please mark it so first.")
        )
    if post.pk == case.post_id:
        raise NotPermitted(gettext("This is the post that the case is about."))
    if any(paper.facts["post"] == post.pk for paper in case.papers.filter(kind=Paper.Kind.BESIDE)):
        raise NotPermitted(gettext("This post stands beside it already."))
    newest = post.revisions.order_by("-seen_at").first()
    texts = {"text": newest.text if newest else post.text, "url": post.url, "author": str(post.account)}
    return _file(case, texts, post=post, by=by, role=role, at=at)


@transaction.atomic
def copy_beside(case_id: int, ours: OurPost, *, by: Person, at: datetime, seen: int | None = None) -> Paper:
    """Keep a post of ours that is not in the archive, copied down with its link."""
    case = locked(case_id, seen=seen)
    role = _capacity(case, by, at=at)
    if not ours.text.strip():
        raise BadInput(gettext("Please copy the words of our post."), field="text")
    if not ours.url.startswith(("https://", "http://")):
        raise BadInput(gettext("Please give the link to our post: others must be able to find it."), field="url")
    return _file(case, {"text": ours.text, "url": ours.url, "author": ""}, post=None, by=by, role=role, at=at)


def _capacity(case: Case, by: Person, *, at: datetime) -> Role:
    role = capacity(case, by, Step.PUT_BESIDE, at=at)
    if not may_be_copied(case):
        raise NotPermitted(gettext("Where a child may be in danger nothing is copied into the case."))
    if case.papers.filter(kind=Paper.Kind.BESIDE).count() >= MOST:
        raise NotPermitted(
            gettext("%(most)s posts stand beside it already. That is enough to compare.") % {"most": MOST}
        )
    return role


def _file(case: Case, texts: dict[str, str], *, post: Post | None, by: Person, role: Role, at: datetime) -> Paper:
    facts = {"post": post.pk if post else None, "account": post.account_id if post else None}
    paper = file_paper(case, Paper.Kind.BESIDE, by=by, at=at, facts=facts, texts=texts)
    advance(case, Step.PUT_BESIDE, by=by, role=role, at=at, papers=[paper])
    return paper
