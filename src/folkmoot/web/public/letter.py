"""The link in a letter: a page with one button, and behind the button the party's side of the case."""

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from folkmoot.casefile.models import Grant
from folkmoot.kernel.errors import NotPermitted, OpensNothing, TooMuch
from folkmoot.outbox.links import opens
from folkmoot.procedure.words import Role
from folkmoot.web.access import OrgRequest, has_ended, hold_grant, token_page
from folkmoot.web.limits import few_wrong
from folkmoot.web.public.sending import go, page


@token_page
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: OrgRequest, letter: str) -> HttpResponse:
    """Offer to open the letter; GET says nothing about whether the link works, and does nothing."""
    if request.method != "POST":
        return page(request, "letter.html", {})
    try:
        with few_wrong(request, "link", count_limit=settings.LOOKUPS_PER_HOUR):
            grant = _redeemed(request, letter)
        hold_grant(request, grant)
    except (NotPermitted, TooMuch) as refusal:
        status = 429 if isinstance(refusal, TooMuch) else 403
        return page(request, "letter_refused.html", {"sentence": str(refusal)}, status=status)
    view = "public:notice" if grant.party == Role.AUTHOR else "public:progress"
    return go(request, view, grant=grant.pk)


def _redeemed(request: OrgRequest, letter: str) -> Grant:
    number, _dot, token = letter.partition(".")
    grant = Grant.objects.within(request.org).select_related("case", "paper").filter(pk=int(number)).first()
    if grant is None or not opens(grant, token):
        raise OpensNothing(
            _("This link opens nothing. If you copied it, check that you have all of it, to the last sign.")
        )
    if has_ended(grant, at=request.now):
        raise NotPermitted(_("This matter is closed, and its links open nothing any more."))
    return grant
