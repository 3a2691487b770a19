"""Addresses whose modules are read when the first of them is asked for.

All routes of the API with their shapes take half a second and some thirty megabytes: a server that nobody's programs
talk to does without. So these addresses have no names, and are written out where pages lead to them.
"""

from django.urls import URLResolver
from django.urls.resolvers import RoutePattern
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language


class WhenAsked(URLResolver):
    """An `include` that reads its module at the first request under its route, and not for the names in it."""

    def __init__(self, route: str, module: str) -> None:
        super().__init__(RoutePattern(route), module)

    def _populate(self) -> None:
        language = get_language()
        self._reverse_dict[language] = MultiValueDict()
        vars(self)["_namespace_dict"][language] = {}
        vars(self)["_app_dict"][language] = {}
        self._populated = True
