"""Who may open a page: officers by role and second factor, parties by the grant they hold.

Whoever may not learns nothing: the answer is the 404 of an organisation that does not exist.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlencode, urlsplit

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from folkmoot.casefile.models import Case, Event, Grant, Measure
from folkmoot.casefile.papers import is_undone
from folkmoot.kernel.errors import NotPermitted
from folkmoot.members.models import Organisation, Person, User
from folkmoot.members.prepared import prepared
from folkmoot.procedure.words import OFFICES, Role, Stage, Step
from folkmoot.steps.undo import not_said_until
from folkmoot.web.signin.session import used_second_factor

GRANTS = "grants"  # session key: ids of grants, the newest last
GRANTS_HELD = 20
OPEN_AFTER_THE_END = timedelta(days=28)  # an author's link, after the matter is closed


class OrgRequest(HttpRequest):
    """A request to an address under /o/<slug>/, after the `Tenancy` middleware."""

    org: Organisation
    now: datetime


class OfficerRequest(OrgRequest):
    """A request by somebody who holds a role here, after `@officer`."""

    user: User
    person: Person
    offices: frozenset[Role]


class PartyRequest(OrgRequest):
    """A request by a party to a case, after `@party`."""

    grant: Grant


P = ParamSpec("P")
OfficerView = Callable[Concatenate[OfficerRequest, P], HttpResponse]
PartyView = Callable[Concatenate[PartyRequest, P], HttpResponse]
TokenView = Callable[Concatenate[Any, P], HttpResponse]
View = Callable[Concatenate[Any, P], HttpResponse]


def officer(*roles: Role) -> Callable[[OfficerView[P]], View[P]]:
    """Let in only who holds one of `roles` (any office when none is named) and used a second factor.

    The view gets `request.person` and `request.offices`.
    """
    wanted = frozenset(roles or OFFICES)

    def decorate(view: OfficerView[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            asked = cast(OfficerRequest, request)
            if not request.user.is_authenticated:
                return go_to(request, reverse("account_login"))
            person = next(iter(_people(asked.org, asked.user.pk)), None)
            offices = person.offices(at=asked.now) if person else frozenset()
            if person is None or not offices & wanted:
                raise Http404
            # Whoever decides on others' words has proven who they are in two ways.
            if not used_second_factor(request):
                return go_to(request, reverse("second_factor"))
            person.org = asked.org  # so that nobody asks for it again
            asked.person, asked.offices = person, offices
            response = view(asked, *args, **kwargs)
            patch_cache_control(response, private=True, no_store=True)
            return response

        return guarded

    return decorate


def party(*parties: Role) -> Callable[[PartyView[P]], View[P]]:
    """Let in only a session that holds a grant of one of `parties`; the view gets `request.grant`.

    Where the address names a `grant`, it is that one (and the view does not take it as an argument);
    elsewhere the one that was opened last.
    """

    def decorate(view: PartyView[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            asked = cast(PartyRequest, request)
            named = kwargs.pop("grant", None)
            grant = _held(asked, parties, cast("int | None", named))
            if grant is None:
                raise Http404
            asked.grant = grant
            response = _in_a_moment(asked) if request.method in ("GET", "HEAD") else None
            response = response or view(asked, *args, **kwargs)
            if request.method == "POST" and response.status_code >= 400:  # a form that is shown again, with the page
                response = _in_a_moment(asked) or response
            patch_cache_control(response, private=True, no_store=True)
            return response

        return guarded

    return decorate


def _in_a_moment(request: PartyRequest) -> HttpResponse | None:
    """Return the page of the minute in which a decision can be taken back: until then nobody has heard of it.

    What somebody sends meanwhile is taken; what cannot be taken stays in their browser as a draft.
    """
    until = not_said_until(request.grant.case, at=request.now)
    if until is None:
        return None
    answer = render(request, "public/in_a_moment.html", {"party": request.grant.party})
    answer["Refresh"] = str(max(1, round((until - request.now).total_seconds()) + 1))  # seconds
    return answer


def moment(request: HttpRequest) -> datetime:
    """Return the one moment of this request: what steps get as `at=`."""
    return cast(OrgRequest, request).now


def token_page(view: TokenView[P]) -> View[P]:
    """Keep the secret in a page's address to itself: no referrer, no copy in any cache, no search engine."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        add_never_cache_headers(response)
        return response

    return guarded


def hold_grant(request: HttpRequest, grant: Grant) -> None:
    """Let this session act as the party of `grant`, under a new session key.

    Raises `NotPermitted` for somebody who is signed in: an officer never acts as a party (D23).
    """
    if request.user.is_authenticated:
        raise NotPermitted(
            gettext(
                "You are signed in as somebody who works on cases, and this link belongs to a party to "
                "one. If it is yours, sign out first, or open it in another browser."
            )
        )
    held = [number for number in request.session.get(GRANTS, []) if number != grant.pk]
    request.session.cycle_key()
    request.session[GRANTS] = [*held, grant.pk][-GRANTS_HELD:]


def has_ended(grant: Grant, *, at: datetime) -> bool:
    """Say whether `grant` opens nothing any more: an author's also once the matter was closed four weeks ago.

    It opens nothing at all where what it is about was taken back, and it stays open while a measure holds.
    """
    if (grant.ends_at is not None and grant.ends_at <= at) or is_undone(grant.paper):
        return True
    if grant.party != Role.AUTHOR:
        return False
    until = open_until(grant.case)
    if until is None or until >= at:
        return False
    lasting = Q(ended_at=None) | Q(ended_at__gte=at - OPEN_AFTER_THE_END)
    return not Measure.objects.filter(lasting, case=grant.case).exists()


def open_until(case: Case) -> datetime | None:
    """Return until when the author can read the matter on their page; `None` while it is not closed."""
    if case.stage != Stage.FINAL:
        return None
    ends = Event.objects.filter(case=case, step=Step.MAKE_FINAL).order_by("-seq").values_list("at", flat=True)
    ended = ends.first()  # the newest: a case that was opened again ends once more
    return ended + OPEN_AFTER_THE_END if ended else None


def go_to(request: HttpRequest, url: str) -> HttpResponse:
    """Send the browser to `url`, which leads back here afterwards."""
    back = _way_back(request)
    address = f"{url}?{urlencode({'next': back})}" if back else url
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def own_path(request: HttpRequest, address: str) -> str:
    """Return the path and query of `address` if it is one of ours; else nothing."""
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}):
        return ""
    parts = urlsplit(address)
    if parts.path.replace("\\", "/").startswith("//"):  # a browser would read another host in it
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _way_back(request: HttpRequest) -> str:
    """Return the page to come back to: this one, or for a form that was sent the page it stood on."""
    if request.method in {"GET", "HEAD"} and not request.headers.get("HX-Request"):
        return request.get_full_path()
    return own_path(request, request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))


def _held(request: PartyRequest, parties: tuple[Role, ...], named: int | None) -> Grant | None:
    if request.user.is_authenticated:
        return None
    held = request.session.get(GRANTS, [])
    wanted = [named] if named is not None and named in held else [] if named is not None else held
    grants = Grant.objects.within(request.org).select_related("case", "paper").filter(pk__in=wanted, party__in=parties)
    open_now = {grant.pk: grant for grant in grants if not has_ended(grant, at=request.now)}
    return next((open_now[number] for number in reversed(wanted) if number in open_now), None)


@prepared
def _people(org: Organisation, user: int) -> QuerySet[Person]:
    return Person.objects.within(org).filter(user=user)
