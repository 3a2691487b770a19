"""Is everything working? One light for each thing, with a plain sentence and what to do."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from folkmoot.config.health.everything import office_lights, server_lights
from folkmoot.config.health.light import Light, Sign
from folkmoot.procedure.words import Role
from folkmoot.steps.many import written_by
from folkmoot.web.access import OfficerRequest, officer

_KINDS = {Sign.OK: "ok", Sign.NOTE: "neutral", Sign.SOON: "soon", Sign.BAD: "overdue"}
_PAGES = {"letters_sent": "desk:letters"}  # what is done elsewhere than in the administration


@dataclass(frozen=True)
class Lamp:
    """One light as the page shows it."""

    light: Light
    kind: str
    word: str
    url: str


@officer(Role.ADMINISTRATOR)
@require_safe
def health(request: OfficerRequest) -> HttpResponse:
    """Look at everything now, and show what was found."""
    closed = written_by(request.org, request.person)  # D9: a number that grows would tell of a report
    server = server_lights(at=request.now, closed=closed)
    office = office_lights(request.org, at=request.now, closed=closed)
    context = {"groups": grouped(request, server, office), "verdict": verdict([*server, *office])}
    return render(request, "administration/health.html", context)


def grouped(request: OfficerRequest, server: list[Light], office: list[Light]) -> list[tuple[str, str, list[Lamp]]]:
    """Return the groups of the page: an id, a title, and the lamps."""
    return [
        ("server", _("The server"), [lamp(request, light) for light in server]),
        ("office", _("Your organisation"), [lamp(request, light) for light in office]),
    ]


def lamp(request: OfficerRequest, light: Light) -> Lamp:
    """Return a light as pages show it."""
    words = {Sign.OK: _("Works"), Sign.NOTE: _("Good to know"), Sign.SOON: _("Look at it"), Sign.BAD: _("Not right")}
    view = _PAGES.get(light.page) or (f"administration:{light.page}" if light.page else "")
    return Lamp(
        light, _KINDS[light.sign], words[light.sign], reverse(view, kwargs={"org": request.org.slug}) if view else ""
    )


def verdict(lights: list[Light]) -> tuple[str, str]:
    """Return the kind of status and the sentence that stand above all others."""
    bad, soon = (sum(light.sign is sign for light in lights) for sign in (Sign.BAD, Sign.SOON))
    if bad:
        text = ngettext("%(n)s thing does not work as it should.", "%(n)s things do not work as they should.", bad)
        return "overdue", text % {"n": bad}
    if soon:
        text = ngettext("It works; look at %(n)s thing.", "It works; look at %(n)s things.", soon)
        return "soon", text % {"n": soon}
    return "ok", _("Everything works.")
