"""What is only seen over time, beside a case and in an account's history (Sa, F2, F10): counted, never decided.

The case's page asks for it when it is open, so that it is not kept waiting; without a script a link leads to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as later

from folkmoot.archive.models import Account, Post
from folkmoot.archive.persistence.look import OverTime, around_post, around_thread, of_account
from folkmoot.casefile.models import Case
from folkmoot.casefile.papers import is_sealed
from folkmoot.editions.citing import cited
from folkmoot.editions.current import current_policy
from folkmoot.editions.models import Clause, PolicyEdition
from folkmoot.procedure.persistence.noticed import Noticed, Sign, Strength
from folkmoot.procedure.words import Subject
from folkmoot.steps.link_post import may_be_copied
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk import words
from folkmoot.web.desk.case import decides
from folkmoot.web.desk.dots import Drawing, drawn
from folkmoot.web.desk.evidence import known_time
from folkmoot.web.desk.going import READERS, is_open_to, note_reading, the_case

SIGNS = {
    Sign.PILE_ON: later("Many at one person"),
    Sign.REPEATED: later("The same person again and again"),
    Sign.SAME_INSULT: later("The same words at the same person"),
    Sign.FLOODING: later("The same text many times"),
}
STRENGTHS = {Strength.WEAK: later("weak"), Strength.CLEAR: later("clear"), Strength.STRONG: later("strong")}


@dataclass(frozen=True)
class Evidence:
    """A post that was counted; `at` is `None` where nobody knows when it was written."""

    number: int
    at: datetime | None
    is_exact: bool


@dataclass(frozen=True)
class Shown:
    """One thing that was seen, as a page shows it."""

    number: int
    title: str
    strength: str
    by: str
    towards: str
    sentence: str
    notes: tuple[str, ...]
    clauses: list[Clause]
    drawing: Drawing
    posts: list[Evidence]
    more: int  # posts that were counted and are not named
    pattern: bool  # whether it is what one account does, of which a case can be opened


@officer(*READERS)
def over_time(request: OfficerRequest, case: int) -> HttpResponse:
    """Show what is seen over time around the case's matter: as a page, or as a part of the case's own."""
    found = the_case(request, case)
    if not is_open_to(found, request) or not decides(found, request) or is_sealed(found) or not may_be_copied(found):
        raise Http404
    is_part = "part" in request.GET
    if not is_part:  # the case's page has noted that it was opened
        note_reading(request, "over time", found)
    context = {"case": found, "over_time": _shown(request, _seen(found), found.policy), "policy": found.policy}
    return render(request, "desk/_over_time.html" if is_part else "desk/over_time.html", context)


def over_time_of(request: OfficerRequest, account: Account) -> dict[str, Any]:
    """Return what the history of `account` shows of it; call it when the history is open to the reader."""
    policy = current_policy(request.org, at=request.now)
    return {"over_time": _shown(request, of_account(request.org, account), policy), "policy": policy}


def _seen(case: Case) -> OverTime:
    if case.post_id:
        return around_post(case.org, Post.objects.select_related("account__platform", "platform").get(pk=case.post_id))
    if case.subject == Subject.THREAD and case.thread and case.platform:
        return around_thread(case.org, case.platform, case.thread)
    if case.account_id:
        return of_account(case.org, Account.objects.select_related("platform").get(pk=case.account_id))
    return OverTime((), (), {})


def _shown(request: OfficerRequest, found: OverTime, policy: PolicyEdition) -> dict[str, Any]:
    codes = sorted({code for one in found.noticed for code in one.clauses})
    clauses = {clause.code: clause for clause in cited(policy, codes)} if codes else {}
    numbers = {number for one in found.noticed for number in one.posts}
    posts = Post.objects.within(request.org).only("pk", "posted_at", "precision").in_bulk(numbers)
    return {
        "found": [
            _one(number, one, found.accounts, clauses, posts) for number, one in enumerate(found.noticed, start=1)
        ],
        "left_out": found.left_out,
    }


def _one(
    number: int,
    one: Noticed,
    accounts: Mapping[int, Account],
    clauses: Mapping[str, Clause],
    posts: Mapping[int, Post],
) -> Shown:
    by, towards = accounts.get(one.by or 0), accounts.get(one.towards or 0)
    return Shown(
        number=number,
        title=str(SIGNS[one.sign]),
        strength=str(STRENGTHS[one.strength]),
        by=words.account(by) if by else "",
        towards=words.account(towards) if towards else "",
        sentence=one.sentence,
        notes=one.notes,
        clauses=[clauses[code] for code in one.clauses if code in clauses],
        drawing=drawn(one.days),
        posts=[
            Evidence(pk, known_time(post), post.precision == Post.Precision.EXACT)
            for pk in one.posts
            if (post := posts.get(pk))
        ],
        more=one.counted - len(one.posts),
        pattern=by is not None,
    )
