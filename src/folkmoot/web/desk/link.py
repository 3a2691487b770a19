"""Saying which post a report is about, where the report itself could not tell."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from folkmoot.archive.models import Post
from folkmoot.kernel.errors import FolkmootError
from folkmoot.steps import link_post
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk import casework
from folkmoot.web.desk.find_posts import listed, places
from folkmoot.web.desk.going import READERS, SeeOther, address, go, is_open_to, note_reading, the_case


@officer(*READERS)
def link(request: OfficerRequest, case: int) -> HttpResponse:
    """Search the archived posts and choose the one that is meant."""
    found = the_case(request, case)
    if not is_open_to(found, request) or found.post_id:
        return go(request, "case", case=found.pk)
    if request.method == "POST":
        post = _chosen(request)
        try:
            link_post.link_post(found.pk, post=post, by=request.person, at=request.now)
        except FolkmootError as error:
            messages.error(request, str(error))
            return SeeOther(request.get_full_path())
        return go(request, "case", say=_("The case is now about this post."), case=found.pk)
    note_reading(request, "post", found)
    context = {
        "case": found,
        "reports": casework.reports(casework.papers_of(found), names=False),
        "listed": listed(request.org, request.GET),
        "places": places(request.org),
        "action": address(request, "link", case=found.pk),
    }
    return render(request, "desk/link.html", context)


def _chosen(request: OfficerRequest) -> Post:
    number = request.POST.get("post", "")
    fits = number.isascii() and number.isdecimal() and len(number) < 18
    post = Post.objects.within(request.org).filter(pk=int(number)).first() if fits else None
    if post is None:
        raise Http404
    return post
