"""Posts that nobody has reported and that may be worth a look, the worst first: a hint, nothing is decided by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from folkmoot.archive.assessment import Assessment, hash_of
from folkmoot.archive.lookup import newest_texts
from folkmoot.archive.models import Post
from folkmoot.casefile.models import Case
from folkmoot.detectors.finding import Signal
from folkmoot.detectors.judgement import Judgement
from folkmoot.detectors.signal_words import hint_said, signal_said, strength_said
from folkmoot.kernel.errors import FolkmootError
from folkmoot.kernel.text import whole_number
from folkmoot.procedure.lanes_for import urgency
from folkmoot.procedure.words import Lane
from folkmoot.steps.look_over import note_looked_at, note_not_looked_at
from folkmoot.steps.many import accounts_of
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.counting import counts_of
from folkmoot.web.desk.find_posts import places
from folkmoot.web.desk.going import READERS, SeeOther, address
from folkmoot.web.desk.post_state import with_state
from folkmoot.web.desk.stakes import closed_to

PAGE = 20
MOST = 50  # at once
LATELY = 30  # of what was looked at, the newest
_DONE = "looked_at"  # session key: what was looked at last, and when
_OFFERED = timedelta(minutes=2)


class Key(NamedTuple):
    """Where in the order a post stands: the heavier first, then the newer."""

    weight: int
    post: int


@dataclass(frozen=True)
class Row:
    """One post, with the gravest of what was found in it, in words."""

    post: Post
    text: str  # its newest words
    words: str  # their hash: who calls them fine says which
    signal: str
    hint: str
    strength: str
    why: str
    clause: str
    grave: bool  # its words are folded away until somebody asks for them
    by: str  # who has looked at it, and when
    at: datetime | None


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed by, as it stands in the address; `looked`: what was taken off it lately."""

    place: int | None = None
    signal: str = ""
    looked: bool = False

    def query(self, **other: Any) -> str:
        """Return what stands behind the question mark for the same with something `other`."""
        named = {"place": self.place, "signal": self.signal, "looked": int(self.looked), **other}
        return "?" + urlencode({name: value for name, value in named.items() if value})


@officer(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def worth_a_look(request: OfficerRequest) -> HttpResponse:
    """Show one page of the list, or take posts off it and put them back."""
    asked = _asked(request)
    if request.method == "POST":
        _do(request)
        return SeeOther(address(request, "worth_a_look") + asked.query().rstrip("?"))
    kept, older = _lately(request) if asked.looked else _page(request, asked, _key(request.GET.get("after", "")))
    context = {
        "asked": asked,
        "rows": _rows(request, kept),
        "older": asked.query(after=older) if older else "",
        "first": asked.query(),
        "menus": _menus(request, asked),
        "other": asked.query(looked=int(not asked.looked)),
        "back": _done_lately(request),
    }
    return render(request, "desk/worth_a_look.html", context)


def how_many(request: OfficerRequest) -> int:
    """Return how many posts are worth a look, up to a thousand."""
    return counts_of({"waiting": _waiting(request)})["waiting"]


def unreported(request: OfficerRequest) -> QuerySet[Assessment]:
    """Return what triage made of posts about which there never was a case; none that is known to be the reader's."""
    own = accounts_of(request.org, request.person)
    every = Assessment.objects.within(request.org).filter(~Exists(Case.objects.filter(post=OuterRef("post"))))
    return every.exclude(post__account__in=own) if own else every


def _waiting(request: OfficerRequest) -> QuerySet[Assessment]:
    return unreported(request).filter(flag=True, looked_at=None, post__gone_seen_at=None)


def _page(request: OfficerRequest, asked: Asked, after: Key | None) -> tuple[list[Assessment], str]:
    waiting = _waiting(request)
    if asked.place:
        waiting = waiting.filter(platform=asked.place)
    if asked.signal:
        waiting = waiting.filter(signal=asked.signal)
    if after:  # the first bound is what the index is entered by
        waiting = waiting.filter(Q(weight__lt=after.weight) | Q(post__lt=after.post), weight__lte=after.weight)
    found = list(waiting.order_by("-weight", "-post")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return found[:PAGE], f"{last.weight}.{last.post_id}" if last else ""


def _lately(request: OfficerRequest) -> tuple[list[Assessment], str]:
    looked = unreported(request).filter(looked_at__isnull=False).select_related("looked_by")
    return list(looked.order_by("-looked_at")[:LATELY]), ""


def _rows(request: OfficerRequest, kept: Sequence[Assessment]) -> list[Row]:
    every = with_state(Post.objects.within(request.org), closed=closed_to(request.person))
    posts = every.in_bulk([row.post_id for row in kept])
    texts = newest_texts(posts.values())
    return [_row(posts[row.post_id], texts[row.post_id], row) for row in kept]


def _row(post: Post, text: str, kept: Assessment) -> Row:
    judged = Judgement.from_json(kept.said)
    soon = urgency(judged)
    found = [one for one in judged.findings if one.signal == soon.signal and one.clause == soon.clause]
    gravest = max(found, key=lambda one: one.score, default=None)
    return Row(
        post=post,
        text=text,
        words=hash_of(text),
        signal=signal_said(kept.signal) if kept.signal else _("Something may be wrong"),
        hint=hint_said(kept.signal) if kept.signal else _("Something may be wrong"),
        strength=strength_said(gravest.score if gravest else kept.score),
        why=_(gravest.why) if gravest and gravest.why else "",
        clause=soon.clause,
        grave=kept.lane == Lane.EMERGENCY,
        by=kept.looked_by.name if kept.looked_by else "",
        at=kept.looked_at,
    )


def _do(request: OfficerRequest) -> None:
    typed = request.POST.getlist("post")
    numbers = [number for one in typed if (number := whole_number(one)) is not None][:MOST]
    fine = request.POST.get("do") != "back"
    try:
        if fine:
            words = dict(one.split(".", 1) for one in request.POST.getlist("words") if "." in one)
            read = {number: words.get(str(number), "") for number in numbers}
            done = note_looked_at(request.org, read, by=request.person, at=request.now)
        else:
            done = note_not_looked_at(request.org, numbers, by=request.person, at=request.now)
    except FolkmootError as refusal:
        messages.error(request, str(refusal))
        return
    request.session.pop(_DONE, None)
    if fine and len(done) < len(set(numbers)):
        messages.warning(request, _("What has changed since you read it stays on the list: please read it again."))
    if fine and done:
        request.session[_DONE] = {"posts": done, "at": request.now.isoformat()}
    elif done:
        said = ngettext("%(n)d post is on the list again.", "%(n)d posts are on the list again.", len(done))
        messages.success(request, said % {"n": len(done)})


def _done_lately(request: OfficerRequest) -> dict[str, Any] | None:
    """Return what the reader has just taken off the list, so that they can put it back at once."""
    kept = request.session.get(_DONE)
    if not kept or datetime.fromisoformat(kept["at"]) < request.now - _OFFERED:
        return None
    said = ngettext(
        "You have looked at %(n)d post, and left it as it is.",
        "You have looked at %(n)d posts, and left them as they are.",
        len(kept["posts"]),
    )
    return {"said": said % {"n": len(kept["posts"])}, "posts": kept["posts"]}


def _asked(request: OfficerRequest) -> Asked:
    signal = request.GET.get("signal", "")
    known = signal if signal in set(Signal) else ""
    return Asked(whole_number(request.GET.get("place", "")), known, request.GET.get("looked") == "1")


def _menus(request: OfficerRequest, asked: Asked) -> list[dict[str, Any]]:
    named: dict[Any, str] = {place.pk: place.name for place in places(request.org)}
    signals: dict[Any, str] = {signal.value: signal_said(signal) for signal in Signal}
    return [
        {
            "label": label,
            "chosen": choices.get(chosen, ""),
            "without": asked.query(**{name: None}),
            "choices": [(asked.query(**{name: key}), said) for key, said in choices.items()],
        }
        for name, label, chosen, choices in (
            ("place", _("Where"), asked.place, named),
            ("signal", _("What"), asked.signal, signals),
        )
    ]


def _key(text: str) -> Key | None:
    weight, _dot, post = text.partition(".")
    numbers = whole_number(weight, digits=3), whole_number(post)
    return Key(numbers[0], numbers[1]) if numbers[0] is not None and numbers[1] is not None else None
