"""What is new in the queue since it was opened: one small answer, again and again, while nothing moves by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from folkmoot.casefile.models import Event
from folkmoot.casefile.record import label
from folkmoot.kernel.text import whole_number
from folkmoot.kernel.times import stamp
from folkmoot.procedure.words import Step
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk.asked import Asked, asked_by
from folkmoot.web.desk.fitting import fits, open_to, own_cases
from folkmoot.web.desk.going import READERS, address
from folkmoot.web.desk.keyed import PAGE
from folkmoot.web.desk.looking import looked_at

# what changes nothing for whoever looks through the queue
_BESIDE = (Step.RECORD_DELIVERY, Step.TICK_TASK, Step.DECLARE_INTEREST, Step.WARN_DUE)
_MOST = 500  # of what happened since, the newest


@dataclass(frozen=True)
class Mark:
    """What is said beside a row that stays where it is."""

    number: int
    changed: bool
    gone: bool
    looking: str


@officer(*READERS)
def news(request: OfficerRequest) -> HttpResponse:
    """Return how many cases have come to the list that was asked for since `seen`, and which of its rows changed."""
    asked = asked_by(request.GET)
    since = _moment(request.GET.get("since", ""))
    own = own_cases(request)  # D9: not even that something happened
    asked_for = [whole_number(one) or 0 for one in request.GET.get("rows", "").split(".")[:PAGE]]
    shown = [number for number in asked_for if number not in own]
    events = Event.objects.within(request.org).filter(case__isnull=False).exclude(case__in=own)
    newest = events.order_by("-pk").values_list("pk", flat=True).first() or 0
    looking = looked_at(request, shown)
    etag = f'"{_etag((request.GET.urlencode(), newest, sorted(looking.items())))}"'
    if request.headers.get("If-None-Match") == etag:
        answer = HttpResponse(status=304)
    else:
        others = events.exclude(by=label(request.person)).exclude(step__in=_BESIDE).order_by("-pk")
        changed = {case for case, at in others.values_list("case", "at")[:_MOST] if since and case and at > since}
        answer = render(request, "desk/_queue_news.html", _found(request, asked, shown, changed, looking))
    answer["ETag"] = etag
    return answer


def news_address(request: OfficerRequest, asked: Asked, shown: Sequence[int]) -> str:
    """Return where a page that is made now, with these rows, asks what is new.

    It says when, and not after which event: gaps between numbers would tell of what somebody may not know of (D9).
    """
    more = urlencode({"since": stamp(request.now), "rows": ".".join(map(str, shown))})
    return f"{address(request, 'news')}?{'&'.join(part for part in (asked.query, more) if part)}"


def _found(
    request: OfficerRequest, asked: Asked, shown: list[int], changed: set[int], looking: dict[int, str]
) -> dict[str, object]:
    stages = Q() if asked.words else asked.pile.at
    still = open_to(request).filter(stages & fits(request, asked), pk__in=changed) if changed else ()
    fitting = {case.pk for case in still}
    marks = [
        Mark(
            number,
            changed=number in changed,
            gone=number in changed and number not in fitting,
            looking=looking.get(number, ""),
        )
        for number in shown
    ]
    return {"count": len(fitting - set(shown)), "marks": marks, "again": f"?{asked.query}"}


def _etag(shown: object) -> str:
    """Return what stands for `shown`, and tells nothing of it: numbers could be guessed from a plain hash."""
    return salted_hmac("folkmoot.web.desk.live", repr(shown), algorithm="sha256").hexdigest()[:24]


def _moment(typed: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(typed)
    except ValueError:
        return None
    return at if at.tzinfo else None
