"""Saying which post a report is about, where the report itself could not tell: found in the archive, or copied down."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.archive.models import Platform, Post
from folkmoot.casefile.models import Case
from folkmoot.kernel.errors import FolkmootError
from folkmoot.kernel.text import whole_number
from folkmoot.kernel.times import noon_of
from folkmoot.members.models import Organisation
from folkmoot.steps import link_post
from folkmoot.steps.enter_post import SeenPost, enter_post
from folkmoot.steps.link_post import may_be_copied
from folkmoot.steps.seen import caught_up
from folkmoot.web.access import OfficerRequest, officer
from folkmoot.web.desk import casework
from folkmoot.web.desk.find_posts import listed, places
from folkmoot.web.desk.going import READERS, SeeOther, address, go, is_open_to, note_reading, the_case
from folkmoot.web.desk.news import require_current, require_fresh
from folkmoot.web.forms import LINK_LIMIT, Line, StepForm, Words, attempt


class SeenForm(StepForm):
    """A post as somebody sees it at the place."""

    platform = forms.ModelChoiceField(
        Platform.objects.none(), label=later("Where is it?"), empty_label=later("Please choose")
    )
    text = Words(
        label=later("What does it say?"),
        help_text=later("Copy the words exactly, all of them."),
        widget=forms.Textarea(attrs={"rows": 6, "class": "words"}),
        error_messages={"required": later("Please copy the words of the post.")},
    )
    handle = Line(
        limit=200, required=False, label=later("Who wrote it?"), help_text=later("The name as it stands there.")
    )
    url = Line(limit=LINK_LIMIT, required=False, label=later("Its link"))
    posted_on = forms.DateField(
        required=False,
        label=later("The day it was posted"),
        widget=forms.DateInput(attrs={"type": "date", "class": "is-short"}),
        error_messages={"invalid": later("Please give a day, such as 2026-11-27, or leave it empty.")},
    )
    held = forms.BooleanField(required=False, label=later("It still waits for approval there"))

    def __init__(self, *args: object, org: Organisation, case: Case, **kwargs: object) -> None:
        quoted = next((one.quoted for one in casework.reports(casework.papers_of(case), names=False) if one.quoted), "")
        kwargs["initial"] = {"url": case.link, "text": quoted, "platform": case.platform_id}
        super().__init__(*args, seen=case.seq, **kwargs)
        places_field = self.fields["platform"]
        if isinstance(places_field, forms.ModelChoiceField):
            places_field.queryset = Platform.objects.within(org).order_by("name")


@officer(*READERS)
def link(request: OfficerRequest, case: int) -> HttpResponse:
    """Search the archived posts and choose the one that is meant, or copy it down."""
    found = the_case(request, case)
    if not is_open_to(found, request) or found.post_id:
        return go(request, "case", case=found.pk)
    if "post" in request.POST:
        try:
            chosen = _chosen(request)
            require_fresh(request, found)
            link_post.link_post(found.pk, post=chosen, by=request.person, at=request.now)
        except FolkmootError as error:
            messages.error(request, str(error))
            return SeeOther(request.get_full_path())
        return go(request, "case", say=_("The case is now about this post."), case=found.pk)
    form = SeenForm(request.POST or None, org=request.org, case=found)
    if request.method == "POST" and form.is_valid():
        bound = attempt(form, lambda: _enter(request, found, form))
        if bound:
            return go(request, "case", say=_("The post is kept, and the case is about it."), case=found.pk)
    note_reading(request, "post", found)
    context = {
        "case": found,
        "form": form,
        "copies": may_be_copied(found),
        "reports": casework.reports(casework.papers_of(found), names=False),
        "listed": listed(request.person, request.GET),
        "places": places(request.org),
        "action": address(request, "link", case=found.pk),
    }
    return render(request, "desk/link.html", context, status=422 if form.errors else 200)


def _chosen(request: OfficerRequest) -> Post:
    post = Post.objects.within(request.org).filter(pk=whole_number(request.POST.get("post", "")) or 0).first()
    if post is None:
        raise Http404
    return post


def _enter(request: OfficerRequest, case: Case, form: SeenForm) -> Case:
    given = form.cleaned_data
    seen = SeenPost(
        platform=given["platform"],
        text=given["text"],
        handle=given["handle"],
        url=given["url"],
        posted_at=noon_of(given["posted_on"], zone=request.org.zone) if given["posted_on"] else None,
        held=given["held"],
    )
    require_current(case, given["seen"])
    return enter_post(case.pk, seen, by=request.person, at=request.now, seen=caught_up(case, given["seen"]))
