"""What another model or list of words would make of the posts that are there: the last back-test, with examples.

It is run at the command line. Its result holds no words; those of the examples are read from the archive here, for who
may read them.
"""

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_safe

from folkmoot.archive.back_tests import last_result, words_of
from folkmoot.archive.models import Post
from folkmoot.casefile.models import Case
from folkmoot.detectors.comparing import KINDS
from folkmoot.detectors.signal_words import signal_said, strength_said
from folkmoot.procedure.words import Lane
from folkmoot.steps.many import accounts_of
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk.find_posts import About, cases_about
from folkmoot.web.desk.going import READERS, note_reading
from folkmoot.web.desk.grid_plot import grid
from folkmoot.web.desk.lanes import LANES
from folkmoot.web.desk.stakes import closed_to
from folkmoot.web.desk.underlined import Piece, Place, underlined

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_LONGEST = 400  # characters of a post in which nothing is underlined
_TITLES: "dict[str, StrOrPromise]" = {
    "newly_flagged": later("Newly flagged"),
    "no_longer_flagged": later("No longer flagged"),
    "other_lane": later("In another lane"),
    "other_signals": later("Otherwise noticed"),
}
_DECIDED: "dict[str, tuple[StrOrPromise, bool]]" = {  # and whether to be flagged is right
    "removed": (later("Taken down"), True),
    "answered": (later("Answered by a warning or a measure"), True),
    "protected": (later("Robust criticism, protected"), False),
    "left": (later("No breach"), False),
}


@dataclass(frozen=True)
class Seen:
    """One side of an example, in words."""

    score: float
    strength: str
    signals: str
    lane: "StrOrPromise"


@dataclass(frozen=True)
class Example:
    """A post that would look otherwise; without pieces its words are read on the page of its case only."""

    post: Post
    before: Seen
    after: Seen
    pieces: list[Piece]
    about: About | None


@require_safe
@officer(*READERS)
def back_test(request: OfficerRequest) -> HttpResponse:
    """Show the last result, or how one is made."""
    result = last_result(Path(settings.DATA), request.org)
    if result is None:
        return render(request, "desk/back_test.html", {"result": None, "program": program_here()})
    examples = _examples(request, result["samples"])
    if any(found for _, found in examples):
        note_reading(request, "examples of a back-test")
    signals = [(signal_said(signal), many) for signal, many in result["signals"].items()]
    wrong = [(signal_said(signal), one) for signal, one in result["called_wrong"].items()]
    context = {
        "result": result,
        "at": datetime.fromisoformat(result["at"]),
        "plot": grid(result["moves"]),
        "signals": signals,
        "lanes": [(_lane(one["before"]), _lane(one["after"]), one["posts"]) for one in result["lanes"]],
        "decided": [(*_DECIDED[how], one) for how, one in result["decided"].items() if how in _DECIDED],
        "called_wrong": wrong,
        "examples": examples,
        "program": program_here(),
    }
    return render(request, "desk/back_test.html", context)


def program_here() -> str:
    """Return how the program is called here; the demo's data lie where it would not look by itself."""
    return f"FOLKMOOT_DATA={shlex.quote(str(settings.DATA))} ./folkmoot" if settings.DEMO else "./folkmoot"


def _examples(request: OfficerRequest, samples: Mapping[str, Any]) -> "list[tuple[StrOrPromise, list[Example]]]":
    """Return the examples by why they are some; none of a post of the reader's own, or whose case is closed to them."""
    numbers = {one["post"] for found in samples.values() for one in found}
    closed = closed_to(request.person)
    mine = accounts_of(request.org, request.person)  # no author is told what the text check makes of their words
    there = (
        Post.objects.within(request.org).filter(pk__in=numbers).exclude(account__in=mine).exclude(cases__sealed=True)
    )
    posts = {post.pk: post for post in there.select_related("account", "platform")}
    cases = list(Case.objects.filter(post__in=posts).values_list("post", "pk"))
    barred = closed.among(number for _, number in cases)
    for post, number in cases:
        if number in barred and post is not None:
            posts.pop(post, None)
    about = cases_about(list(posts.values()), reader=request.person, closed=closed)
    words = words_of(posts)
    return [
        (_TITLES[kind], [_example(one, posts, about, words) for one in samples.get(kind, ()) if one["post"] in posts])
        for kind in KINDS
    ]


def _example(
    one: Mapping[str, Any], posts: Mapping[int, Post], about: Mapping[int, About], words: Mapping[int, str]
) -> Example:
    number = one["post"]
    case = about.get(number)
    text = "" if case is not None and case.kept else words.get(number, "")
    return Example(posts[number], _seen(one["before"]), _seen(one["after"]), _pieces(text, one["places"]), case)


def _pieces(text: str, places: Iterable[tuple[int, int]]) -> list[Piece]:
    found = [Place(start, end, 0) for start, end in places if 0 <= start < end <= len(text)]
    if found or len(text) <= _LONGEST:
        return underlined(text, found)
    return [Piece(text[:_LONGEST]), Piece("", left_out=True)]


def _seen(side: Mapping[str, Any]) -> Seen:
    signals = ", ".join(signal_said(one) for one in side["signals"])
    return Seen(side["score"], strength_said(side["score"]), signals, _lane(side["lane"]))


def _lane(word: str) -> "StrOrPromise":
    return LANES[Lane(word)] if word in set(Lane) else word
