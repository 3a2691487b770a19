"""Pictures that a party sent, shown to that party only."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from folkmoot.procedure.words import Role
from folkmoot.web.access import PartyRequest, party
from folkmoot.web.public.side import own_attachment
from folkmoot.web.uploads import picture_response


@require_safe
@party(Role.REPORTER)
def reporter_file(request: PartyRequest, attachment: int) -> HttpResponse:
    """Return a picture that came with this report."""
    return _own(request, attachment)


@require_safe
@party(Role.AUTHOR)
def author_file(request: PartyRequest, attachment: int) -> HttpResponse:
    """Return a picture that the author sent with an appeal."""
    return _own(request, attachment)


def _own(request: PartyRequest, attachment: int) -> HttpResponse:
    found = own_attachment(request.grant, attachment)
    if found is None:
        raise Http404
    return picture_response(found)
