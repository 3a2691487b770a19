"""Template tags of the demo: who one is at the moment, links in letters, a button that steps in."""

import re
from collections.abc import Mapping
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from folkmoot.casefile.models import Grant
from folkmoot.members.models import Person
from folkmoot.procedure.words import Role
from folkmoot.web.access import GRANTS

register = template.Library()

_ADDRESS = re.compile(r"https?://[^\s<>]+[^\s<>.,;:!?)\"'”’]")


@register.simple_tag(takes_context=True)
def whose_place(context: Mapping[str, Any]) -> str:
    """Return whose place is taken in this session, as "Gwen Astell" or "the author in case 3"; empty for nobody's."""
    request = context.get("request")
    if not isinstance(request, HttpRequest) or not hasattr(request, "session"):
        return ""
    if request.user.is_authenticated:
        person = Person.objects.filter(user_id=request.user.pk).first()
        return person.name if person else ""
    held = request.session.get(GRANTS, [])
    grant = Grant.objects.filter(pk=held[-1]).first() if held else None
    if grant is None:
        return ""
    return f"{'the author' if grant.party == Role.AUTHOR else 'a reporter'} in case {grant.case_id}"


@register.filter
def with_links(shown: str) -> SafeString:
    """Return escaped text with its web addresses as links, as a mail program shows them."""
    return mark_safe(_ADDRESS.sub(_link, conditional_escape(shown)))  # noqa: S308  escaped before


def _link(found: re.Match[str]) -> str:
    return f'<a href="{found[0]}" rel="noopener">{found[0]}</a>'
