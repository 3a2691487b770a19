"""Search: every post and every case, by words, by who and where and when, and by the rule it was decided under."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from folkmoot.archive.find import MOST_CALLED, Called, accounts_called
from folkmoot.archive.index import Wanted, key_of, number_of
from folkmoot.archive.keys import Key
from folkmoot.archive.models import Account, Post
from folkmoot.archive.words import Query, places
from folkmoot.casefile.index_cases import FOUND_BY, clause_mark, find_cases
from folkmoot.casefile.models import Case, Paper
from folkmoot.members.models import Organisation
from folkmoot.members.prepared import prepared
from folkmoot.procedure.words import Outcome, ReportKind
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk import words
from folkmoot.web.desk.find_posts import (
    About,
    cases_about,
    find_by_words_or_name,
    find_either,
    key_in,
    named_exactly,
    note_posts_of,
)
from folkmoot.web.desk.going import READERS
from folkmoot.web.desk.post_state import with_state
from folkmoot.web.desk.rows import Row, rows
from folkmoot.web.desk.search_form import CASES, POSTS, SearchForm
from folkmoot.web.desk.stakes import Closed, closed_to

PAGE = 20
_ROUNDS = 50  # how often more is fetched for one page, where most of what is found may not be shown
_MOST_DECIDED = 5000  # cases under one rule, whose posts are looked through


@dataclass(frozen=True)
class FoundCase:
    """A case that fits: its row as the list shows it, what of its words fits, and what became of it."""

    row: Row
    text: str
    outcome: str
    overturned: bool


@dataclass(frozen=True)
class Page:
    """What fits, newest first, and the key after which the next page goes on (empty at the end)."""

    found: Sequence[Any]
    before: str


@officer(*READERS)
def search(request: OfficerRequest) -> HttpResponse:
    """Show the form and what fits, posts or cases."""
    what = CASES if request.GET.get("in") == CASES else POSTS
    form = SearchForm(request.GET, org=request.org)
    valid = form.is_valid()
    # The cases of one person are their history, which opens with a reason (DP5).
    people = form.accounts if valid and what == CASES else []
    typed = form.cleaned_data["q"] if valid and what == POSTS else ""
    named = accounts_called(request.org, typed) if typed else Called([], more=False)
    if not valid or people:
        page = Page([], "")
    else:
        before = key_in(request.GET.get("before", ""))
        page = _cases(request, form) if what == CASES else posts_found(request, form, named.accounts, before=before)
    if valid and what == POSTS:
        note_posts_of(request, form.accounts or named_exactly(named, typed))
    context = {
        "people": [(one, words.account(one)) for one in people],
        "more_called": (form.called.more or named.more) if valid else False,
        "most_called": MOST_CALLED,
        "form": form,
        "what": what,
        "chips": [(POSTS, _("Posts"), what == POSTS), (CASES, _("Cases"), what == CASES)],
        "page": page,
        "about": _about(request, page) if what == POSTS else {},
        "asked": form.asked,
        "narrows": valid and form.narrows,
    }
    return render(request, "desk/search.html", context, status=200 if valid else 422)


def _about(request: OfficerRequest, page: Page) -> dict[int, About]:
    return cases_about(page.found, reader=request.person, closed=closed_to(request.person))


def posts_found(request: OfficerRequest, form: SearchForm, named: Sequence[Account], *, before: int) -> Page:
    """Return a page of the posts that a valid `form` asks for; `named` are the accounts called as was typed."""
    wanted = form.wanted_posts()
    about = _marked_with(request, form.code) if form.code else {}
    if form.code:
        wanted = replace(wanted, among=set(about))
    typed = form.cleaned_data["q"]
    ways = find_by_words_or_name(typed, named) if typed else None

    def find(bounded: Wanted, *, most: int) -> list[int]:
        return find_either(ways(replace(bounded, phrases=())) if ways else [bounded], most=most)

    def shown(keys: Sequence[int]) -> list[tuple[int, Any]]:
        return posts_shown(request, _decided_under(request, form.code, keys, about) if form.code else keys)

    return page_of(wanted, find, shown, before=before)


def posts_shown(request: OfficerRequest, keys: Sequence[int]) -> list[tuple[int, Any]]:
    """Return the posts that may be shown, with their keys; of what is sealed nothing."""
    numbers = {number_of(key): key for key in keys}
    posts = Post.objects.within(request.org).filter(pk__in=list(numbers)).exclude(cases__sealed=True)  # DP20
    found = {post.pk: post for post in with_state(posts, closed=closed_to(request.person))}
    return [(key, found[number]) for number, key in numbers.items() if number in found]


def _marked_with(request: OfficerRequest, code: str) -> dict[int, list[int]]:
    """Return the keys of posts about which a decision cited the rule, and of each the cases, closed or not."""
    keys = find_cases(Wanted(request.org.pk, marks=((clause_mark(code),),)), most=_MOST_DECIDED)
    about: dict[int, list[int]] = {}
    for case, key in _posts_of(request.org, list(map(number_of, keys))):
        about.setdefault(key, []).append(case)
    return about


@prepared
def _posts_of(org: Organisation, cases: Sequence[int]) -> QuerySet[Case, Any]:
    # from the cases, of which there are few: SQLite would begin with the posts, of which there are many
    found = Case.objects.within(org).filter(pk__in=cases, post__isnull=False)
    return found.annotate(key=Key("post__posted_at", "post")).values_list("pk", "key")


def _decided_under(
    request: OfficerRequest, code: str, keys: Sequence[int], about: Mapping[int, Sequence[int]]
) -> list[int]:
    """Return those of the posts whose decision that counts cites the rule, in a case that is open to the reader."""
    numbers = {number for key in keys for number in about[key]}
    numbers -= closed_to(request.person).among(numbers)
    cited = _citing(numbers, code) if numbers else set()
    return [key for key in keys if not cited.isdisjoint(about[key])]


def _cases(request: OfficerRequest, form: SearchForm) -> Page:
    closed = closed_to(request.person)
    shown = partial(_cases_shown, request, form, closed)
    before = key_in(request.GET.get("before", ""))
    page = page_of(form.wanted_cases(), find_cases, shown, before=before)
    named = _named(request, form.cleaned_data["q"])
    if named is None or before < 2**63:
        return page
    first = [one for _key, one in shown([key_of(named.opened_at, named.pk)])]
    return Page([*first, *(one for one in page.found if one.row.case.pk != named.pk)], page.before)


def _named(request: OfficerRequest, typed: str) -> Case | None:
    """Return the case whose number was typed: "7", "#7" or "case 7"."""
    number = re.fullmatch(r"(?:case)?\s*#?\s*(\d{1,9})", typed.strip(), re.IGNORECASE | re.ASCII)
    return Case.objects.within(request.org).filter(pk=int(number[1])).first() if number else None


def _cases_shown(
    request: OfficerRequest, form: SearchForm, closed: Closed, keys: Sequence[int]
) -> list[tuple[int, Any]]:
    """Return the cases that may be shown. An answer tells as much as a page: nobody searches what is closed to them."""
    barred = closed.among(map(number_of, keys))
    numbers = {number_of(key): key for key in keys if number_of(key) not in barred}
    cases = (
        Case.objects.within(request.org).filter(pk__in=list(numbers), sealed=False).exclude(post__cases__sealed=True)
    )
    if form.cleaned_data["place"]:
        cases = cases.filter(platform=form.cleaned_data["place"])
    if form.code:
        cases = cases.filter(pk__in=_citing(numbers, form.code))
    found = {case.pk: case for case in cases.select_related("platform", "post__account", "claimed_by")}
    ordered = [found[number] for number in numbers if number in found]
    texts = _texts(ordered)
    shown = rows(request, ordered)
    return [(numbers[row.case.pk], _found_case(row, texts[row.case.pk], form.asked)) for row in shown]


def _found_case(row: Row, texts: Sequence[str], asked: Query) -> FoundCase:
    # D30: the words of a case are for those who have said that they have no part in it
    text = next((one for one in texts if places(one, asked)), row.text) if row.stake.reads and asked else row.text
    outcome = str(words.OUTCOME_DONE[Outcome(row.case.outcome)]) if row.case.outcome else ""
    return FoundCase(row, text, outcome, overturned=bool(row.case.outcome) and not row.case.standing)


def _texts(cases: Sequence[Case]) -> dict[int, list[str]]:
    """Return what cases may be found by; where a child may be in danger, nothing of the post (DP20)."""
    made: dict[int, list[str]] = {case.pk: [] for case in cases}
    papers = Paper.objects.filter(case__in=list(made), kind__in=list(FOUND_BY)).prefetch_related("texts")
    told_only = {
        paper.case_id
        for paper in papers
        if paper.kind == Paper.Kind.REPORT and paper.facts["kind"] == ReportKind.CHILD_SAFETY
    }
    for paper in papers.order_by("number"):
        fields = ("words",) if paper.case_id in told_only else FOUND_BY[Paper.Kind(paper.kind)]
        made[paper.case_id] += [text for field, text in paper.words.items() if field in fields and text]
    return made


def _citing(numbers: Any, code: str) -> set[int]:
    """Return those of the cases whose decision that counts cites the rule; one that was taken back does not."""
    papers = Paper.objects.filter(case__in=list(numbers), kind=Paper.Kind.DECISION)
    in_force = papers.exclude(answered_by__kind=Paper.Kind.UNDO).order_by("number")
    newest = {paper.case_id: paper for paper in in_force}
    return {number for number, paper in newest.items() if code in (paper.facts.get("codes") or ())}


def page_of(
    wanted: Wanted,
    find: Callable[..., list[int]],
    shown: Callable[[Sequence[int]], list[tuple[int, Any]]],
    *,
    before: int,
) -> Page:
    """Return one page of what `find` finds and `shown` lets through, below the key `before`."""
    wanted = replace(wanted, last=min(wanted.last, before - 1))
    found: list[tuple[int, Any]] = []
    for number in range(_ROUNDS):
        most = 2 * PAGE if number else PAGE + 1  # mostly all may be shown, and one more says that there is a next page
        keys = find(wanted, most=most)
        found += shown(keys)
        if len(found) > PAGE or len(keys) < most:
            break
        wanted = replace(wanted, last=keys[-1] - 1)
    more = len(found) > PAGE or len(keys) == most
    last = found[:PAGE][-1][0] if len(found) > PAGE else keys[-1] if more else None
    return Page([one for _key, one in found[:PAGE]], str(last) if last is not None else "")
