"""Setting up in five short steps: what each is, how far one is, and the page at the end.

How far one is is read off what is there. Only that something is left for later, and that it is over, is said by
somebody, and stands on the register.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from folkmoot.config.health.everything import office_lights, server_lights
from folkmoot.config.health.light import Sign
from folkmoot.config.health.office import look_at_places, look_at_roles
from folkmoot.editions.current import current_policy
from folkmoot.members.models import Organisation
from folkmoot.outbox.models import Dispatch
from folkmoot.procedure.words import Role
from folkmoot.steps.many import written_by
from folkmoot.steps.send_test_letter import KIND
from folkmoot.steps.settle_part import How, Part, end_set_up, is_set_up, settle_part, settled
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.admin.going import SeeOther, go
from folkmoot.web.admin.health import lamp
from folkmoot.web.forms import PlainForm, attempt

TITLES = {
    Part.ORGANISATION: later("Your organisation"),
    Part.MAIL: later("Mail"),
    Part.PLACES: later("Places"),
    Part.PEOPLE: later("People"),
    Part.POLICY: later("Policy"),
}
MODERATORS = 2  # so that an appeal is answered by somebody else (Mf)


@dataclass(frozen=True)
class Stop:
    """One part on the line of progress."""

    part: Part
    title: str
    url: str
    state: str  # done, now, skipped or next, as the look's stages have it
    word: str


@officer(Role.ADMINISTRATOR)
@require_safe
def guide(request: OfficerRequest) -> HttpResponse:
    """Lead to the first part that is neither done nor left for later; then to the end."""
    known = states(request.org, request)
    part = next((part for part in Part if known[part] == "next"), None)
    return go(request, f"guide_{part}" if part else "guide_end")


@officer(Role.ADMINISTRATOR)
@require_POST
def skipped(request: OfficerRequest) -> HttpResponse:
    """Leave a part for later, and lead to the next."""
    part = request.POST.get("part", "")
    if part not in set(Part):
        return go(request, "guide")
    settle_part(request.org, Part(part), How.LATER, by=request.person, at=request.now)
    return after(request, Part(part))


@officer(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: OfficerRequest) -> HttpResponse:
    """Say that reports can be taken now, and end the guide."""
    if request.method == "POST":  # who was second finds it put away already: there is nothing to tell them
        attempt(PlainForm(request.POST), lambda: end_set_up(request.org, by=request.person, at=request.now))
        return SeeOther(reverse("desk:home", kwargs={"org": request.org.slug}))
    closed = written_by(request.org, request.person)  # D9, as on the page that shows all lights
    lights = [
        *server_lights(at=request.now, closed=closed),
        *office_lights(request.org, at=request.now, closed=closed),
    ]
    shown = sorted(
        (one for one in lights if one.sign in (Sign.SOON, Sign.BAD)), key=lambda one: one.sign is not Sign.BAD
    )
    context = {
        **frame(request, None),
        "address": f"{settings.FOLKMOOT_URL}{reverse('public:report', kwargs={'org': request.org.slug})}",
        "rules": f"{settings.FOLKMOOT_URL}{reverse('public:rules', kwargs={'org': request.org.slug})}",
        "edition": current_policy(request.org, at=request.now),
        "lamps": [lamp(request, light) for light in shown],
        "faults": sum(one.sign is Sign.BAD for one in shown),
        "is_over": is_set_up(request.org),
    }
    return render(request, "administration/guide_end.html", context)


def after(request: OfficerRequest, part: Part) -> SeeOther:
    """Lead to the part that follows `part`, or to the end."""
    parts = list(Part)
    number = parts.index(part) + 1
    return go(request, f"guide_{parts[number]}" if number < len(parts) else "guide_end")


def frame(request: OfficerRequest, part: Part | None) -> dict[str, object]:
    """Return what every page of the guide shows around its own: the line of progress, and the way back."""
    parts, known = list(Part), states(request.org, request)
    before = parts[parts.index(part) - 1] if part and parts.index(part) else None
    return {
        "stops": [_stop(request, one, known[one], part) for one in parts],
        "number": parts.index(part) + 1 if part else len(parts),
        "part": part,
        "title": TITLES[part] if part else "",
        "back": _url(request, before) if before else "",
        "back_title": TITLES[before] if before else "",
        "is_done": part is not None and known[part] == "done",
        "desk_notices": [],  # what they ask for is what the guide leads through
    }


def states(org: Organisation, request: OfficerRequest) -> dict[Part, str]:
    """Return of each part whether it is done, skipped, or comes next."""
    said = settled(org)
    done: dict[Part, Callable[[], bool]] = {
        Part.ORGANISATION: lambda: bool(org.contact),
        Part.MAIL: lambda: _mail_leaves(org),
        Part.PLACES: lambda: _places_are_looked_after(org),
        Part.PEOPLE: lambda: _enough_people(org, request),
        Part.POLICY: lambda: said.get(Part.POLICY) is How.DONE,
    }
    return {part: "done" if done[part]() else "skipped" if said.get(part) is How.LATER else "next" for part in Part}


def _mail_leaves(org: Organisation) -> bool:
    return Dispatch.objects.within(org).filter(kind=KIND, state=Dispatch.State.SENT).exists()


def _places_are_looked_after(org: Organisation) -> bool:
    places = look_at_places(org)
    return bool(places.number) and not places.alone


def _enough_people(org: Organisation, request: OfficerRequest) -> bool:
    roles = look_at_roles(org, at=request.now)
    enough = {Role.MODERATOR: MODERATORS, Role.SECRETARY: 1, Role.EXECUTIVE: roles.quorum}
    return all(roles.holders[role] >= number for role, number in enough.items())


def _stop(request: OfficerRequest, part: Part, state: str, shown: Part | None) -> Stop:
    words = {"done": _("done"), "skipped": _("left for later"), "next": _("still to come"), "now": _("now")}
    at_it = "now" if part is shown and state != "done" else state
    return Stop(part, str(TITLES[part]), _url(request, part), at_it, words[at_it])


def _url(request: OfficerRequest, part: Part) -> str:
    return reverse(f"administration:guide_{part}", kwargs={"org": request.org.slug})
