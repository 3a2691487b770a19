"""What hangs together with a removed post, as far as this reader may see it, and what is said of it already (Md)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from folkmoot.archive.copies import proposals
from folkmoot.archive.models import Post
from folkmoot.casefile.models import Case, Fallen, FoundLater, Paper, Sought
from folkmoot.casefile.papers import decision_in_force, is_sealed, passage_of
from folkmoot.members.models import Organisation, Person
from folkmoot.members.prepared import prepared
from folkmoot.procedure.cascade.proposal import Proposal
from folkmoot.procedure.words import Stage, Step
from folkmoot.steps.many import accounts_of
from folkmoot.steps.own_matter import newest_cases, own_matters
from folkmoot.steps.take_along import handled, removal
from folkmoot.web.access import OfficerRequest
from folkmoot.web.desk.next_step import refusal
from folkmoot.web.desk.post_state import with_state
from folkmoot.web.desk.stakes import closed_to

_MOST_TEXT = 3_000_000  # characters of posts that are weighed for a page


@dataclass(frozen=True)
class Hanging:
    """What is proposed to go with a removed post. `posts` are all that are named, `cases` their newest."""

    to_say: Sequence[Proposal] = ()  # nobody has said yet whether they go
    elsewhere: Sequence[Proposal] = ()  # a case of their own has said, or is saying
    earlier: Sequence[Proposal] = ()  # matters of their own: they were there before
    left_out: Sequence[str] = ()  # sentences
    own: int = 0  # how many are the reader's own, so that somebody else looks at them
    more: bool = False  # others are looked at when these were spoken of
    posts: Mapping[int, Post] = field(default_factory=dict)
    cases: Mapping[int, Case] = field(default_factory=dict)


@dataclass(frozen=True)
class Spoken:
    """A post of which somebody has said that it goes, or stays."""

    post: Post
    taken: bool = False
    by_itself: bool = False
    case: Case | None = None  # its own
    is_back: bool = False


@dataclass(frozen=True)
class Ties:
    """What a case's page says of the posts that hang together with its own."""

    to_say: int = 0  # how many nobody has spoken about, as they were found
    looked: bool = True  # somebody has looked for them since the post was taken down
    may_say: bool = False
    fell: Sequence[Spoken] = ()
    stay: int = 0
    root: Case | None = None  # the case that this one's post went with
    by_itself: bool = False
    is_back: bool = False


def hanging(request: OfficerRequest, case: Case, *, again: Collection[int] = ()) -> Hanging:
    """Return what is proposed now; `again` are posts of which it was said that they stay, to look at once more.

    This searches the archive: only for the page that shows each of them. `waiting` counts without.
    """
    decision = removal(case)
    if decision is None or case.post is None or is_sealed(case):
        return Hanging()
    said = handled(case)
    done = [number for number in said if number not in again]
    found = proposals(request.org, case.post, passage=passage_of(decision), without=done, most_text=_MOST_TEXT)
    posts = _posts(request, [one.key for one in (*found.proposals, *found.earlier)])
    cases = newest_cases(request.org, posts)
    elsewhere = _elsewhere(cases, request.person)
    own = accounts_of(request.org, request.person)
    # D9: nobody finds out from a list what there is about a post of their own
    theirs = {number for number, post in posts.items() if post.account_id in own}
    seen = {number: post for number, post in posts.items() if number not in theirs}
    new = [one for one in found.proposals if one.key in seen]
    return Hanging(
        to_say=[one for one in new if one.key not in elsewhere],
        elsewhere=[one for one in new if one.key in elsewhere],
        earlier=[one for one in found.earlier if one.key in seen],
        left_out=found.left_out,
        own=sum(one.key in theirs for one in found.proposals),
        more=found.more,
        posts=seen,
        cases={number: one for number, one in cases.items() if number in seen},
    )


def waiting(request: OfficerRequest, case: Case) -> int | None:
    """Return how many posts were found that nobody has spoken about; `None` where nobody has looked yet."""
    if removal(case) is None or case.post is None or is_sealed(case):
        return 0
    sought = next(iter(_sought(case)), None)
    if sought is None:
        return None
    # whether somebody has spoken the papers say: what was taken back since can go again
    numbers = {*sought.posts, *_found_later(case)} - {*handled(case)}
    if not numbers:  # as of nearly every case: then nobody has to be looked up
        return 0
    own = accounts_of(request.org, request.person)
    posts = {number for number, post in _posts(request, numbers).items() if post.account_id not in own}
    return len(posts - _elsewhere(newest_cases(request.org, posts), request.person))


def spoken(request: OfficerRequest, case: Case, papers: Iterable[Paper]) -> list[Spoken]:
    """Return the posts of which somebody has said that they go or stay, in that order, as the case's papers tell."""
    taken: dict[int, tuple[int, bool]] = {}
    left: set[int] = set()
    papers = list(papers)
    undone = {paper.answers_id for paper in papers if paper.kind == Paper.Kind.UNDO}
    for paper in papers:
        if paper.kind == Paper.Kind.GOES_WITH and paper.answers_id not in undone:
            for number, child, _kind, by_itself in paper.facts["taken"]:
                taken[number] = (child, by_itself)
            left |= {number for number, _kind in paper.facts["left"]}
    if not (taken or left):
        return []  # as of most cases: then nobody has to be looked up
    named = with_state(Post.objects.within(case.org).exclude(cases__sealed=True), closed=closed_to(request.person))
    own = accounts_of(request.org, request.person)
    posts = {number: post for number, post in named.in_bulk([*taken, *left]).items() if post.account_id not in own}
    cases = Case.objects.within(case.org).in_bulk([child for child, _ in taken.values()])
    went = [
        _went(posts[one], cases.get(child), by_itself=itself) for one, (child, itself) in taken.items() if one in posts
    ]
    stay = [Spoken(posts[number]) for number in sorted(left - {*taken}) if number in posts]
    return [*went, *stay]


def ties(request: OfficerRequest, case: Case, papers: Sequence[Paper]) -> Ties:
    """Return what the page of `case` says of posts that hang together with its own."""
    said = spoken(request, case, papers)
    decision = decision_in_force(case) if case.stage not in (Stage.RECEIVED, Stage.SECOND_LOOK) else None
    facts = decision.facts if decision else {}
    root = Case.objects.within(request.org).filter(uid=facts["goes_with"][0]).first() if "goes_with" in facts else None
    # what fell with another has the same copies: they are looked at once, there
    found = 0 if root and removal(root) else waiting(request, case)
    return Ties(
        to_say=found or 0,
        looked=found is not None,
        may_say=not refusal(case, request, Step.TAKE_ALONG),
        fell=[one for one in said if one.taken],
        stay=sum(not one.taken for one in said),
        root=root,
        by_itself=bool(facts.get("by_itself")),
        is_back=root is not None and not case.standing and _came_back(papers, decision),
    )


def _posts(request: OfficerRequest, numbers: Collection[int]) -> dict[int, Post]:
    return {post.pk: post for post in _visible(request.org, numbers)}


def _elsewhere(cases: Mapping[int, Case], person: Person) -> set[int]:
    """Return the posts that are decided in a case of their own: nothing is to be said of them here."""
    own = own_matters(cases.values(), by=person)
    return {number for number, case in cases.items() if case.pk in own}


def _went(post: Post, case: Case | None, *, by_itself: bool) -> Spoken:
    back = case is not None and not case.standing and Fallen.objects.filter(case=case).exists()
    return Spoken(post, taken=True, by_itself=by_itself, case=case, is_back=back)


def _came_back(papers: Sequence[Paper], decision: Paper | None) -> bool:
    return any(paper.kind == Paper.Kind.BROUGHT_BACK and paper.answers_id == _pk(decision) for paper in papers)


def _pk(paper: Paper | None) -> int | None:
    return paper.pk if paper else None


@prepared
def _sought(case: Case) -> QuerySet[Sought]:
    return Sought.objects.filter(root=case).exclude(found_at=None)


@prepared
def _found_later(case: Case) -> QuerySet[FoundLater, int]:
    return FoundLater.objects.filter(root=case).values_list("post", flat=True)


@prepared
def _visible(org: Organisation, numbers: Collection[int]) -> QuerySet[Post]:
    visible = Post.objects.within(org).filter(pk__in=numbers).exclude(cases__sealed=True)  # DP20
    return visible.select_related("account", "platform")
