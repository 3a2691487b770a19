"""The first page of a new server: three questions, asked once, to whoever holds the link that it printed."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from folkmoot.kernel.errors import NotPermitted, TooMuch
from folkmoot.steps.set_up import open_set_up, set_up
from folkmoot.web.access import moment, token_page
from folkmoot.web.admin.forms import SetUpForm
from folkmoot.web.forms import attempt
from folkmoot.web.limits import few_wrong
from folkmoot.web.signin.session import sign_in


@token_page
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, link: str) -> HttpResponse:
    """Ask; then make the organisation and its first administrator, and sign them in."""
    at = moment(request)
    try:
        with few_wrong(request, "link", count_limit=settings.LOOKUPS_PER_HOUR):
            open_set_up(link, at=at)
    except (NotPermitted, TooMuch) as refusal:
        status = 429 if isinstance(refusal, TooMuch) else 403
        return render(request, "administration/set_up_refused.html", {"sentence": str(refusal)}, status=status)
    form = SetUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = attempt(form, lambda: set_up(link=link, **form.cleaned_data, at=at))
        if person is not None and person.user is not None:
            guide = reverse("administration:guide", kwargs={"org": person.org.slug})
            to = f"{reverse('second_factor')}?{urlencode({'next': guide})}"
            return sign_in(request, person.user, proof="link", to=to)
    return render(request, "administration/set_up.html", {"form": form}, status=422 if form.errors else 200)
