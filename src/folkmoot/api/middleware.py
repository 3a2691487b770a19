"""What is so for every address of the API: no cookie is read, and every refusal is a problem, whoever refused."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from folkmoot.api.problems import MEDIA_TYPE, of_status, problem
from folkmoot.api.spending import Spent

UNDER = "/api/"


class Machines:
    """Stands first, so that nothing of a session is ever looked for, and last with the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave pages as they are; take the cookies from a call of the API, and make its refusal a problem."""
        if not request.path_info.startswith(UNDER):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        if response.status_code >= 400 and response.headers.get("Content-Type") != MEDIA_TYPE:
            said = problem(of_status(response.status_code))
            response.content, response.status_code = said.content, said.status_code
            response["Content-Type"] = MEDIA_TYPE
        spent = getattr(request, "spent", None)
        if isinstance(spent, Spent):
            spent.say(response)
        response.headers.setdefault("Cache-Control", "private, no-store")
        response["X-Robots-Tag"] = "noindex"
        return response
