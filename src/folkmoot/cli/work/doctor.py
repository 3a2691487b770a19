"""All checks as sentences: what stands well, what somebody should know, what does not work, and what to do."""

from collections.abc import Sequence
from typing import Any

import click
from django.utils import timezone

from folkmoot.cli.target import only_organisation
from folkmoot.cli.words import answer, say
from folkmoot.config.clock import now
from folkmoot.config.health.everything import office_lights, server_lights, worst
from folkmoot.config.health.light import Light, Sign
from folkmoot.members.models import Organisation

_SIGNS = {
    Sign.OK: ("ok  ", "green"),
    Sign.NOTE: ("note", "blue"),
    Sign.SOON: ("soon", "yellow"),
    Sign.BAD: ("BAD ", "red"),
}


def look(org: str | None, *, quiet: bool) -> None:
    """Say how everything stands; ends with status 1 when something does not work."""
    at = now()
    server = server_lights(at=at)
    _say("The server", server, quiet=quiet)
    told = [_facts(light, None) for light in server]
    lights = list(server)
    if not any(light.stops and light.sign is Sign.BAD for light in server):
        for owner in [only_organisation(org)] if org else Organisation.objects.order_by("slug"):
            timezone.activate(owner.zone)
            found = office_lights(owner, at=at)
            _say(owner.name, found, quiet=quiet)
            told += [_facts(light, owner.slug) for light in found]
            lights += found
    sign = worst(lights)
    answer(worst=sign, checks=told)
    if sign is Sign.BAD:
        raise SystemExit(1)


def _say(heading: str, lights: Sequence[Light], *, quiet: bool) -> None:
    shown = [light for light in lights if not quiet or light.sign is not Sign.OK]
    if shown:
        say(f"{heading}:")
    for light in shown:
        word, colour = _SIGNS[light.sign]
        say(f"  {click.style(word, fg=colour)}  {light.title}: {light.says}")
        if light.do:
            say(f"        {light.do}")


def _facts(light: Light, organisation: str | None) -> dict[str, Any]:
    return {
        "organisation": organisation,
        "check": light.key,
        "sign": light.sign,
        "title": light.title,
        "says": light.says,
        "do": light.do,
        "stops": light.stops,
    }
