"""What every page's frame needs: whose rooms these are, who is here, where one can go from here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.casefile.models import Case
from folkmoot.editions.models import PolicyEdition
from folkmoot.members.models import Organisation, Person
from folkmoot.members.prepared import prepared
from folkmoot.outbox.to_do import to_do
from folkmoot.procedure.words import OFFICES, Role, Stage
from folkmoot.steps.many import written_by
from folkmoot.steps.settle_part import is_set_up
from folkmoot.web.counting import Statement, counted, statement

Link = tuple[str, str, bool, int]  # label, address, whether it is this page, how many wait there (at most `ENOUGH`)

_DECIDERS = frozenset({Role.MODERATOR, Role.SECRETARY, Role.EXECUTIVE})
_EVERY_OFFICE = frozenset(OFFICES)
_THIS_COMPUTER = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Room:
    """One entry of a menu: shown to who holds one of `roles`, with how many wait there."""

    label: object  # a word, translated when shown
    view: str
    rooms: tuple[str, ...]  # beginnings of addresses under /o/<slug>/ at which one is in it
    roles: frozenset[Role] = _EVERY_OFFICE
    waiting: Callable[[Organisation, Person], Statement | None] | None = None


def common(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's variables (see `docs/look.md`); queries are made only by frames that show their answers."""
    org: Organisation | None = getattr(request, "org", None)
    person: Person | None = getattr(request, "person", None)
    offices: frozenset[Role] = getattr(request, "offices", frozenset())
    found: dict[str, Any] = {
        "now": getattr(request, "now", None),
        "demo": settings.DEMO,
        "source_url": settings.SOURCE_URL,
        "mail_leaves": settings.MAIL is not None or settings.DEMO,  # the demo's letters lie in its mailbox
        "only_here": urlsplit(settings.FOLKMOOT_URL).hostname in _THIS_COMPUTER and not settings.DEMO,
    }
    if org:
        found |= {
            "org": org,
            "org_name": org.name,
            "org_url": f"/o/{org.slug}/",
            "public_nav": SimpleLazyObject(lambda: _menu(PUBLIC, request, org)),
        }
    if org and person:
        found |= {
            "person": person,
            "offices": offices,
            "desk_url": f"/o/{org.slug}/desk/",
            "desk_person": person.name,
            "desk_role": ", ".join(str(ROLE_WORDS[role]) for role in OFFICES if role in offices),
            "desk_nav": SimpleLazyObject(lambda: _menu(DESK, request, org)),
            "desk_notices": SimpleLazyObject(lambda: _notices(org, offices)),
            "account_url": reverse("mfa_index"),
            "sign_out_url": reverse("account_logout"),
        }
    return found


def own_of(org: Organisation, person: Person) -> set[int]:
    """Return the numbers of the cases about posts of the one who is here, asked for once for each answer."""
    known: set[int] | None = vars(person).get("own_cases")
    if known is None:
        known = vars(person)["own_cases"] = written_by(org, person)
    return known


def _queue(org: Organisation, person: Person) -> Statement | None:
    # D9: a number that grows would tell whoever wrote a post that it was reported
    return _in_queue(connection.vendor, org.pk, frozenset(own_of(org, person)))


@lru_cache(maxsize=64)  # put together once, not for each page
def _in_queue(vendor: str, org: int, own: frozenset[int]) -> Statement | None:
    waiting = [Stage.RECEIVED, Stage.SECOND_LOOK, Stage.APPEALED]  # as many as the queue says that wait for us
    rows = Case.objects.filter(org=org, stage__in=waiting)
    rows = rows.exclude(pk__in=own) if own else rows
    # PostgreSQL would look through what is final first, since that came first
    return statement(rows.order_by("-pk") if vendor == "postgresql" else rows)


def _tasks(org: Organisation, _person: Person) -> Statement | None:
    return _by_hand(connection.vendor, org.pk)


@lru_cache(maxsize=64)
def _by_hand(_vendor: str, org: int) -> Statement | None:
    return statement(to_do(Organisation(pk=org)))


def _panel(org: Organisation, _person: Person) -> Statement | None:
    return _before_executive(connection.vendor, org.pk)


@lru_cache(maxsize=64)
def _before_executive(_vendor: str, org: int) -> Statement | None:
    return statement(Case.objects.filter(org=org, stage__in=[Stage.BEFORE_EXECUTIVE, Stage.MINUTED]))


@prepared
def _editions(org: Organisation) -> QuerySet[PolicyEdition]:
    return PolicyEdition.objects.within(org).filter(is_parent=False).order_by("-number")[:1]


ROLE_WORDS = {
    Role.ADMINISTRATOR: later("Administrator"),
    Role.MODERATOR: later("Moderator"),
    Role.SECRETARY: later("Secretary"),
    Role.EXECUTIVE: later("Executive Committee"),
}

PUBLIC = (
    Room(later("Rules"), "public:rules", ("rules/",)),
    Room(later("Report a problem"), "public:report", ("report/",)),
    Room(later("Track a report"), "public:track", ("track/",)),
)
DESK = (
    Room(later("Queue"), "desk:queue", ("desk/queue/", "desk/cases/"), roles=_DECIDERS, waiting=_queue),
    Room(later("By hand"), "desk:tasks", ("desk/tasks/",), waiting=_tasks),
    Room(later("Posts"), "desk:posts", ("desk/posts/", "desk/worth-a-look/"), roles=_DECIDERS),
    Room(later("Search"), "desk:search", ("desk/search/", "desk/accounts/"), roles=_DECIDERS),
    Room(later("Letters"), "desk:letters", ("desk/letters/",)),
    Room(
        later("Executive"), "panel:home", ("panel/",), roles=frozenset({Role.EXECUTIVE, Role.SECRETARY}), waiting=_panel
    ),
    Room(later("Administration"), "administration:people", ("admin/",), roles=frozenset({Role.ADMINISTRATOR})),
    Room(later("Who did what"), "administration:audit", ("admin/audit/",), roles=frozenset({Role.SECRETARY})),
)


def _menu(rooms: Iterable[Room], request: HttpRequest, org: Organisation) -> list[Link]:
    offices: frozenset[Role] = getattr(request, "offices", _EVERY_OFFICE)
    person: Person | None = getattr(request, "person", None)
    within = request.path.removeprefix(f"/o/{org.slug}/")
    offered = [room for room in rooms if offices & room.roles]
    asked = {room.view: room.waiting(org, person) for room in offered if room.waiting and person}
    waiting = counted(asked)
    return [
        (
            str(room.label),
            reverse(room.view, kwargs={"org": org.slug}),
            within.startswith(room.rooms),
            waiting.get(room.view, 0),
        )
        for room in offered
    ]


def _set_up_is_over(org: Organisation) -> bool:
    """Say whether somebody has put the guide away; that it is over never changes, so it is asked for once."""
    key = f"set-up-is-over-{org.pk}"
    if not cache.get(key) and is_set_up(org):
        cache.set(key, 1, timeout=None)
    return bool(cache.get(key))


def _notices(org: Organisation, offices: frozenset[Role]) -> list[dict[str, str]]:
    """Return what whoever works here should know and put right."""
    found = []
    if Role.ADMINISTRATOR in offices and not _set_up_is_over(org):
        to = reverse("administration:guide", kwargs={"org": org.slug})
        text = _("Your organisation is being set up: a short guide leads through what is still open.")
        found.append({"text": text, "url": to, "link": _("Go on with it")})
    if settings.MAIL is None and not settings.DEMO:  # the demo's letters lie in its mailbox
        found.append({"text": _("No mail server is set: letters wait in the outbox, and nobody gets them.")})
    edition = next(iter(_editions(org)), None)
    if edition and edition.paraphrase:
        official = edition.official_url or org.official_url
        said = (
            _("Letters say so and link the official text, until you bring in your own.")
            if official
            else _("Letters say so. They cannot link the official text: nobody has said where it is.")
        )
        text = f"{_('The rules here are a summary in our own words.')} {said}"
        may_change = Role.ADMINISTRATOR in offices
        to = reverse("administration:policy", kwargs={"org": org.slug}) if may_change else official
        link = _("Bring in your own text") if may_change else _("Read the official text")
        found.append({"text": text, "url": to, "link": link})
    if not org.contact and Role.ADMINISTRATOR in offices:
        text = _("Nobody can see how to reach your Secretary: public pages have no address to show.")
        to = reverse("administration:policy", kwargs={"org": org.slug})
        found.append({"text": text, "url": to, "link": _("Say how")})
    return found
