"""What all pages of the demo share: they are about its one branch, and exist in the demo only."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from folkmoot.members.models import Organisation
from folkmoot.web.access import OrgRequest
from folkmoot.web.demo.story import story

P = ParamSpec("P")


def demo_page(view: Callable[Concatenate[OrgRequest, P], HttpResponse]) -> Callable[Concatenate[Any, P], HttpResponse]:
    """Give the view the demo's branch as `request.org`; anywhere else than in a filled demo there is no such page."""

    @wraps(view)
    def shown(request: Any, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        org = Organisation.objects.filter(slug=story().organisation.slug).first() if settings.DEMO else None
        if org is None:
            raise Http404
        asked = cast(OrgRequest, request)
        asked.org = org
        timezone.activate(ZoneInfo(org.zone))
        response = view(asked, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    return shown
