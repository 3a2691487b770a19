"""Pages that exist in tests only, one of each kind of door, before the real ones."""

from django.http import HttpResponse
from django.template import engines
from django.urls import path
from django.utils import timezone

from folkmoot.config.urls import urlpatterns as real_urls
from folkmoot.kernel import errors as kernel
from folkmoot.kernel.errors import BadInput, NotPermitted, StalePage, TooMuch
from folkmoot.procedure.words import Role
from folkmoot.web import errors
from folkmoot.web.access import OfficerRequest, OrgRequest, PartyRequest, officer, party, token_page
from folkmoot.web.forms import StepForm, Words, attempt

_REFUSALS: dict[str, kernel.FolkmootError] = {
    "not-permitted": NotPermitted("The panel may not do this."),
    "stale": StalePage("Somebody was quicker."),
    "bad-input": BadInput("This cannot be taken.", field="words"),
    "too-much": TooMuch("Please come back at 14:00."),
}


def anyone(request: OrgRequest) -> HttpResponse:
    """Say which organisation, which moment and which hour it is here."""
    local = timezone.localtime(request.now)
    return HttpResponse(f"{request.org.name}|{request.now.isoformat()}|{local:%H:%M}")


@officer()
def desk(request: OfficerRequest) -> HttpResponse:
    """Say who is here."""
    return HttpResponse(f"{request.person.name}: {', '.join(sorted(request.offices))}")


@officer(Role.MODERATOR, Role.SECRETARY)
def decide(request: OfficerRequest) -> HttpResponse:
    """A page for some roles."""
    return HttpResponse("decide")


@officer()
def framed(request: OfficerRequest) -> HttpResponse:
    """A page in the desk's frame."""
    page = engines["django"].from_string("{% extends 'look/desk_base.html' %}{% block main %}here{% endblock %}")
    return HttpResponse(page.render({}, request))


@party(Role.AUTHOR)
def newest(request: PartyRequest) -> HttpResponse:
    """Say which grant opened this."""
    return HttpResponse(str(request.grant.pk))


@party(Role.AUTHOR, Role.REPORTER)
def side(request: PartyRequest) -> HttpResponse:
    """Say which grant the address named."""
    return HttpResponse(str(request.grant.pk))


@token_page
def secret(request: OrgRequest, token: str) -> HttpResponse:
    """A page with a secret in its address."""
    return HttpResponse("secret")


def refuse(request: OrgRequest, why: str) -> HttpResponse:
    """Let a refusal escape."""
    raise _REFUSALS[why]


def fail(request: OrgRequest, token: str) -> HttpResponse:
    """Have a fault."""
    raise ZeroDivisionError


class SampleForm(StepForm):
    """A step with some words."""

    words = Words(label="Reasons", limit=50)


def step(request: OrgRequest, why: str) -> HttpResponse:
    """Take a step that is refused."""
    form = SampleForm(request.POST, seen=7)

    def refused() -> None:
        raise _REFUSALS[why]

    if form.is_valid():
        attempt(form, refused)
    return HttpResponse(form.as_p(), status=422)


def read(request: OrgRequest) -> HttpResponse:
    """Read all that was sent."""
    return HttpResponse(f"{len(request.POST)} {len(request.FILES)} {len(request.GET)}")


urlpatterns = [
    path("o/<slug:org>/", anyone),
    path("o/<slug:org>/desk/", desk),
    path("o/<slug:org>/decide/", decide),
    path("o/<slug:org>/framed/", framed),
    path("o/<slug:org>/newest/", newest),
    path("o/<slug:org>/side/<int:grant>/", side),
    path("o/<slug:org>/secret/<str:token>/", secret),
    path("o/<slug:org>/fail/<str:token>/", fail, name="sample_fault"),
    path("o/<slug:org>/refuse/<slug:why>/", refuse),
    path("o/<slug:org>/step/<slug:why>/", step),
    path("o/<slug:org>/read/", read),
    *real_urls,
]
handler400, handler403 = errors.bad_request, errors.forbidden
handler404, handler500 = errors.not_found, errors.server_error
